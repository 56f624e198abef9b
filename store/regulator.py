"""The regulator's workbook into the store: landlords, measures, why a figure is absent, and the national spread."""

from pathlib import Path

import polars as pl

from intake.prepared import KeptTable, Prepared
from intake.rsh_workbook import RshWorkbook, read_workbook
from metrics.records import TABLE_BY_NAME
from store import history
from store.database import Store
from store.loading import LoadResult, Manner, Progress, kept, load, prepared_of
from store.own_records import LOADED_BY_NAME, TSM_MISSING
from store.snapshot import current


def load_workbook(
    store: Store, path: Path, *, loaded_by: str | None = None, dry_run: bool = False, progress: Progress | None = None
) -> LoadResult:
    """Load one year of the regulator's file. Raises ValueError if the file is not that workbook."""
    manner = Manner(loaded_by=loaded_by, method="load-tsm", files=history.files_at([path]), dry_run=dry_run)
    prepared = prepared_from(read_workbook(path, path.name), held=current(store).scan(TABLE_BY_NAME["tsm"]))
    return load(store, prepared, manner=manner, progress=progress)


def prepared_from(workbook: RshWorkbook, *, held: pl.LazyFrame) -> Prepared:
    """The workbook's frames as a load. `held` is the stored `tsm`: homes and names of a landlord stay those of the
    newest year it has figures of, in whichever order the workbooks are loaded."""
    later = held.filter(pl.col("year") > workbook.year).select("landlord_code").collect()
    frames = {
        "landlords": workbook.landlords.join(later, on="landlord_code", how="anti", maintain_order="left"),
        "tsm": workbook.tsm,
        "tsm_missing": workbook.missing,
        "national_figures": workbook.national,
    }
    return prepared_of({name: _kept(name, frame) for name, frame in frames.items()})


def _kept(name: str, frame: pl.DataFrame) -> KeptTable:
    declared = LOADED_BY_NAME[name].schema
    return kept(frame.select(pl.col(column).cast(dtype) for column, dtype in declared.items()))


def figures_missing(store: Store, landlord_code: str) -> pl.DataFrame:
    """Why a published figure of the landlord is absent: year, stock, measure, code, reason.

    A figure that a later edition of the workbook gives is left out, though the earlier edition's reason is kept.
    """
    store.reader.require("figures", landlord_code)
    seen = current(store)
    key = ["landlord_code", "year", "stock", "measure"]
    given = seen.scan(TABLE_BY_NAME["tsm"]).select(key)
    missing = seen.scan(TSM_MISSING).filter(pl.col("landlord_code") == landlord_code)
    return missing.join(given, on=key, how="anti").drop("landlord_code").sort("year", "stock", "measure").collect()
