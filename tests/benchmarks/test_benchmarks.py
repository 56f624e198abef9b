"""The benchmarks at a tiny size: they run, the engines agree, and a disagreement would be seen."""

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from benchmarks import counts, indicators, load_throughput, pages, run_all, with_duckdb
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


@pytest.mark.filterwarnings("ignore")
def test_every_page_is_timed() -> None:
    report = pages.measured(FEW, contacts=FEW, turns=1, browser=False)
    assert "Position" in report
    assert "How it is worked out" in report


def test_a_load_is_measured_against_a_bare_write() -> None:
    report = load_throughput.report(2_000)
    assert "| bare executemany, no key |" in report
    assert "| load |" in report


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
