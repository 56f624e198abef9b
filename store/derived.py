"""What indicators count, derived once per load: the populations of a landlord, kept beside the columnar copies.

Nothing in a population depends on the day a figure speaks for, so after a load the clocks, the repeats and the learning
of each complaint are worked out once, by the first reader, and every later figure of every quarter only reads them. A
file is named by the landlord, the store's version and the method that made it: another load or another method, another
file.
"""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from metrics.populations import POPULATIONS, method_print
from metrics.records import Records
from store.database import Store
from store.files import KEEP_SUPERSEDED_SECONDS, is_older, write

# The populations whose working out grows with the number of complaints; the others are small.
KEPT = ("complaints", "stages", "commitments", "known_by_day")


def derived(store: Store, records: Records, version: int) -> Mapping[str, pl.LazyFrame]:
    """Population name to its kept frame, built where it is missing. A landlord without complaints has none."""
    if "complaints" not in records.frames:
        return {}
    return {name: pl.scan_parquet(_kept(store, records, version, name), glob=False) for name in KEPT}


def _kept(store: Store, records: Records, version: int, name: str) -> Path:
    folder = store.snapshot_folder / "derived"
    landlord = hashlib.sha256(records.landlord_code.encode()).hexdigest()[:12]
    file = folder / f"{name}-{landlord}-{version:x}-{method_print()}.parquet"
    if not file.exists():
        write(POPULATIONS[name](records), file)
        _remove_superseded(folder, f"{name}-{landlord}-*.parquet", kept=file)
    return file


def _remove_superseded(folder: Path, pattern: str, *, kept: Path) -> None:
    long_ago = time.time() - KEEP_SUPERSEDED_SECONDS
    for file in folder.glob(pattern):
        if file != kept and is_older(file, long_ago):
            file.unlink(missing_ok=True)
