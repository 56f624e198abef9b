"""Sort each file to its table, under a mapping or by its names, and say what is missing before a row is judged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import polars as pl

from intake.mapping import Mapping, mapped
from intake.matching import CERTAIN, OWN_NOTES, ColumnMatch, Match, propose
from intake.notices import Notice
from intake.raw import ROW, RawTable
from intake.vocabulary import names_of, normalised, vocabulary
from metrics.records import TABLE_BY_NAME, TABLES

LANDLORD = "landlord_code"
# Below this likeness to any table a sheet beside a table that was read holds something else.
SIDE_SHEET = 30.0


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A file under our column names. `table` is None where it could not be told or nothing could be read.

    `refused` refuses the file as a whole; `row_refusals` refuse single rows of it.
    """

    label: str
    table: str | None
    cells: pl.DataFrame
    match: Match | None
    refused: tuple[Notice, ...] = ()
    row_refusals: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()


def sort_files(
    raw_tables: Sequence[RawTable], *, tables: Collection[str] | None, mappings: Sequence[Mapping], landlord: str | None
) -> list[Sorted]:
    """Every file sorted. A sheet that is no table (a pivot, a chart's figures) beside one that was read is passed over
    with a word, unless it is named after a table."""
    files = [sort_file(raw, tables=tables, mappings=mappings, landlord=landlord) for raw in raw_tables]
    read = {
        raw.file for raw, file in zip(raw_tables, files, strict=True) if raw.sheet and file.table and not file.refused
    }
    return [
        _passed_over(file) if raw.file in read and _is_side_sheet(raw, file) else file
        for raw, file in zip(raw_tables, files, strict=True)
    ]


def _is_side_sheet(raw: RawTable, file: Sorted) -> bool:
    names = {normalised(name) for table in TABLES for name in (table.name, *vocabulary().tables.get(table.name, ()))}
    strange = file.match is not None and file.match.by != "mapping" and file.match.likeness < SIDE_SHEET
    return raw.sheet is not None and bool(file.refused) and strange and normalised(raw.sheet) not in names


def _passed_over(file: Sorted) -> Sorted:
    notice = Notice(file=file.label, found="a sheet of no table we know", wanted="records; it was passed over")
    return replace(file, table=None, refused=(), row_refusals=(), warnings=(notice,))


def sort_file(
    raw: RawTable, *, tables: Collection[str] | None, mappings: Sequence[Mapping], landlord: str | None
) -> Sorted:
    """The file's cells under our names, or the reason why not."""
    whole = tuple(notice for notice in raw.refused if notice.row is None)
    if whole or not raw.columns:
        return Sorted(label=raw.label, table=None, cells=raw.frame, match=None, refused=whole, warnings=raw.warnings)
    mapping = _fitting(raw, mappings=mappings)
    match = (
        _mapped_match(raw, mapping, landlord=landlord) if mapping else propose(raw, tables=tables, landlord=landlord)
    )
    if misfit := _misfit(raw, match=match, mappings=mappings, mapping=mapping):
        return Sorted(label=raw.label, table=None, cells=raw.frame, match=match, refused=misfit, warnings=raw.warnings)
    if match.table is None:
        return _unknown(raw, match=match, tables=tables)
    return _under_our_names(raw, match=match, mapping=mapping or match.mapping(), landlord=landlord)


def _fitting(raw: RawTable, *, mappings: Sequence[Mapping]) -> Mapping | None:
    fitting = [mapping for mapping in mappings if not mapping.missing_in(raw)]
    return max(fitting, key=lambda mapping: len(mapping.needed), default=None)


def _mapped_match(raw: RawTable, mapping: Mapping, *, landlord: str | None) -> Match:
    table = TABLE_BY_NAME[mapping.table]
    given = {*mapping.columns.values(), *mapping.joined, *mapping.constants, *([LANDLORD] if landlord else [])}
    return Match(
        file=raw.file,
        sheet=raw.sheet,
        table=mapping.table,
        by="mapping",
        likeness=100.0,
        columns=tuple(
            ColumnMatch(
                file_column=name, column=mapping.columns.get(name), likeness=100.0 if name in mapping.columns else 0.0
            )
            for name in raw.columns
        ),
        missing=tuple(c.name for c in table.columns if c.required and c.name not in given),
    )


def _misfit(raw: RawTable, *, match: Match, mappings: Sequence[Mapping], mapping: Mapping | None) -> tuple[Notice, ...]:
    """A mapping was given for this table (or the file is of no table we know), and the file lacks columns it names."""
    meant = [m for m in mappings if match.table in (m.table, None)]
    if mapping is not None or not meant:
        return ()
    lacking = ", ".join(meant[0].missing_in(raw))
    found = f"no column {lacking}; the file has {', '.join(raw.columns)}"
    return (Notice(file=raw.label, found=found, wanted="the columns the mapping names, or another mapping"),)


def _unknown(raw: RawTable, *, match: Match, tables: Collection[str] | None) -> Sorted:
    names = ", ".join(tables if tables is not None else (table.name for table in TABLES))
    could = (
        f"columns that fit {' and '.join(match.could_be)} alike" if match.could_be else "columns of no table we know"
    )
    notice = Notice(
        file=raw.label,
        found=f"{could}: {', '.join(raw.columns)}",
        wanted=f"a file or sheet named after its table, or the table chosen: {names}",
    )
    return Sorted(label=raw.label, table=None, cells=raw.frame, match=match, refused=(notice,), warnings=raw.warnings)


def _under_our_names(raw: RawTable, *, match: Match, mapping: Mapping, landlord: str | None) -> Sorted:
    cells = mapped(raw, mapping=mapping)
    warnings = [*raw.warnings, *_doubts(raw, match=match)]
    if cells.height < raw.frame.height:
        left = raw.frame.height - cells.height
        found = f"{left:,} rows of other landlords than {', '.join(mapping.only_landlords)}"
        warnings.append(Notice(file=raw.label, found=found, wanted="only the chosen landlords; they were left out"))
    if not cells.height and not raw.frame.height:
        warnings.append(Notice(file=raw.label, found="a header without records", wanted="at least one record"))
    if landlord:
        given = pl.lit(landlord)
        held = pl.col(LANDLORD).str.strip_chars() if LANDLORD in cells.columns else pl.lit("")
        cells = cells.with_columns((pl.when(held.is_null() | (held == "")).then(given).otherwise(held)).alias(LANDLORD))
    lacking = tuple(_lacking(raw, match=match, column=column) for column in match.missing)
    if lacking:
        cells = _to_mend(raw, cells=cells, mapping=mapping, missing=match.missing)
    return Sorted(
        label=raw.label,
        table=match.table,
        cells=cells,
        match=match,
        refused=lacking,
        row_refusals=raw.refused,
        warnings=tuple(warnings),
    )


def _to_mend(raw: RawTable, *, cells: pl.DataFrame, mapping: Mapping, missing: tuple[str, ...]) -> pl.DataFrame:
    """A file without required columns as it is handed back: the missing columns to fill, and everything it held."""
    blank = [pl.lit(None, pl.String).alias(name) for name in missing if name not in cells.columns]
    cells = cells.with_columns(blank)
    spare = [name for name in raw.columns if name not in mapping.columns and name not in (*cells.columns, *OWN_NOTES)]
    return cells.join(raw.frame.select(ROW, *spare), on=ROW, how="left", maintain_order="left")


def _lacking(raw: RawTable, *, match: Match, column: str) -> Notice:
    """A required column without a source: one reason for the whole file."""
    assert match.table is not None
    declared = TABLE_BY_NAME[match.table].column(column)
    rivals = dict(match.ambiguous).get(column)
    if rivals:
        found = f"several columns that could be it: {', '.join(rivals)}"
        wanted = f"a mapping that says which of them is {column} ({declared.meaning})"
    else:
        found = f"no such column; the file has {', '.join(name for name in raw.columns if name not in OWN_NOTES)}"
        others = [name for name in names_of(match.table, column)[1:4] if name != column.replace("_", " ")]
        also = f", also read as {', '.join(others)}" if others else ""
        wanted = f"a column {column} ({declared.meaning}{also}), or a mapping that names it"
    return Notice(file=raw.label, column=column, found=found, wanted=wanted)


def _doubts(raw: RawTable, *, match: Match) -> list[Notice]:
    """What a person should look at: likenesses that were taken, ties that were not, and columns nobody reads."""
    if match.by == "mapping":
        return []
    doubts = [
        Notice(
            file=raw.label,
            column=c.column,
            found=f"“{c.file_column}”, taken for {c.column} by likeness ({c.likeness:.0f} of 100)",
            wanted="a look: confirm the column, or use a mapping",
        )
        for c in match.columns
        if c.column and c.likeness < CERTAIN - 2
    ]
    ties = {column: names for column, names in match.ambiguous if column not in match.missing}
    doubts += [
        Notice(
            file=raw.label,
            column=column,
            found=f"several columns that could be it: {', '.join(names)}",
            wanted="a mapping that says which; none was read",
        )
        for column, names in ties.items()
    ]
    unread = [
        c.file_column
        for c in match.columns
        if c.column is None and c.file_column not in OWN_NOTES and c.file_column != ROW
    ]
    if unread:
        doubts.append(
            Notice(
                file=raw.label,
                found=f"columns that were not read: {', '.join(unread)}",
                wanted="nothing, if they are not needed",
            )
        )
    return doubts
