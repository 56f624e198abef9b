"""What is worked out: a reading per indicator, and a placement. Values only; nothing here computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.indicator import Indicator
from metrics.words import Level, Position, State


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One indicator at one as_at, for the whole landlord or one service area.

    value, low, high and threshold are shares 0 to 1, or per-1,000 figures and counts where the indicator says so; low
    and high are the Wilson 95% interval. `probability` is P(true share on the good side). `state` is None for
    descriptive figures. `reason` says in words why a figure is not evidenced; `note` carries a caveat. `instead` and
    `instead_of_count` stand for value and count where these would tell of one to four people
    (`metrics.small_readings`).
    """

    indicator: Indicator
    as_at: date
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    threshold: float | None
    probability: float | None
    state: State | None
    reason: str = ""
    note: str = ""
    instead: str = ""
    instead_of_count: str = ""

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.indicator.key


@dataclass(frozen=True, kw_only=True)
class Cap:
    """A fact that no average buys off: the position is at most `to`."""

    cap: str
    to: Position
    reason: str
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that would open the next level: `further` more successes (None: only more or other records can)."""

    key: str
    further: int | None
    unit: str
    words: str


@dataclass(frozen=True, kw_only=True)
class LevelResult:
    """How one level stands: its gates by key as resolved (too close keeps the quarter before)."""

    level: Level
    secured: bool
    musts_met: int
    musts: int
    shoulds_met: int
    shoulds_evidenced: int
    shoulds: int


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """One point of the trajectory: the position at a quarter end, how firm, and the states as read that quarter."""

    as_at: date
    position: Position
    probability: Mapping[Position, float]
    states: Mapping[str, State]


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """What moves the position. `shifts`: (key, threshold shift, position it gives); `dropped`: (key, position without
    it); `missing`: (key, table to load, position if that gate were met)."""

    shifts: tuple[tuple[str, float, Position], ...]
    dropped: tuple[tuple[str, Position], ...]
    missing: tuple[tuple[str, tuple[str, ...], Position], ...]


@dataclass(frozen=True, kw_only=True)
class AreaPlacement:
    """The same placement for one service area."""

    area: str
    complaints: int
    share_of_complaints: float
    position: Position
    against: tuple[str, ...]
    states: Mapping[str, State]


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where the landlord stands, and why.

    `resolved` maps each gate's key to its state after the too-close rule; `why_for` and `why_against` list gate keys
    that are met, or not met, at the levels up to and including the next one; `not_evidenced` every gate without
    evidence; `coverage` maps table name to rows known at as_at.
    """

    landlord_code: str
    as_at: date
    position: Position
    levels: Mapping[Level, LevelResult]
    caps: tuple[Cap, ...]
    probability: Mapping[Position, float]
    resolved: Mapping[str, State]
    why_for: tuple[str, ...]
    why_against: tuple[str, ...]
    not_evidenced: tuple[str, ...]
    route_up: tuple[Step, ...]
    coverage: Mapping[str, int]
    data_through: date | None
    method_version: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Everything worked out for one landlord at one as_at."""

    placement: Placement
    readings: Mapping[str, Reading]
    trajectory: tuple[Quarter, ...] = ()
    profile: tuple[AreaPlacement, ...] = ()
    sensitivity: Sensitivity | None = None
    history: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
