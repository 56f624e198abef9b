"""Looping, learning or untested: each theme by its most recently done tested action and its upheld complaints."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import polars as pl

from metrics.effects.engine import ByDay, Effects
from metrics.effects.verdicts import FELL, TESTED
from metrics.periods import last_quarter_end, quarter_ends_to
from metrics.populations import population
from metrics.populations.learning import SENIOR_OWNERS
from metrics.records import Records

LOOPING, LEARNING, UNTESTED = "looping", "learning", "untested"
QUARTERS = 4
KEYS = ["as_at", "theme"]


def themes(records: Records, as_at: date) -> pl.DataFrame:
    """One row per theme: every category complained about or acted on by as_at, by name.

    Columns: theme; verdict (looping, learning, untested); upheld_by_quarter (complaints first upheld in each of the
    last four complete quarters, oldest first); actions (changes known, individual remedies left out); latest_verdict
    and latest_action_ref (of the most recently done tested action; null where none is tested); owner_action_ref (an
    open action owned by the executive or the governing body, the one opened last; null where there is none).
    """
    return ThemeVerdicts(records, Effects(records, [as_at])).at(as_at)


class ThemeVerdicts:
    """The themes of one landlord on the days its effects were asked for; worked out at the first question."""

    def __init__(self, records: Records, effects: Effects) -> None:
        self._records, self._effects = records, effects

    def at(self, as_at: date) -> pl.DataFrame:
        """The themes on one day; columns as `themes`."""
        return self._by_day.at(as_at)

    @cached_property
    def _by_day(self) -> ByDay:
        return ByDay(self.frame)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Every day's themes, by as_at and theme: the columns of `themes` after as_at."""
        first, upheld = self._counted()
        days = pl.DataFrame({"as_at": self._effects.days}, schema={"as_at": pl.Date})
        actions = self._effects.frame.with_columns(theme="service_area")
        complained = first.join(days, how="cross").filter(pl.col("received_on") <= pl.col("as_at")).select(KEYS)
        every = pl.concat([complained, actions.select(KEYS)]).unique()
        found = every.join(_by_quarter(every, upheld, self._effects.days), on=KEYS, how="left")
        for part in (_acted(actions), _latest(actions), _owned(actions)):
            found = found.join(part, on=KEYS, how="left")
        found = found.with_columns(pl.col("actions").fill_null(0), pl.col("is_tried").fill_null(False))
        loops = pl.col("is_tried") & (pl.col("upheld_by_quarter").list.min() > 0)
        learns = pl.col("latest_verdict") == FELL
        verdict = pl.when(learns).then(pl.lit(LEARNING)).when(loops).then(pl.lit(LOOPING)).otherwise(pl.lit(UNTESTED))
        shown = ("upheld_by_quarter", "actions", "latest_verdict", "latest_action_ref", "owner_action_ref")
        return found.select(*KEYS, verdict.alias("verdict"), *shown).sort(KEYS)

    def _counted(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """theme, received_on (of its first complaint); theme, quarter (its first day), upheld."""
        complaints = population(self._records, "complaints")
        first, upheld = pl.collect_all(
            [
                complaints.group_by(theme="service_area").agg(pl.col("received_on").min()),
                complaints.drop_nulls("first_upheld_on")
                # By day first: a quarter is worked out for each day, not for each complaint.
                .group_by("first_upheld_on", theme="service_area")
                .agg(upheld=pl.len().cast(pl.Int64))
                .group_by("theme", quarter=pl.col("first_upheld_on").dt.truncate("1q"))
                .agg(pl.col("upheld").sum()),
            ]
        )
        return first, upheld


def _by_quarter(every: pl.DataFrame, upheld: pl.DataFrame, days: Sequence[date]) -> pl.DataFrame:
    """as_at, theme, upheld_by_quarter."""
    rows = [(day, quarter) for day in days for quarter in _first_days(day)]
    quarters = pl.DataFrame(rows, schema={"as_at": pl.Date, "quarter": pl.Date}, orient="row")
    return (
        every.join(quarters, on="as_at")
        .join(upheld, on=["theme", "quarter"], how="left")
        .sort(*KEYS, "quarter")
        .group_by(KEYS, maintain_order=True)
        .agg(upheld_by_quarter=pl.col("upheld").fill_null(0))
    )


def _first_days(as_at: date) -> Sequence[date]:
    """The first days of the last four complete quarters, oldest first."""
    ends = quarter_ends_to(last_quarter_end(as_at), QUARTERS - 1)
    return [date(end.year, end.month - 2, 1) for end in ends]


def _acted(actions: pl.DataFrame) -> pl.DataFrame:
    """as_at, theme, actions, is_tried."""
    changes = actions.filter(pl.col("kind") != "individual remedy")
    return changes.group_by(KEYS).agg(actions=pl.len().cast(pl.Int64), is_tried=pl.col("is_tried").any())


def _latest(actions: pl.DataFrame) -> pl.DataFrame:
    """as_at, theme, latest_verdict, latest_action_ref: of two tested actions done on one day the later reference."""
    tested = actions.filter(pl.col("verdict").is_in(TESTED)).sort("done_on", "action_ref")
    return tested.group_by(KEYS, maintain_order=True).agg(
        latest_verdict=pl.col("verdict").last(), latest_action_ref=pl.col("action_ref").last()
    )


def _owned(actions: pl.DataFrame) -> pl.DataFrame:
    """as_at, theme, owner_action_ref."""
    open_at_the_top = actions.filter(pl.col("done_on").is_null() & pl.col("owner_role").is_in(list(SENIOR_OWNERS)))
    return (
        open_at_the_top.sort("opened_on", "action_ref")
        .group_by(KEYS, maintain_order=True)
        .agg(owner_action_ref=pl.col("action_ref").last())
    )
