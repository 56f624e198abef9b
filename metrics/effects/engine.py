"""The effect of every learning action, as it could be known on one day or many.

An action's trial is fixed by the action and the last day of its after window; quarter ends share trials, so that
seventeen of them cost little more than one.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from metrics.effects.trials import AFTER_DAYS, BEFORE_DAYS, LEFT_OUT_DAYS, SHORT_AFTER_DAYS, TRIAL_COLUMNS, judged
from metrics.effects.verdicts import NOT_YET
from metrics.populations import population
from metrics.records import Records

ACTION_COLUMNS = ("action_ref", "title", "service_area", "area", "team", "kind", "owner_role", "opened_on", "done_on")
SIX = "_6_months"


class ByDay:
    """Rows of many days, parted by as_at once."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self._none = rows.clear().drop("as_at")
        self._days = rows.partition_by("as_at", as_dict=True, include_key=False, maintain_order=True)

    def at(self, as_at: date) -> pl.DataFrame:
        """The rows of one day, without as_at; none, with the same columns, where the day has none."""
        return self._days.get((as_at,), self._none)


def effects(records: Records, as_at: date) -> pl.DataFrame:
    """One row per learning action known at as_at, by action_ref.

    Columns: `ACTION_COLUMNS`; is_tried (a change done 183 days or more before: the counts are there);
    first_before, last_before, first_after, last_after (the windows, both ends in); before (complaints received on the
    theme) and `TRIAL_COLUMNS` (see `metrics.effects.verdicts.Judged`; comparison_before and comparison_after count the
    landlord's complaints in untreated categories), the same after six months under names that end in `_6_months`; and
    records_cover_before (a complaint was already recorded when the before window began). What is not tried reads *not
    yet* and has no counts. How large an effect is: `metrics.effects.size`.
    """
    return Effects(records, [as_at]).at(as_at)


class Effects:
    """The effects of one landlord's actions on several days; counted at the first question."""

    def __init__(self, records: Records, over: Sequence[date]) -> None:
        self.records, self.days = records, sorted(set(over))

    def at(self, as_at: date) -> pl.DataFrame:
        """The effects as known on one of the days; columns as `effects`."""
        return self._by_day.at(as_at)

    @cached_property
    def _by_day(self) -> ByDay:
        return ByDay(self.frame)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Every day's effects, by as_at and action_ref: after as_at the columns of `effects`."""
        actions = population(self.records, "actions").select(*ACTION_COLUMNS, "is_change").sort("action_ref").collect()
        asked = _asked(actions.with_row_index("action"), self.days)
        tried = asked.filter("is_tried")
        lasts = [tried.select("action", last_after=name) for name in ("last_after", "last_after_6_months")]
        trials = judged(self.records, actions, pl.concat(lasts).unique().sort("action", "last_after"))
        short = trials.select(
            "action",
            *(pl.col(name).alias(f"{name}{SIX}") for name in TRIAL_COLUMNS),
            last_after_6_months="last_after",
        )
        keys = ["action", "last_after"]
        return (
            asked.join(trials, on=keys, how="left")
            .join(short, on=["action", "last_after_6_months"], how="left")
            .with_columns(pl.col("verdict", f"verdict{SIX}").fill_null(NOT_YET))
            .drop("action", "is_change")
            .sort("as_at", "action_ref")
        )


def _asked(actions: pl.DataFrame, over: Sequence[date]) -> pl.DataFrame:
    """Each action on each day that knows it, with its windows."""
    done, as_at = pl.col("done_on"), pl.col("as_at")
    known = actions.join(pl.DataFrame({"as_at": over}, schema={"as_at": pl.Date}), how="cross")
    known = known.filter(pl.col("opened_on") <= as_at).with_columns(done_on=pl.when(done <= as_at).then(done))
    known = known.with_columns(
        is_tried=(pl.col("is_change") & (done <= as_at - timedelta(days=SHORT_AFTER_DAYS))).fill_null(False)
    )
    last_before = pl.col("opened_on") - timedelta(days=LEFT_OUT_DAYS)
    windows = {
        "first_before": last_before - timedelta(days=BEFORE_DAYS - 1),
        "last_before": last_before,
        "first_after": done + timedelta(days=1),
        "last_after": pl.min_horizontal(done + timedelta(days=AFTER_DAYS), as_at),
        "last_after_6_months": done + timedelta(days=SHORT_AFTER_DAYS),
    }
    return known.with_columns(pl.when("is_tried").then(day).alias(name) for name, day in windows.items())
