"""Learning half-life: how long after an action was done until the next complaint of its kind was upheld.

Kaplan-Meier by `scipy.stats.ecdf`, which takes censored times: SciPy is here already, and lifelines or statsmodels
would bring pandas with them for this one curve.
"""

from dataclasses import dataclass
from datetime import date
from itertools import product
from warnings import catch_warnings, simplefilter

import numpy as np
import polars as pl
import scipy

from metrics.learning.actions import MONTHS
from metrics.periods import window
from metrics.populations import population
from metrics.populations.complaints import first_upheld_on
from metrics.records import Records

SIX_MONTHS = 183
FEWEST = 5  # actions followed: fewer make a curve of steps
_NARROWER = ("area", "team", "root_cause")


@dataclass(frozen=True, kw_only=True)
class Step:
    """The share of actions not yet followed by an upheld complaint of their kind after so many days, with its 95%
    interval (None where it cannot be worked out)."""

    days: float
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class HalfLife:
    """actions    done in the thirty-six months to as_at, individual remedies left out
    returned      of them followed by an upheld complaint of their theme (and area, team and cause where they name them)
    median        days until half of them were: None where that is not reached; low and high its 95% interval, high None
                  where it has no end
    at_six_months share not followed by one within 183 days, None where nothing was observed so long
    """

    actions: int
    returned: int
    median: float | None
    low: float | None
    high: float | None
    at_six_months: Step | None
    curve: tuple[Step, ...]
    why_not: str = ""


def half_life(times: pl.DataFrame) -> HalfLife:
    """How long learning held, over all actions: of what `returns` gives."""
    if times.height < FEWEST:
        why = f"{times.height} done actions to follow; {FEWEST} are needed." if times.height else "No action is done."
        return HalfLife(
            actions=times.height, returned=int(times["returned"].sum()), median=None, low=None, high=None,
            at_six_months=None, curve=(), why_not=why,
        )  # fmt: skip
    curve = kaplan_meier(times)
    seen_so_long = curve[-1].days >= SIX_MONTHS or not curve[-1].share
    return HalfLife(
        actions=times.height,
        returned=int(times["returned"].sum()),
        median=first_at_most_half([(step.days, step.share) for step in curve]),
        low=first_at_most_half([(step.days, step.low) for step in curve]),
        high=first_at_most_half([(step.days, step.high) for step in curve]),
        at_six_months=_at(curve, SIX_MONTHS) if seen_so_long else None,
        curve=curve,
    )


def kaplan_meier(times: pl.DataFrame) -> tuple[Step, ...]:
    """The curve of `times` (days, returned), a step at each day on which one returned or was last seen."""
    seen = {flag: times.filter(pl.col("returned") == flag)["days"].to_numpy().astype(float) for flag in (True, False)}
    curve = scipy.stats.ecdf(scipy.stats.CensoredData(uncensored=seen[True], right=seen[False])).sf
    with catch_warnings():
        simplefilter("ignore", RuntimeWarning)  # where the share is 0 or 1 the interval has no value, and reads None
        band = curve.confidence_interval(method="log-log") if len(seen[True]) else None
    bounds = (band.low.probabilities, band.high.probabilities) if band else (curve.probabilities * np.nan,) * 2
    return tuple(
        Step(days=float(day), share=float(share), low=_number(low), high=_number(high))
        for day, share, low, high in zip(curve.quantiles, curve.probabilities, *bounds, strict=True)
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def first_at_most_half(curve: list[tuple[float, float | None]]) -> float | None:
    """The first day on which the share is down to a half; None where it never is."""
    return next((day for day, share in curve if share is not None and share <= 0.5), None)


def _at(curve: tuple[Step, ...], day: int) -> Step:
    so_far = [step for step in curve if step.days <= day]
    return so_far[-1] if so_far else Step(days=day, share=1.0, low=None, high=None)


def returns(records: Records, as_at: date) -> pl.DataFrame:
    """action_ref, theme, area, team, root_cause, done_on, returned_on (null where none came), returned, days (to it,
    else to as_at), by action_ref. A complaint received before the action was done is no return of it, whenever it was
    upheld. The cause is asked for only where complaints on the theme carry it."""
    done = (
        population(records, "actions")
        .filter(pl.col("is_change") & pl.col("done_on").is_between(window(as_at, MONTHS)[0], as_at))
        .select("action_ref", "done_on", *_NARROWER, theme="service_area")
        .collect()
    )
    upheld = (
        records.frame("complaints")
        .select(*_NARROWER, "received_on", theme="category", upheld_on=first_upheld_on())
        .filter(pl.col("upheld_on") <= as_at)
        .join(done.lazy().select("theme").unique(), on="theme", how="semi")
        .collect()
    )
    asked, complaints = _numbered(done, upheld)
    coded = complaints.select("theme", "root_cause", is_coded=pl.lit(value=True)).drop_nulls().unique()
    asked = asked.join(coded, on=["theme", "root_cause"], how="left").with_columns(
        pl.when(pl.col("is_coded")).then("root_cause").alias("root_cause")
    )
    parts = [_next(asked, complaints, named) for named in product((True, False), repeat=len(_NARROWER))]
    found = pl.concat(parts).join(done, on="action_ref").sort("action_ref")
    until = pl.col("returned_on").fill_null(as_at)
    return found.with_columns(
        returned=pl.col("returned_on").is_not_null(), days=(until - pl.col("done_on")).dt.total_days()
    ).select("action_ref", "theme", *_NARROWER, "done_on", "returned_on", "returned", "days")


def _numbered(done: pl.DataFrame, upheld: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both with theme, area, team and root_cause as numbers, the same for the same name: a million names compared as
    text would cost more than all else."""
    names = ["theme", *_NARROWER]
    numbers = pl.concat([each.select(names) for each in (done, upheld)]).select(
        pl.col(name).cast(pl.Categorical).to_physical().cast(pl.Int64) for name in names
    )
    return (
        done.select("action_ref", "done_on").hstack(numbers.head(done.height)),
        upheld.select("received_on", "upheld_on").hstack(numbers.slice(done.height)),
    )


def _next(asked: pl.DataFrame, upheld: pl.DataFrame, named: tuple[bool, ...]) -> pl.DataFrame:
    """action_ref, returned_on of the actions that name just these of area, team and cause."""
    pairs = tuple(zip(_NARROWER, named, strict=True))
    chosen = asked.filter(pl.col(name).is_not_null() == is_named for name, is_named in pairs)
    on = ["theme", *(name for name, is_named in pairs if is_named)]
    if chosen.is_empty():
        return pl.DataFrame(schema={"action_ref": pl.String, "returned_on": pl.Date})
    # The earliest answer among complaints received on a day or later: one search per action, whatever their number.
    earliest = (
        upheld.join(chosen.select(on).unique(), on=on, how="semi")
        .group_by(*on, "received_on")
        .agg(pl.col("upheld_on").min())
        .sort("received_on", descending=True)
        .with_columns(returned_on=pl.col("upheld_on").cum_min().over(on))
    )
    return (
        chosen.sort("done_on")
        .join_asof(
            earliest.sort("received_on"),
            left_on="done_on",
            right_on="received_on",
            by=on,
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .select("action_ref", "returned_on")
    )
