"""The parts of the screen on satisfaction."""

from collections.abc import Sequence

import streamlit as st

from charts.quartiles import Strip, quartiles
from metrics.published.satisfaction import SURVEYED, OwnMeasure, Spread, Standing, told_apart
from metrics.published.satisfaction_years import Change, Satisfaction, own_headline, satisfaction_headline
from ui import empty
from ui.cards import card, row, rows
from ui.figure import draw
from ui.link import link
from ui.markup import Markup, element, heading, note, show, table
from ui.navigation import CASES
from ui.selection import Choice
from ui.selector import select, switch

STOCK_WORDS = {
    "LCRA": "rented homes (LCRA)",
    "LCHO": "shared ownership homes (LCHO)",
    "Combined": "all homes together",
}
MOST_NAMED = 4
PEERS, ALL = "Same type and size", "All landlords"


def choose_year(found: Satisfaction) -> tuple[str, str]:
    """Draw the selectors of year and stock; both are kept in the address."""
    compared = [year for year in found.years if any(each.national for each in found.standings if each.year == year)]
    left, right = st.columns(2, gap="small")
    with left:
        year = _of_these("year", "Year", found.years, (compared or list(found.years))[0])
    with right:
        stocks = found.stocks(year) or ("LCRA",)
        stock = _of_these("stock", "Homes", stocks, stocks[0])
    return year, stock


def _of_these(name: str, label: str, offered: Sequence[str], otherwise: str) -> str:
    if st.session_state.get(f"chosen_{name}") not in offered:
        st.session_state.pop(f"chosen_{name}", None)
    return select(name, label, {each: STOCK_WORDS.get(each, each) for each in offered}, otherwise=otherwise)


def finding(standings: Sequence[Standing], *, year: str, stock: str) -> None:
    """The page's sentence."""
    surveyed = [each for each in standings if each.measure in SURVEYED]
    bases = [each.base for each in surveyed if each.base]
    asked = f"Up to {max(bases):,} tenants answered; " if bases else ""
    compared = any(each.national for each in standings)
    against = (
        "each answer is held against the landlords of the same year, homes, type and size."
        if compared
        else "no national figures are held for this year yet, so nothing can be compared."
    )
    show(
        heading(satisfaction_headline(surveyed)),
        element("p", f"{year}, {STOCK_WORDS[stock]}. {asked}{against}", class_="lp-lead"),
    )


def perception(standings: Sequence[Standing]) -> None:
    """What tenants said, against the middle half."""
    with card("What tenants said", key="perception"):
        surveyed = [each for each in standings if each.measure in SURVEYED]
        if not surveyed:
            empty.line("No survey of these homes is published for this year.")
            return
        group = next((each.peers.group for each in surveyed if each.peers), None)
        options = [PEERS, ALL] if group else [ALL]
        against = switch("against", "Against", {each: each for each in options})
        who = f"{group} landlords" if against == PEERS and group else "all landlords"
        strips = [_strip(each, each.peers if against == PEERS else each.national) for each in surveyed]
        draw(quartiles(strips, headline=_headline(strips, who), who=who), key="perception")
        show(
            note(
                "Band: the middle half of ",
                who,
                "; tick: their median. Dot and line: this landlord and its 95% interval. Where the line touches the "
                "band, the two cannot be told apart. “Say they complained” has no good direction.",
            )
        )


def _strip(each: Standing, among: Spread | None) -> Strip:
    verdict = each.told_apart if among is each.national else told_apart(each.low, each.high, among)
    return Strip(
        title=each.title,
        code=each.measure if each.measure != "complained" else "",
        value=each.value,
        low=each.low,
        high=each.high,
        among=among,
        unit=each.unit,
        verdict=verdict,
    )


def _headline(strips: Sequence[Strip], who: str) -> str:
    if not any(each.among for each in strips):
        return "No national figures are held for this year"
    parts = []
    for side in ("above", "below"):
        found = [each.title for each in strips if each.verdict.startswith(side)]
        if found:
            named = "; ".join(found) if len(found) <= MOST_NAMED else f"{len(found)} of {len(strips)} answers"
            parts.append(f"{side.capitalize()} the middle half of {who}: {named}")
    return ". ".join(parts) or f"No answer can be told apart from the middle half of {who}"


def counted(standings: Sequence[Standing]) -> None:
    """Measures counted by the landlord, not asked of tenants."""
    found = [each for each in standings if each.measure not in SURVEYED]
    if not found:
        return
    with card("What the landlord counted", key="counted"):
        lines = [
            (
                f"{each.title} ({each.measure})",
                _number(each, each.value),
                _half(each, each.peers),
                _half(each, each.national),
                "no good direction" if each.better == "neither" else f"{each.better} is better",
            )
            for each in found
        ]
        columns = ("Measure", "Published", "Middle half, same type and size", "Middle half, all", "Direction")
        show(
            table(
                columns,
                lines,
                caption="Full counts of homes and cases: no sample, so no interval",
                wordy=frozenset({"Measure"}),
            )
        )


def _number(each: Standing, value: float) -> str:
    return f"{value:.1f}%" if each.unit == "%" else f"{value:.1f}"


def _half(each: Standing, among: Spread | None) -> str:
    return f"{_number(each, among.q1)} to {_number(each, among.q3)}" if among else "–"


def changes(found: Satisfaction, standings: Sequence[Standing]) -> None:
    """Since the year before: a change only where the intervals do not meet."""
    pairs = [change for each in standings if each.measure in SURVEYED and (change := found.change(each))]
    with card("Since the year before", key="changes"):
        if not pairs:
            empty.line("The year before was not published for these homes.")
            return
        moved = [pair for pair in pairs if pair.verdict in ("rose", "fell")]
        if moved:
            show(rows([_moved(pair) for pair in moved]))
        still = [pair.now.title.lower() for pair in pairs if pair.verdict == "not told apart"]
        if still:
            lead = "No change can be told from chance in" if moved else "No change can be told from chance:"
            show(note(f"{lead} {'; '.join(still)}."))
        without = [pair.now.title.lower() for pair in pairs if pair.verdict == "no interval"]
        if without:
            show(note(f"No interval, so no change is called: {'; '.join(without)}."))


def _moved(pair: Change) -> Markup:
    return row(
        f"{pair.now.title} {pair.verdict}",
        more=f"{pair.before.year}: {pair.before.value:.0f}% ({pair.before.low:.0f} to {pair.before.high:.0f})",
        figure=f"{pair.now.value:.0f}%",
        under=f"{pair.now.low:.0f} to {pair.now.high:.0f}",
    )


def own_records(own: Sequence[OwnMeasure], explained: Sequence[str], *, year: str, choice: Choice) -> None:
    """CH01 and CH02 from the landlord's own records, beside what was published."""
    with card("The same from your own records", key="own"):
        if not own:
            empty.line(f"No complaints of {year} are held: load them, and the published figures can be checked.")
            empty.link_to_our_records()
            return
        show(element("p", own_headline(own), class_="lp-text"))
        show(
            table(
                ("Measure", "Homes", "Own records", "Counted", "Published", "Difference", "Note"),
                [_own_line(each) for each in own],
                caption=f"Complaints made in {year}, as the TSM return counts them",
                wordy=frozenset({"Measure", "Note"}),
            )
        )
        show(element("p", "Why the two may differ", class_="lp-text"))
        show(element("ul", *(element("li", each) for each in explained), class_="lp-note"))
        show(
            note("The cases below are those of the twelve months to the day chosen above, not of the year shown here.")
        )
        link(
            CASES,
            label="Open stage 1 answers that were late",
            query_params=choice.link(indicator="stage_1_on_time"),
            landlord_code=choice.code,
        )


def _own_line(each: OwnMeasure) -> tuple[str, ...]:
    volume = each.measure.startswith("CH01")
    written = "{:.1f}" if volume else "{:.1f}%"
    difference = each.value - each.published if each.value is not None and each.published is not None else None
    of = f"{each.numerator:,} of {each.denominator:,}" if each.denominator else f"{each.numerator:,}"
    return (
        f"{each.title} ({each.measure})",
        each.stock,
        "–" if each.value is None else written.format(each.value),
        f"{each.numerator:,} made" if volume else of,
        "–" if each.published is None else written.format(each.published),
        "–" if difference is None else f"{_signed(difference)}{'' if volume else ' points'}",
        each.note or "–",
    )


def _signed(difference: float) -> str:
    return "0.0" if abs(difference) < 0.05 else f"{difference:+.1f}"


def nothing_published(choice: Choice) -> None:
    """No measures at all."""
    show(heading("What tenants think is not evidenced"))
    empty.nothing(
        "No tenant satisfaction measures loaded",
        f"{choice.landlord.name} holds no measure of a year that ended by the day chosen above. Load the regulator's "
        "workbook on Our records and the figures of every landlord appear, with the national spread; or load your own "
        "return as a table “tsm”.",
    )
    empty.link_to_our_records()
