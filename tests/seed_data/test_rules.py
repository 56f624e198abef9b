"""Every generated table obeys the rules a row must pass: schema, keys, order of dates, references, extract date."""

from datetime import datetime, time

import polars as pl
import pytest

from metrics.records import TABLE_BY_NAME, TABLES
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate
from seed_data.landlords import STORIES

CODES = [story.code for story in STORIES]


@pytest.fixture(scope="module", params=CODES)
def frames(request: pytest.FixtureRequest) -> dict[str, pl.DataFrame]:
    """One landlord's tables."""
    return generate()[request.param]


def test_schema_is_the_declared_one(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        assert dict(frame.schema) == TABLE_BY_NAME[name].schema, name


def test_keys_are_unique_and_required_columns_filled(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        table = TABLE_BY_NAME[name]
        assert frame.select(table.key).is_duplicated().sum() == 0, name
        for column in table.columns:
            if column.required:
                assert frame[column.name].null_count() == 0, (name, column.name)


def test_dates_come_in_their_order(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        for earlier, after in TABLE_BY_NAME[name].order:
            wrong = frame.filter(pl.col(earlier) > pl.col(after))
            assert wrong.is_empty(), (name, earlier, after, wrong)


def test_nothing_has_happened_after_the_extract_date(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        for column in TABLE_BY_NAME[name].columns:
            if column.plan or column.kind not in ("date", "moment"):
                continue
            newest = frame[column.name].max()
            bound = EXTRACT_DATE if column.kind == "date" else datetime.combine(EXTRACT_DATE, time(23, 59))
            assert newest is None or newest <= bound, (name, column.name, newest)


def test_references_resolve(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        for reference in TABLE_BY_NAME[name].references:
            if not reference.refuses or reference.table not in frames:
                continue
            missing = frame.filter(pl.col(reference.column).is_not_null()).join(
                frames[reference.table], on=reference.column, how="anti"
            )
            assert missing.is_empty(), (name, reference.column)


def test_words_are_whole(frames: dict[str, pl.DataFrame]) -> None:
    for name, frame in frames.items():
        for column in TABLE_BY_NAME[name].columns:
            if column.at_least is not None:
                assert (frame[column.name].drop_nulls() >= column.at_least).all(), (name, column.name)
            if column.kind == "choices":
                said = {word for cell in frame[column.name].drop_nulls() for word in cell.split(";")}
                assert said <= set(column.allowed), (name, column.name)
            if column.kind in ("text", "reference"):
                assert not frame[column.name].drop_nulls().str.contains(r"[{}]|^\s|\s$").any(), (name, column.name)


def test_every_table_is_filled_but_where_the_story_leaves_it_out() -> None:
    held = {code: set(frames) for code, frames in generate().items()}
    everything = {table.name for table in TABLES}
    for code in ("BRACK", "TARRO", "QUILL", "LARKS"):
        assert held[code] == everything
    assert held["MALLO"] == everything - {"events"}
    assert held["SORRE"] == {"landlords", "complaints", "tsm"}
