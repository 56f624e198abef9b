"""Read what a landlord hands over: CSV, Excel, Parquet, gzip, a zip of them, or a folder."""

import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from intake import limits
from intake.archives import RefusedError, check_workbook, members, ungzipped
from intake.csv_files import read_csv
from intake.notices import Notice
from intake.raw import ROW, RawTable, filled_rows, unreadable
from intake.signatures import CONTENT_WORDS, FORMATS_READ, content_of, expected_content, is_ours
from intake.xlsx_files import read_xlsx

__all__ = ["RawTable", "read_many", "read_tables"]


def read_tables(
    source: Path | str | bytes, *, name: str | None = None, expected: Collection[str] = ()
) -> list[RawTable]:
    """Every table in a file, folder or zip, as text with true row numbers.

    `source` is a path, or the bytes of a file called `name`. `expected` names columns a saved mapping looks for, which
    helps to find the header. Never raises for what a file holds: a file that cannot be read is a raw table without
    rows that carries its refusal. Raises FileNotFoundError for a path that is not there.
    """
    if isinstance(source, bytes):
        return list(_from_bytes(source, file=name or "upload", expected=expected))
    path = Path(source)
    if path.is_dir():
        return list(_from_folder(path, expected=expected))
    if not path.exists():
        raise FileNotFoundError(f"no file or folder at {path}")
    return list(_from_path(path, file=name or path.name, expected=expected))


def read_many(sources: Iterable[Path | str], *, expected: Collection[str] = ()) -> list[RawTable]:
    """Every table in several files, folders and zips."""
    return [table for source in sources for table in read_tables(source, expected=expected)]


def _from_folder(folder: Path, *, expected: Collection[str]) -> Iterator[RawTable]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    files = [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    if not any(is_ours(path.name) for path in files):
        yield unreadable(folder.name, found="a folder without files to read", wanted=FORMATS_READ)
        return
    for path in files:
        name = path.relative_to(folder).as_posix()
        yield from _from_path(path, file=name, expected=expected) if is_ours(name) else (_passed_over(name),)


def _from_path(path: Path, *, file: str, expected: Collection[str]) -> Iterator[RawTable]:
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        yield _too_large(file, size)
        return
    yield from _from_bytes(path.read_bytes(), file=file, expected=expected)


def _from_bytes(content: bytes, *, file: str, expected: Collection[str], inside: bool = False) -> Iterator[RawTable]:
    if len(content) > limits.MAX_FILE_BYTES:
        yield _too_large(file, len(content))
        return
    held = content_of(content)
    promised = expected_content(file)
    if held == "empty":
        yield unreadable(file, found="an empty file", wanted="a header row and at least one record")
    elif held not in ("text", "zip", "workbook", "parquet", "gzip"):
        yield unreadable(file, found=CONTENT_WORDS[held], wanted=FORMATS_READ)
    elif promised is not None and held != promised:
        yield unreadable(file, found=f"{CONTENT_WORDS[held]} under this name", wanted=CONTENT_WORDS[promised])
    else:
        yield from _by_content(content, held=held, file=file, expected=expected, inside=inside)


def _by_content(content: bytes, *, held: str, file: str, expected: Collection[str], inside: bool) -> Iterator[RawTable]:
    try:
        match held:
            case "workbook":
                check_workbook(content)
                yield from read_xlsx(content, file=file, expected=expected)
            case "parquet":
                yield _read_parquet(content, file=file)
            case "gzip":
                yield from _from_gzip(content, file=file, expected=expected)
            case "zip" if inside:
                raise RefusedError("a zip within a zip", "the files themselves in one zip")
            case "zip":
                yield from _from_zip(content, file=file, expected=expected)
            case _:
                yield read_csv(content, file=file, expected=expected)
    except RefusedError as refused:
        yield unreadable(file, found=refused.found, wanted=refused.wanted)


def _from_gzip(content: bytes, *, file: str, expected: Collection[str]) -> Iterator[RawTable]:
    unfolded = ungzipped(content)
    if content_of(unfolded) in ("gzip", "zip"):
        raise RefusedError("an archive within an archive", "the files themselves")
    inner = file.removesuffix(".gz")
    for table in _from_bytes(unfolded, file=inner, expected=expected, inside=True):
        yield replace(
            table,
            file=file,
            refused=tuple(replace(notice, file=notice.file.replace(inner, file, 1)) for notice in table.refused),
            warnings=tuple(replace(notice, file=notice.file.replace(inner, file, 1)) for notice in table.warnings),
        )


def _from_zip(content: bytes, *, file: str, expected: Collection[str]) -> Iterator[RawTable]:
    """All of a zip or, where a guard trips half-way, only the refusal."""
    tables: list[RawTable] = []
    for name, data in members(content):
        label = f"{file}/{name}"
        if any(part.startswith(".") for part in name.split("/")) or name.startswith("__MACOSX/"):
            continue
        if is_ours(name):
            tables.extend(_from_bytes(data, file=label, expected=expected, inside=True))
        else:
            tables.append(_passed_over(label))
    if not any(table.refused or table.columns for table in tables):
        raise RefusedError("a zip without files to read", FORMATS_READ)
    yield from tables


def _passed_over(file: str) -> RawTable:
    notice = Notice(file=file, found="a file that is not records", wanted=f"{FORMATS_READ}; it was passed over")
    return RawTable(file=file, frame=pl.DataFrame(schema={ROW: pl.Int64}), warnings=(notice,))


def _too_large(file: str, size: int) -> RawTable:
    most = limits.MAX_FILE_BYTES // 1_000_000
    return unreadable(file, found=f"a file of {size // 1_000_000:,} MB", wanted=f"at most {most:,} MB a file")


def _read_parquet(content: bytes, *, file: str) -> RawTable:
    """The first record is row 2, as it would be with the column names above it in a spreadsheet."""
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        return unreadable(file, found=f"a damaged Parquet file ({str(error)[:80]})", wanted="a Parquet file that opens")
    nested = [name for name, dtype in frame.schema.items() if dtype in (pl.Struct, pl.Binary, pl.Object)]
    if nested:
        found = f"a column that is not a plain value: {nested[0]}"
        return unreadable(file, found=found, wanted="columns of text, numbers, dates or yes/no")
    text = frame.select(_as_text(name, dtype=dtype) for name, dtype in frame.schema.items())
    numbered = text.with_row_index(ROW, offset=2).with_columns(pl.col(ROW).cast(pl.Int64))
    return RawTable(file=file, frame=filled_rows(numbered))


def _as_text(name: str, *, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.List | pl.Array):
        return column.cast(pl.List(pl.String)).list.join(";")
    if isinstance(dtype, pl.Datetime):
        # A zone is written out, so that the reader of dates can turn it into local time.
        return column.dt.to_string("%Y-%m-%d %H:%M:%S%.6f" + ("%:z" if dtype.time_zone else ""))
    return column.cast(pl.String)
