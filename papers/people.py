"""Figures as papers show them: what would tell of one to four people is left out, with whatever would give it back.

A share of people hides if those counted, or those not counted, are one to four: the other follows by subtraction. Then
its value becomes a bound that every small count shares, and its interval, from which the count could be worked back, is
left out. Promises and responses are made to people; actions, meetings and the Ombudsman's findings and orders, which
the Ombudsman publishes itself and the Code wants the governing body to hear of, are not counts of people.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil, floor

from metrics.reading import Reading
from metrics.sentences.figures import count_words, interval_words, n_of_m, threshold_words, value_words
from metrics.small_numbers import FEW, FEWER, NOT_SHOWN, is_few, two_way, written
from papers.model import Figure, Number

OF_PEOPLE = frozenset({"complaints", "stages", "commitments", "apologies"})
TOLD_ANYWAY = frozenset({"orders_complied"})
# Parts that add up to a figure shown beside them: where one hides, so do the others.
PARTS_OF_A_WHOLE = (
    ("ch01_1_lcra", "ch01_1_lcho"),
    ("ch01_2_lcra", "ch01_2_lcho"),
    ("ch02_1_lcra", "ch02_1_lcho"),
    ("ch02_2_lcra", "ch02_2_lcho"),
)
_ONLY_FEW = re.compile(r"\bOnly [1-4]\b")


def figures(readings: Iterable[Reading]) -> dict[str, Figure]:
    """Every reading as a figure, by key, nothing small among them."""
    found = {reading.key: figure(reading) for reading in readings}
    for parts in PARTS_OF_A_WHOLE:
        if any(key in found and found[key].hidden for key in parts):
            found |= {key: _left_out(found[key]) for key in parts if key in found}
    return found


def is_of_people(reading: Reading) -> bool:
    """Whether what it counts are people, or what belongs to one of them."""
    return reading.indicator.population in OF_PEOPLE and reading.key not in TOLD_ANYWAY


def hides(reading: Reading) -> bool:
    """Whether showing the count would tell of one to four people."""
    if not is_of_people(reading) or reading.numerator is None or reading.state == "not evidenced":
        return False
    if reading.indicator.per_homes or reading.denominator is None:
        return is_few(reading.numerator)
    return is_few(reading.numerator) or is_few(reading.denominator - reading.numerator)


def all_figures(readings: Iterable[Reading]) -> dict[str, Figure]:
    """Every reading as a figure, by key, for readers who handle the cases: nothing is left out."""
    return {reading.key: _as_read(reading) for reading in readings}


def figure(reading: Reading) -> Figure:
    """One reading as a paper shows it."""
    shown = _as_read(reading)
    return _hidden(shown, reading) if hides(reading) else shown


def _as_read(reading: Reading) -> Figure:
    shown = Figure(
        key=reading.key,
        title=reading.indicator.title,
        value=value_words(reading),
        count=n_of_m(reading),
        interval=interval_words(reading),
        line=threshold_words(reading),
        state=reading.state,
        hidden=False,
        basis=reading.indicator.threshold.basis,
        numerator=reading.numerator,
        denominator=reading.denominator,
        share=reading.value,
        low=reading.low,
        high=reading.high,
    )
    if reading.state == "not evidenced":
        return replace(_left_out(shown), value="–", count="", hidden=False)
    return shown


def _left_out(shown: Figure) -> Figure:
    blank = replace(shown, numerator=None, denominator=None, share=None, low=None, high=None)
    return replace(blank, value=NOT_SHOWN, count="", interval="", hidden=True)


def _hidden(shown: Figure, reading: Reading) -> Figure:
    left_out = _left_out(shown)
    k, n = reading.numerator or 0, reading.denominator
    if reading.indicator.per_homes or n is None:
        return replace(left_out, value=FEWER)
    if n < FEW or (is_few(k) and is_few(n - k)):
        return left_out
    if is_few(k):
        return replace(left_out, value=f"{ceil(100 * (FEW - 1) / n)}% or less", count=f"{FEWER} of {count_words(n)}")
    least = floor(100 * (n - FEW + 1) / n)
    return replace(left_out, value=f"{least}% or more", count=f"all but {FEWER} of {count_words(n)}")


def reason(reading: Reading) -> str:
    """Why a figure is not evidenced, without telling of one to four people."""
    return _ONLY_FEW.sub(FEWER.capitalize(), reading.reason)


def counted(count: int | None) -> Number:
    """A masked count as a cell."""
    return Number(text=written(count), value=count)


def masked_rows(names: Sequence[str], counts: Sequence[Sequence[int]]) -> tuple[tuple[Number | str, ...], ...]:
    """Rows of names and counts of people with their total last, and a last row of totals, masked together."""
    shown = two_way(counts)
    body: list[tuple[Number | str, ...]] = [
        (name, *map(counted, row), counted(total))
        for name, row, total in zip(names, shown.counts, shown.row_totals, strict=True)
    ]
    return (*body, ("All", *map(counted, shown.column_totals), counted(shown.total)))
