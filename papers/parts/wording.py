"""How days, states and tables of figures are written in papers."""

from collections.abc import Iterable
from datetime import date

from metrics.phrasing import capital
from metrics.words import Basis, State
from papers.model import Cell, Figure, Number, Table

SHAPES: dict[State, str] = {"met": "●", "not met": "▲", "too close to call": "◐", "not evidenced": "○"}
LIKELY = "likely between "
WHOSE: dict[Basis, str] = {"JUDGEMENT": "Our", "CODE": "The Code's", "TSM": "The standard's"}


def short_quarter(end: date) -> str:
    """Sep 2026, for a quarter that ends then."""
    return f"{end:%b %Y}"


def state_words(state: State | None) -> str:
    """▲ Not met: the shape and the word; a dash for a figure that is not judged."""
    return f"{SHAPES[state]} {capital(state)}" if state else "–"


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
