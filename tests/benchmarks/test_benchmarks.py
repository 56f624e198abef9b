"""The benchmarks at a tiny size: they run, the engines agree, and a disagreement would be seen."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from benchmarks import (
    contacts_at_scale,
    counts,
    effects,
    ghost_rivals,
    ghosts,
    indicators,
    load_throughput,
    pages,
    papers,
    run_all,
    trends,
    with_duckdb,
)
from benchmarks.records_at_scale import AS_AT, CATEGORIES, EXTRACT_DATE, HOT_CATEGORY, HOT_HOUSEHOLD, LANDLORD, records
from benchmarks.stores import filled
from store.database import open_store, upgrade
from store.loading import Manner, load_paths
from store.snapshot import current, read_records

FEW = 600
ENOUGH = 4_000  # for every figure to have cases


def test_the_records_drawn_pass_intake_without_a_refusal(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, frame in records(FEW, hot=40, contacts=FEW).items():
        frame.write_csv(files / f"{name}.csv")
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(store)
    result = load_paths(store, [files], manner=Manner(method="test", extract_date=EXTRACT_DATE))
    store.engine.dispose()
    assert result.committed
    assert result.refused.is_empty()
    assert result.tables["complaints"].kept == FEW


def test_the_records_drawn_are_the_same_every_time_and_hot_where_asked() -> None:
    cases = records(FEW, hot=40)["complaints"]
    assert cases.equals(records(FEW, hot=40)["complaints"])
    assert set(cases["category"]) <= set(CATEGORIES)
    hot = cases.filter((pl.col("household_ref") == HOT_HOUSEHOLD) & (pl.col("category") == HOT_CATEGORY))
    assert hot.height == 40


def test_every_engine_counts_the_same_and_the_tables_are_whole() -> None:
    result = indicators.measured(FEW, hot=50, turns=1, peaks=False)
    report = indicators.report(result)
    for name in (*result.timings, indicators.COLD):
        assert name in report


def test_a_rival_that_counts_otherwise_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path, records(ENOUGH))
    mine = counts.ours(read_records(store, LANDLORD), AS_AT)
    assert {gate.key for gate in counts.SHARED} == set(mine["key"])
    assert with_duckdb.counts(current(store).files, AS_AT).equals(mine)
    wrong = mine.with_columns(numerator=pl.col("numerator") + (pl.col("key") == "not_repeated").cast(pl.Int64))
    monkeypatch.setattr(with_duckdb, "counts", lambda *_: wrong)
    with pytest.raises(AssertionError, match="DuckDB counts otherwise"):
        indicators.check(store)
    store.engine.dispose()


def test_effects_are_counted_as_duckdb_counts_them_and_every_work_is_timed() -> None:
    report = effects.measured(ENOUGH, turns=1)
    assert "equal DuckDB's" in report
    for name in ("effects of all actions", "everything Learning or looping shows", "recurring signals"):
        assert name in report


@pytest.mark.filterwarnings("ignore")
def test_every_page_is_timed() -> None:
    report = pages.measured(FEW, contacts=FEW, turns=1, browser=False)
    assert "Position" in report
    assert "How it is worked out" in report


def test_a_load_is_measured_against_a_bare_write() -> None:
    report = load_throughput.report(2_000)
    assert "| bare executemany, no key |" in report
    assert "| load |" in report


def test_ghosts_are_found_alike_by_every_engine_also_with_a_shared_household() -> None:
    result = ghosts.measured(20_000, hot=50, turns=1, peaks=False)
    report = ghosts.report(result)
    for name in (*result.warm, ghosts.COLD):
        assert name in report
    assert "2,000 complaints, 20,000 contacts, of which 50 and 500 of one household" in report


def test_a_rival_that_finds_other_ghosts_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contacts_at_scale.drawn(tmp_path, 2_000, 20_000)
    store = ghosts.store_of(tmp_path)
    monkeypatch.setattr(ghost_rivals, "with_pandas", lambda *_: pl.DataFrame(schema={"detector": pl.String}))
    with pytest.raises(AssertionError, match="pandas, two detectors counts otherwise"):
        ghosts.check(tmp_path, store, ghosts.rivals(tmp_path))
    store.engine.dispose()


def test_a_part_run_again_takes_the_place_of_its_old_tables_only() -> None:
    first = run_all.merged("# Results\n\nRemarks.\n", {"loads": "old", "pages": "kept"})
    again = run_all.merged(first, {"loads": "new"})
    assert "Remarks." in again
    assert "old" not in again
    assert again.index("new") < again.index("kept")


def test_a_part_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_all.output_of([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)


def test_a_part_that_fails_is_not_taken_for_a_result() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run_all.output_of([sys.executable, "-c", "raise SystemExit(3)"], seconds=30)


def test_the_trends_are_drawn_and_their_table_is_whole() -> None:
    lines, found = trends.measured(ENOUGH, turns=1)
    report = trends.report(ENOUGH, lines, found)
    assert lines > 10
    assert all(name in report for name in (trends.SCAN, trends.ALL, trends.FIRST, trends.READ))
    assert trends.engine(5, 20, turns=1).seconds > 0


def test_papers_are_measured_from_the_readings_to_the_files() -> None:
    found = papers.measured(ENOUGH, contacts=FEW, turns=1)
    assert set(found) >= {papers.READINGS, papers.HASHED, papers.GATHERED, papers.PDF, papers.EVERY_FORMAT}
    assert all(timing.seconds > 0 for timing in found.values())
