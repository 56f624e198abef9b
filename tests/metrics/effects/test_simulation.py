"""Verdicts where the truth is known (docs/effects-simulation.md): few runs, seeded, with room for their own chance."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from metrics.effects import effects
from metrics.records import TABLE_BY_NAME, Records
from tests import builders
from tests.metrics.effects.simulation import YEARLY, Truth, simulate, simulate_pooled

RUNS = 4000
ROOM = 0.015  # three standard errors of one in ten over 4,000 runs
LEVEL = 0.10


@pytest.mark.parametrize("yearly", YEARLY)
@pytest.mark.parametrize("worst", [False, True], ids=["any theme", "after the worst quarter"])
@pytest.mark.parametrize("others", [0, 1, 3, 9])
def test_at_most_one_in_ten_themes_without_change_reads_fell(yearly: int, worst: bool, others: int) -> None:
    found = simulate(Truth(yearly=yearly, others=others, worst=worst), runs=RUNS)
    assert found.fell <= LEVEL + ROOM
    assert found.rose <= LEVEL + ROOM


def test_leaving_out_the_trigger_quarter_is_what_keeps_it_so() -> None:
    """The same themes with the bad quarter left in: the simulation would show a guard that does not work."""
    truth = Truth(yearly=24, worst=True)
    assert simulate(replace(truth, naive=True), runs=RUNS).fell > LEVEL + 3 * ROOM


def test_a_fall_that_all_themes_share_is_seen_by_comparison_only() -> None:
    everywhere = Truth(yearly=48, shared=2 / 3)
    assert simulate(everywhere, runs=RUNS).fell <= LEVEL + ROOM
    assert simulate(replace(everywhere, others=0), runs=RUNS).fell > 0.5


def test_a_thin_comparison_is_what_the_binomial_would_be_fooled_by() -> None:
    """One theme of 15 a year is a poor yardstick: taken as known, its share makes falls of one theme in five."""
    found = simulate(Truth(yearly=48, others=1, others_yearly=15), runs=RUNS)
    assert found.fell_unguarded > LEVEL + 3 * ROOM
    assert found.fell <= LEVEL


@pytest.mark.parametrize(("themes", "others"), [(2, 1), (6, 1), (6, 0)])
def test_themes_taken_together_are_not_fooled_by_what_they_share(themes: int, others: int) -> None:
    thin = Truth(yearly=12, others=others, others_yearly=15)
    assert simulate_pooled(thin, themes=themes, runs=400) <= LEVEL + 3 * ROOM
    if not others:
        assert simulate_pooled(thin, themes=themes, runs=400) > LEVEL / 2, "a test that never speaks guards nothing"


def test_a_halving_is_seen_the_more_often_the_more_complaints_there_are() -> None:
    power = [simulate(Truth(yearly=yearly, effect=0.5), runs=RUNS).fell for yearly in YEARLY]
    assert power == sorted(power)
    for found, wanted in zip(power, (0.07, 0.41, 0.68, 0.91), strict=True):
        assert abs(found - wanted) < 0.03
    assert simulate(Truth(yearly=6, effect=0.5), runs=RUNS).too_few > 0.7


def test_the_engine_itself_is_not_fooled_by_a_bad_quarter() -> None:
    """Sixty landlords of ten equal themes, day by day; the action is opened on the theme with the worst quarter."""
    opened, done, as_at = date(2024, 1, 1), date(2024, 2, 1), date(2025, 3, 31)
    rng = np.random.default_rng(7)
    fell = 0
    for _ in range(60):
        days = [(theme, opened + timedelta(days=int(day))) for theme in range(10) for day in _days(rng)]
        quarter = [sum(t == theme and 0 < (opened - day).days <= 90 for t, day in days) for theme in range(10)]
        worst = f"theme {int(np.argmax(quarter))}"
        complaints = pl.DataFrame(
            {"category": [f"theme {theme}" for theme, _ in days], "received_on": [day for _, day in days]}
        )
        actions = [builders.action(theme=worst, opened_on=opened, done_on=done)]
        frames = {
            "complaints": pl.concat([TABLE_BY_NAME["complaints"].empty(), complaints], how="diagonal").lazy(),
            "learning_actions": builders.frame("learning_actions", actions).lazy(),
        }
        found = effects(Records(landlord_code="L1", frames=frames), as_at).row(0, named=True)
        assert found["comparison"] == "other themes"
        fell += found["verdict"] == "fell"
    assert fell <= 12  # of sixty with one chance in ten: more than this one time in a hundred


def _days(rng: np.random.Generator) -> list[int]:
    """Two complaints a month, at random, from 460 days before the opening to 430 after."""
    length = 890
    found: list[int] = (rng.integers(0, length, rng.poisson(24 * length / 365)) - 460).tolist()
    return found
