"""Read delimited text: encoding, delimiter and header found, every cell kept as text."""

import csv
import io
from collections.abc import Collection

import polars as pl

from intake.export import unmarked
from intake.headers import header_row
from intake.limits import HEADER_SEARCH_ROWS, MAX_COLUMNS, SAMPLE_BYTES
from intake.notices import Notice
from intake.raw import ROW, RawTable, filled_rows, named_columns, unreadable
from intake.vocabulary import known_header, normalised

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
NOT_OURS = {"|": "vertical bar |", "~": "tilde ~", "^": "caret ^", ":": "colon"}
OVERFLOW = "#overflow"
# Bytes below the tab stand for nothing in text; a tenth of them means that this is none.
NEVER_TEXT = bytes(range(9))
WANTED_QUOTES = 'a file in which every quote mark " that opens is closed, and quotes inside a cell are doubled'
WANTED_DELIMITER = "columns separated by comma, semicolon or tab, with their names in one row"


class NotTextError(ValueError):
    """The bytes are not text in any encoding we read."""


def as_utf8(content: bytes) -> tuple[bytes, str | None]:
    """The same text as UTF-8 without a byte order mark, and a caveat where the encoding had to be supposed.

    Guessing libraries read cp1252 as cp1250 or MacRoman, so nothing is guessed: UTF-8 (or UTF-16 with its mark), else
    cp1252, and the reader is told. Raises NotTextError.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16").encode(), None
        except UnicodeDecodeError as error:
            raise NotTextError("text that begins as UTF-16 but breaks off") from error
    content = content.removeprefix(b"\xef\xbb\xbf")
    sample = content[:SAMPLE_BYTES]
    if len(sample.translate(None, delete=NEVER_TEXT)) < len(sample) * 0.9:
        raise NotTextError("binary data, or UTF-16 without a byte order mark")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252").encode(), "text that is not UTF-8; read as Windows-1252"
        except UnicodeDecodeError as error:
            raise NotTextError("bytes that are neither UTF-8 nor Windows-1252 text") from error
    return content, None


def read_csv(content: bytes, *, file: str, expected: Collection[str] = ()) -> RawTable:
    """One delimited text file as a raw table; a file that cannot be read comes back refused, with the reason."""
    try:
        text, caveat = as_utf8(content)
    except NotTextError as error:
        return unreadable(file, found=str(error), wanted="a CSV file saved as UTF-8")
    if b"\r" in text and b"\n" not in text[:SAMPLE_BYTES]:
        text = text.replace(b"\r", b"\n")
    if not text.strip():
        return unreadable(file, found="an empty file", wanted="a header row and at least one record")
    sample = _sample_rows(text)
    delimiter = _delimiter(sample, expected)
    if delimiter is None:
        return unreadable(file, found=_other_delimiter(sample), wanted=WANTED_DELIMITER)
    rows = _split(sample, delimiter)
    header = header_row(rows, expected=expected)
    if header is None:
        return unreadable(file, found="no row with column names", wanted=WANTED_DELIMITER)
    if clash := _clash(rows, header=header, delimiter=delimiter):
        return unreadable(file, found=clash, wanted=WANTED_DELIMITER)
    warnings = (
        (Notice(file=file, found=caveat, wanted="UTF-8; check names with accents and £ signs"),) if caveat else ()
    )
    return _whole(text, file=file, delimiter=delimiter, header=header, names=rows[header], warnings=warnings)


def _sample_rows(text: bytes) -> str:
    sample = text[:SAMPLE_BYTES].decode("utf-8", errors="ignore")
    if len(text) > SAMPLE_BYTES and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    return sample.replace("\x00", "")


def _split(sample: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= HEADER_SEARCH_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _delimiter(sample: str, expected: Collection[str]) -> str | None:
    """The delimiter under which a row shows most column names; where none is known, the one that gives even rows."""
    wanted = {normalised(name) for name in expected}

    def merit(delimiter: str) -> tuple[int, float, int]:
        rows = [row for row in _split(sample, delimiter) if any(cell.strip() for cell in row)]
        known = max((sum(known_header(n) or n in wanted for n in map(normalised, row)) for row in rows), default=0)
        widths = [len(row) for row in rows]
        common = max(set(widths), key=widths.count) if widths else 0
        even = widths.count(common) / len(widths) if common > 1 else 0.0
        return known if max(widths, default=0) > 1 else 0, even, common

    best = max(DELIMITERS, key=merit)
    known, even, _ = merit(best)
    return best if known or even else None


def _other_delimiter(sample: str) -> str:
    lines = [line for line in sample.splitlines() if line.strip()][:HEADER_SEARCH_ROWS]
    first = "".join(sign for sign in lines[0][:80] if sign.isprintable())
    for sign, name in NOT_OURS.items():
        if lines and all(line.count(sign) == lines[0].count(sign) > 0 for line in lines):
            return f"columns separated by {name} in row 1: {first}"
    return f"one column only, no separator in row 1: {first}"


def _clash(rows: list[list[str]], *, header: int, delimiter: str) -> str | None:
    """A header parted by one sign over records parted by another."""
    below = [row for row in rows[header + 1 :] if any(cell.strip() for cell in row)]
    if len(below) < 1 or any(len(row) > 1 for row in below):
        return None
    for other, name in DELIMITERS.items():
        if other != delimiter and all(other in row[0] for row in below):
            return f"a header separated by {DELIMITERS[delimiter]} over records separated by {name}"
    return None


def _whole(
    text: bytes, *, file: str, delimiter: str, header: int, names: list[str], warnings: tuple[Notice, ...]
) -> RawTable:
    width = len(names)
    while width > 1 and not names[width - 1].strip():
        width -= 1
    if width > MAX_COLUMNS:
        return unreadable(file, found=f"{width:,} columns", wanted=f"at most {MAX_COLUMNS:,} columns")
    columns = named_columns(list(names), width=width)
    try:
        frame = _parsed(text, delimiter=delimiter, header=header, columns=columns)
        if frame.is_empty() and text.rstrip().count(b"\n") > header:
            # A quote mark of the header ran on over the records.
            raise pl.exceptions.ComputeError("no record after the header")
    except pl.exceptions.PolarsError:
        try:
            mended = _mended(text, delimiter=delimiter)
            frame = _parsed(mended, delimiter=delimiter, header=header, columns=columns)
        except (csv.Error, pl.exceptions.PolarsError) as error:
            return unreadable(file, found=f"text that does not part into cells ({error})", wanted=WANTED_QUOTES)
    frame = unmarked(frame)
    numbered = frame.with_row_index(ROW, offset=header + 2).with_columns(pl.col(ROW).cast(pl.Int64))
    return _without_overflow(numbered, file=file, width=width, warnings=warnings)


def _parsed(text: bytes, *, delimiter: str, header: int, columns: list[str]) -> pl.DataFrame:
    return pl.read_csv(
        text,
        separator=delimiter,
        has_header=False,
        skip_rows=header + 1,
        schema=dict.fromkeys([*columns, OVERFLOW], pl.String()),
        missing_columns="insert",
        truncate_ragged_lines=True,
        raise_if_empty=False,
    )


def _mended(text: bytes, *, delimiter: str) -> bytes:
    """The same records with stray quote marks inside cells (5" pipe) doubled, as the standard wants them.

    Slower than Polars, so only for files it cannot read. Raises csv.Error, which names the line, where a quote mark
    opens a cell and never closes it.
    """
    mended = io.StringIO(newline="")
    writer = csv.writer(mended, delimiter=delimiter, lineterminator="\n")
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter, strict=True)
    try:
        # A blank line stays one, or the rows below it would be counted wrong.
        writer.writerows(row or [""] for row in reader)
    except csv.Error as error:
        raise csv.Error(f"line {reader.line_num:,}: {error}") from error
    return mended.getvalue().encode()


def _without_overflow(frame: pl.DataFrame, *, file: str, width: int, warnings: tuple[Notice, ...]) -> RawTable:
    """Refuse rows with more filled cells than the header has names: their cells may have shifted. The rows stay in the
    frame, so that they can be handed back."""
    too_wide = frame.filter(pl.col(OVERFLOW).str.strip_chars().str.len_bytes() > 0)
    refused = tuple(
        Notice(
            file=file,
            row=row,
            found=f"more cells than the header's {width}: {cell[:60]}",
            wanted="as many cells as the header; a cell that holds the separator stands in quote marks",
        )
        for row, cell in too_wide.select(ROW, OVERFLOW).iter_rows()
    )
    return RawTable(file=file, frame=filled_rows(frame.drop(OVERFLOW)), refused=refused, warnings=warnings)
