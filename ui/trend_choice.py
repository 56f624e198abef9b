"""Which line's chart is open and whether jumps are screened: chosen on the page, kept in the address."""

from metrics.trends import QuarterlyTrends, Trend
from metrics.trends.words import NOT_SCREENED, SCREENED
from ui import address
from ui.markup import note, show
from ui.selector import switch

LINE, SCREEN = "line", "screened"
WORDS = {"yes": "Jumps screened", "no": "Not screened"}


def choose_screened() -> bool:
    """Draw the switch."""
    found = switch(SCREEN, "Surprising jumps", WORDS, what="screening")
    show(note(SCREENED if found == "yes" else NOT_SCREENED))
    return found == "yes"


def chosen_line(found: QuarterlyTrends) -> Trend | None:
    """The line whose chart is open: the one the address names, else the first with a signal, else the first."""
    if not found.rows:
        return None
    first = (found.signals or found.rows)[0]
    key = address.asked(LINE, tuple(row.key for row in found.rows), first.key, what="line")
    return found.row(key)
