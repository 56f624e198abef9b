"""The quarterly trends of one landlord: count, choose the chart, cut at rebases, draw, judge, and sum up the chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isnan

import polars as pl

from metrics.counting.coverage import coverage
from metrics.events import events_between
from metrics.records import Records
from metrics.trends.by_period import MONTHS, QUARTERS, Counted, counted_by_period, first_day, period_ends
from metrics.trends.chance import chance_of_signal
from metrics.trends.charts import Drawn, Stretch, drawn
from metrics.trends.choice import Chosen, chart_of, period_of, too_few, why_words
from metrics.trends.icons import assurance, variation
from metrics.trends.lines import Line, lines
from metrics.trends.rebasing import steps_of
from metrics.trends.rows import FIRM, LeftOut, Period, Point, QuarterlyTrends, Rebase, Step, Trend
from metrics.trends.signals import named


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A line ready to be drawn: its counts without empty periods, its chart, and where it is cut."""

    line: Line
    period: Period
    counted: Counted
    chosen: Chosen
    steps: tuple[Step, ...]
    homes: int | None

    @property
    def is_rate(self) -> bool:
        return bool(self.line.indicator.per_homes)

    @property
    def cuts(self) -> list[int]:
        """Where each stretch begins, and the end of the last."""
        return sorted({0, *(_begins(step, self.counted, self.period) for step in self.steps), len(self.counted.ends)})

    def stretches(self) -> list[Stretch]:
        """The line cut at its rebases."""
        k = [float(each) for each in self.counted.k]
        n = [(self.homes or 1000) / 1000] * len(k) if self.is_rate else [float(each) for each in self.counted.n]
        return [
            Stretch(kind=self.chosen.kind, k=tuple(k[first:last]), n=tuple(n[first:last]))
            for first, last in pairwise(self.cuts)
        ]


def quarterly(
    records: Records, as_at: date, *, rebases: Sequence[Rebase] = (), screened: bool = True
) -> QuarterlyTrends:
    """Every figure that can be counted by month or quarter as a control chart, as known at as_at.

    `rebases` are decisions to begin anew at a recorded event; one whose event is not held or has not happened by as_at
    does nothing. `screened` drops surprising moving ranges before limits are worked out.
    """
    held = coverage(records)
    known = held.held(as_at)
    every = lines(records)
    missing = {line.indicator.key: _missing(line, known) for line in every}
    countable = [line for line in every if not missing[line.indicator.key]]
    counted = counted_by_period(records, countable, as_at, newest=held.newest(as_at))
    events = events_between(records, _first_day(as_at), as_at)
    homes = _homes(records)
    plans: list[_Plan] = []
    left_out = {key: why for key, why in missing.items() if why}
    for line in countable:
        steps = steps_of(line.indicator.key, rebases, events)
        plan = _plan(line, counted, steps=steps, homes=homes)
        if isinstance(plan, _Plan):
            plans.append(plan)
        else:
            left_out[line.indicator.key] = plan
    rows = _trends(plans, screened=screened)
    return QuarterlyTrends(
        as_at=as_at,
        screened=screened,
        rows=rows,
        left_out=tuple(
            LeftOut(indicator=line.indicator, reason=left_out[line.indicator.key])
            for line in every
            if line.indicator.key in left_out
        ),
        events=events,
        expected_by_chance=sum(row.chance for row in rows),
        rebases=tuple(rebases),
    )


def _missing(line: Line, held: Mapping[str, int]) -> str:
    if line.why_not:
        return line.why_not
    absent = [table.replace("_", " ") for table in line.indicator.needs if table not in held]
    return f"Not evidenced: {' and '.join(absent)} not held." if absent else ""


def _first_day(as_at: date) -> date:
    return min(period_ends(as_at, "month", MONTHS + 1)[0], period_ends(as_at, "quarter", QUARTERS + 1)[0])


def _homes(records: Records) -> int | None:
    own = records.frame("landlords").select(pl.sum_horizontal("homes_lcra", "homes_lcho")).collect()
    return own.item() or None if own.height else None


def _plan(
    line: Line, counted: Mapping[tuple[str, Period], Counted], *, steps: tuple[Step, ...], homes: int | None
) -> _Plan | str:
    """How a line is drawn, or why it is not."""
    key, is_rate = line.indicator.key, bool(line.indicator.per_homes)
    period = period_of(counted.get((key, "month")), is_rate=is_rate)
    found = counted[key, period]
    if why_not := too_few(found, is_rate=is_rate, period=period):
        return why_not
    kept = [place for place, n in enumerate(found.n) if n or is_rate]
    found = Counted(
        ends=tuple(found.ends[place] for place in kept),
        k=tuple(found.k[place] for place in kept),
        n=tuple(found.n[place] for place in kept),
    )
    chosen = chart_of(found.k, found.n, is_rate=is_rate, period=period)
    since = tuple(step for step in steps if 0 < _begins(step, found, period) < len(found.ends))
    return _Plan(line=line, period=period, counted=found, chosen=chosen, steps=since, homes=homes)


def _begins(step: Step, counted: Counted, period: Period) -> int:
    """The number of the first period that begins on or after the event."""
    return sum(first_day(end, period) < step.start for end in counted.ends)


def _trends(plans: Sequence[_Plan], *, screened: bool) -> tuple[Trend, ...]:
    cut = [plan.stretches() for plan in plans]
    done = iter(drawn([each for stretches in cut for each in stretches], screened=screened))
    return tuple(
        _trend(plan, [next(done) for _ in stretches], screened=screened)
        for plan, stretches in zip(plans, cut, strict=True)
    )


def _trend(plan: _Plan, parts: Sequence[Drawn], *, screened: bool) -> Trend:
    indicator, last = plan.line.indicator, parts[-1].stretch
    points: list[Point] = []
    for number, part in enumerate(parts):
        points += _points(plan, part, number)
    return Trend(
        indicator=indicator,
        group=plan.line.group,
        period=plan.period,
        settles=plan.line.settles,
        chart=last.kind,
        why_chart=why_words(plan.chosen, last.kind),
        points=tuple(points),
        variation=variation(points, indicator.better),
        assurance=assurance(points[-1], indicator),
        chance=chance_of_signal(last, screened=screened),
        is_trial=len(last.k) < FIRM,
        rebases=plan.steps,
        per_homes=plan.is_rate and plan.homes is not None,
    )


def _points(plan: _Plan, part: Drawn, number: int) -> list[Point]:
    first, most = plan.cuts[number], None if plan.is_rate else 1.0
    return [
        Point(
            end=plan.counted.ends[first + place],
            numerator=plan.counted.k[first + place],
            denominator=None if plan.is_rate else plan.counted.n[first + place],
            value=value,
            mean=float(part.lines["mean"][place]),
            low=_line(part, "low", place, most),
            high=_line(part, "high", place, most),
            near_low=_line(part, "near_low", place, most),
            near_high=_line(part, "near_high", place, most),
            signals=named(part.flags[:, place]),
            is_above=value > part.lines["mean"][place],
            stretch=number,
        )
        for place, value in enumerate(part.stretch.values)
    ]


def _line(part: Drawn, name: str, place: int, most: float | None) -> float | None:
    """A limit, no lower than nothing and no higher than all: no value can lie there."""
    found = float(part.lines[name][place])
    if isnan(found):
        return None
    return max(0.0, found) if most is None else min(most, max(0.0, found))
