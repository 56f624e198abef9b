"""The planted bad rows are refused, every one, with the reason the README gives; the good ones pass intake whole."""

from pathlib import Path

import polars as pl
import pytest

from intake.files import read_many
from intake.prepare import prepare
from intake.prepared import Prepared
from metrics.records import TABLE_BY_NAME
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate, write

BAD_ROWS = Path(__file__).resolve().parents[2] / "seed_data" / "bad_rows"
WRONG = {
    ("complaints.csv", 2): "stage_1_acknowledged_on",
    ("complaints.csv", 3): "received_on",
    ("complaints.csv", 4): "landlord_code",
    ("complaints.csv", 5): "household_ref",
    ("complaints.csv", 6): "stock",
    ("complaints.csv", 7): "received_on",
    ("complaints.csv", 8): "stage_1_outcome",
    ("complaints.csv", 9): "stage_1_compensation",
    ("complaints.csv", 10): "complaint_ref",
    ("complaints.csv", 11): "complaint_ref",
    ("commitments.csv", 2): "complaint_ref",
    ("commitments.csv", 3): "made_at",
    ("commitments.csv", 4): "completed_on",
    ("commitments.csv", 5): "due_on",
}


def held_keys(table: str) -> pl.DataFrame:
    """Keys of the seeded rows, as a store would answer."""
    frames = [frames[table] for frames in generate().values() if table in frames]
    return pl.concat(frames).select(TABLE_BY_NAME[table].key)


def none_held(table: str) -> pl.DataFrame:
    """An empty store."""
    return TABLE_BY_NAME[table].empty().select(TABLE_BY_NAME[table].key)


@pytest.fixture(scope="module")
def bad() -> Prepared:
    """The bad rows, judged against the seeded landlords."""
    return prepare(read_many([BAD_ROWS]), extract_date=EXTRACT_DATE, stored_keys=held_keys)


def test_every_bad_row_is_refused_for_its_reason(bad: Prepared) -> None:
    assert sum(kept.frame.height for kept in bad.kept.values()) == 0
    told = {(Path(row["file"]).name, row["row"], row["column"]) for row in bad.refused.to_dicts()}
    for (file, row), column in WRONG.items():
        assert any((file, row) == (at, line) and column in said for at, line, said in told), (file, row)
    assert {(file, row) for file, row, _ in told} == set(WRONG)


def test_every_generated_row_is_kept(tmp_path: Path) -> None:
    small = [folder for folder in write(tmp_path) if folder.name in ("BRACK", "MALLO", "SORRE")]
    prepared = prepare(read_many(small), extract_date=EXTRACT_DATE, stored_keys=none_held)
    assert prepared.refused.is_empty()
    for table, kept in prepared.kept.items():
        expected = sum(generate()[folder.name][table].height for folder in small if table in generate()[folder.name])
        assert kept.frame.height == expected, table
    # The phantoms without a work order are the only rows that deserve a look.
    assert set(prepared.warnings["column"]) <= {"work_order_ref"}
