"""A household that is no household (a block's shared reference): found exactly, without a frame of every pair."""

from datetime import date, datetime, timedelta
from random import Random

import numpy as np
import polars as pl
import pytest

from metrics.ghosts import ghosted_complaints, signals
from metrics.ghosts.search import NOT_FOUND, Days, Spells
from metrics.records import TABLE_BY_NAME, Records

AS_AT = date(2025, 3, 31)
ROWS = 40_000  # of each table in one household: 1,600 million pairs


def _filled(table: str, **columns: object) -> pl.LazyFrame:
    declared = TABLE_BY_NAME[table]
    given = pl.DataFrame(columns)
    blank = [pl.lit(None, column.dtype).alias(column.name) for column in declared.columns if column.name not in columns]
    return given.with_columns(blank).cast(declared.schema).select(*declared.schema).lazy()


def test_one_household_with_all_contacts_and_complaints_is_worked_out() -> None:
    rng = np.random.default_rng(5)
    days = pl.Series(np.datetime64("2024-05-01") + rng.integers(0, 100, ROWS)).cast(pl.Date)
    answered = days + timedelta(days=10)
    complaints = _filled(
        "complaints",
        complaint_ref=[f"C{n:06}" for n in range(ROWS)],
        household_ref=["BLOCK"] * ROWS,
        category=["repairs"] * ROWS,
        status=["closed"] * ROWS,
        received_on=days,
        stage_1_responded_on=answered,
        stage_2_requested_on=answered + timedelta(days=200),
        stage_2_responded_on=answered + timedelta(days=201),
    )
    contacts = _filled(
        "contacts",
        contact_ref=[f"K{n:06}" for n in range(ROWS)],
        household_ref=["BLOCK"] * ROWS,
        category=["repairs"] * ROWS,
        occurred_at=(days + timedelta(days=111)).cast(pl.Datetime("us")),
        direction=["inbound"] * ROWS,
        label=["Informal"] * ROWS,
        note=["Fed up"] * ROWS,
    )
    records = Records(landlord_code="L1", frames={"complaints": complaints, "contacts": contacts})
    placed = signals(records, AS_AT)
    assert 0 < placed.filter(pl.col("detector") == "label").height <= ROWS
    assert set(placed["window"]) <= {"before", "between", "after", "never"}
    assert ghosted_complaints(records, [AS_AT]).height


@pytest.mark.parametrize("seed", range(20))
def test_the_search_finds_what_a_loop_finds(seed: int) -> None:
    rng = Random(seed)
    spells = [(rng.randint(0, 3), rng.randint(-40, 40), rng.choice((-5, 0, 3, 9, 70))) for _ in range(60)]
    keys, firsts, lengths = (np.array(column, dtype=np.int64) for column in zip(*spells, strict=True))
    asked = [(rng.randint(-1, 4), rng.randint(-60, 130)) for _ in range(200)]
    asked_keys, asked_days = (np.array(column, dtype=np.int64) for column in zip(*asked, strict=True))
    held = Spells.of(keys, firsts, firsts + lengths)
    shorter = held.ending(firsts + lengths - 4).latest_holding(asked_keys, asked_days)
    found = held.latest_holding(asked_keys, asked_days)
    next_from = Days(keys, firsts).first_from(asked_keys, asked_days)
    for place, (key, day) in enumerate(asked):
        begun = [(first, n, length) for n, (k, first, length) in enumerate(spells) if k == key and first <= day]
        later = [(first, -n) for n, (k, first, _) in enumerate(spells) if k == key and first >= day]
        for cut, which in ((0, found), (4, shorter)):
            holding = [(first, n) for first, n, length in begun if day <= first + length - cut]
            assert which[place] == max(holding, default=(0, NOT_FOUND))[1]
        assert next_from[place] == -min(later, default=(0, -NOT_FOUND))[1]


def test_a_day_and_a_time_near_midnight_are_one_day() -> None:
    note = {"contact_ref": ["K1"], "household_ref": ["H1"], "direction": ["inbound"], "note": ["fed up"]}
    contacts = _filled("contacts", **note, occurred_at=[datetime(2025, 3, 31, 23, 59, 59)])
    records = Records(landlord_code="L1", frames={"contacts": contacts})
    assert signals(records, AS_AT)["on"].to_list() == [AS_AT]
    assert signals(records, AS_AT - timedelta(days=1)).is_empty()
