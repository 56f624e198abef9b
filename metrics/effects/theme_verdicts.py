"""Looping, learning or untested: each theme by its most recently done tested action and its upheld complaints."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from metrics.effects.engine import Effects
from metrics.effects.verdicts import FELL, TESTED
from metrics.periods import last_quarter_end, quarter_ends_to
from metrics.populations.complaints import first_upheld_on
from metrics.populations.learning import SENIOR_OWNERS
from metrics.records import Records

LOOPING, LEARNING, UNTESTED = "looping", "learning", "untested"
QUARTERS = 4


def themes(records: Records, as_at: date) -> pl.DataFrame:
    """One row per theme: every category complained about or acted on by as_at, by name.

    Columns: theme; verdict (looping, learning, untested); upheld_by_quarter (complaints first upheld in each of the
    last four complete quarters, oldest first); actions (changes known, individual remedies left out); latest_verdict
    and latest_action_ref (of the most recently done tested action; null where none is tested); owner_action_ref (an
    open action owned by the executive or the governing body, the one opened last; null where there is none).
    """
    return ThemeVerdicts(records, Effects(records, [as_at])).at(as_at)


class ThemeVerdicts:
    """The themes of one landlord on the days its effects were asked for."""

    def __init__(self, records: Records, effects: Effects) -> None:
        self._effects = effects
        complaints = records.frame("complaints").select("category", "received_on", upheld_on=first_upheld_on())
        self._first, self._upheld = pl.collect_all(
            [
                complaints.group_by(theme="category").agg(pl.col("received_on").min()),
                complaints.drop_nulls("upheld_on")
                .group_by(theme="category", quarter=pl.col("upheld_on").dt.truncate("1q"))
                .agg(upheld=pl.len().cast(pl.Int64)),
            ]
        )

    def at(self, as_at: date) -> pl.DataFrame:
        """The themes on one day; columns as `themes`."""
        actions = self._effects.at(as_at)
        complained = self._first.filter(pl.col("received_on") <= as_at).select("theme")
        every = pl.concat([complained, actions.select(theme="service_area")]).unique()
        found = (
            every.join(self._by_quarter(every, as_at), on="theme", how="left")
            .join(_acted(actions), on="theme", how="left")
            .join(_latest(actions), on="theme", how="left")
            .join(_owned(actions), on="theme", how="left")
            .with_columns(pl.col("actions").fill_null(0), pl.col("is_tried").fill_null(False))
        )
        loops = pl.col("is_tried") & (pl.col("upheld_by_quarter").list.min() > 0)
        verdict = pl.when(pl.col("latest_verdict") == FELL).then(pl.lit(LEARNING)).when(loops).then(pl.lit(LOOPING))
        return (
            found.with_columns(verdict=verdict.otherwise(pl.lit(UNTESTED)))
            .select(
                "theme",
                "verdict",
                "upheld_by_quarter",
                "actions",
                "latest_verdict",
                "latest_action_ref",
                "owner_action_ref",
            )
            .sort("theme")
        )

    def _by_quarter(self, every: pl.DataFrame, as_at: date) -> pl.DataFrame:
        """theme, upheld_by_quarter."""
        quarters = pl.DataFrame({"quarter": _first_days(as_at)}, schema={"quarter": pl.Date})
        return (
            every.join(quarters, how="cross")
            .join(self._upheld, on=["theme", "quarter"], how="left")
            .sort("theme", "quarter")
            .group_by("theme", maintain_order=True)
            .agg(upheld_by_quarter=pl.col("upheld").fill_null(0))
        )


def _first_days(as_at: date) -> Sequence[date]:
    """The first days of the last four complete quarters, oldest first."""
    ends = quarter_ends_to(last_quarter_end(as_at), QUARTERS - 1)
    return [date(end.year, end.month - 2, 1) for end in ends]


def _acted(actions: pl.DataFrame) -> pl.DataFrame:
    """theme, actions, is_tried."""
    changes = actions.filter(pl.col("kind") != "individual remedy")
    return changes.group_by(theme="service_area").agg(
        actions=pl.len().cast(pl.Int64), is_tried=pl.col("is_tried").any()
    )


def _latest(actions: pl.DataFrame) -> pl.DataFrame:
    """theme, latest_verdict, latest_action_ref: of two tested actions done on one day the later reference."""
    tested = actions.filter(pl.col("verdict").is_in(TESTED)).sort("done_on", "action_ref")
    return tested.group_by(theme="service_area", maintain_order=True).agg(
        latest_verdict=pl.col("verdict").last(), latest_action_ref=pl.col("action_ref").last()
    )


def _owned(actions: pl.DataFrame) -> pl.DataFrame:
    """theme, owner_action_ref."""
    open_at_the_top = actions.filter(pl.col("done_on").is_null() & pl.col("owner_role").is_in(list(SENIOR_OWNERS)))
    return (
        open_at_the_top.sort("opened_on", "action_ref")
        .group_by(theme="service_area", maintain_order=True)
        .agg(owner_action_ref=pl.col("action_ref").last())
    )
