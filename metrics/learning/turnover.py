"""The turnover test: does what was learned survive the people who learned it?

Records name roles for actions and persons only as handlers of complaints, so people are read off those: who answered
the theme's complaints in the year up to the day the action was done. Somebody has left who answered no complaint of
any kind in the six months to as_at. Once half of them have, the complaints since that day are set against those
between the action and that day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import polars as pl

from metrics.effects.counting import Counter, Scopes
from metrics.effects.trials import AFTER_DAYS, Windows, untreated
from metrics.effects.verdicts import FELL, ROSE, TOO_FEW, judge
from metrics.learning.actions import ActionLine
from metrics.populations import population
from metrics.records import Records

GONE_AFTER = timedelta(days=183)
SEEN_BEFORE = timedelta(days=365)
FEWEST_PEOPLE = 3
FEWEST_DAYS = 91
Outcome = Literal["survived", "lost", "too few to tell", "not yet"]


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """One theme on which complaints fell after an action.

    people, left      who answered the theme's complaints when the action was done, and how many of them have left
    half_left_on      the day by which half had; None while they have not
    before, after     complaints on the theme between the action and that day, and since (a year at most); area and team
                      as the action names them
    first_before, last_after  the first of the days before, the last of those after
    outcome           `survived`: complaints have not risen since; `lost`: they have
    why_not           why it is not yet known
    """

    theme: str
    action_ref: str
    people: int
    left: int
    area: str | None = None
    team: str | None = None
    half_left_on: date | None = None
    first_before: date | None = None
    last_after: date | None = None
    before: int | None = None
    after: int | None = None
    outcome: Outcome = "not yet"
    why_not: str = ""


def turnover(records: Records, as_at: date, lines: Sequence[ActionLine]) -> tuple[Turnover, ...]:
    """The test for each theme whose latest tested action fell, by theme. `lines`: those actions."""
    asked = [line for line in lines if line.verdict == FELL and line.done_on is not None]
    answered = _answered(records, as_at, [line.theme for line in asked])
    last = answered.group_by("handler").agg(last_on=pl.col("on").max())
    return tuple(_one(records, as_at, line, answered, last) for line in sorted(asked, key=lambda each: each.theme))


def _answered(records: Records, as_at: date, themes: Sequence[str]) -> pl.DataFrame:
    """handler, on, category (null beyond the themes asked for): every answer known, at either stage."""
    if not themes:
        return pl.DataFrame(schema={"handler": pl.String, "on": pl.Date, "category": pl.String})
    complaints = records.frame("complaints")
    parts = [
        complaints.select("category", handler=f"stage_{stage}_handler", on=f"stage_{stage}_responded_on")
        for stage in (1, 2)
    ]
    known = pl.concat(parts).drop_nulls(["handler", "on"]).filter(pl.col("on") <= as_at)
    kept = pl.when(pl.col("category").is_in(list(themes))).then("category")
    return known.with_columns(category=kept).unique().collect()


def _one(records: Records, as_at: date, line: ActionLine, answered: pl.DataFrame, last: pl.DataFrame) -> Turnover:
    assert line.done_on is not None
    since = line.done_on - SEEN_BEFORE
    there = answered.filter((pl.col("category") == line.theme) & pl.col("on").is_between(since, line.done_on))
    days: list[date] = there.select("handler").unique().join(last, on="handler")["last_on"].sort().to_list()
    gone = [day for day in days if day < as_at - GONE_AFTER]
    found: dict[str, Any] = {
        "theme": line.theme,
        "action_ref": line.action_ref,
        "area": line.area,
        "team": line.team,
        "people": len(days),
        "left": len(gone),
    }
    if len(days) < FEWEST_PEOPLE:
        return Turnover(**found, why_not=f"Fewer than {FEWEST_PEOPLE} named people answered its complaints then.")
    half = -(-len(days) // 2)
    if len(gone) < half:
        return Turnover(**found, why_not="Most of those who answered its complaints then still answer complaints.")
    found["half_left_on"] = max(gone[half - 1], line.done_on)
    return _compared(records, as_at, line, found)


def _compared(records: Records, as_at: date, line: ActionLine, found: dict[str, Any]) -> Turnover:
    """Complaints while they were there and since they left, against untreated themes or time."""
    assert line.done_on is not None
    split = found["half_left_on"]
    ends = [line.done_on + timedelta(days=1), split, split + timedelta(days=1)]
    ends.append(min(split + timedelta(days=AFTER_DAYS), as_at))
    if min((ends[1] - ends[0]).days, (ends[3] - ends[2]).days) + 1 < FEWEST_DAYS:
        return Turnover(**found, why_not=f"Fewer than {FEWEST_DAYS} days on one side of their leaving.")
    windows = Windows(*(np.array([(day - date(1970, 1, 1)).days]) for day in ends))
    actions = population(records, "actions").select("service_area", "area", "team", "opened_on", "done_on", "is_change")
    complaints = records.frame("complaints").select("category", "area", "team", "received_on")
    every = actions.collect()
    scopes = Scopes.of(every, complaints)
    counter: Counter = scopes.complaints(complaints)
    its_own = pl.DataFrame({"service_area": [line.theme], "area": [line.area], "team": [line.team]}, schema=_SCOPE)
    before, after = windows.counted(counter, scopes.of_actions(its_own))
    others = scopes.categories().filter(pl.col("category") != line.theme)  # a theme is no control of itself
    others_before, others_after = untreated(every, others, counter, windows)
    verdict = judge(
        before=before, after=after, others_before=others_before, others_after=others_after,
        days_after=windows.days_after(),
    ).verdict[0]  # fmt: skip
    outcome: Outcome = "too few to tell" if verdict == TOO_FEW else "lost" if verdict == ROSE else "survived"
    return Turnover(
        **found, first_before=ends[0], last_after=ends[3], before=int(before[0]), after=int(after[0]), outcome=outcome
    )


_SCOPE = {"service_area": pl.String, "area": pl.String, "team": pl.String}
