"""Control charts of many stretches at once: limits, places and signals, whichever chart each stretch needs.

A stretch is a line, or the part of a line between two rebases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics.trends.bands import Flags, Limits, Numbers, Places, places
from metrics.trends.counted import Counts, Family, counted_limits, counted_places, stretch
from metrics.trends.rows import Kind
from metrics.trends.signals import signals
from metrics.trends.xmr import xmr_limits

FAMILY: dict[str, Family] = {"P": "binomial", "U": "poisson"}
WIDENED: dict[str, Kind] = {"P": "P′", "U": "U′"}


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Counts of one stretch and the chart it needs: k of n, n in 1,000 homes for a rate."""

    kind: Kind
    k: tuple[float, ...]
    n: tuple[float, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """k over n."""
        return tuple(k / n for k, n in zip(self.k, self.n, strict=True))


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A stretch with its lines: one value a period, NaN where there is no limit. `flags`: rule by period; `sides`."""

    stretch: Stretch
    lines: dict[str, Numbers]
    flags: Flags
    sides: tuple[int, ...]


LINES = ("mean", "low", "high", "near_low", "near_high")


def drawn(stretches: Sequence[Stretch], *, screened: bool) -> list[Drawn]:
    """Every stretch with its limits and signals, in the order given. P and U charts that chance does not explain come
    back as P′ and U′."""
    found: dict[int, Drawn] = {}
    workings: tuple[tuple[str, Callable[[Sequence[Stretch], bool], list[Drawn]]], ...] = (
        ("XmR", _xmr),
        ("P", _counted),
        ("U", _counted),
    )
    for kind, work in workings:
        numbers = [number for number, each in enumerate(stretches) if each.kind == kind]
        if numbers:
            done = work([stretches[number] for number in numbers], screened)
            found.update(zip(numbers, done, strict=True))
    return [found[number] for number in range(len(stretches))]


def frame(series: Sequence[Sequence[float]]) -> Numbers:
    """Series of any length as a frame: a row each, NaN after the end."""
    padded = np.full((len(series), max((len(each) for each in series), default=0)), np.nan)
    for row, each in enumerate(series):
        padded[row, : len(each)] = each
    return padded


def _xmr(stretches: Sequence[Stretch], screened: bool) -> list[Drawn]:
    values = frame([each.values for each in stretches])
    limits = xmr_limits(values, screened=screened)
    return _apart(stretches, values, limits, places(values, limits))


def _counted(stretches: Sequence[Stretch], screened: bool) -> list[Drawn]:
    counts = Counts(
        k=frame([each.k for each in stretches]),
        n=frame([each.n for each in stretches]),
        family=FAMILY[stretches[0].kind],
    )
    stretched = stretch(counts, screened=screened)
    limits = counted_limits(counts, stretched=stretched)
    widened = [
        replace(each, kind=WIDENED[each.kind]) if ratio > 1 else each
        for each, ratio in zip(stretches, stretched[:, 0], strict=True)
    ]
    return _apart(widened, counts.values, limits, counted_places(counts, limits))


def _apart(stretches: Sequence[Stretch], values: Numbers, limits: Limits, where: Places) -> list[Drawn]:
    """The frame cut into its stretches again."""
    flags = signals(values, where)
    lines = {name: np.broadcast_to(getattr(limits, name), values.shape) for name in LINES}
    return [
        Drawn(
            stretch=each,
            lines={name: line[row, : len(each.k)] for name, line in lines.items()},
            flags=flags[:, row, : len(each.k)],
            sides=tuple(int(side) for side in where.side[row, : len(each.k)]),
        )
        for row, each in enumerate(stretches)
    ]
