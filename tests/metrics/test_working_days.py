"""Working days against the published list of bank holidays, hand-counted cases and the plain recount."""

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.working_days import add_working_days, working_days
from tests.recount import days

PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/data/bank_holidays/gov_uk_bank_holidays.json"
DAYS = st.dates(date(2012, 1, 1), date(2028, 11, 30))


def _add(day: date, count: int) -> date | None:
    return pl.DataFrame({"day": [day]}).select(add_working_days(pl.col("day"), count)).item()


def _between(first: date, last: date) -> int | None:
    frame = pl.DataFrame({"first": [first], "last": [last]})
    return frame.select(working_days(pl.col("first"), pl.col("last"))).item()


def _published_holidays() -> set[date]:
    if not PUBLISHED.exists():
        pytest.skip("the published list of bank holidays is not beside the checkout (../shared/data/bank_holidays)")
    events = json.loads(PUBLISHED.read_text(encoding="utf-8"))["england-and-wales"]["events"]
    return {date.fromisoformat(event["date"]) for event in events}


def test_every_day_of_seventeen_years_agrees_with_the_published_list() -> None:
    off = _published_holidays()
    every_day = pl.DataFrame({"day": pl.date_range(date(2012, 1, 1), date(2028, 12, 30), eager=True)})
    steps = every_day.select(
        "day",
        works=working_days(pl.col("day"), pl.col("day") + pl.duration(days=1)),
        following=add_working_days(pl.col("day"), 1),
    )
    for day, works, following in steps.iter_rows():
        tomorrow = day + timedelta(days=1)
        assert works == (tomorrow.weekday() < 5 and tomorrow not in off), tomorrow
        expected = tomorrow
        while expected.weekday() >= 5 or expected in off:
            expected += timedelta(days=1)
            if expected.year > 2028:
                break
        assert expected.year > 2028 or following == expected, day


@pytest.mark.parametrize(
    ("day", "count", "expected", "why"),
    [
        (date(2025, 6, 7), 1, date(2025, 6, 9), "received on a Saturday: Monday is day 1"),
        (date(2025, 6, 8), 1, date(2025, 6, 9), "received on a Sunday: Monday is day 1"),
        (date(2025, 6, 6), 1, date(2025, 6, 9), "received on a Friday: Monday is day 1"),
        (date(2025, 6, 2), 5, date(2025, 6, 9), "Monday plus five working days is the next Monday"),
        (date(2024, 12, 23), 5, date(2025, 1, 2), "24, 27, 30, 31 December, then 2 January"),
        (date(2022, 9, 16), 1, date(2022, 9, 20), "19 September 2022 was a bank holiday for the late Queen"),
        (date(2023, 5, 5), 1, date(2023, 5, 9), "8 May 2023 was a bank holiday for the coronation"),
        (date(2022, 6, 1), 1, date(2022, 6, 6), "2 and 3 June 2022 were bank holidays"),
        (date(2020, 5, 7), 1, date(2020, 5, 11), "in 2020 the May holiday fell on Friday the 8th"),
        (date(2020, 5, 1), 1, date(2020, 5, 4), "and Monday 4 May 2020 was worked"),
        (date(2021, 12, 24), 1, date(2021, 12, 29), "27 and 28 December 2021 stood in for the weekend"),
        (date(2024, 2, 28), 1, date(2024, 2, 29), "a leap day is a working day"),
        (date(2024, 3, 28), 5, date(2024, 4, 8), "over Easter 2024"),
    ],
)
def test_hand_counted_due_dates(day: date, count: int, expected: date, why: str) -> None:
    assert _add(day, count) == expected, why


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 6, 2), date(2025, 6, 2), 0),
        (date(2025, 6, 2), date(2025, 6, 3), 1),
        (date(2025, 6, 6), date(2025, 6, 8), 0),
        (date(2025, 6, 7), date(2025, 6, 9), 1),
        (date(2024, 12, 23), date(2025, 1, 2), 5),
    ],
)
def test_hand_counted_spans(first: date, last: date, expected: int) -> None:
    assert _between(first, last) == expected


@given(day=DAYS, count=st.sampled_from((1, 5, 10, 20)))
def test_the_nth_working_day_agrees_with_counting_day_by_day(day: date, count: int) -> None:
    due = _add(day, count)
    assert due == days.add_working_days(day, count)
    assert due is not None
    assert _between(day, due) == count
    assert _between(day, due - timedelta(days=1)) == count - 1


@given(first=DAYS, span=st.integers(0, 400))
def test_a_span_agrees_with_counting_day_by_day(first: date, span: int) -> None:
    last = first + timedelta(days=span)
    assert _between(first, last) == days.working_days_between(first, last)


def test_a_blank_date_stays_blank() -> None:
    frame = pl.DataFrame({"day": [None, date(2025, 6, 7)]}, schema={"day": pl.Date})
    assert frame.select(due=add_working_days(pl.col("day"), 5))["due"].to_list() == [None, date(2025, 6, 13)]
