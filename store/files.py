"""Writing columnar files so that a reader never meets half of one."""

import os
from pathlib import Path
from uuid import uuid4

import polars as pl
from polars.exceptions import ComputeError

from store.database import StoreUnavailableError

# Small enough that one landlord's rows, or one year of them, leave most of a large file unread.
ROW_GROUP_ROWS = 65_536
# A reader may have opened its view on a copy a while ago and collect it only now.
KEEP_SUPERSEDED_SECONDS = 3600


def write(rows: pl.LazyFrame, file: Path) -> None:
    """Write rows as a file: whole or not at all. Raises StoreUnavailableError where there is no room for it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half_done = file.with_name(f".{file.stem}.{os.getpid()}.{uuid4().hex[:8]}.part")
    try:
        rows.sink_parquet(half_done, compression="lz4", row_group_size=ROW_GROUP_ROWS)
        with half_done.open("rb") as written:
            os.fsync(written.fileno())  # a power cut must not leave an empty file under a name that counts
        half_done.replace(file)
    except (OSError, ComputeError) as fault:
        if isinstance(fault, ComputeError) and not str(fault).startswith("parquet: "):
            raise
        raise StoreUnavailableError(f"{file.parent} cannot be written to: {fault}") from fault
    finally:
        half_done.unlink(missing_ok=True)


def is_older(file: Path, moment: float) -> bool:
    """Was the file written before that moment? A file that is gone counts as old."""
    try:
        return file.stat().st_mtime < moment
    except FileNotFoundError:
        return True
