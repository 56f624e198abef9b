"""Cells as text become values: dates, numbers, choices, yes and no, as whole columns, with every fault named."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import polars as pl

from intake.dates import date_faults, read_moments
from intake.limits import FOUND_CHARACTERS, MAX_CELL_CHARACTERS
from intake.vocabulary import choice_words, vocabulary
from metrics.table import Column, Table

Found = TypeVar("Found")
# Position of a row in the table under preparation; faults point at it.
AT = "#at"
FAULT_SCHEMA: dict[str, pl.DataType] = {
    AT: pl.Int64(),
    "column": pl.String(),
    "found": pl.String(),
    "wanted": pl.String(),
}
# Tab, line feed and carriage return belong to text; the other control characters never do, nor the signs that turn the
# direction of reading, by which one reference can be made to look like another.
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"
NUMBER = r"^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:e[+-]?\d+)?$|^-?\.\d+$"
YES = ("y", "yes", "true", "t", "1", "1.0")
NO = ("n", "no", "false", "f", "0", "0.0")
WANTED_YES_NO = "Yes or No (blank if unknown)"
WANTED_NUMBER = "a number such as 1234.50 or £1,234.50"
WANTED_WHOLE = "a whole number"


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """Text cells without surrounding blanks and control characters, and what was done to get there.

    `blanked` and `stripped` map column to the first row's position and the count of cells.
    """

    frame: pl.DataFrame
    stripped: dict[str, tuple[int, int]]
    blanked: dict[str, tuple[int, str, int]]
    faults: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class ReadColumn:
    """Values of one column, and where filled cells could not be read (`wanted` in words, null where all is well)."""

    values: pl.Series
    wanted: pl.Series


def cleaned(cells: pl.DataFrame, *, table: Table) -> Cleaned:
    """Strip blanks and control characters; blank cells become null; oversized cells are faults.

    In columns other than text and references a word that means nothing (`n/a`, `unknown`) is blank too: counted, so
    that nothing vanishes unseen.
    """
    held = [column for column in table.columns if column.name in cells.columns]
    found = _side_by_side(lambda column: _clean(cells[column.name], table=table, column=column), held)
    return Cleaned(
        frame=pl.DataFrame([each.text for each in found]) if found else pl.DataFrame(),
        stripped={each.text.name: each.stripped for each in found if each.stripped},
        blanked={each.text.name: each.blanked for each in found if each.blanked},
        faults=joined_faults([each.faults for each in found if each.faults is not None]),
    )


def _side_by_side(work: Callable[[Column], Found], columns: Sequence[Column]) -> list[Found]:
    """Each column's answer, in order. Polars works on one column at a time, on one processor, and lets others run."""
    with ThreadPoolExecutor(max_workers=max(len(columns), 1)) as workers:
        return list(workers.map(work, columns))


@dataclass(frozen=True, kw_only=True)
class _CleanColumn:
    text: pl.Series
    stripped: tuple[int, int] | None = None
    blanked: tuple[int, str, int] | None = None
    faults: pl.DataFrame | None = None


def _clean(cells: pl.Series, *, table: Table, column: Column) -> _CleanColumn:
    text, stripped, blanked = cells.cast(pl.String), None, None
    dirty = text.str.contains(CONTROL)
    if dirty.any():
        stripped = (_first(dirty), int(dirty.sum()))
        text = text.str.replace_all(CONTROL, "")
    text = text.str.strip_chars()
    text = text.set(text == "", None)
    too_long = (text.str.len_bytes().max() or 0) > MAX_CELL_CHARACTERS  # type: ignore[operator]
    faults = _oversized(text) if too_long else None
    if column.kind not in ("text", "reference"):
        nothing = text.str.to_lowercase().is_in(list(vocabulary().blanks))
        nothing &= ~_is_choice(text, table=table, column=column)
        if nothing.any():
            first = _first(nothing)
            blanked = (first, str(text[first]), int(nothing.sum()))
            text = text.set(nothing.fill_null(False), None)
    return _CleanColumn(text=text, stripped=stripped, blanked=blanked, faults=faults)


def _first(mask: pl.Series) -> int:
    position = mask.fill_null(False).arg_max()
    return 0 if position is None else position


def _is_choice(text: pl.Series, *, table: Table, column: Column) -> pl.Series:
    if column.kind not in ("choice", "choices"):
        return pl.Series([False]).new_from_index(0, text.len())
    return normal(text).is_in(list(choice_words(table, column)))


def _oversized(text: pl.Series) -> pl.DataFrame:
    size = text.str.len_chars().fill_null(0)
    found = pl.DataFrame({AT: pl.int_range(text.len(), eager=True), "size": size}).filter(
        pl.col("size") > MAX_CELL_CHARACTERS
    )
    return found.select(
        AT,
        pl.lit(text.name).alias("column"),
        pl.format("a cell of {} characters", "size").alias("found"),
        pl.lit(f"at most {MAX_CELL_CHARACTERS:,} characters").alias("wanted"),
    )


def joined_faults(parts: Collection[pl.DataFrame]) -> pl.DataFrame:
    """Fault frames as one frame of `FAULT_SCHEMA`."""
    filled = [
        part.select(pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items()) for part in parts if part.height
    ]
    return pl.concat(filled) if filled else pl.DataFrame(schema=FAULT_SCHEMA)


def read_values(cells: pl.DataFrame, *, table: Table) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The table's declared frame from cleaned text, and the faults: cells that could not be read are null and named.

    Columns the text lacks are null throughout.
    """

    def read(column: Column) -> tuple[pl.Series, pl.DataFrame | None]:
        if column.name not in cells.columns:
            return pl.Series(column.name, [None] * cells.height, dtype=column.dtype), None
        text = cells[column.name]
        found = _read(text, table=table, column=column)
        faulty = found.wanted.null_count() < found.wanted.len()
        return found.values.rename(column.name), _faults(text, wanted=found.wanted) if faulty else None

    found = _side_by_side(read, table.columns)
    return pl.DataFrame([values for values, _ in found]), joined_faults([each for _, each in found if each is not None])


def _read(text: pl.Series, *, table: Table, column: Column) -> ReadColumn:
    match column.kind:
        case "date" | "moment":
            return _read_date(text, column=column)
        case "choice":
            return _read_choice(text, table=table, column=column)
        case "choices":
            return _read_choices(text, table=table, column=column)
        case "yes_no":
            return _read_yes_no(text)
        case "whole":
            return _read_whole(text)
        case "number":
            return _read_number(text)
        case _:
            return _read_text(text)


def _faults(text: pl.Series, *, wanted: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame({AT: pl.int_range(text.len(), eager=True), "found": text, "wanted": wanted})
    return frame.filter(pl.col("wanted").is_not_null()).select(
        AT, pl.lit(text.name).alias("column"), pl.col("found").str.slice(0, FOUND_CHARACTERS), "wanted"
    )


def _unread(text: pl.Series, *, values: pl.Series, wanted: str) -> ReadColumn:
    if values.null_count() == text.null_count():
        return ReadColumn(values=values, wanted=pl.Series([None], dtype=pl.String).new_from_index(0, text.len()))
    frame = pl.DataFrame({"text": text, "value": values})
    missed = pl.col("text").is_not_null() & pl.col("value").is_null()
    return ReadColumn(values=values, wanted=frame.select(pl.when(missed).then(pl.lit(wanted))).to_series())


def _read_text(text: pl.Series) -> ReadColumn:
    return _unread(text, values=text, wanted="text")


def _read_date(text: pl.Series, *, column: Column) -> ReadColumn:
    moments = read_moments(text)
    wanted = date_faults(text, read=moments)
    values = moments.cast(column.dtype)
    refused = wanted.is_not_null()
    return ReadColumn(values=values.set(refused, None) if refused.any() else values, wanted=wanted)


def _read_yes_no(text: pl.Series) -> ReadColumn:
    words = text.str.to_lowercase()
    answers = [True] * len(YES) + [False] * len(NO)
    values = words.replace_strict([*YES, *NO], answers, default=None, return_dtype=pl.Boolean)
    return _unread(text, values=values, wanted=WANTED_YES_NO)


def _read_number(text: pl.Series) -> ReadColumn:
    return _unread(text, values=_number(text), wanted=WANTED_NUMBER)


def _number(text: pl.Series) -> pl.Series:
    """Numbers with a pound sign, thousands commas, or brackets for less than nothing."""
    plain = text.str.to_lowercase().str.replace(r"^\((.*)\)$", "-$1")
    plain = plain.str.replace(r"^(-?)\s*(?:£|gbp)\s*(-?)", "$1$2").str.replace(r"\s*gbp$", "").str.strip_chars()
    well_formed = plain.str.contains(NUMBER).fill_null(False)
    number = plain.set(~well_formed, None).str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    return number.set(number.is_infinite().fill_null(False), None)


def _read_whole(text: pl.Series) -> ReadColumn:
    exact = text.str.replace_all(",", "", literal=True).cast(pl.Int64, strict=False)
    number = _number(text)
    # Beyond 2 to the 53rd a number with decimals is no longer exact; plain digits are read as they stand.
    whole = number.set(((number % 1 != 0) | (number.abs() > 2**53)).fill_null(False), None).cast(pl.Int64)
    exact = exact.set(number.is_null(), None)
    return _unread(text, values=exact.zip_with(exact.is_not_null(), whole), wanted=WANTED_WHOLE)


def normal(text: pl.Series) -> pl.Series:
    """Cells as the vocabulary writes them: lower case, words parted by one space."""
    return text.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", " ").str.strip_chars()


def _read_choice(text: pl.Series, *, table: Table, column: Column) -> ReadColumn:
    words = choice_words(table, column)
    values = normal(text).replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.String)
    return _unread(text, values=values.cast(column.dtype), wanted=f"one of: {', '.join(column.allowed)}")


def _read_choices(text: pl.Series, *, table: Table, column: Column) -> ReadColumn:
    """Several allowed words parted by `;`, written back in that form, each once, in the order found."""
    words = choice_words(table, column)
    frame = pl.DataFrame({AT: pl.int_range(text.len(), eager=True), "word": text.str.split(";")}).explode("word")
    plain = normal(frame["word"])
    frame = frame.with_columns(
        plain.alias("plain"),
        plain.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.String).alias("read"),
    ).filter(pl.col("plain") != "")
    whole = frame.group_by(AT, maintain_order=True).agg(
        pl.col("read").unique(maintain_order=True).str.join(";").alias("value"),
        pl.col("read").is_null().any().alias("bad"),
    )
    rows = pl.DataFrame({AT: pl.int_range(text.len(), eager=True)}).join(
        whole, on=AT, how="left", maintain_order="left"
    )
    values = rows.select(pl.when(~pl.col("bad")).then("value")).to_series()
    values = values.set((text.is_not_null() & rows["bad"].is_null()), "")
    read = _unread(text, values=values, wanted=f"some of: {', '.join(column.allowed)}; separated by ;")
    return ReadColumn(values=values.set(values == "", None), wanted=read.wanted)
