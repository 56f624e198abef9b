"""Taking files in: one transaction a load, compared with what is stored, recorded in the history."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Connection

from intake.files import read_many
from intake.mapping import Mapping as ColumnMapping
from intake.notices import NOTICE_SCHEMA, gathered
from intake.prepare import prepare
from intake.prepared import KeptPart, KeptTable, Prepared
from intake.protecting import counted
from metrics.access import RefusedError
from store import audit, bulk, files, history, snapshot
from store.comparison import Difference, after, compare, impossible_rows
from store.database import Store, writing
from store.history import FileSeen, TableCounts, Visit
from store.own_records import LOADED_BY_NAME
from store.protecting import protection_of

MOST_NAMED = 20
Progress = Callable[[int, int], None]
"""Called with rows written so far and rows to write."""


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What a load did, or with `committed` False would have done.

    `is_refused`: the load as a whole is turned away, because no file could be read as a table or because it was to be
    strict and something was refused.
    """

    committed: bool
    is_refused: bool
    load: int | None
    tables: Mapping[str, TableCounts]
    refused: pl.DataFrame
    warnings: pl.DataFrame
    masked: pl.DataFrame

    def as_json(self) -> dict[str, Any]:
        """The result as `cli.py load --json` prints it."""
        return {
            "committed": self.committed,
            "load": self.load,
            "tables": {name: counts.as_json() for name, counts in self.tables.items()},
            "refused": self.refused.to_dicts(),
            "warnings": self.warnings.to_dicts(),
            "masked": counted(self.masked).to_dicts(),
        }


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a load is made: who loads, by which way, and whether it may commit."""

    loaded_by: str | None = None
    method: str = "page"
    extract_date: date | None = None
    files: Sequence[FileSeen] = ()
    dry_run: bool = False
    strict: bool = False


@dataclass(kw_only=True)
class _Compared:
    differences: dict[str, Difference] = field(default_factory=dict)
    counts: dict[str, TableCounts] = field(default_factory=dict)
    refused: list[pl.DataFrame] = field(default_factory=list)


def load_paths(
    store: Store,
    paths: Sequence[Path],
    *,
    table: str | None = None,
    mapping: ColumnMapping | Sequence[ColumnMapping] | None = None,
    landlord: str | None = None,
    manner: Manner,
    progress: Progress | None = None,
) -> LoadResult:
    """Load files, folders or zips from disk. Rows are judged with the writer's lock held, so that a reference which
    resolves then still resolves when it is stored."""
    raw = read_many(paths)
    with writing(store) as connection:
        seen = snapshot.current(store)
        prepared = prepare(
            raw,
            tables=None if table is None else (table,),
            mapping=mapping,
            landlord=landlord,
            extract_date=manner.extract_date or date.today(),
            stored_keys=keys_in(seen),
            protection=protection_of(store),
        )
        return _load(store, connection, seen, prepared, manner=manner, progress=progress)


def load(store: Store, prepared: Prepared, *, manner: Manner, progress: Progress | None = None) -> LoadResult:
    """Store what intake has prepared: new rows, changed rows, the refusals and the visit, in one transaction.

    A killed process leaves the store as it was. Another load waits until this one is done; readers do not wait.
    """
    with writing(store) as connection:
        return _load(store, connection, snapshot.current(store), prepared, manner=manner, progress=progress)


def kept(frame: pl.DataFrame, *, provided: Sequence[str] = ()) -> KeptTable:
    """A whole frame as a kept table, for rows that did not come through a landlord's file."""
    return KeptTable(parts=(KeptPart(frame=frame, provided=tuple(provided or frame.columns)),))


def prepared_of(tables: Mapping[str, KeptTable]) -> Prepared:
    """Kept tables as a load in which nothing was refused."""
    nothing = pl.DataFrame(schema=NOTICE_SCHEMA)
    return Prepared(kept=tables, refused=nothing, warnings=nothing, refused_rows={}, matches=())


def stored_keys(store: Store) -> Callable[[str], pl.DataFrame]:
    """The keys held now, as `intake.prepare` asks for them."""
    return keys_in(snapshot.current(store))


def keys_in(seen: snapshot.Snapshot) -> Callable[[str], pl.DataFrame]:
    """The keys of one snapshot, as `intake.prepare` asks for them."""

    def keys_of(table: str) -> pl.DataFrame:
        declared = LOADED_BY_NAME[table]
        return seen.scan(declared).select(declared.key).collect()

    return keys_of


def _load(
    store: Store,
    connection: Connection,
    seen: snapshot.Snapshot,
    prepared: Prepared,
    *,
    manner: Manner,
    progress: Progress | None,
) -> LoadResult:
    _hold_to_reach(store, prepared)
    _hold_to_protection(store, prepared)
    compared = _compare(seen, prepared)
    refused = gathered([prepared.refused, *compared.refused])
    is_refused = not prepared.kept or (manner.strict and refused.height > 0)
    commits = not manner.dry_run and not is_refused
    number = None
    if commits:
        who = store.reader.name if store.reader.signed_in else manner.loaded_by
        visit = Visit.begun(who, method=manner.method, extract_date=manner.extract_date)
        number = history.record(connection, visit, manner.files, compared.counts)
        history.keep_refusals(connection, number, refused, prepared)
        snapshot.remove_superseded(store)
        _write(store, connection, seen, compared.differences, load=number, token=visit.token, progress=progress)
        audit.append(connection, store, "loaded", detail=_in_short(number, prepared, compared.counts))
    return LoadResult(
        committed=commits,
        is_refused=is_refused,
        load=number,
        tables=compared.counts,
        refused=refused,
        warnings=prepared.warnings,
        masked=prepared.masked,
    )


def _hold_to_reach(store: Store, prepared: Prepared) -> None:
    """Turn away a load by someone who may not load, or with rows of landlords beyond this reader's reach."""
    store.reader.require("load")
    if store.reader.landlords is None:
        return
    for name, kept_table in prepared.kept.items():
        if "landlord_code" not in LOADED_BY_NAME[name].schema:
            raise RefusedError(f"{name} speaks of every landlord: only a reader of all of them may load it.")
        beyond = sum(
            part.frame.filter(~store.reader.within(pl.col("landlord_code"))).height for part in kept_table.parts
        )
        if beyond:
            raise RefusedError(f"{beyond:,} rows of {name} are of landlords to which you have no access.")


def _hold_to_protection(store: Store, prepared: Prepared) -> None:
    """Turn away rows read under other wishes of a landlord than those that stand now."""
    if prepared.protection not in (None, protection_of(store).print):
        raise ValueError("the protection of records was changed after these files were read; check them again")


def _in_short(load: int, prepared: Prepared, counts: Mapping[str, TableCounts]) -> str:
    told = (f"{name} {each.kept} new {each.changed} changed {each.refused} refused" for name, each in counts.items())
    of = sorted(
        {
            code
            for kept_table in prepared.kept.values()
            for part in kept_table.parts
            if "landlord_code" in part.frame.columns
            for code in part.frame["landlord_code"].unique().drop_nulls()
        }
    )
    named = ", ".join(of) if len(of) <= MOST_NAMED else f"{len(of)} landlords"
    return f"load {load} of {named}: {'; '.join(told)}"


def _compare(seen: snapshot.Snapshot, prepared: Prepared) -> _Compared:
    result = _Compared()
    for name, kept_table in prepared.kept.items():
        table, turned_away = LOADED_BY_NAME[name], 0
        whole = Difference(new=table.empty(), changed=table.empty(), unchanged=0)
        for part in kept_table.parts:
            difference = compare(table, part.frame, seen.stored(table), provided=part.provided)
            sound, refused = impossible_rows(table, difference)
            turned_away += difference.rows - sound.rows
            result.refused.append(refused)
            whole = sound if whole.is_empty and not whole.unchanged else whole.and_then(table, sound)
        result.differences[name] = whole
        result.counts[name] = TableCounts(
            kept=whole.new.height,
            changed=whole.changed.height,
            unchanged=whole.unchanged,
            refused=prepared.refused_count(name) + turned_away,
        )
    for name in prepared.refused_rows.keys() - prepared.kept.keys():
        result.counts[name] = TableCounts(refused=prepared.refused_count(name))
    return result


def _write(
    store: Store,
    connection: Connection,
    seen: snapshot.Snapshot,
    differences: Mapping[str, Difference],
    *,
    load: int,
    token: str,
    progress: Progress | None,
) -> None:
    """The rows into the database, and at the same time, in a thread of its own, into the columnar copies."""
    to_write = {LOADED_BY_NAME[name]: found for name, found in differences.items() if not found.is_empty}
    tell = _counter(sum(found.rows for found in to_write.values()), progress)
    with ThreadPoolExecutor(max_workers=1) as beside:
        copies = []
        for table, found in to_write.items():
            rows, file = after(table, seen.stored(table), found), snapshot.file_of(store, table, load, token)
            copies.append(beside.submit(files.write, rows, file))
        for table, found in to_write.items():
            bulk.upsert(connection, table, found.new, written=tell)
            bulk.upsert(connection, table, found.changed, written=tell)
        for copy in copies:
            copy.result()


def _counter(of: int, progress: Progress | None) -> bulk.Progress | None:
    if progress is None:
        return None
    done = 0

    def written(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, of)

    return written
