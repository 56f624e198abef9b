"""Landlords that must be known, and references that must resolve, within the load or against what is held."""

from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter

import polars as pl

from intake.values import AT, joined_faults
from metrics.records import TABLE_BY_NAME, TABLES
from metrics.table import Reference, Table

StoredKeys = Callable[[str], pl.DataFrame]
LANDLORD = "landlord_code"


def reading_order() -> tuple[str, ...]:
    """Table names, each after the tables its rows point at."""
    graph = {table.name: [r.table for r in table.references] for table in TABLES}
    for name, pointed_at in graph.items():
        if name != "landlords":
            pointed_at.append("landlords")
    return tuple(TopologicalSorter(graph).static_order())


def unknown_landlords(
    frame: pl.DataFrame, *, kept: Mapping[str, pl.DataFrame], stored_keys: StoredKeys
) -> pl.DataFrame:
    """Faults of rows whose landlord is neither held nor in this load."""
    known = _known("landlords", columns=[LANDLORD], kept=kept, stored_keys=stored_keys)
    rows = frame.filter(pl.col(LANDLORD).is_not_null()).join(known, on=LANDLORD, how="anti", maintain_order="left")
    fault = rows.select(
        AT,
        pl.lit(LANDLORD).alias("column"),
        pl.col(LANDLORD).alias("found"),
        pl.lit("a landlord that is held: load the landlords table first").alias("wanted"),
    )
    return joined_faults([fault])


def unresolved(
    frame: pl.DataFrame, *, table: Table, kept: Mapping[str, pl.DataFrame], stored_keys: StoredKeys
) -> list[tuple[Reference, pl.DataFrame]]:
    """For each reference of the table, the rows (`AT`, found) that point at nothing."""
    dangling = []
    for reference in table.references:
        if frame[reference.column].null_count() == frame.height:
            continue
        columns = [LANDLORD, reference.column]
        known = _known(reference.table, columns=columns, kept=kept, stored_keys=stored_keys)
        rows = frame.filter(pl.col(reference.column).is_not_null() & pl.col(LANDLORD).is_not_null())
        rows = rows.join(known, on=columns, how="anti", maintain_order="left")
        dangling.append((reference, rows.select(AT, pl.col(reference.column).alias("found"))))
    return dangling


def reference_faults(dangling: list[tuple[Reference, pl.DataFrame]]) -> pl.DataFrame:
    """Faults of those references that refuse a row."""
    return joined_faults(
        [
            rows.select(
                AT,
                pl.lit(reference.column).alias("column"),
                "found",
                pl.lit(f"a row of {reference.table} of the same landlord that is held or in this load").alias("wanted"),
            )
            for reference, rows in dangling
            if reference.refuses
        ]
    )


def _known(
    table: str, *, columns: list[str], kept: Mapping[str, pl.DataFrame], stored_keys: StoredKeys
) -> pl.DataFrame:
    declared = {name: TABLE_BY_NAME[table].column(name).dtype for name in columns}
    held = stored_keys(table).select(pl.col(name).cast(dtype) for name, dtype in declared.items())
    in_load = kept[table].select(columns) if table in kept else held.clear()
    return pl.concat([held, in_load]).unique()
