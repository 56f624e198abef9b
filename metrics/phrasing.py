"""How days, lists, counts and names of tables are written, wherever a sentence is made: screens, charts, papers."""

from collections.abc import Sequence
from datetime import date

TABLE_WORDS = {
    "tsm": "tenant satisfaction measures",
    "self_assessment": "the Code self-assessment",
    "determinations": "the Ombudsman's determinations",
    "governance": "what the governing body took and did",
    "learning_links": "links from learning actions to complaints",
}


def day(value: date) -> str:
    """30 September 2026."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """30 Sep 2026."""
    return f"{value.day} {value:%b %Y}"


def capital(words: str) -> str:
    """With a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def listed(parts: Sequence[str], *, joined_by: str = "and") -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joined_by} {parts[-1]}" if parts else ""


def plural(count: int, one: str, many: str = "") -> str:
    """1 action, 2 actions."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def table_words(name: str) -> str:
    """A table of records as a person names it."""
    return TABLE_WORDS.get(name, name.replace("_", " "))
