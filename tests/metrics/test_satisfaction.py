"""Standings against national quartiles, and CH01 and CH02 from own complaints, recounted in plain Python."""

import math
import random
from datetime import date, timedelta

import polars as pl
import pytest

from metrics.published.national import SCHEMA
from metrics.published.satisfaction import Spread, band_of, interval, own_measures, standings, told_apart
from metrics.records import TABLE_BY_NAME, Records

QUARTILES = {"n": 100.0, "q1": 50.0, "median": 60.0, "q3": 70.0}


def national(*groups: tuple[str, str]) -> pl.DataFrame:
    """The same quartiles for each (stock, group), for a few measures."""
    rows = [
        ("2024-25", stock, group, measure, statistic, value, "invented")
        for stock, group in groups
        for measure in ("TP01", "TP06", "CH01(1)", "BS01")
        for statistic, value in QUARTILES.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def records(*measures: tuple[str, str, str, float, int | None], homes: int | None = 3_000) -> Records:
    tsm = [("L1", year, stock, measure, value, base, "invented") for year, stock, measure, value, base in measures]
    own = [("L1", "Alder", "PRP", homes, None, "North")]
    return Records(
        landlord_code="L1",
        frames={
            "tsm": pl.DataFrame(tsm, schema=TABLE_BY_NAME["tsm"].schema, orient="row").lazy(),
            "landlords": pl.DataFrame(own, schema=TABLE_BY_NAME["landlords"].schema, orient="row").lazy(),
        },
        national=national(("LCRA", "all"), ("LCRA", "PRP <5,000"), ("Combined", "all")),
    )


def wilson_by_hand(share: float, n: int) -> tuple[float, float]:
    z = 1.959963984540054
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 100 * (centre - half), 100 * (centre + half)


@pytest.mark.parametrize(("value", "base"), [(64.2, 500), (0.0, 40), (100.0, 12), (33.3, 7)])
def test_the_interval_is_wilsons(value: float, base: int) -> None:
    assert interval(value, base) == pytest.approx(wilson_by_hand(value / 100, base), abs=1e-9)


def test_no_base_no_interval() -> None:
    assert interval(50, None) is None
    assert interval(50, 0) is None


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (49.9, "lowest quarter"),
        (50, "second quarter"),
        (59.9, "second quarter"),
        (60, "third quarter"),
        (70, "third quarter"),
        (70.1, "highest quarter"),
    ],
)
def test_bands(value: float, band: str) -> None:
    assert band_of(value, Spread(group="all", n=100, q1=50, median=60, q3=70)) == band


def test_a_surveyed_share_stands_beside_all_and_beside_its_like() -> None:
    (own,) = standings(records(("2024-25", "LCRA", "TP06", 80.0, 1_000)))
    assert (own.title, own.unit, own.better) == ("Listens to views and acts on them", "%", "higher")
    assert (own.low, own.high) == pytest.approx(wilson_by_hand(0.8, 1_000))
    assert own.national == Spread(group="all", n=100, q1=50, median=60, q3=70)
    assert own.peers == Spread(group="PRP <5,000", n=100, q1=50, median=60, q3=70)
    assert (own.band, own.median) == ("highest quarter", "above")
    assert own.told_apart == "above the middle half of landlords"


def test_a_small_survey_cannot_be_told_apart() -> None:
    (own,) = standings(records(("2024-25", "LCRA", "TP06", 80.0, 10)))
    assert own.band == "highest quarter"
    assert own.told_apart == "cannot be told apart from the middle half of landlords"
    assert own.median == "not told apart"
    assert told_apart(20, 40, own.national) == "below the middle half of landlords"


def test_a_count_of_all_carries_no_interval_and_volume_no_direction() -> None:
    (own,) = standings(records(("2024-25", "LCRA", "CH01(1)", 75.0, None)))
    assert (own.low, own.high, own.better, own.unit) == (None, None, "neither", "per 1,000 homes")
    assert own.told_apart == "a full count, not a sample: no interval"
    (asked,) = standings(records(("2024-25", "LCRA", "TP01", 75.0, None)))
    assert asked.told_apart == "the number of respondents is not given: no interval"


def test_what_is_published_for_all_homes_is_compared_so_whatever_stock_it_was_filed_under() -> None:
    (own,) = standings(records(("2024-25", "LCRA", "BS01", 99.0, None)))
    assert own.stock == "LCRA"
    assert own.national is not None


def test_years_without_national_figures_say_so() -> None:
    (own,) = standings(records(("2019-20", "LCRA", "TP01", 75.0, 100)))
    assert (own.national, own.band) == (None, None)
    assert own.told_apart == "no national figures to compare with"


def test_standings_come_newest_first_and_rented_homes_first() -> None:
    found = standings(
        records(
            ("2023-24", "LCRA", "TP01", 1.0, 9),
            ("2024-25", "LCHO", "TP01", 2.0, 9),
            ("2024-25", "LCRA", "TP06", 3.0, 9),
            ("2024-25", "LCRA", "TP01", 4.0, 9),
            ("2024-25", "LCRA", "stage_1_complaints", 5.0, None),
        )
    )
    assert [own.value for own in found] == [4.0, 3.0, 2.0, 1.0]


def test_a_landlord_of_unknown_size_has_no_peers() -> None:
    (own,) = standings(records(("2024-25", "LCRA", "TP01", 75.0, 100), homes=None))
    assert own.peers is None
    assert own.national is not None


def stages(rows: list[tuple[int, str, date, date, date | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "stage": pl.Int8,
            "stock": pl.String,
            "began_on": pl.Date,
            "response_due_on": pl.Date,
            "responded_on": pl.Date,
        },
        orient="row",
    )


def some_stages(count: int = 400) -> list[tuple[int, str, date, date, date | None]]:
    chance = random.Random(11)
    rows = []
    for _ in range(count):
        began = date(2024, 1, 1) + timedelta(days=chance.randint(0, 600))
        due = began + timedelta(days=chance.randint(10, 40))
        answered = began + timedelta(days=chance.randint(1, 60)) if chance.random() < 0.85 else None
        rows.append((chance.choice([1, 1, 2]), chance.choice(["LCRA", "LCRA", "LCHO"]), began, due, answered))
    return rows


@pytest.mark.parametrize("as_at", [date(2025, 6, 30), date(2025, 3, 31), date(2024, 12, 31)])
def test_own_ch01_and_ch02_agree_with_a_plain_recount(as_at: date) -> None:
    rows, homes = some_stages(), {"LCRA": 2_000, "LCHO": 150}
    found = {
        (own.stock, own.measure): own for own in own_measures(stages(rows), homes=homes, year="2024-25", as_at=as_at)
    }
    assert len(found) == 8
    for (stock, measure), own in found.items():
        stage = int(measure[-2])
        made = [
            row
            for row in rows
            if row[:2] == (stage, stock) and date(2024, 4, 1) <= row[2] <= min(date(2025, 3, 31), as_at)
        ]
        in_time = sum(1 for row in made if row[4] is not None and row[4] <= as_at and row[4] <= row[3])
        if measure.startswith("CH01"):
            assert (own.numerator, own.denominator) == (len(made), homes[stock])
            assert own.value == pytest.approx(1000 * len(made) / homes[stock])
        else:
            assert (own.numerator, own.denominator) == (in_time, len(made))
            assert own.value == pytest.approx(100 * in_time / len(made))
            waiting = sum(1 for row in made if row[3] > as_at and not (row[4] is not None and row[4] <= as_at))
            assert (f"{waiting} not yet answered and not yet due" in own.note) == (waiting > 0)
        assert ("has not ended" in own.note) == (as_at < date(2025, 3, 31))


def test_own_figures_stand_beside_the_published_and_say_what_they_lack() -> None:
    published = standings(
        records(("2024-25", "LCRA", "CH01(1)", 75.0, None), ("2023-24", "LCRA", "CH01(1)", 9.0, None))
    )
    rows = stages([(1, "LCRA", date(2024, 5, 1), date(2024, 5, 20), date(2024, 5, 20))])
    found = own_measures(rows, homes={"LCRA": None}, year="2024-25", as_at=date(2025, 6, 30), published=published)
    by_measure = {own.measure: own for own in found}
    assert set(by_measure) == {"CH01(1)", "CH01(2)", "CH02(1)", "CH02(2)"}
    assert (by_measure["CH01(1)"].value, by_measure["CH01(1)"].published) == (None, 75.0)
    assert by_measure["CH01(1)"].note == "the number of LCRA homes is not held"
    assert by_measure["CH02(1)"].value == 100.0
    assert by_measure["CH02(2)"].value is None, "no stage 2 complaint made: nothing to divide by, not zero"
