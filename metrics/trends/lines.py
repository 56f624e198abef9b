"""Which figures become lines of the matrix, in which groups, and how long after a period's end each is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.catalogue import INDICATORS
from metrics.indicator import THEMES, Indicator
from metrics.own_thresholds import applied
from metrics.records import Records
from metrics.words import LEVELS

VOLUME = "Volume and escalation"
BESIDE = "Beside the levels"
VOLUMES = ("stage_1_per_1000_homes", "stage_2_per_1000_homes", "escalated_to_stage_2")

# Figures that come to be known only some time after the case: each period is read so many months after its end, so that
# every period has had the same time, the latest too.
SETTLES: Mapping[str, int] = {
    "complaints_without_ghost": 3,
    "learning_recorded": 3,
    "told_residents": 3,
    "decisions_accepted": 3,
    "escalated_to_stage_2": 3,
}

# The search for hidden stages is the one that costs most: it is asked for quarters only.
QUARTERS_ONLY = frozenset({"complaints_without_ghost"})

_NO_PERIODS: Mapping[str, str] = {
    "governance_quarters": "Each quarter is counted as a whole: there is nothing to vary within it.",
    "governance": "Taken a few times a year: a count of ones and noughts has no limits worth drawing.",
}
_OF_THE_RETURN = ("ch01_", "ch02_")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A figure to be counted by period, and its group; `why_not` where it cannot be."""

    indicator: Indicator
    group: str
    why_not: str = ""

    @property
    def settles(self) -> int:
        """Months after a period's end at which it is read."""
        return SETTLES.get(self.indicator.key, 0)


def lines(records: Records) -> tuple[Line, ...]:
    """Every figure of the catalogue, with the landlord's own thresholds: volume first, then the levels from the
    foundations up, then the others."""
    order = {VOLUME: 0, **{level.capitalize(): place for place, level in enumerate(LEVELS, start=1)}, BESIDE: 9}
    found = [Line(indicator=each, group=_group(each), why_not=_why_not(each)) for each in applied(INDICATORS, records)]
    return tuple(sorted(found, key=lambda line: order[line.group]))


def line_keys() -> tuple[str, ...]:
    """The keys of the figures that can be lines."""
    return tuple(each.key for each in INDICATORS if not _why_not(each))


def _group(indicator: Indicator) -> str:
    if indicator.key in VOLUMES:
        return VOLUME
    return indicator.level.capitalize() if indicator.level else BESIDE


def _why_not(indicator: Indicator) -> str:
    if indicator.tsm_measure:
        return "Published once a year: years are compared on the page Satisfaction."
    if indicator.population == THEMES:
        return "Counts themes on one day, not cases in a period."
    if indicator.key.startswith(_OF_THE_RETURN):
        return "A figure of the yearly return: its course is that of the line for every home."
    return _NO_PERIODS.get(indicator.population, "")
