"""Figures as papers show them: what would tell of one to four people is left out (`metrics.small_readings`)."""

from collections.abc import Iterable, Sequence

from metrics.reading import Reading
from metrics.sentences.figures import interval_words, n_of_m, threshold_words, value_words
from metrics.small_numbers import two_way, written
from metrics.small_readings import masked
from papers.model import Figure, Number


def figures(readings: Iterable[Reading]) -> dict[str, Figure]:
    """Every reading as a figure, by key, nothing small among them."""
    return all_figures(masked({reading.key: reading for reading in readings}).values())


def all_figures(readings: Iterable[Reading]) -> dict[str, Figure]:
    """Every reading as a figure, by key, for readers who handle the cases: nothing is left out."""
    return {reading.key: _as_read(reading) for reading in readings}


def figure(reading: Reading) -> Figure:
    """One reading as a paper shows it."""
    return figures([reading])[reading.key]


def _as_read(reading: Reading) -> Figure:
    silent = reading.state == "not evidenced"
    return Figure(
        key=reading.key,
        title=reading.indicator.title,
        value=value_words(reading),
        count=n_of_m(reading),
        interval=interval_words(reading),
        line=threshold_words(reading),
        state=reading.state,
        hidden=bool(reading.instead),
        basis=reading.indicator.threshold.basis,
        numerator=None if silent else reading.numerator,
        denominator=None if silent else reading.denominator,
        share=None if silent else reading.value,
        low=None if silent else reading.low,
        high=None if silent else reading.high,
    )


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
