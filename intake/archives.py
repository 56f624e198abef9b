"""Open zip and gzip without trusting what they say of themselves."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from intake import limits

CHUNK = 1 << 20


class RefusedError(ValueError):
    """An archive that is not opened; `found` and `wanted` say why."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"found {found}; wanted {wanted}")
        self.found = found
        self.wanted = wanted


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in a zip. Nothing is ever written to disk, so a name can lead nowhere.

    Raises RefusedError for too many files, for more bytes or a higher ratio than `limits` allow (measured while
    unfolding, whatever the archive claims), for encryption and for damage.
    """
    with _opened(content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        check_claims(entries, packed=len(content))
        budget = limits.MAX_UNFOLDED_BYTES
        for entry in entries:
            data = _unfolded(archive, entry, budget=budget)
            budget -= len(data)
            yield safe_name(entry.filename), data


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise RefusedError(f"a damaged zip file ({error})", "a zip file that opens") from error


def check_claims(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    """Refuse by what the archive says of itself, before a byte is unfolded."""
    if len(entries) > limits.MAX_ARCHIVE_FILES:
        raise RefusedError(f"{len(entries):,} files in one archive", f"at most {limits.MAX_ARCHIVE_FILES:,} files")
    check_size(sum(entry.file_size for entry in entries), packed=packed)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedError("an archive protected by a password", "an archive without a password")


def check_size(unfolded: int, *, packed: int) -> None:
    """Refuse more bytes, or a higher ratio of unfolded to packed bytes, than the limits allow."""
    if unfolded > limits.MAX_UNFOLDED_BYTES:
        most = limits.MAX_UNFOLDED_BYTES // 1_000_000
        raise RefusedError(f"an archive that unfolds to more than {most:,} MB", f"at most {most:,} MB unfolded")
    if unfolded > limits.RATIO_JUDGED_FROM_BYTES and unfolded > limits.MAX_RATIO * packed:
        raise RefusedError(
            f"an archive that unfolds to {unfolded // max(packed, 1):,} times its size",
            f"at most {limits.MAX_RATIO} times: this looks like a zip bomb",
        )


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, budget: int) -> bytes:
    parts: list[bytes] = []
    total = 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(CHUNK):
                total += len(part)
                if total > budget:
                    check_size(limits.MAX_UNFOLDED_BYTES + 1, packed=entry.compress_size)
                check_size(total, packed=max(entry.compress_size, 1))
                parts.append(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(f"a damaged zip file ({error})", "a zip file that opens") from error
    return b"".join(parts)


def check_workbook(content: bytes) -> frozenset[str]:
    """Guard a workbook, which is a zip too, by the same limits; gives the names of its parts. Raises RefusedError."""
    with _opened(content) as archive:
        entries = archive.infolist()
        check_claims([entry for entry in entries if not entry.is_dir()], packed=len(content))
        budget = limits.MAX_UNFOLDED_BYTES
        for entry in entries:
            budget -= len(_unfolded(archive, entry, budget=budget))
        return frozenset(archive.namelist())


def ungzipped(content: bytes) -> bytes:
    """The bytes in a gzip file. Raises RefusedError."""
    parts: list[bytes] = []
    total = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            while part := stream.read(CHUNK):
                total += len(part)
                check_size(total, packed=len(content))
                parts.append(part)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise RefusedError(f"a damaged gzip file ({error})", "a gzip file that opens") from error
    return b"".join(parts)


def safe_name(name: str) -> str:
    """The name as shown in reasons: no way up, no drive, no control characters."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/", ".")]
    shown = "/".join(parts).replace(":", "_")
    return "".join(sign if sign.isprintable() else "_" for sign in shown) or "unnamed"
