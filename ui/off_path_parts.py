"""The complaints that left the Code's path in one way: chosen on the page, kept in the address, and listed."""

from metrics.ghosts.conformance import Deviation
from metrics.phrasing import day, plural
from ui import empty
from ui.case_rows import case_rows, downloads
from ui.loading import hidden_stages, off_path
from ui.markup import element, heading, show
from ui.selection import Choice
from ui.selector import select


def choose(choice: Choice) -> Deviation:
    """Draw the selector and give the way of leaving the path; at first one in which somebody did."""
    ways = {each.key: each for each in hidden_stages(choice.code, choice.as_at).conformance.deviations}
    happened = [key for key, each in ways.items() if each.count != 0 and not each.why_not]
    first = happened[0] if happened else next(iter(ways))
    words = {key: each.words for key, each in ways.items()}
    return ways[select("deviation", "How they left the path", words, otherwise=first)]


def finding(way: Deviation, choice: Choice) -> None:
    """How many, and in which way; or that nobody could look."""
    if way.why_not:
        show(heading(f"{way.words}: not evidenced"), element("p", way.why_not, class_="lp-lead"))
        return
    count = len(off_path(choice.code, choice.as_at, way.key))
    complaints = plural(count, "complaint") if count else "No complaint"
    show(
        heading(f"{complaints} left the Code's path{'' if count else ' in this way'}"),
        element(
            "p",
            f"{way.words} ({way.kind}). Of complaints received in the twelve months to {day(choice.as_at)}; refused "
            "and withdrawn ones are not looked at.",
            class_="lp-lead",
        ),
    )


def listing(way: Deviation, choice: Choice) -> None:
    """The rows and the files."""
    if way.why_not:
        return
    cases = off_path(choice.code, choice.as_at, way.key)
    if not len(cases):
        empty.line("There is none.")
        return
    downloads(cases, landlord_code=choice.code, name=f"{choice.code}-{choice.as_at.isoformat()}-{way.key}")
    case_rows(cases, choice=choice, of=way.key)
