"""Small counts stay small: what is shown is attacked by every adding and subtracting there is."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.small_numbers import FEW, OneWay, Shown, TwoWay, is_few, one_way, told, two_way, written

MOSTLY_SMALL = st.one_of(st.integers(0, 6), st.integers(0, 60))
ROWS = st.lists(MOSTLY_SMALL, min_size=1, max_size=7)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(MOSTLY_SMALL, min_size=width, max_size=width), min_size=1, max_size=5)
)
Grid = list[list[Shown]]


def grid(found: TwoWay) -> Grid:
    """With totals as last row and column."""
    rows = [[*row, total] for row, total in zip(found.counts, found.row_totals, strict=True)]
    return [*rows, [*found.column_totals, found.total]]


def equations(shown: Grid, *, columns: bool) -> tuple[list[list[float]], list[float], list[tuple[int, int]]]:
    """What a reader knows of the cells left out: in each line, parts less total is none."""
    height, width = len(shown), len(shown[0])
    left_out = [(row, column) for row in range(height) for column in range(width) if shown[row][column] is None]
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    if columns:
        lines += [[(row, column) for row in range(height)] for column in range(width)]
    weights, sums = [], []
    for line in lines:
        signs = {cell: -1.0 if place == len(line) - 1 else 1.0 for place, cell in enumerate(line)}
        weights.append([signs.get(cell, 0.0) for cell in left_out])
        sums.append(-sum(sign * (shown[row][column] or 0) for (row, column), sign in signs.items()))
    return weights, sums, left_out


def worked_out(shown: Grid, *, columns: bool = True) -> list[tuple[int, int]]:
    """The cells left out whose count is certain for a reader who knows that each is one or more. The equations are
    those of a network, so the ends of every range are whole numbers."""
    weights, sums, left_out = equations(shown, columns=columns)
    certain = []
    for place, cell in enumerate(left_out):
        aim = np.eye(len(left_out))[place]
        ends = [
            linprog(sign * aim, A_eq=weights, b_eq=sums, bounds=[(1, 10_000)] * len(left_out), method="highs")
            for sign in (1, -1)
        ]
        assert all(each.status == 0 for each in ends), "what is shown must fit together"
        if abs(ends[0].fun + ends[1].fun) < 0.5:
            certain.append(cell)
    return certain


def remainders(shown: Grid, *, columns: bool = True) -> list[int]:
    """In each line whose total is shown: the total less what is shown beside it."""
    lines = [*shown, *(list(column) for column in zip(*shown, strict=True))] if columns else shown
    return [line[-1] - sum(each or 0 for each in line[:-1]) for line in lines if line[-1] is not None]


@settings(max_examples=100)
@given(counts=TABLES)
def test_no_subtraction_gives_a_count_of_a_table_back(counts: list[list[int]]) -> None:
    shown = grid(two_way(counts))
    assert worked_out(shown) == []
    assert not [each for each in remainders(shown) if is_few(each)]


@settings(max_examples=100)
@given(counts=TABLES)
def test_what_is_shown_is_true_and_never_small(counts: list[list[int]]) -> None:
    found = two_way(counts)
    truth = [[*row, sum(row)] for row in counts]
    truth.append([sum(column) for column in zip(*truth, strict=True)])
    for said, true in zip(grid(found), truth, strict=True):
        for each, count in zip(said, true, strict=True):
            assert each in (None, count)
            assert not is_few(each)
            assert count or each == 0, "a count of none is nobody's"
    few = any(is_few(count) for row in truth for count in row)
    assert found.hides == few, "nothing is left out where nothing is small"


@settings(max_examples=100)
@given(counts=ROWS)
def test_no_subtraction_gives_a_count_of_a_row_back(counts: list[int]) -> None:
    found = one_way(counts)
    shown: Grid = [[*found.counts, found.total]]
    assert worked_out(shown, columns=False) == []
    assert not [each for each in remainders(shown, columns=False) if is_few(each)]
    assert all(said in (None, count) for said, count in zip(found.counts, counts, strict=True))
    assert found.total in (None, sum(counts))
    assert found.hides == any(is_few(each) for each in (*counts, sum(counts)))


def test_the_attack_finds_what_small_counts_alone_left_out_would_give_away() -> None:
    careless: Grid = [[None, 20, 23], [10, 30, 40], [13, 50, 63]]
    assert worked_out(careless) == [(0, 0)]
    # No line has one count left out alone, and still one is certain: the first two rows less the first two columns.
    bridged: Grid = [
        [None, None, 9, 8, 57],
        [None, None, None, 8, 68],
        [9, 8, None, None, 57],
        [9, 8, None, None, 57],
        [58, 56, 69, 56, 239],
    ]
    assert worked_out(bridged) == [(1, 2)]
    all_ones: Grid = [[None, None, None, None, None, 5]]
    assert len(worked_out(all_ones, columns=False)) == 5


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 9, 30], OneWay(counts=(12, 9, 30), total=51)),
        ([3, 9, 30], OneWay(counts=(None, None, 30), total=42)),
        ([1, 2, 20, 30], OneWay(counts=(None, None, None, 30), total=53)),
        ([3, 0, 0], OneWay(counts=(None, 0, 0), total=None)),
        ([1, 1, 1, 1, 1], OneWay(counts=(None,) * 5, total=None)),
        ([0, 0], OneWay(counts=(0, 0), total=0)),
        ([], OneWay(counts=(), total=0)),
    ],
)
def test_a_row(counts: Sequence[int], shown: OneWay) -> None:
    assert one_way(counts) == shown


def test_without_a_total_only_the_small_are_left_out() -> None:
    assert one_way([3, 9, 30], total=False) == OneWay(counts=(None, 9, 30), total=None)


def test_a_table_leaves_a_rectangle_out() -> None:
    found = two_way([[3, 20, 40], [10, 30, 50], [60, 70, 80]])
    assert found.counts == ((None, None, 40), (None, None, 50), (60, 70, 80))
    assert found.row_totals == (63, 90, 210)
    assert found.column_totals == (73, 120, 170)
    assert found.total == 363


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="none below 0"):
        one_way([4, -1])
    with pytest.raises(ValueError, match="different lengths"):
        two_way([[1, 2], [3]])


def test_words() -> None:
    assert [told(each) for each in (None, 0, 1, FEW - 1, FEW, 1_200)] == [
        "–", "0", "fewer than 5", "fewer than 5", "5", "1,200",
    ]  # fmt: skip
    assert [written(each) for each in (None, 0, 1_200)] == ["not shown", "0", "1,200"]
