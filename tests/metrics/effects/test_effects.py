"""The effect engine against the plain recount and SciPy's own test, and by what must hold whatever the records."""

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from scipy.stats import betabinom, binom, binomtest
from scipy.stats.contingency import odds_ratio

from metrics.effects import Effects, effects, themes
from metrics.effects.pooled import chance_of_so_few
from metrics.effects.size import Compared, Ratio, power, ratio
from metrics.effects.verdicts import Judged, judge
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
        assert over_many.at(day).equals(effects(by_hand, day)), day
        assert themes(landlord.records(), day).equals(themes(by_hand, day)), day


@given(landlord=landlords())
def test_the_order_of_rows_changes_no_effect(landlord: Landlord) -> None:
    other = shuffled(landlord, 7)
    assert effects(other.records(), landlord.as_at).equals(effects(landlord.records(), landlord.as_at))
    assert themes(other.records(), landlord.as_at).equals(themes(landlord.records(), landlord.as_at))


def _judged(rng: np.random.Generator, most: int, others: int, size: int) -> tuple[list[dict[str, Any]], Judged]:
    """Random trials as plain values, and what the engine says of all of them."""
    counts: dict[str, Any] = {
        "before": rng.integers(0, most, size),
        "after": rng.integers(0, most, size),
        "others_before": rng.integers(0, others, size),
        "others_after": rng.integers(0, others, size),
        "days_after": rng.choice([0.5, 183 / 548, 0.4], size),
    }
    return pl.DataFrame(counts).to_dicts(), judge(**counts)


@pytest.mark.parametrize(("most", "others"), [(60, 60), (400, 25), (30, 3000)])
def test_verdicts_equal_scipys_own_tests(most: int, others: int) -> None:
    """Fisher's test against other themes, many or few; the binomial against time alone."""
    rows, found = _judged(np.random.default_rng(20240401), most, others, 300)
    for i, row in enumerate(rows):
        against = None
        if min(row["others_before"], row["others_after"]) >= 10:
            against = (row["others_before"], row["others_after"])
        assert found.comparison[i] == ("time alone" if against is None else "other themes")
        wanted = plain.verdict_of(
            before=row["before"], after=row["after"], others=against, share=float(found.expected[i])
        )
        assert found.verdict[i] == wanted, row


def test_fishers_chance_is_small_only_where_the_chance_against_a_known_share_is() -> None:
    """What lets the engine ask Fisher's test of nothing else: in eighty thousand trials no exception."""
    rng = np.random.default_rng(3)
    for _ in range(400):
        n = int(rng.integers(12, 400))
        others_after, others_before = (int(10 * each) for each in np.exp(rng.uniform(0, 6, 2)))
        counts, share = np.arange(n + 1), others_after / (others_after + others_before)
        so_few = np.cumsum(betabinom.pmf(counts, n, others_after, others_before + 1))
        so_many = np.cumsum(betabinom.pmf(counts, n, others_after + 1, others_before)[::-1])[::-1]
        assert not ((so_few < 0.1 - 1e-9) & (binom.cdf(counts, n, share) > 0.1)).any()
        assert not ((so_many < 0.1 - 1e-9) & (binom.sf(counts - 1, n, share) > 0.1)).any()


def _compared(row: dict[str, Any], *, alone: bool) -> Compared:
    others = None if alone else (row["others_before"] + 10, row["others_after"] + 10)
    expected = row["days_after"] if others is None else others[1] / sum(others)
    return Compared(before=row["before"], after=row["after"], others=others, expected=expected)


def test_the_rate_ratio_and_its_interval_equal_scipys() -> None:
    rows, _ = _judged(np.random.default_rng(5), 60, 120, 60)
    edges = [{**rows[0], "before": b, "after": a} for b, a in ((0, 20), (20, 0), (0, 0))]
    for row in rows + edges:
        alone, beside = _compared(row, alone=True), _compared(row, alone=False)
        a, b = alone.after, alone.before
        if not a + b:
            assert ratio(alone) == ratio(beside) == Ratio(value=None, low=None, high=None)
            continue
        odds = alone.expected / (1 - alone.expected)
        share = binomtest(a, a + b).proportion_ci(confidence_level=0.95, method="exact")
        _same(ratio(alone), [share.low / (1 - share.low) / odds, share.high, odds], b=b, a=a)
        assert beside.others is not None
        theirs = odds_ratio([[a, b], [beside.others[1], beside.others[0]]]).confidence_interval(0.95)
        found = ratio(beside)
        assert math.isclose(found.low or 0.0, theirs.low, rel_tol=1e-6)
        assert math.isclose(found.high or math.inf, theirs.high, rel_tol=1e-6)
        assert found.value is None or math.isclose(found.value, a * beside.others[0] / (b * beside.others[1]))


def _same(found: Ratio, wanted: list[float], *, b: int, a: int) -> None:
    low, high_share, odds = wanted
    high = math.inf if high_share == 1 else high_share / (1 - high_share) / odds
    assert math.isclose(found.low or 0.0, low, rel_tol=1e-6)
    assert math.isclose(found.high or math.inf, high, rel_tol=1e-6)
    assert found.value is None if b == 0 else math.isclose(found.value or 0.0, a / b / odds)


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


@pytest.mark.parametrize("others", [None, (10, 10), (40, 60), (900, 900)])
def test_power_is_the_chance_of_fell_when_complaints_halve(others: tuple[int, int] | None) -> None:
    share = 0.5 if others is None else others[1] / sum(others)
    halved = share / 2 / (share / 2 + 1 - share)
    for n in (8, 12, 24, 48, 96):
        by_hand = sum(
            math.comb(n, a) * halved**a * (1 - halved) ** (n - a)
            for a in range(n + 1)
            if plain.verdict_of(before=n - a, after=a, others=others, share=share) == "fell"
        )
        found = power(Compared(before=n, after=0, others=others, expected=share))
        assert math.isclose(found, by_hand, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("comparison", ["time alone", "other themes", "both"])
@pytest.mark.parametrize("sizes", [(5, 9), (12,), (30, 4, 7), (200, 150, 3), (15, 14, 13, 15)])
def test_the_chance_of_the_pool_equals_terms_added_by_hand(sizes: tuple[int, ...], comparison: str) -> None:
    if comparison != "time alone" and sum(sizes) > 100:
        sizes = (40, 30, 3)  # by hand takes too long else
    rng = np.random.default_rng(len(sizes))
    themes = []
    for place, n in enumerate(sizes):
        a, (before, after) = int(rng.integers(n // 3, n // 2 + 1)), rng.integers(10, 80, 2).tolist()
        against = ("other themes", "time alone")[place % 2] if comparison == "both" else comparison
        share = after / (before + after) if against == "other themes" else float(rng.uniform(0.2, 0.6))
        themes.append(
            plain.Effect(
                action={}, before=n - a, after=a, elsewhere_before=before, elsewhere_after=after,
                comparison=against, share_expected=share,
            )
        )  # fmt: skip
    names = ("before", "after", "comparison", "elsewhere_before", "elsewhere_after", "share_expected")
    trials = pl.DataFrame({name: [getattr(each, name) for each in themes] for name in names}).rename(
        {"elsewhere_before": "comparison_before", "elsewhere_after": "comparison_after", "share_expected": "expected"}
    )
    assert math.isclose(chance_of_so_few(trials), plain.chance_of_so_few(themes), rel_tol=1e-5, abs_tol=1e-6)


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


def test_a_thin_comparison_upholds_only_a_great_fall() -> None:
    """Ten complaints elsewhere are a poor yardstick: from 60 to 40 may be their own chance, from 60 to 10 is not."""
    action = builders.action(opened_on=date(2024, 2, 1), done_on=date(2024, 3, 1), theme="damp")
    before, after = date(2023, 10, 1), date(2024, 4, 1)
    for own, others, verdict in (
        ((60, 40), 10, "no change seen"),
        ((60, 40), 300, "fell"),
        ((60, 10), 10, "fell"),
        ((60, 40), 9, "fell"),
        ((40, 60), 10, "no change seen"),
        ((40, 60), 300, "rose"),
    ):
        complaints = _received("damp", before, own[0]) + _received("damp", after, own[1])
        complaints += _received("lifts", before, others) + _received("lifts", after, others)
        found = effects(builders.records(learning_actions=[action], complaints=complaints), AS_AT)
        assert found["verdict"].item() == verdict, (own, others)


def test_without_complaints_or_actions_nothing_is_listed() -> None:
    assert effects(builders.records(), AS_AT).is_empty()
    assert themes(builders.records(), AS_AT).is_empty()
    assert isinstance(effects(builders.records(), AS_AT).schema["verdict"], pl.String)
