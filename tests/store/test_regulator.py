"""The regulator's workbook in the store. Its figures are held by the tests of intake; here, what becomes of them."""

from pathlib import Path

import polars as pl
import pytest

from intake.rsh_workbook import RshWorkbook
from metrics.records import TABLE_BY_NAME
from store.database import Store
from store.history import history
from store.landlords import list_landlords
from store.loading import load
from store.own_records import LOADED_BY_NAME, NATIONAL_FIGURES
from store.regulator import figures_missing, load_workbook, prepared_from
from store.snapshot import current, read_records
from tests.store.loads import BY_TEST, assert_snapshot_is_database

WORKBOOKS = Path(__file__).resolve().parents[2] / "../shared/data/rsh_tsm"


def workbook(year: str, *, homes: int, ch01: float | None) -> RshWorkbook:
    """One landlord's row of one year; without CH01 the figure is missing."""
    code = {"landlord_code": "L1"}
    figure = {"year": year, "stock": "LCRA", "measure": "CH01(1)"}
    values = [] if ch01 is None else [code | figure | {"value": ch01}]
    missing = [code | figure | {"code": "[X]", "reason": "left blank by the landlord"}] if ch01 is None else []
    tsm = [code | {"year": year, "stock": "LCRA", "measure": "homes", "value": float(homes)}, *values]
    return RshWorkbook(
        year=year,
        landlords=pl.DataFrame([code | {"name": f"Riverbank {year}", "homes_lcra": homes}]).pipe(
            _declared, "landlords"
        ),
        peers=pl.DataFrame(),
        tsm=pl.DataFrame(tsm).pipe(_declared, "tsm"),
        missing=pl.DataFrame(missing, schema=LOADED_BY_NAME["tsm_missing"].schema),
        national=NATIONAL_FIGURES.empty(),
    )


def _declared(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    return pl.concat(
        [
            TABLE_BY_NAME[table].empty(),
            frame.cast({n: t for n, t in TABLE_BY_NAME[table].schema.items() if n in frame.columns}),
        ],
        how="diagonal",
    )


def take(store: Store, book: RshWorkbook) -> None:
    """Load a workbook that has been read."""
    held = current(store).scan(TABLE_BY_NAME["tsm"])
    load(store, prepared_from(book, held=held), manner=BY_TEST)


@pytest.mark.parametrize("order", [("2023-24", "2024-25"), ("2024-25", "2023-24")])
def test_homes_are_those_of_the_newest_year_in_whichever_order(store: Store, order: tuple[str, str]) -> None:
    for year in order:
        take(store, workbook(year, homes=5000 if year == "2023-24" else 5100, ch01=40.0))
    held = list_landlords(store)[0]
    assert (held.name, held.homes_lcra) == ("Riverbank 2024-25", 5100)
    assert read_records(store, "L1").frame("tsm").collect()["year"].n_unique() == 2


def test_a_missing_figure_keeps_its_reason_until_a_later_edition_gives_it(store: Store) -> None:
    take(store, workbook("2024-25", homes=5000, ch01=None))
    missing = figures_missing(store, "L1").row(0, named=True)
    assert missing == {
        "year": "2024-25",
        "stock": "LCRA",
        "measure": "CH01(1)",
        "code": "[X]",
        "reason": "left blank by the landlord",
    }
    take(store, workbook("2024-25", homes=5000, ch01=0.0))
    assert figures_missing(store, "L1").is_empty()


@pytest.mark.skipif(not WORKBOOKS.is_dir(), reason="the regulator's workbooks are not beside this checkout")
def test_both_published_workbooks_load_and_load_again(store: Store) -> None:
    files = sorted(WORKBOOKS.glob("*.xlsx"))
    for file in files:
        first = load_workbook(store, file, loaded_by="tester")
        assert first.tables["tsm"].kept > 10_000
        again = load_workbook(store, file, loaded_by="tester")
        assert {(each.kept, each.changed) for each in again.tables.values()} == {(0, 0)}
    assert len(list_landlords(store)) > 355
    assert [visit.method for visit in history(store)] == ["load-tsm"] * 4
    stage_1 = pl.col("value").filter(measure="stage_1_complaints", stock="LCRA", year="2024-25").sum()
    assert current(store).scan(TABLE_BY_NAME["tsm"]).select(stage_1).collect().item() == 280_997
    assert_snapshot_is_database(store)
