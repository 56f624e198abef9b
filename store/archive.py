"""A backup as a file: a zip of one plain Parquet file a table, and a manifest that says how many rows each holds and
what its bytes hash to. It knows no database, so it can be restored into either."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import polars as pl
from polars.exceptions import PolarsError
from pydantic import BaseModel, ConfigDict, ValidationError

MANIFEST = "manifest.json"
# What Python's reader of zips raises for damaged ones, by where the damage is.
_NO_ZIP = (BadZipFile, NotImplementedError, RuntimeError, EOFError)


class ArchiveError(ValueError):
    """The file is no backup, or a damaged one; the message says what is wrong with it."""


class TableKept(BaseModel):
    """One table of an archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What an archive says of itself. `tables_version` is the migration its tables are of; the three about the audit
    are what its chain was when the backup was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    made_at: datetime
    tables_version: str
    method_version: str
    audit_entries: int
    audit_last_hash: str
    audit_fault: str | None
    tables: dict[str, TableKept]


@dataclass(frozen=True, kw_only=True)
class Archive:
    """An archive that was opened and found whole."""

    manifest: Manifest
    zip: ZipFile

    def read(self, name: str) -> pl.DataFrame:
        """One table. Raises ArchiveError."""
        kept = self.manifest.tables[name]
        content = self.zip.read(_member(name))
        if hashlib.sha256(content).hexdigest() != kept.sha256:
            raise ArchiveError(f"the backup is damaged: {_member(name)} is not what its manifest says")
        try:
            frame = pl.read_parquet(BytesIO(content))
        except (PolarsError, OSError) as fault:
            raise ArchiveError(f"the backup is damaged: {_member(name)} cannot be read ({fault})") from fault
        if frame.height != kept.rows:
            raise ArchiveError(f"the backup is damaged: {_member(name)} holds {frame.height} rows, not {kept.rows}")
        return frame


class Writing:
    """An archive in the making."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "archive.zip"
        self._zip = ZipFile(self.file, "w", ZIP_STORED)
        self._folder = folder
        self.tables: dict[str, TableKept] = {}

    def add(self, name: str, rows: pl.DataFrame) -> None:
        """Put a table in."""
        file = self._folder / "table.parquet"
        rows.write_parquet(file, compression="zstd")
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self._zip.write(file, _member(name))
        self.tables[name] = TableKept(rows=rows.height, sha256=digest)

    def close(self, manifest: Manifest) -> None:
        """Put the manifest in, and see that all of it is on the disk."""
        self._zip.writestr(MANIFEST, json.dumps(manifest.model_dump(mode="json"), indent=2))
        self._zip.close()
        with self.file.open("rb") as written:
            os.fsync(written.fileno())


@contextmanager
def writing_archive(path: Path) -> Iterator[Writing]:
    """An archive to be, readable by this account only; at `path` once it is whole, or not at all. Raises
    FileExistsError rather than write over a file."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: a backup is not written over another file")
    # A temporary folder is its owner's only, and what is made in it moves with its rights.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as made:
        begun = Writing(Path(made))
        yield begun
        begun.file.chmod(0o600)
        os.link(begun.file, path)  # unlike a move, it never takes another file's place


@contextmanager
def reading_archive(path: Path) -> Iterator[Archive]:
    """An archive whose every byte is what its manifest says. Raises ArchiveError, and OSError where there is no such
    file."""
    with ExitStack() as opened:
        try:
            zipped = opened.enter_context(ZipFile(path))
            archive = Archive(manifest=_manifest(zipped, path), zip=zipped)
            _hold_whole(archive)
        except _NO_ZIP as fault:
            raise ArchiveError(f"{path} is no backup, or a damaged one: {fault}") from fault
        yield archive


def _manifest(opened: ZipFile, path: Path) -> Manifest:
    if MANIFEST not in opened.namelist():
        raise ArchiveError(f"{path} is no backup: there is no {MANIFEST} in it")
    try:
        return Manifest.model_validate_json(opened.read(MANIFEST))
    except ValidationError as fault:
        wrong = fault.errors()[0]
        where = ".".join(map(str, wrong["loc"])) or MANIFEST
        raise ArchiveError(f"{path}: its manifest is of another format, or damaged ({where}: {wrong['msg']})") from None


def _hold_whole(archive: Archive) -> None:
    wanted = {_member(name): kept for name, kept in archive.manifest.tables.items()} | {MANIFEST: None}
    held = archive.zip.namelist()
    if sorted(held) != sorted(wanted):
        differing = ", ".join(sorted(set(held) ^ set(wanted))) or "a file twice"
        raise ArchiveError(f"the backup is damaged: its files are not those of its manifest ({differing})")
    for member, kept in wanted.items():
        with archive.zip.open(member) as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads bytes
        if kept is not None and digest != kept.sha256:
            raise ArchiveError(f"the backup is damaged: {member} is not what its manifest says")


def _member(name: str) -> str:
    return f"tables/{name}.parquet"
