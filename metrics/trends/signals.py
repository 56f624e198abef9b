"""The four rules that tell a signal from noise, on many series at once.

After Making Data Count: a point outside the limits; seven points each higher (or each lower) than the one before; of
three neighbours on one side of the centre two beyond two thirds of the way to the limit; seven neighbours on one side
of the centre. Every point of a run belongs to the signal; of three neighbours only those that lie so far out.
"""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

from metrics.trends.bands import Flags, Numbers, Places, Signs, tolerance

Signal = Literal["outside limits", "7-point trend", "2 of 3 beyond two thirds", "7 on one side"]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
RUN = 7


def signals(values: Numbers, where: Places) -> Flags:
    """Which signals each point belongs to: an array of (rule in the order of `SIGNALS`, series, period)."""
    return np.stack(
        (
            where.outside != 0,
            _trend(values),
            _two_of_three(where),
            _run(where.side, RUN),
        )
    )


def named(flags: Flags) -> tuple[Signal, ...]:
    """The names of one point's signals; `flags` in the order of `SIGNALS`."""
    return tuple(name for name, found in zip(SIGNALS, flags, strict=True) if found)


def trend_direction(values: Sequence[float]) -> int:
    """Whether the last point of a series came up (1) or down (-1)."""
    return int(np.sign(values[-1] - values[-2])) if len(values) > 1 else 0


def _trend(values: Numbers) -> Flags:
    """Seven points make six steps in one direction; a step of nothing breaks the trend."""
    steps, by = np.diff(values, axis=1), tolerance(values)
    direction = (steps > by).astype(np.int8) - (steps < -by).astype(np.int8)
    within = _run(direction, RUN - 1)
    flags = np.zeros(values.shape, dtype=np.bool_)
    flags[:, :-1] |= within
    flags[:, 1:] |= within
    return flags


def _run(signs: Signs, length: int) -> Flags:
    """Points that belong to `length` or more neighbours of the same sign."""
    flags = np.zeros(signs.shape, dtype=np.bool_)
    if signs.shape[1] < length:
        return flags
    for sign in (1, -1):
        ends = np.lib.stride_tricks.sliding_window_view(signs == sign, length, axis=1).all(axis=2)
        for place in range(length):
            flags[:, place : place + ends.shape[1]] |= ends
    return flags


def _two_of_three(where: Places) -> Flags:
    """Points beyond the near limit that have a second one on their side among three neighbours, all on that side."""
    flags = np.zeros(where.side.shape, dtype=np.bool_)
    if where.side.shape[1] < 3:
        return flags
    for sign in (1, -1):
        far = where.near == sign
        three_far = np.lib.stride_tricks.sliding_window_view(far, 3, axis=1).sum(axis=2) >= 2
        three_here = np.lib.stride_tricks.sliding_window_view(where.side == sign, 3, axis=1).all(axis=2)
        found = three_far & three_here
        part = np.zeros(where.side.shape, dtype=np.bool_)
        for place in range(3):
            part[:, place : place + found.shape[1]] |= found
        flags |= part & far
    return flags
