"""The four rules on series made to trip one at a time, and on the edges where they must not.

Among them the cases that NHSRplotthedots tests its rules with, told again: six of a kind, seven, eight and one on the
other side; a step of nothing in a climb; two far points of three with the third across the centre.
"""

import numpy as np
import pytest

from metrics.trends import spc
from metrics.trends.bands import Places
from metrics.trends.signals import SIGNALS, signals

OUTSIDE, TREND, TWO_OF_THREE, ONE_SIDE = SIGNALS


def placed(side: list[int], near: list[int] | None = None, values: list[float] | None = None) -> dict[str, list[int]]:
    """Each signal with the places that belong to it, from given places alone."""
    nothing = np.zeros((1, len(side)), dtype=np.int8)
    where = Places(
        side=np.array([side], dtype=np.int8),
        near=nothing if near is None else np.array([near], dtype=np.int8),
        outside=nothing,
    )
    flags = signals(np.array([values or [0.0] * len(side)], dtype=np.float64), where)
    return {name: np.flatnonzero(flags[rule, 0]).tolist() for rule, name in enumerate(SIGNALS)}


@pytest.mark.parametrize(
    ("side", "found"),
    [
        ([1] * 6, []),
        ([1] * 6 + [-1], []),
        ([1] * 7, list(range(7))),
        ([1] * 8 + [-1], list(range(8))),
        ([-1] * 8 + [1], list(range(8))),
        ([-1, *[1] * 8, -1], list(range(1, 9))),
        ([1] * 3 + [0] + [1] * 4, []),
        ([1, -1] * 7, []),
    ],
)
def test_seven_on_one_side(side: list[int], found: list[int]) -> None:
    assert placed(side)[ONE_SIDE] == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], list(range(7))),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], list(range(1, 8))),
        ([7, 6, 5, 4, 3, 2, 1], list(range(7))),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], list(range(1, 8))),
    ],
)
def test_seven_in_a_row_up_or_down(values: list[float], found: list[int]) -> None:
    assert placed([0] * len(values), values=values)[TREND] == found


@pytest.mark.parametrize(
    ("near", "side", "found"),
    [
        ([1, 0, 1], [1, 1, 1], [0, 2]),
        ([0, 1, 1], [1, 1, 1], [1, 2]),
        ([1, 1, 0], [1, 1, 1], [0, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [2, 4]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [2, 3]),
        ([1, 0, 0, 1], [1] * 4, []),
        ([1, 0, 0, 1, 1], [1] * 5, [3, 4]),
        ([1, 0, 1], [1, -1, 1], []),
        ([0, 1, 1], [-1, 1, 1], []),
        ([-1, -1, 0], [-1, -1, -1], [0, 1]),
        ([1, -1, 0], [1, -1, 1], []),
        ([1, 1], [1, 1], []),
    ],
)
def test_two_of_three_far_out_on_one_side(near: list[int], side: list[int], found: list[int]) -> None:
    assert placed(side, near)[TWO_OF_THREE] == found


def named(values: list[float], *, screened: bool = True) -> list[list[str]]:
    return [point["signals"] for point in spc(values, screened=screened)["points"]]


def test_a_point_outside_the_limits_is_a_signal_by_itself() -> None:
    found = named([5, 6, 5, 6, 5, 6, 20, 5, 6, 5, 6, 5])
    assert [place for place, each in enumerate(found) if OUTSIDE in each] == [6]
    assert sum(bool(each) for each in found) == 1


def test_a_shift_is_seen_at_every_point_of_it() -> None:
    found = named([3, 4] * 6 + [7, 8] * 6)
    assert all(ONE_SIDE in each for each in found[12:])


def test_values_that_never_change_are_no_signal() -> None:
    assert named([0.1] * 30) == [[]] * 30
    assert named([1 / 3, 0.1 + 0.2 - 0.3 + 1 / 3] * 8) == [[]] * 16


def test_signals_come_in_the_order_of_the_rules() -> None:
    values = [0.0, 1.0] * 10 + [1.2, 2.2, 3.2, 4.2, 5.2, 6.2, 7.2]
    last = named(values)[-1]
    assert last == [name for name in SIGNALS if name in last]
    assert {OUTSIDE, TREND} <= set(last)
