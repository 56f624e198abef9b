"""What the quarterly trends are: values only, nothing here computes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from metrics.events import Event
from metrics.indicator import Indicator
from metrics.trends.signals import Signal

Period = Literal["month", "quarter"]
Kind = Literal["XmR", "P", "P′", "U", "U′"]
Variation = Literal[
    "better, high", "better, low", "worse, high", "worse, low", "changed, high", "changed, low", "only chance"
]
Assurance = Literal["passes", "fails", "hit or miss", "no line"]
EVERY_LINE = "every"
FIRM = 13  # with fewer points the limits are on trial


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """A decision to work limits out anew from an event on: for one line, or for every line (`EVERY_LINE`)."""

    event_ref: str
    line: str
    reason: str
    author: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class Step:
    """A rebase as it was carried out on one line: from when, after which event, why and by whom."""

    start: date
    event: Event
    reason: str
    author: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One period of a line: its last day, the count, the value, the limits that hold there, and its signals.

    A share is 0 to 1, a rate per 1,000 homes in the period (a plain count where homes are not known: `denominator` is
    then None, as for every rate). Limits are None where a stretch between two rebases is too short to have any;
    `stretch` numbers the stretches from 0.
    """

    end: date
    numerator: int
    denominator: int | None
    value: float
    mean: float
    low: float | None
    high: float | None
    near_low: float | None
    near_high: float | None
    signals: tuple[Signal, ...]
    is_above: bool
    stretch: int = 0


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One line of the matrix and its chart.

    period, settles   whether a point is a month or a quarter, and how many months after its end it is read
    chart, why_chart  which control chart it is and why, in a sentence
    points            oldest first; periods with nothing to count have none
    variation         the icon of the latest point; assurance the icon of the limits against the threshold
    chance            how likely the latest point shows a signal where nothing has changed
    is_trial          fewer than 13 points since the last rebase: limits on trial
    """

    indicator: Indicator
    group: str
    period: Period
    settles: int
    chart: Kind
    why_chart: str
    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance
    chance: float
    is_trial: bool
    rebases: tuple[Step, ...] = ()
    per_homes: bool = False

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.indicator.key

    @property
    def title(self) -> str:
        """The indicator's title."""
        return self.indicator.title

    @property
    def latest(self) -> Point:
        """The newest point."""
        return self.points[-1]

    @property
    def is_signal(self) -> bool:
        """Whether the latest point shows a signal."""
        return bool(self.latest.signals)

    @property
    def in_quarter(self) -> tuple[Point, ...]:
        """The points of the latest quarter of the line."""
        return self.points[-1:] if self.period == "quarter" else self.points[-3:]

    @property
    def signal_since(self) -> date | None:
        """The last day of the first period of the signal the latest point shows: back to where none was shown, or one
        the other way, or limits began anew."""
        if not self.is_signal:
            return None
        latest = self.latest
        since = latest
        for point in reversed(self.points):
            if not point.signals or (point.is_above, point.stretch) != (latest.is_above, latest.stretch):
                break
            since = point
        return since.end

    @property
    def is_new(self) -> bool:
        """Whether the signal of the latest point began in the latest quarter."""
        return self.signal_since is not None and self.signal_since >= self.in_quarter[0].end


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A figure without a control chart, and why."""

    indicator: Indicator
    reason: str


@dataclass(frozen=True, kw_only=True)
class QuarterlyTrends:
    """Every line of the matrix in reading order, what has none and why, what happened meanwhile.

    `expected_by_chance` is how many lines would show a signal if nothing had changed anywhere: the sum of every line's
    own chance, which is simulated (see `metrics.trends.chance`).
    """

    as_at: date
    screened: bool
    rows: tuple[Trend, ...]
    left_out: tuple[LeftOut, ...]
    events: tuple[Event, ...]
    expected_by_chance: float
    rebases: tuple[Rebase, ...] = ()

    @property
    def signals(self) -> tuple[Trend, ...]:
        """The lines whose latest point shows a signal."""
        return tuple(row for row in self.rows if row.is_signal)

    def row(self, key: str) -> Trend | None:
        """The line of that key; None where the figure has none."""
        return next((row for row in self.rows if row.key == key), None)

    @property
    def groups(self) -> Mapping[str, tuple[Trend, ...]]:
        """The lines by group, in reading order."""
        names = dict.fromkeys(row.group for row in self.rows)
        return {name: tuple(row for row in self.rows if row.group == name) for name in names}
