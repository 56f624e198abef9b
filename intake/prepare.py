"""From raw tables to what may be stored: match, read values, judge rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from intake.linking import StoredKeys, reading_order, reference_faults, unknown_landlords, unresolved
from intake.mapping import Mapping
from intake.masking import masked
from intake.notices import NOTICE_SCHEMA, Notice, gathered, notice_frame
from intake.prepared import KeptPart, KeptTable, Prepared
from intake.protecting import MASKED_SCHEMA, PLAIN, Protected, Protection, is_over, protected
from intake.raw import ROW, RawTable
from intake.rules import repeated, row_faults
from intake.sorting import Sorted, sort_files
from intake.values import AT, cleaned, joined_faults, read_values
from metrics.access import CASE_TABLES
from metrics.records import TABLE_BY_NAME
from metrics.table import Table

PART = "#part"
FILE = "#file"
REASONS = ("refused_file", "refused_row", "refused_because")

__all__ = ["StoredKeys", "prepare"]


def prepare(
    raw_tables: Sequence[RawTable],
    *,
    tables: Collection[str] | None = None,
    mapping: Mapping | Sequence[Mapping] | None = None,
    landlord: str | None = None,
    extract_date: date,
    stored_keys: StoredKeys,
    protection: Protection = PLAIN,
) -> Prepared:
    """Read and judge raw tables; nothing is stored.

    `tables` limits what a file may be; with one name, every file is that table. `mapping` says which file column is
    which of ours. `landlord` fills landlord_code where the file lacks it. `extract_date` is the day the records were
    drawn: nothing that has happened may lie after it. `stored_keys(table)` gives the key columns of the rows held
    (only asked for tables that references or landlord codes need); an empty frame with those columns if none.
    `protection` says what is pseudonymised and masked before a row is judged.
    """
    mappings = [] if mapping is None else [mapping] if isinstance(mapping, Mapping) else list(mapping)
    files = sort_files(raw_tables, tables=tables, mappings=mappings, landlord=landlord)
    judged: dict[str, Judged] = {}
    kept: dict[str, pl.DataFrame] = {}
    for name in reading_order():
        parts = [file for file in files if file.table == name]
        if parts:
            judged[name] = judge(
                parts,
                table=TABLE_BY_NAME[name],
                extract_date=extract_date,
                kept=kept,
                stored_keys=stored_keys,
                protection=protection,
            )
            kept[name] = judged[name].kept.frame
    return Prepared(
        kept={name: table.kept for name, table in judged.items()},
        refused=gathered([notice_frame(n for f in files for n in f.refused), *(t.refused for t in judged.values())]),
        warnings=gathered([notice_frame(n for f in files for n in f.warnings), *(t.warnings for t in judged.values())]),
        refused_rows={name: table.refused_rows for name, table in judged.items() if table.refused_rows.height},
        matches=tuple(file.match for file in files if file.match is not None),
        masked=pl.concat([pl.DataFrame(schema=MASKED_SCHEMA), *(table.masked for table in judged.values())]),
        protection=protection.print,
    )


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One table of a load after judgement."""

    kept: KeptTable
    refused: pl.DataFrame
    warnings: pl.DataFrame
    refused_rows: pl.DataFrame
    masked: pl.DataFrame


def judge(
    files: Sequence[Sorted],
    *,
    table: Table,
    extract_date: date,
    kept: dict[str, pl.DataFrame],
    stored_keys: StoredKeys,
    protection: Protection,
) -> Judged:
    """Judge all rows of one table together, whatever file they came from."""
    everything, places = _together(files)
    cells = everything.select(name for name in table.schema if name in everything.columns)
    whole = [number for number, file in enumerate(files) if file.refused]
    dead = _refused_whole(files, places=places)
    clean = cleaned(cells, table=table)
    safe = protected(clean.frame, table=table, protection=protection)
    values, unread = read_values(safe.frame, table=table)
    left_out = safe.left_out | is_over(values, table=table, protection=protection)
    frame = pl.concat([places.select(AT, PART), values], how="horizontal")
    frame = frame.filter(~pl.col(PART).is_in(whole) & ~left_out).drop(PART)
    repeats, clashes = repeated(frame, table=table, cells=safe.frame)
    once = frame.join(repeats.select(AT), on=AT, how="anti", maintain_order="left") if repeats.height else frame
    links = unresolved(once, table=table, kept=kept, stored_keys=stored_keys)
    faults = [
        clean.faults,
        unread,
        clashes,
        row_faults(once, table=table, extract_date=extract_date, unread=unread),
        reference_faults(links),
        _refused_before(files, places=places),
    ]
    if table.name != "landlords":
        faults.append(unknown_landlords(once, kept=kept, stored_keys=stored_keys))
    gone = places.filter(left_out)
    out_of_play = pl.concat([repeats.select(AT), dead.select(AT).unique(), gone.select(AT)])
    every = joined_faults(faults).join(out_of_play, on=AT, how="anti", maintain_order="left")
    good = once.join(every.select(AT).unique(), on=AT, how="anti", maintain_order="left")
    notes = [
        _gone_warning(gone),
        _repeat_warnings(repeats, places=places),
        _cell_warnings(clean.stripped, clean.blanked, places=places),
    ]
    notes += [
        _link_warning(reference.column, reference.table, rows, places)
        for reference, rows in links
        if not reference.refuses
    ]
    return Judged(
        kept=_kept(good, places=places, files=files, table=table),
        refused=_placed(_reasons_masked(every, table=table), places=places),
        warnings=gathered(notes),
        refused_rows=_handed_back(
            everything,
            safe=safe,
            table=table,
            faults=_reasons_masked(joined_faults([every, dead]), table=table),
            places=places,
        ),
        masked=safe.masked.join(places, left_on="at", right_on=AT, maintain_order="left").select(list(MASKED_SCHEMA)),
    )


def _as_protected(everything: pl.DataFrame, safe: Protected, *, table: Table, at: Sequence[int]) -> pl.DataFrame:
    """The original cells as a refused row gives them back: protected too, and masked in every column, because in a row
    that was refused a note may stand anywhere."""
    rows = everything[at]
    if table.name not in CASE_TABLES:
        return rows
    return rows.with_columns(masked(safe.frame[name][at])["text"].alias(name) for name in safe.frame.columns)


def _reasons_masked(reasons: pl.DataFrame, *, table: Table) -> pl.DataFrame:
    """What was found, masked: it quotes cells."""
    return (
        reasons
        if table.name not in CASE_TABLES
        else reasons.with_columns(masked(reasons["found"])["text"].alias("found"))
    )


def _together(files: Sequence[Sorted]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells of all files under our names, and beside them where each row came from: AT, PART, file, row."""
    stacked = pl.concat(
        [
            file.cells.with_columns(pl.lit(number, pl.Int64).alias(PART), pl.lit(file.label).alias(FILE))
            for number, file in enumerate(files)
        ],
        how="diagonal",
    ).with_row_index(AT)
    places = stacked.select(pl.col(AT).cast(pl.Int64), PART, pl.col(FILE).alias("file"), pl.col(ROW).alias("row"))
    return stacked.drop(AT, PART, FILE, ROW), places


def _refused_before(files: Sequence[Sorted], *, places: pl.DataFrame) -> pl.DataFrame:
    """Rows that were refused when the file was read, as faults."""
    parts = []
    for number, file in enumerate(files):
        rows = places.filter(pl.col(PART) == number)
        for notice in file.row_refusals:
            where = rows.filter(pl.col("row") == notice.row)
            parts.append(
                where.select(
                    AT,
                    pl.lit(notice.column, pl.String).alias("column"),
                    pl.lit(notice.found).alias("found"),
                    pl.lit(notice.wanted).alias("wanted"),
                )
            )
    return joined_faults(parts)


def _refused_whole(files: Sequence[Sorted], *, places: pl.DataFrame) -> pl.DataFrame:
    """Every row of each file refused as a whole, with the file's reasons: handed back, not listed one by one."""
    return joined_faults(
        [
            places.filter(pl.col(PART) == number).select(
                AT,
                pl.lit(notice.column, pl.String).alias("column"),
                pl.lit(notice.found).alias("found"),
                pl.lit(notice.wanted).alias("wanted"),
            )
            for number, file in enumerate(files)
            for notice in file.refused
        ]
    )


def _placed(faults: pl.DataFrame, *, places: pl.DataFrame) -> pl.DataFrame:
    rows = faults.join(places, on=AT, how="left", maintain_order="left").sort(AT, maintain_order=True)
    return rows.select(list(NOTICE_SCHEMA))


def _kept(good: pl.DataFrame, *, places: pl.DataFrame, files: Sequence[Sorted], table: Table) -> KeptTable:
    """Kept rows grouped by the columns their files carried."""
    numbered = good.join(places.select(AT, PART), on=AT, how="left", maintain_order="left")
    carried: dict[tuple[str, ...], list[int]] = {}
    for number, file in enumerate(files):
        if file.refused:
            continue
        provided = tuple(name for name in table.schema if name in file.cells.columns)
        carried.setdefault(provided, []).append(number)
    if not carried:
        return KeptTable(parts=(KeptPart(frame=table.empty(), provided=()),))
    return KeptTable(
        parts=tuple(
            KeptPart(frame=numbered.filter(pl.col(PART).is_in(numbers)).select(list(table.schema)), provided=provided)
            for provided, numbers in carried.items()
        )
    )


def _handed_back(
    everything: pl.DataFrame, *, safe: Protected, table: Table, faults: pl.DataFrame, places: pl.DataFrame
) -> pl.DataFrame:
    reason = pl.format(
        "{}: found {}; wanted {}", pl.col("column").fill_null("row"), pl.col("found").fill_null(""), "wanted"
    )
    because = (
        faults.sort(AT, maintain_order=True)
        .group_by(AT, maintain_order=True)
        .agg(reason.str.join(" | ").alias(REASONS[2]))
    )
    refused = because.join(places, on=AT, how="left", maintain_order="left")
    notes = refused.select(pl.col("file").alias(REASONS[0]), pl.col("row").alias(REASONS[1]), REASONS[2])
    cells = _as_protected(everything, safe, table=table, at=refused[AT].to_list())
    ours = [name for name in table.schema if name in cells.columns]
    spare = [name for name in cells.columns if name not in table.schema and cells[name].null_count() < cells.height]
    return pl.concat([notes, cells.select(*ours, *spare)], how="horizontal")


def _gone_warning(gone: pl.DataFrame) -> pl.DataFrame:
    """Rows that may not come back, without saying whose."""
    rows = gone.group_by("file", maintain_order=True).agg(pl.col("row").min(), pl.len().alias("many"))
    return notice_frame(
        Notice(
            file=each["file"],
            row=each["row"],
            found=f"{each['many']:,} rows of records that were erased or whose time is over, this the first",
            wanted="an export without them; they were left out",
        )
        for each in rows.iter_rows(named=True)
    )


def _repeat_warnings(repeats: pl.DataFrame, *, places: pl.DataFrame) -> pl.DataFrame:
    first = places.select(
        pl.col(AT).alias("first"), pl.col("row").alias("first_row"), pl.col("file").alias("first_file")
    )
    rows = repeats.join(places, on=AT, how="left", maintain_order="left").join(
        first, on="first", how="left", maintain_order="left"
    )
    return rows.select(
        "file",
        "row",
        pl.lit(None, pl.String).alias("column"),
        pl.format("the same record as in row {} of {}", "first_row", "first_file").alias("found"),
        pl.lit("each record once; it was counted once").alias("wanted"),
    )


def _cell_warnings(
    stripped: dict[str, tuple[int, int]], blanked: dict[str, tuple[int, str, int]], *, places: pl.DataFrame
) -> pl.DataFrame:
    notices = [
        _at(
            places,
            first,
            column=column,
            found=f"control characters in {count:,} cells",
            wanted="plain text; they were taken out",
        )
        for column, (first, count) in stripped.items()
    ]
    notices += [
        _at(
            places,
            first,
            column=column,
            found=f"“{word}” or the like in {count:,} cells",
            wanted="a value, or nothing; read as blank",
        )
        for column, (first, word, count) in blanked.items()
    ]
    return notice_frame(notices)


def _link_warning(column: str, target: str, rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty():
        return notice_frame([])
    found = f"{rows.height:,} rows whose {column} is not among the {target} held, first {rows['found'][0]}"
    return notice_frame(
        [_at(places, rows[AT][0], column=column, found=found, wanted=f"a row of {target}; the rows were kept")]
    )


def _at(places: pl.DataFrame, position: int, *, column: str, found: str, wanted: str) -> Notice:
    return Notice(file=places["file"][position], row=places["row"][position], column=column, found=found, wanted=wanted)
