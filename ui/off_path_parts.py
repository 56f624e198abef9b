"""The complaints that left the Code's path in one way: chosen on the page, kept in the address, and listed."""

from metrics.ghosts.path_rules import BY_KEY
from metrics.phrasing import day
from ui import empty
from ui.case_rows import case_rows, downloads
from ui.loading import off_path
from ui.markup import element, heading, show
from ui.selection import Choice
from ui.selector import select


def choose() -> str:
    """Draw the selector and give the deviation's key."""
    return select("deviation", "How they left the path", {key: rule.words for key, rule in BY_KEY.items()})


def finding(deviation: str, choice: Choice) -> None:
    """How many, and in which way."""
    rule, found = BY_KEY[deviation], off_path(choice.code, choice.as_at, deviation)
    show(
        heading(f"{len(found):,} {'complaint' if len(found) == 1 else 'complaints'} left the Code's path"),
        element(
            "p",
            f"{rule.words} ({rule.kind}). Of complaints received in the twelve months to {day(choice.as_at)}; refused "
            "and withdrawn ones are not looked at.",
            class_="lp-lead",
        ),
    )


def listing(deviation: str, choice: Choice) -> None:
    """The rows and the files."""
    cases = off_path(choice.code, choice.as_at, deviation)
    if not len(cases):
        empty.line("There is none.")
        return
    downloads(cases, landlord_code=choice.code, name=f"{choice.code}-{choice.as_at.isoformat()}-{deviation}")
    case_rows(cases, choice=choice, of=deviation)
