"""Links from a figure of learning to the complaints behind it."""

from datetime import date

from metrics.learning.listing import Dated
from ui.link import link
from ui.literal import literal
from ui.navigation import THEME_CASES
from ui.selection import Choice
from ui.selector import EVERY


def opens_theme(
    label: str,
    choice: Choice,
    *,
    theme: str | None = None,
    area: str | None = None,
    team: str | None = None,
    cause: str | None = None,
    first: date | None = None,
    last: date | None = None,
    dated: Dated = "received",
    others_of: str | None = None,
) -> None:
    """A link to those complaints, for those who may follow it. Every choice is in the address, so that no earlier
    choice of the reader's lingers."""
    asked = {
        "theme": theme or EVERY,
        "in_area": area or EVERY,
        "of_team": team or EVERY,
        "cause": cause or EVERY,
        "dated": dated,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "others_of": others_of,
    }
    link(THEME_CASES, label=literal(label), query_params=choice.link(**asked), landlord_code=choice.code)
