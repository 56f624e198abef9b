"""Systemic signals in sentences."""

from metrics.phrasing import listed
from metrics.systemic.across import Across, AcrossLandlords
from metrics.systemic.own import OwnSignals, Signal

NAMED = 3


def heading(found: OwnSignals) -> str:
    """What comes back more than chance gives."""
    if found.why_not and not found.signals:
        return "Whether anything recurs is not evidenced"
    count = len(found.signals)
    if count:
        return f"{count} {'signal' if count == 1 else 'signals'} of the same failure coming back in the same place"
    if found.recurring:
        most = found.recurring[0]
        return f"The same failures come back every year, most of all {most.service.lower()}: {most.cause.lower()}"
    return "Nothing comes back more than chance would bring it"


def lead(found: OwnSignals) -> str:
    """How much was looked at, and what recurs everywhere."""
    if found.why_not and not found.signals:
        return found.why_not
    by_chance = "at most one signal in ten is chance" if found.signals else "none is fuller than chance gives"
    looked = f"Of {found.cells:,} cells of service, cause and area {by_chance}."
    pairs = len(found.recurring)
    if not pairs:
        return looked
    unowned = sum(not each.actions for each in found.recurring)
    said = f"{pairs:,} {'failure is' if pairs == 1 else 'failures are'} upheld every year in more than one area or team"
    return f"{looked} {said}, {unowned:,} of them without an open action."


def coded_words(found: OwnSignals) -> str:
    """How many upheld complaints carry a cause."""
    if found.coded is None:
        return ""
    if not found.coded:
        return "No upheld complaint carries a root cause: only service areas can be seen to recur."
    return f"{found.coded:.0%} of {found.upheld:,} upheld complaints carry a root cause; the others tell less."


def signal_words(each: Signal) -> str:
    """36 in three years (12, 11, 13) where 18 would be expected; 2 teams, 1 area."""
    years = ", ".join(f"{count:,}" for count in each.by_year)
    where = [f"{each.teams} {'team' if each.teams == 1 else 'teams'}"] if each.teams else []
    where += [f"{each.areas} {'area' if each.areas == 1 else 'areas'}"] if each.areas else []
    return f"By year {years}; {each.expected:,.0f} if it were as the rest; {listed(where) or 'no team or area named'}"


def actions_words(each: Signal) -> str:
    """Which open actions are on it."""
    if not each.actions:
        return "No open action on it"
    named = [f"{action.title} ({action.owner_role})" for action in each.actions[:NAMED]]
    more = len(each.actions) - NAMED
    return f"Open: {listed([*named, *([f'{more} more'] if more > 0 else [])])}"


def across_words(found: Across) -> str:
    """What recurs across landlords."""
    if found.why_not:
        return f"Issues across landlords are not evidenced. {found.why_not}"
    several = [each for each in found.categories if each.is_signal]
    if not several:
        return f"No issue recurs at several of the {found.landlords:,} landlords whose findings are held"
    most = several[0]
    return f"{most.category} recurs at {most.recurring:,} of {found.landlords:,} landlords, more than any other issue"


def category_words(each: AcrossLandlords) -> str:
    """Upheld by year, of how many findings, and which way the last year went."""
    years = ", ".join(f"{count:,}" for count in each.by_year)
    share = f"{each.upheld / each.findings:.0%} ({each.low:.0%} to {each.high:.0%})" if each.findings else "–"
    return f"Upheld by year {years}; {share} of {each.findings:,} findings; against the other issues: {each.trend}"
