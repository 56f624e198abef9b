"""Every load that was made: who, when, which files, what became of their rows, and the rows that were refused."""

import getpass
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import polars as pl
from sqlalchemy import ColumnElement, Connection, insert, select, true

from intake.prepare import REASONS as NOTES
from intake.prepared import Prepared
from intake.refusals import refusal_workbook
from metrics.records import TABLE_BY_NAME
from store.database import Store, reading
from store.tables import Load, LoadFile, LoadRefusal, LoadTable, metadata

REASONS = "reasons"
WARNINGS = "warnings"
MASKED = "masked"


@dataclass(frozen=True, kw_only=True)
class TableCounts:
    """What became of one table's rows: kept are new, changed are corrected, unchanged said what was stored already."""

    kept: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts by their names."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class FileSeen:
    """A file that came with a load: its name and the SHA-256 of its bytes."""

    file: str
    sha256: str

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> "FileSeen":
        """A file held in memory, such as an upload."""
        return cls(file=name, sha256=hashlib.sha256(content).hexdigest())


def files_at(paths: Iterable[Path]) -> list[FileSeen]:
    """The files on disk behind `paths`; a folder stands for every file in it."""
    files: list[Path] = []
    for path in paths:
        files += sorted(inside for inside in path.rglob("*") if inside.is_file()) if path.is_dir() else [path]
    return [FileSeen(file=file.name, sha256=_sha256(file)) for file in files]


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One load, as the history shows it. `loaded_at` is in UTC."""

    token: str
    loaded_at: datetime
    loaded_by: str
    method: str
    extract_date: date | None
    load: int | None = None
    files: tuple[FileSeen, ...] = ()
    tables: Mapping[str, TableCounts] | None = None

    @classmethod
    def begun(cls, loaded_by: str | None, *, method: str, extract_date: date | None) -> "Visit":
        """A visit that begins now; without a name it is the person signed in to this machine."""
        return cls(
            token=uuid4().hex,
            loaded_at=datetime.now(UTC).replace(tzinfo=None),
            loaded_by=loaded_by or account(),
            method=method,
            extract_date=extract_date,
        )


def account() -> str:
    """The account of this machine that the program runs under."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no account of that number, as in some containers
        return "unknown"


def record(connection: Connection, visit: Visit, files: Sequence[FileSeen], tables: Mapping[str, TableCounts]) -> int:
    """Write the visit within the load's own transaction; gives the load's number."""
    made = connection.execute(
        insert(Load).values(
            token=visit.token,
            loaded_at=visit.loaded_at,
            loaded_by=visit.loaded_by,
            method=visit.method,
            extract_date=visit.extract_date,
        )
    )
    assert made.inserted_primary_key is not None
    number = int(made.inserted_primary_key[0])
    if files:
        rows = [{"load": number, "position": place, **asdict(file)} for place, file in enumerate(files)]
        connection.execute(insert(LoadFile), rows)
    if tables:
        connection.execute(
            insert(LoadTable),
            [{"load": number, "table_name": name, **counts.as_json()} for name, counts in tables.items()],
        )
    return number


def keep_refusals(connection: Connection, load: int, refused: pl.DataFrame, prepared: Prepared) -> None:
    """Keep a load's refused rows and reasons beside it, and where something was masked. Of refused rows only the
    columns that are protected: what else a file holds stays in the file."""
    refused_rows = {
        name: rows.select(each for each in rows.columns if each in (*NOTES, *TABLE_BY_NAME[name].schema))
        for name, rows in prepared.refused_rows.items()
    }
    parts = {REASONS: refused, WARNINGS: prepared.warnings, MASKED: prepared.masked, **refused_rows}
    rows = [{"load": load, "part": name, "content": as_parquet(frame)} for name, frame in parts.items() if frame.height]
    if rows:
        connection.execute(insert(LoadRefusal), rows)


def as_parquet(frame: pl.DataFrame) -> bytes:
    """A frame as the store keeps it in a cell."""
    content = BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def refused_workbook(store: Store, load: int) -> bytes | None:
    """The workbook of a load's refused rows, to be mended and loaded again; None where no row was refused, and where
    the load is not among those this reader sees. Raises RefusedError."""
    store.reader.require("load")
    with reading(store) as connection:
        loads = metadata.tables["loads"]
        if connection.execute(select(loads.c.load).where(loads.c.load == load, _within_reach(store))).first() is None:
            return None
        table = metadata.tables["load_refusals"]
        found = connection.execute(select(table.c.part, table.c.content).where(table.c.load == load)).all()
        parts = {part: pl.read_parquet(BytesIO(content)) for part, content in found}
    for beside in (WARNINGS, MASKED):
        parts.pop(beside, None)
    reasons = parts.pop(REASONS, None)
    return None if reasons is None else refusal_workbook(parts, reasons)


def rows_refused_last(store: Store, landlord_code: str) -> tuple[tuple[str, int], ...]:
    """How many rows of a landlord the last load that refused any of them refused, by table; a row that names no
    landlord is counted too. Raises RefusedError for who may not load."""
    store.reader.require("load", landlord_code)
    loads, table = metadata.tables["loads"], metadata.tables["load_refusals"]
    rows_alone = table.c.part.not_in((REASONS, WARNINGS))
    with reading(store) as connection:
        refusing = select(table.c.load).distinct().join(loads, loads.c.load == table.c.load)
        found = refusing.where(rows_alone, _within_reach(store)).order_by(table.c.load.desc())
        for load in connection.execute(found).scalars().all():
            parts = select(table.c.part, table.c.content).where(table.c.load == load, rows_alone).order_by(table.c.part)
            counts = [(part, _of(content, landlord_code)) for part, content in connection.execute(parts)]
            if refused := tuple((part, count) for part, count in counts if count):
                return refused
    return ()


def _of(content: bytes, landlord_code: str) -> int:
    rows = pl.read_parquet(BytesIO(content))
    if "landlord_code" not in rows.columns:
        return rows.height
    named = pl.col("landlord_code").str.strip_chars()
    return rows.filter((named == landlord_code) | named.is_null() | (named == "")).height


def _within_reach(store: Store) -> ColumnElement[bool]:
    if store.reader.landlords is None:
        return true()
    return metadata.tables["loads"].c.loaded_by == store.reader.name


def history(store: Store, *, limit: int = 100) -> list[Visit]:
    """The last loads, newest first. Who does not see every landlord sees only loads of their own, because a load may
    hold rows of any. Raises RefusedError for who may not load."""
    store.reader.require("load")
    with reading(store) as connection:
        loads = metadata.tables["loads"]
        asked = select(loads).where(_within_reach(store)).order_by(loads.c.load.desc()).limit(limit)
        newest = connection.execute(asked).mappings().all()
        numbers = [row["load"] for row in newest]
        files, tables = metadata.tables["load_files"], metadata.tables["load_tables"]
        came = connection.execute(select(files).where(files.c.load.in_(numbers)).order_by(files.c.position)).all()
        did = connection.execute(select(tables).where(tables.c.load.in_(numbers)).order_by(tables.c.table_name)).all()
    return [
        Visit(
            **row,
            files=tuple(FileSeen(file=f.file, sha256=f.sha256) for f in came if f.load == row["load"]),
            tables={
                t.table_name: TableCounts(kept=t.kept, changed=t.changed, unchanged=t.unchanged, refused=t.refused)
                for t in did
                if t.load == row["load"]
            },
        )
        for row in newest
    ]
