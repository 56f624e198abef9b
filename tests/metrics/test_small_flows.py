"""Small counts in a flow stay small: what is shown is attacked with what comes in goes out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.small_flows import NotShown, not_shown
from metrics.small_numbers import is_few

STAGES = ("before", "stage 1", "between", "stage 2", "after")
COUNTS = st.one_of(st.integers(1, 6), st.integers(1, 80))
Links = dict[tuple[str, str], int]


@st.composite
def flows(draw: st.DrawFn) -> Links:
    """People who came, each along some of the stages, to the end or to where nothing is logged."""
    ways = draw(st.lists(st.tuples(st.sets(st.sampled_from(STAGES)), COUNTS), min_size=1, max_size=7))
    links: Links = {}
    for through, count in ways:
        stops = ["came", *(stage for stage in STAGES if stage in through), "ended" if through else "never"]
        for link in zip(stops, stops[1:], strict=False):
            links[link] = links.get(link, 0) + count
    return links


def certain(links: Links, found: NotShown) -> list[object]:
    """What is left out and yet certain for a reader who knows every count left out is one or more."""
    stages = sorted({name for link in links for name in link})
    unknown: list[object] = [*sorted(found.links), *sorted(found.stages)]
    place = {each: number for number, each in enumerate(unknown)}
    weights, sums = [], []
    for stage in stages:
        for side in (1, 0):
            lines = [link for link in links if link[side] == stage]
            if not lines:
                continue
            row, known = np.zeros(len(unknown)), 0
            for link in lines:
                if link in place:
                    row[place[link]] += 1
                else:
                    known += links[link]
            through = sum(links[link] for link in lines)
            if stage in place:
                row[place[stage]] -= 1
            else:
                known -= through
            weights.append(row)
            sums.append(-known)
    sure = []
    for each, number in place.items():
        aim = np.eye(len(unknown))[number]
        ends = [
            linprog(sign * aim, A_eq=weights, b_eq=sums, bounds=[(1, 10_000)] * len(unknown), method="highs")
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends)
        if abs(ends[0].fun + ends[1].fun) < 0.5:
            sure.append(each)
    return sure


@settings(max_examples=100)
@given(links=flows())
def test_no_adding_and_subtracting_gives_a_count_of_a_flow_back(links: Links) -> None:
    found = not_shown(links)
    assert {link for link, count in links.items() if is_few(count)} <= found.links
    assert certain(links, found) == []
    for stage in {name for link in links for name in link} - found.stages:
        for side in (1, 0):
            assert not is_few(sum(n for link, n in links.items() if link[side] == stage and link in found.links))


def test_the_attack_finds_what_small_links_alone_left_out_would_give_away() -> None:
    links = {("came", "stage 1"): 50, ("stage 1", "ended"): 47, ("stage 1", "stage 2"): 3, ("stage 2", "ended"): 3}
    careless = NotShown(frozenset({("stage 1", "stage 2"), ("stage 2", "ended")}), frozenset({"stage 2"}))
    assert len(certain(links, careless)) == 3
    assert ("stage 1", "ended") in not_shown(links).links


def test_nothing_is_left_out_where_nothing_is_small() -> None:
    assert not_shown({("came", "stage 1"): 50, ("stage 1", "ended"): 50}) == NotShown(frozenset(), frozenset())
    with pytest.raises(ValueError, match="nobody took"):
        not_shown({("came", "ended"): 0})
