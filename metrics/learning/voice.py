"""Voice to board: how long a theme took from the first sign of it to the governing body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.ghosts.hidden import counted
from metrics.learning.half_life import first_at_most_half, kaplan_meier
from metrics.populations import population
from metrics.records import Records
from metrics.working_days import working_days

RECORDS_BEGIN = timedelta(days=91)  # a theme heard of in the first quarter of the records may be older than they are


@dataclass(frozen=True, kw_only=True)
class Voice:
    """How one theme reached the governing body or a committee of it.

    first_complaint_on   the first complaint on the theme in the records
    first_signal_on      that, or the first hidden stage of grade A or B on it, where earlier
    reached_on           the first item naming the theme, on or after the first signal; body and response as minuted
    last_reached_on      the latest such item
    working_days         from the first signal to that item, or to as_at where it has not been reached
    is_at_least          the records begin with the theme: it may be older
    """

    theme: str
    first_complaint_on: date
    first_signal_on: date
    reached_on: date | None
    body: str | None
    response: str | None
    last_reached_on: date | None
    working_days: int
    is_at_least: bool


@dataclass(frozen=True, kw_only=True)
class Latency:
    """Every theme, those that have not reached the governing body first, then the slowest.

    median   working days by which half of the themes had reached it (Kaplan-Meier: a theme still on its way counts as
             seen so long); None where fewer than half have
    """

    themes: tuple[Voice, ...]
    median: float | None
    why_not: str = ""

    @property
    def reached(self) -> Sequence[Voice]:
        """The themes a governing body has had before it."""
        return [each for each in self.themes if each.reached_on is not None]


def voice_to_board(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> Latency:
    """Working days from first signal to the governing body, by theme. `hidden`: hidden stages at as_at, where known."""
    if "governance" not in records.frames:
        return Latency(themes=(), median=None, why_not="No governance items are held.")
    first = _first_signals(records, as_at, hidden)
    named = (
        population(records, "governance")
        .filter(pl.col("is_governing") & (pl.col("met_on") <= as_at))
        .drop_nulls("theme")
        .select("theme", "met_on", "item_ref", "body", "response")
        .sort("met_on", "item_ref")
        .collect()
    )
    taken = first.join(named, on="theme").filter(pl.col("met_on") >= pl.col("first_signal_on"))
    reached = taken.group_by("theme", maintain_order=True).agg(
        pl.col("met_on").first().alias("reached_on"),
        pl.col("body", "response").first(),
        pl.col("met_on").last().alias("last_reached_on"),
    )
    rows = first.join(reached, on="theme", how="left").with_columns(
        working_days=working_days(pl.col("first_signal_on"), pl.col("reached_on").fill_null(as_at))
    )
    return _latency(rows)


def _first_signals(records: Records, as_at: date, hidden: pl.DataFrame | None) -> pl.DataFrame:
    """theme, first_complaint_on, first_signal_on, is_at_least."""
    complaints = (
        records.frame("complaints")
        .filter(pl.col("received_on") <= as_at)
        .group_by(theme="category")
        .agg(first_complaint_on=pl.col("received_on").min())
        .collect()
    )
    begin = complaints["first_complaint_on"].min()
    signal = pl.col("first_complaint_on")
    if hidden is not None:
        found = counted(hidden).group_by(theme="category").agg(first_hidden_on=pl.col("first_signal_on").min())
        complaints = complaints.join(found, on="theme", how="left")
        signal = pl.min_horizontal("first_complaint_on", "first_hidden_on")
    since = begin if isinstance(begin, date) else as_at
    return complaints.select(
        "theme",
        "first_complaint_on",
        first_signal_on=signal,
        is_at_least=pl.col("first_complaint_on") < since + RECORDS_BEGIN,
    )


def _latency(rows: pl.DataFrame) -> Latency:
    fields = tuple(Voice.__dataclass_fields__)
    found = [Voice(**row) for row in rows.select(fields).to_dicts()]
    found.sort(key=lambda each: (each.reached_on is not None, -each.working_days, each.theme))
    if not found:
        return Latency(themes=(), median=None, why_not="No complaint is held up to this day.")
    times = rows.select(days="working_days", returned=pl.col("reached_on").is_not_null())
    return Latency(themes=tuple(found), median=first_at_most_half([(s.days, s.share) for s in kaplan_meier(times)]))
