"""How days, numbers and names are written on the screens."""

from datetime import date, datetime

from metrics.phrasing import capital, short_day

COLUMN_WORDS = {
    "began_on": "Begun",
    "kind": "What",
    "made_at": "Where",
    "order_contractor": "Contractor",
    "phantom_by_order": "Closed without its work order",
    "phantom_by_contractor": "Contractor not engaged",
    "came_back_on": "Complained again",
    "learned_on": "Learning action opened",
    "own_action_on": "Own action opened",
    "quarter_ended_on": "Quarter to",
    "is_scrutinised": "Challenged or decided",
    "is_active": "All three items taken",
}


def column_words(name: str) -> str:
    """A column's name as a heading: `acknowledge_due_on` reads Acknowledge due."""
    if name in COLUMN_WORDS:
        return COLUMN_WORDS[name]
    words = name.removesuffix("_on").removesuffix("_ref").replace("_", " ")
    return capital(words)


def cell(value: object) -> str:
    """Any stored value as text; what is not known is a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{short_day(value)}, {value:%H:%M}"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return str(value)
