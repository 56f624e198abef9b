"""How days, states and tables of figures are written in papers."""

from collections.abc import Iterable
from datetime import date

from metrics.words import Basis, State
from papers.model import Cell, Figure, Number, Table

SHAPES: dict[State, str] = {"met": "●", "not met": "▲", "too close to call": "◐", "not evidenced": "○"}
TABLE_WORDS = {
    "tsm": "tenant satisfaction measures",
    "self_assessment": "the Code self-assessment",
    "determinations": "the Ombudsman's determinations",
    "governance": "what the governing body took and did",
    "learning_links": "links from learning actions to complaints",
}
LIKELY = "likely between "
WHOSE: dict[Basis, str] = {"JUDGEMENT": "Our", "CODE": "The Code's", "TSM": "The standard's"}


def day(value: date) -> str:
    """30 September 2026."""
    return f"{value.day} {value:%B %Y}"


def short_quarter(end: date) -> str:
    """Sep 2026, for a quarter that ends then."""
    return f"{end:%b %Y}"


def table_words(name: str) -> str:
    """A table of records as a person names it."""
    return TABLE_WORDS.get(name, name.replace("_", " "))


def state_words(state: State | None) -> str:
    """▲ Not met: the shape and the word; a dash for a figure that is not judged."""
    return f"{SHAPES[state]} {state[0].upper()}{state[1:]}" if state else "–"


def plural(count: int, one: str, many: str = "") -> str:
    """1 action, 2 actions."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def held_against(figure: Figure) -> str:
    """Our line is at least 90%: whose line it is and what it asks. A rule and our judgement never read alike."""
    return f"{WHOSE[figure.basis]} line is {figure.line}"


def figures_table(key: str, title: str, figures: Iterable[Figure], *, judged: bool = True, note: str = "") -> Table:
    """One row a figure: value, count, how far the true share may lie, the line and whose it is, the state."""
    shown = list(figures)
    ours = all(each.basis == "JUDGEMENT" for each in shown if each.line)
    columns = ("Figure", "Value", "Count behind it", "Likely between")
    rows = [
        (each.title, Number(text=each.value, value=each.share), each.count or "–",
         each.interval.removeprefix(LIKELY) or "–",
         *((_line(each, ours=ours), state_words(each.state)) if judged else ()))
        for each in shown
    ]  # fmt: skip
    return Table(
        key=key,
        title=title,
        columns=(*columns, "Our line" if ours else "Line", "State") if judged else columns,
        rows=tuple(rows),
        note=note,
    )


def _line(figure: Figure, *, ours: bool) -> str:
    if not figure.line:
        return "–"
    return figure.line if ours else f"{figure.line} ({WHOSE[figure.basis][0].lower()}{WHOSE[figure.basis][1:]})"


def number(value: float | None, text: str) -> Cell:
    """A cell that is read as text and counted as a number."""
    return Number(text=text, value=value)
