"""The effect engine against the plain recount and SciPy's own test, and by what must hold whatever the records."""

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from scipy.stats import binomtest, fisher_exact

from metrics.effects import Effects, effects, themes
from metrics.effects.verdicts import chance_of_so_few, judge, power
from metrics.periods import quarter_ends_to
from tests import builders
from tests.metrics.effects.landlords import landlords
from tests.recount import effects as plain
from tests.recount.known import known
from tests.strategies import Landlord, shuffled

AS_AT = date(2025, 3, 31)


def _plain_row(found: plain.Effect) -> tuple[Any, ...]:
    return (
        found.before,
        found.after,
        found.elsewhere_before,
        found.elsewhere_after,
        found.comparison,
        found.verdict,
    )


def _row(row: dict[str, Any], look: str = "") -> tuple[Any, ...]:
    names = ("after", "comparison_before", "comparison_after", "comparison", "verdict")
    return (row["before"], *(row[f"{name}{look}"] for name in names))


@given(landlord=landlords())
def test_every_effect_equals_the_recount_at_six_and_at_twelve_months(landlord: Landlord) -> None:
    cut = known(landlord.tables, landlord.as_at)
    rows = effects(landlord.records(), landlord.as_at).to_dicts()
    assert [row["action_ref"] for row in rows] == sorted(row["action_ref"] for row in cut["learning_actions"])
    by_ref = {row["action_ref"]: row for row in cut["learning_actions"]}
    for row in rows:
        action = by_ref[row["action_ref"]]
        found = plain.effect(cut, action, landlord.as_at)
        assert _row(row) == _plain_row(found), row
        assert _row(row, "_6_months") == _plain_row(plain.effect(cut, action, landlord.as_at, six_months=True)), row
        if found.share_expected is not None:
            assert math.isclose(row["expected"], found.share_expected)


@given(landlord=landlords())
def test_every_theme_equals_the_recount(landlord: Landlord) -> None:
    cut = known(landlord.tables, landlord.as_at)
    rows = {row["theme"]: row for row in themes(landlord.records(), landlord.as_at).to_dicts()}
    assert set(rows) == plain.themes(cut)
    for theme, row in rows.items():
        assert (row["verdict"], row["latest_verdict"]) == plain.theme_verdict(cut, theme, landlord.as_at), theme
        assert row["upheld_by_quarter"] == plain.upheld_by_quarter(cut, theme, landlord.as_at), theme
        assert row["actions"] == sum(
            each["theme"] == theme and each["kind"] != "individual remedy" for each in cut["learning_actions"]
        )


@given(landlord=landlords())
def test_a_past_day_equals_records_cut_by_hand_to_that_day(landlord: Landlord) -> None:
    days = quarter_ends_to(landlord.as_at, 8)
    over_many = Effects(landlord.records(), days)
    for day in (days[0], days[5], days[8]):
        by_hand = builders.records(**known(landlord.tables, day))
        assert over_many.at(day).equals(effects(by_hand, day).drop("firm", "power")), day
        assert themes(landlord.records(), day).equals(themes(by_hand, day)), day


@given(landlord=landlords())
def test_the_order_of_rows_changes_no_effect(landlord: Landlord) -> None:
    other = shuffled(landlord, 7)
    assert effects(other.records(), landlord.as_at).equals(effects(landlord.records(), landlord.as_at))
    assert themes(other.records(), landlord.as_at).equals(themes(landlord.records(), landlord.as_at))


def test_verdicts_intervals_and_chances_equal_scipys_own_test() -> None:
    rng = np.random.default_rng(20240401)
    before, after, others_before, others_after = rng.integers(0, 60, (4, 300))
    days_after = rng.choice([0.5, 183 / 548, 0.4], 300)
    found = judge(
        before=before, after=after, others_before=others_before, others_after=others_after, days_after=days_after
    )
    for i in range(300):
        a, n, expected = int(after[i]), int(after[i] + before[i]), float(found.expected[i])
        if n == 0:
            assert found.verdict[i] == "too few to tell"
            continue
        assert math.isclose(found.p_fell[i], binomtest(a, n, expected, alternative="less").pvalue, rel_tol=1e-9)
        assert math.isclose(found.p_rose[i], binomtest(a, n, expected, alternative="greater").pvalue, rel_tol=1e-9)
        assert found.verdict[i] == plain.verdict_of(before=n - a, after=a, share=expected)
        odds = expected / (1 - expected)
        interval = binomtest(a, n).proportion_ci(confidence_level=0.95, method="exact")
        for bound, share in ((found.ratio_low[i], interval.low), (found.ratio_high[i], interval.high)):
            wanted = math.inf if share == 1 else share / (1 - share) / odds
            assert math.isclose(bound, wanted, rel_tol=1e-6, abs_tol=1e-9)
        assert found.ratio_low[i] <= found.ratio[i] <= found.ratio_high[i]


def test_other_themes_are_the_comparison_from_ten_complaints_before_and_ten_after() -> None:
    found = judge(
        before=np.full(4, 10),
        after=np.full(4, 10),
        others_before=np.array([10, 9, 10, 90]),
        others_after=np.array([10, 10, 9, 10]),
        days_after=np.full(4, 0.4),
    )
    assert found.comparison.tolist() == ["other themes", "time alone", "time alone", "other themes"]
    assert found.expected.tolist() == [0.5, 0.4, 0.4, 0.1]


def test_power_is_the_chance_of_fell_when_complaints_halve() -> None:
    totals, expected = np.array([8, 12, 24, 48, 96, 200]), 0.5
    for n, found in zip(totals.tolist(), power(totals, np.full(6, expected)), strict=True):
        by_hand = sum(
            math.comb(n, a) * (1 / 3) ** a * (2 / 3) ** (n - a)
            for a in range(n + 1)
            if plain.verdict_of(before=n - a, after=a, share=expected) == "fell"
        )
        assert math.isclose(found, by_hand, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("sizes", [(5, 9), (12,), (30, 4, 7), (200, 150, 3)])
def test_the_chance_of_the_pool_equals_terms_added_by_hand(sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(sizes))
    after = np.array([rng.integers(0, n + 1) for n in sizes])
    expected = rng.uniform(0.2, 0.6, len(sizes))
    by_hand = plain.chance_of_so_few(
        [
            plain.Effect(action={}, before=n - a, after=a, share_expected=share)
            for n, a, share in zip(sizes, after.tolist(), expected.tolist(), strict=True)
        ]
    )
    assert math.isclose(chance_of_so_few(after, np.array(sizes), expected), by_hand, rel_tol=1e-9)


def _received(category: str, day: date, count: int, **values: Any) -> list[builders.Row]:
    return [
        builders.complaint(
            received_on=day, category=category, complaint_ref=f"{category}{day}{number}{values}", **values
        )
        for number in range(count)
    ]


def _one(before: int, after: int, *, done_on: date = date(2024, 3, 1), as_at: date = AS_AT, **values: Any) -> Any:
    """The effect of one action opened on 1 February 2024."""
    opened = date(2024, 2, 1)
    tables = {
        "learning_actions": [builders.action(opened_on=opened, done_on=done_on, theme="damp", **values)],
        "complaints": _received("damp", opened - timedelta(days=100), before)
        + _received("damp", done_on + timedelta(days=20), after),
    }
    return effects(builders.records(**tables), as_at).row(0, named=True)


def test_verdicts_by_time_alone() -> None:
    assert _one(16, 4)["verdict"] == "fell"
    assert _one(4, 16)["verdict"] == "rose"
    assert _one(10, 9)["verdict"] == "no change seen"
    assert _one(11, 0)["verdict"] == "too few to tell"
    assert _one(16, 4)["comparison"] == "time alone"


def test_what_is_not_tried_reads_not_yet_and_has_no_counts() -> None:
    for row in (
        _one(16, 4, done_on=AS_AT - timedelta(days=182)),
        _one(16, 4, kind="individual remedy"),
        _one(16, 4, as_at=date(2024, 2, 15)),
    ):
        assert (row["verdict"], row["verdict_6_months"]) == ("not yet", "not yet")
        assert (row["before"], row["after"]) == (None, None)
    assert _one(16, 1, done_on=AS_AT - timedelta(days=183))["verdict"] == "fell"


def test_a_fall_that_everything_shared_is_no_effect() -> None:
    """The same counts read fell against time alone, and no change where other themes fell as much."""
    action = builders.action(opened_on=date(2024, 2, 1), done_on=date(2024, 3, 1), theme="damp")
    before, after = date(2023, 10, 1), date(2024, 4, 1)
    own = _received("damp", before, 30) + _received("damp", after, 15)
    elsewhere = _received("lifts", before, 40) + _received("lifts", after, 20)
    alone = effects(builders.records(learning_actions=[action], complaints=own), AS_AT)
    beside = effects(builders.records(learning_actions=[action], complaints=own + elsewhere), AS_AT)
    assert alone["verdict"].item() == "fell"
    assert beside.select("verdict", "comparison").row(0) == ("no change seen", "other themes")
    assert math.isclose(beside["ratio"].item(), 1.0)


@pytest.mark.parametrize("day", [date(2022, 11, 3), date(2023, 6, 1), AS_AT - timedelta(days=30)])
def test_a_theme_treated_at_any_time_within_the_windows_is_no_control(day: date) -> None:
    tested = builders.action(action_ref="A1", opened_on=date(2024, 2, 1), done_on=date(2024, 3, 30), theme="damp")
    other = builders.action(action_ref="A2", opened_on=day, theme="lifts")
    complaints = _received("lifts", date(2023, 10, 1), 40) + _received("lifts", date(2024, 5, 1), 20)
    found = effects(builders.records(learning_actions=[tested, other], complaints=complaints), AS_AT)
    assert found.filter(action_ref="A1")["comparison_before"].item() == 0
    one_day_early = other | {"opened_on": date(2022, 11, 2)}
    remedy = other | {"kind": "individual remedy"}
    for free in (one_day_early, remedy):
        found = effects(builders.records(learning_actions=[tested, free], complaints=complaints), AS_AT)
        assert found.filter(action_ref="A1")["comparison_before"].item() == 40


def test_an_action_for_one_area_and_team_counts_only_theirs() -> None:
    before = date(2023, 10, 1)
    complaints = [
        *_received("damp", before, 3, area="north", team="blue"),
        *_received("damp", before, 5, area="north", team="green"),
        *_received("damp", before, 7, area=None, team="blue"),
    ]
    for area, team, wanted in ((None, None, 15), ("north", None, 8), (None, "blue", 10), ("north", "blue", 3)):
        action = builders.action(
            opened_on=date(2024, 2, 1), done_on=date(2024, 3, 1), theme="damp", area=area, team=team
        )
        found = effects(builders.records(learning_actions=[action], complaints=complaints), AS_AT)
        assert found["before"].item() == wanted


def test_records_that_begin_after_the_before_window_are_told() -> None:
    assert not _one(16, 4)["records_cover_before"]
    action = builders.action(opened_on=date(2024, 2, 1), done_on=date(2024, 3, 1), theme="damp")
    long = _received("lifts", date(2022, 11, 3), 1) + _received("damp", date(2023, 10, 1), 12)
    assert effects(builders.records(learning_actions=[action], complaints=long), AS_AT)["records_cover_before"].item()


def test_a_fall_against_a_thin_comparison_is_told_not_to_be_firm() -> None:
    """Ten complaints elsewhere are a poor yardstick: Fisher's test, which allows for their own chance, says so."""
    action = builders.action(opened_on=date(2024, 2, 1), done_on=date(2024, 3, 1), theme="damp")
    before, after = date(2023, 10, 1), date(2024, 4, 1)
    for own, others, verdict, firm in (
        ((60, 40), 10, "fell", False),
        ((60, 40), 300, "fell", True),
        ((60, 10), 10, "fell", True),
        ((60, 10), 0, "fell", None),
        ((50, 50), 10, "no change seen", None),
    ):
        complaints = _received("damp", before, own[0]) + _received("damp", after, own[1])
        complaints += _received("lifts", before, others) + _received("lifts", after, others)
        found = effects(builders.records(learning_actions=[action], complaints=complaints), AS_AT)
        assert found.select("verdict", "firm").row(0) == (verdict, firm), (own, others)
        if firm is not None:
            table = [[own[1], own[0]], [others, others]]
            assert firm == (fisher_exact(table, alternative="less").pvalue <= 0.10)


def test_without_complaints_or_actions_nothing_is_listed() -> None:
    assert effects(builders.records(), AS_AT).is_empty()
    assert themes(builders.records(), AS_AT).is_empty()
    assert isinstance(effects(builders.records(), AS_AT).schema["verdict"], pl.String)
