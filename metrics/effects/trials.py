"""Counting a trial: complaints on the action's theme and on untreated themes, before and after."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from metrics.effects.counting import Counter, Scopes, Whole, days
from metrics.effects.verdicts import judge
from metrics.records import Records

BEFORE_DAYS = 365
LEFT_OUT_DAYS = 91  # from the last day of before to the opening: the trigger quarter, regression to the mean
AFTER_DAYS = 365
SHORT_AFTER_DAYS = 183  # an action can be tested from then on, and is looked at then for a first time
# What a trial comes to, as far as it is kept beside the action.
TRIAL_COLUMNS = (
    "after",
    "comparison",
    "comparison_before",
    "comparison_after",
    "expected",
    "verdict",
)


@dataclass(frozen=True)
class Windows:
    """First and last days of before and after, both in, one element per trial."""

    first_before: Whole
    last_before: Whole
    first_after: Whole
    last_after: Whole

    @classmethod
    def of(cls, opened: Whole, done: Whole, last_after: Whole) -> "Windows":
        """The year before the trigger quarter, and from the day after it was done."""
        last_before = opened - LEFT_OUT_DAYS
        return cls(last_before - (BEFORE_DAYS - 1), last_before, done + 1, last_after)

    def days_after(self) -> NDArray[np.float64]:
        """The share of both windows' days that lie after."""
        before, after = self.last_before - self.first_before + 1, self.last_after - self.first_after + 1
        found: NDArray[np.float64] = after / (after + before)
        return found

    def counted(self, counter: Counter, scope: Whole | np.int64) -> tuple[Whole, Whole]:
        """Rows of one scope per trial, before and after."""
        return (
            counter.within(scope, self.first_before, self.last_before),
            counter.within(scope, self.first_after, self.last_after),
        )


def judged(records: Records, actions: pl.DataFrame, trials: pl.DataFrame) -> pl.DataFrame:
    """`trials` (action: the row number in `actions`, all of them done changes; last_after: a date) beside before,
    records_cover_before and `TRIAL_COLUMNS`."""
    complaints = records.frame("complaints").select("category", "area", "team", "received_on")
    scopes = Scopes.of(actions, complaints)
    counter = scopes.complaints(complaints)
    which = trials["action"].to_numpy()
    opened, done = (days(actions[name].fill_null(date(1970, 1, 1)))[which] for name in ("opened_on", "done_on"))
    windows = Windows.of(opened, done, days(trials["last_after"]))
    before, after = windows.counted(counter, scopes.of_actions(actions)[which])
    others_before, others_after = untreated(actions, scopes.categories(), counter, windows)
    found = judge(
        before=before,
        after=after,
        others_before=others_before,
        others_after=others_after,
        days_after=windows.days_after(),
    )
    columns = {name: getattr(found, name) for name in TRIAL_COLUMNS if name in found.__dataclass_fields__}
    columns |= {"after": after, "comparison_before": others_before, "comparison_after": others_after}
    return trials.with_columns(
        pl.Series("before", before),
        pl.Series("records_cover_before", windows.first_before >= counter.first_day()),
        *(pl.Series(name, columns[name]) for name in TRIAL_COLUMNS),
    )


def untreated(
    actions: pl.DataFrame, categories: pl.DataFrame, counter: Counter, windows: Windows
) -> tuple[Whole, Whole]:
    """Per trial the landlord's complaints before and after in categories where nothing but individual remedies was
    opened or done from the first day of before to the last of after: a treated theme is no control."""
    acted = actions.lazy().filter("is_change").join(categories.lazy(), left_on="service_area", right_on="category")
    events = Counter.of(pl.concat([acted.select("scope", day=name) for name in ("opened_on", "done_on")]))
    before, after = np.zeros_like(windows.first_after), np.zeros_like(windows.first_after)
    for scope in categories["scope"].cast(pl.Int64):
        number = np.int64(scope)
        free = events.within(number, windows.first_before, windows.last_after) == 0
        counted_before, counted_after = windows.counted(counter, number)
        before += np.where(free, counted_before, 0)
        after += np.where(free, counted_after, 0)
    return before, after
