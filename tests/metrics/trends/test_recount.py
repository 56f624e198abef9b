"""The engine against a recount in plain Python, and the properties any such chart must have."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from metrics.trends import spc
from metrics.trends.bands import places
from metrics.trends.charts import Stretch, drawn, frame
from metrics.trends.counted import NEAR, OUTSIDE, Counts, counted_limits, counted_places, places_by_chance, stretch
from metrics.trends.signals import SIGNALS, signals
from metrics.trends.xmr import xmr_limits
from tests.metrics.trends.published import LINES
from tests.recount import trends as recount

SERIES = some.lists(some.integers(-500, 500).map(lambda each: each / 4), min_size=2, max_size=30)
FRAMES = some.lists(SERIES, min_size=1, max_size=6)


def named(values: list[float], *, screened: bool) -> list[list[str]]:
    return [point["signals"] for point in spc(values, screened=screened)["points"]]


@given(SERIES, some.booleans())
def test_lines_and_signals_are_those_counted_by_hand(values: list[float], screened: bool) -> None:
    found, mine = spc(values, screened=screened), recount.xmr(values, screened=screened)
    assert [found[name] for name in LINES] == pytest.approx([mine[name] for name in LINES], abs=1e-9)
    assert named(values, screened=screened) == recount.named(values, {name: found[name] for name in LINES})


def test_long_quiet_and_restless_series_agree_too() -> None:
    generator = np.random.default_rng(1)
    seen = set()
    for drift in (0.0, 0.03, 0.15, -0.1, 0.8):
        for _ in range(25):
            values = [float(each) for each in generator.normal(0, 1, 40) + drift * np.arange(40)]
            mine = recount.named(values, recount.xmr(values, screened=True))
            assert named(values, screened=True) == mine
            seen |= {name for each in mine for name in each}
    assert seen == set(SIGNALS)


@given(SERIES, some.sampled_from([-3.0, -0.5, 0.25, 2.0, 8.0]), some.integers(-200, 200), some.booleans())
def test_shifting_and_scaling_a_series_shifts_and_scales_its_limits(
    values: list[float], scale: float, shift: int, screened: bool
) -> None:
    plain = spc(values, screened=screened)
    moved = spc([scale * value + shift for value in values], screened=screened)
    low, high = ("low", "high") if scale > 0 else ("high", "low")
    assert moved["mean"] == pytest.approx(scale * plain["mean"] + shift, abs=1e-9)
    assert moved["low"] == pytest.approx(scale * plain[low] + shift, abs=1e-9)
    assert moved["high"] == pytest.approx(scale * plain[high] + shift, abs=1e-9)
    assert [each["signals"] for each in moved["points"]] == [each["signals"] for each in plain["points"]]


@given(SERIES)
def test_screening_never_widens_limits(values: list[float]) -> None:
    screened, plain = spc(values, screened=True), spc(values, screened=False)
    assert screened["mean"] == plain["mean"]
    assert screened["high"] - screened["low"] <= plain["high"] - plain["low"] + 1e-9


@given(SERIES)
def test_lines_lie_in_their_order(values: list[float]) -> None:
    found = spc(values)
    assert found["low"] <= found["near_low"] <= found["mean"] <= found["near_high"] <= found["high"]


@given(FRAMES, some.randoms(use_true_random=False))
def test_series_do_not_touch_one_another_in_a_frame(series: list[list[float]], random) -> None:  # type: ignore[no-untyped-def]
    order = list(range(len(series)))
    random.shuffle(order)
    values = frame([series[place] for place in order])
    limits = xmr_limits(values)
    flags = signals(values, places(values, limits))
    for row, place in enumerate(order):
        alone = spc(series[place])
        assert limits.high[row, 0] == pytest.approx(alone["high"], abs=1e-9)
        found = [
            [name for rule, name in enumerate(SIGNALS) if flags[rule, row, at]] for at in range(len(series[place]))
        ]
        assert found == [point["signals"] for point in alone["points"]]
        assert not flags[:, row, len(series[place]) :].any()


SHARES = some.lists(
    some.integers(1, 40).flatmap(lambda n: some.tuples(some.integers(0, n), some.just(n))), min_size=2, max_size=20
)


@given(SHARES)
def test_limits_of_a_share_are_those_of_exact_chances(pairs: list[tuple[int, int]]) -> None:
    counts = Counts(k=frame([[k for k, _ in pairs]]), n=frame([[n for _, n in pairs]]), family="binomial")
    limits = counted_limits(counts, stretched=np.ones((1, 1)))
    share = Fraction(sum(k for k, _ in pairs), sum(n for _, n in pairs))
    for place, (_, n) in enumerate(pairs):
        chances = recount.chances_of_share(n, share)
        for tail, low, high in ((OUTSIDE, limits.low, limits.high), (NEAR, limits.near_low, limits.near_high)):
            mine = recount.edges(chances, tail)
            assert (round(low[0, place] * n), round(high[0, place] * n)) == mine


@given(some.lists(some.integers(0, 30), min_size=2, max_size=20), some.sampled_from([0.5, 1.0, 8.42]))
def test_limits_of_a_count_are_those_of_exact_chances(found: list[int], homes: float) -> None:
    counts = Counts(k=frame([found]), n=frame([[homes] * len(found)]), family="poisson")
    limits = counted_limits(counts, stretched=np.ones((1, 1)))
    expected = sum(found) / len(found)
    low, high = recount.edges(recount.chances_of_count(expected, 150), OUTSIDE)
    assert (round(limits.low[0, 0] * homes), round(limits.high[0, 0] * homes)) == (low, high)


@given(SHARES)
def test_places_by_chance_are_those_by_lines(pairs: list[tuple[int, int]]) -> None:
    counts = Counts(k=frame([[k for k, _ in pairs]]), n=frame([[n for _, n in pairs]]), family="binomial")
    by_lines = counted_places(counts, counted_limits(counts, stretched=np.ones((1, 1))))
    by_chance = places_by_chance(counts)
    for name in ("side", "near", "outside"):
        assert getattr(by_lines, name).tolist() == getattr(by_chance, name).tolist()


def test_where_most_have_none_seven_without_are_no_signal() -> None:
    """The mean of few is above most of them: below the mean is no sign, below the median is."""
    k = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    stretches = [Stretch(kind="P", k=tuple(map(float, k)), n=(10.0,) * len(k))]
    assert not drawn(stretches, screened=True)[0].flags[3].any()
    assert "7 on one side" in {name for each in named([float(each) for each in k], screened=True) for name in each}


def test_a_period_of_few_has_wider_limits_than_one_of_many() -> None:
    stretches = [Stretch(kind="P", k=(45.0, 4.0, 90.0, 44.0, 46.0), n=(50.0, 5.0, 100.0, 50.0, 50.0))]
    lines = drawn(stretches, screened=True)[0].lines
    widths = lines["high"] - lines["low"]
    assert widths[1] > widths[0] > widths[2]


def test_what_chance_does_not_explain_widens_the_limits() -> None:
    generator = np.random.default_rng(3)
    shares = np.clip(generator.normal(0.8, 0.15, 24), 0, 1)
    restless = tuple(float(each) for each in generator.binomial(60, shares))
    quiet = tuple(float(each) for each in generator.binomial(60, 0.8, 24))
    sizes = (60.0,) * 24
    found = drawn([Stretch(kind="P", k=k, n=sizes) for k in (restless, quiet)], screened=True)
    assert [each.stretch.kind for each in found] == ["P′", "P"]
    assert np.all(found[0].lines["high"] - found[0].lines["low"] > found[1].lines["high"] - found[1].lines["low"])
    counts = Counts(k=frame([restless]), n=frame([sizes]), family="binomial")
    scores = (counts.values - counts.centre) / np.sqrt(counts.centre * (1 - counts.centre) / 60)
    by_hand = float(np.abs(np.diff(scores[0])).mean() / 1.128)
    assert stretch(counts, screened=False)[0, 0] == pytest.approx(by_hand)


@pytest.mark.parametrize(("share", "cases", "xmr_above", "p_below"), [(0.98, 20, 0.1, 0.01), (0.97, 10, 0.2, 0.01)])
def test_few_cases_cry_wolf_on_an_xmr_chart_and_not_on_a_p_chart(
    share: float, cases: int, xmr_above: float, p_below: float
) -> None:
    """Why the rule has P charts at all: how often the latest of 24 points is a signal though nothing changes."""
    shape = (1500, 24)
    k = np.random.default_rng(7).binomial(cases, share, shape).astype(np.float64)
    values = k / cases
    by_ranges = signals(values, places(values, xmr_limits(values)))
    by_chance = signals(values, places_by_chance(Counts(k=k, n=np.full(shape, float(cases)), family="binomial")))
    assert by_ranges[:, :, -1].any(axis=0).mean() > xmr_above
    assert by_chance[:, :, -1].any(axis=0).mean() < p_below
