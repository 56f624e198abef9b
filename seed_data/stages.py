"""The two formal stages: when each was acknowledged, extended, answered and apologised for."""

from dataclasses import dataclass

import numpy as np

from seed_data.dates import NEVER, Days, Flags, Shares, add_working_days, happened, later, working_days
from seed_data.shares import Words, evenly, only, pick, whole
from seed_data.story import Handling

ACKNOWLEDGE_WITHIN = 5


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The dates of one stage, a row per complaint; missing where it has not happened by the extract date."""

    acknowledged: Days
    extended_to: Days
    responded: Days
    in_time: Flags


@dataclass(frozen=True, kw_only=True)
class Clock:
    """How long a stage may take, in working days, and the shares that keep to it."""

    within: int
    acknowledged: Shares
    answered: Shares
    extended: Shares
    latest_acknowledgement: int


def run_stage(rng: np.random.Generator, begins: Days, clock: Clock) -> Stage:
    """Acknowledge and answer what began on `begins`; a missing beginning has no stage."""
    rows = len(begins)
    quick = evenly(rng, clock.acknowledged)
    lag = np.where(quick, whole(rng, 0, 4, rows), whole(rng, 6, clock.latest_acknowledgement, rows))
    acknowledged = add_working_days(begins, lag)
    due = add_working_days(np.minimum(acknowledged, add_working_days(begins, ACKNOWLEDGE_WITHIN)), clock.within)
    extended = evenly(rng, clock.extended)
    extended_to = np.where(extended, add_working_days(due, whole(rng, 3, clock.within, rows)), NEVER)
    final = np.where(extended, extended_to, due)
    in_time = evenly(rng, clock.answered)
    responded = np.where(
        in_time,
        _answered_in_time(rng, np.where(extended, due, acknowledged), final),
        add_working_days(final, 1 + rng.geometric(0.09, rows)),
    )
    return Stage(
        acknowledged=happened(acknowledged),
        extended_to=np.where(responded > due, extended_to, NEVER),
        responded=happened(responded),
        in_time=in_time,
    )


def _answered_in_time(rng: np.random.Generator, start: Days, final: Days) -> Days:
    """A working day between start and final, mostly close to final: deadlines draw answers to them."""
    room = working_days(start, final)
    before_final = np.minimum((rng.beta(1.2, 3.0, len(start)) * (room + 1)).astype(np.int64), np.maximum(room - 1, 0))
    return np.maximum(add_working_days(final, -before_final), start)


def outcomes(rng: np.random.Generator, answered: Days, upheld: Shares) -> Words:
    """upheld, partly upheld or not upheld, where there is an answer."""
    agreed = evenly(rng, upheld)
    kind = np.where(agreed, pick(rng, ("upheld", "partly upheld"), len(agreed), (0.6, 0.4)), "not upheld")
    return only(kind, where=~np.isnat(answered))


def apologies(rng: np.random.Generator, answered: Days, *, share: Shares, due: Flags) -> Days:
    """Apology dates: in time for that share of those due; of the rest half come late and half never."""
    rows = len(answered)
    prompt = evenly(rng, share)
    late = ~prompt & (rng.random(rows) < 0.5)
    on_the_day = rng.random(rows) < 0.8
    gap = np.where(prompt, np.where(on_the_day, 0, whole(rng, 1, 4, rows)), whole(rng, 9, 40, rows))
    return happened(np.where(due & (prompt | late), add_working_days(answered, gap), NEVER))


def requests_stage_2(
    rng: np.random.Generator, first: Stage, *, outcome: Words, hidden: Flags, handling: Handling, allowed: Flags
) -> Days:
    """When residents asked for stage 2: more often after a late answer or one that did not uphold."""
    rows = len(first.responded)
    weight = np.where(first.in_time, 0.9, 1.5) * np.where(outcome == "not upheld", 1.25, 0.92)
    share = np.where(hidden, handling.hidden_escalates, handling.escalates) * weight
    asked = evenly(rng, np.clip(share, 0, 1)) & allowed
    gap = 2 + rng.gamma(1.6, 9.0, rows).astype(np.int64)
    return happened(np.where(asked, later(first.responded, np.minimum(gap, 90)), NEVER))


def compensation(rng: np.random.Generator, outcome: Words, *, typical: float) -> Shares:
    """Pounds offered in about half of the upheld answers, in steps of five; NaN where none was."""
    rows = len(outcome)
    amount = np.round(rng.lognormal(np.log(typical), 0.8, rows) / 5) * 5 + 10
    upheld = (outcome == "upheld") | (outcome == "partly upheld")
    return np.where(upheld & (rng.random(rows) < 0.52), amount, np.nan)
