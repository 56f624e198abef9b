"""What figures are made of, derived once per load: the populations of a landlord and what ghost stages are found from,
kept beside the columnar copies.

Nothing in them depends on the day a figure speaks for, so after a load the clocks, the repeats and the learning of each
complaint are worked out once, and the texts of contacts read once, by the first who needs them; every later figure of
every quarter only reads what is kept. A file is named by the landlord, the store's version and the method that made it:
another load, another method or other words of the landlord's own, another file.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from metrics.ghosts.kept import FRAMES, kept_name
from metrics.populations import POPULATIONS, method_print
from metrics.records import Records
from store.database import Store
from store.files import KEEP_SUPERSEDED_SECONDS, is_older, write

# The populations whose working out grows with the number of complaints; the others are small.
KEPT = ("complaints", "stages", "commitments", "known_by_day")
READ_BY_GHOSTS = ("complaints", "contacts", "payments")
Keep = Callable[[str, Callable[[], pl.LazyFrame]], pl.LazyFrame]  # a name and how to work it out → what is kept


class Derived(Mapping[str, pl.LazyFrame]):
    """Name to kept frame, worked out by the first who asks for it: who looks for hidden stages waits for no clocks."""

    def __init__(self, on_demand: Mapping[str, Callable[["Derived"], pl.LazyFrame]]) -> None:
        self._on_demand = on_demand

    def __getitem__(self, name: str) -> pl.LazyFrame:
        return self._on_demand[name](self)

    def __contains__(self, name: object) -> bool:  # the inherited one would work the frame out
        return name in self._on_demand

    def __iter__(self) -> Iterator[str]:
        return iter(self._on_demand)

    def __len__(self) -> int:
        return len(self._on_demand)


def derived(store: Store, records: Records, version: int) -> Mapping[str, pl.LazyFrame]:
    """Population name to its kept frame, and what ghost stages are found from, each built where it is missing when
    first asked for. A landlord without complaints has no populations kept; without a table that ghost stages read, none
    of theirs."""
    keep = partial(_kept, store, records.landlord_code, version)
    populations = KEPT if "complaints" in records.frames else ()
    ghosts = FRAMES if any(table in records.frames for table in READ_BY_GHOSTS) else {}
    return Derived(
        {name: partial(_of_population, keep, records, name) for name in populations}
        | {kept_name(records, name): partial(_of_ghosts, keep, records, name) for name in ghosts}
    )


def _of_population(keep: Keep, records: Records, name: str, _: Derived) -> pl.LazyFrame:
    return keep(f"{name}-{method_print()}", lambda: POPULATIONS[name](records))


def _of_ghosts(keep: Keep, records: Records, name: str, others: Derived) -> pl.LazyFrame:
    """Marks are made of numbered complaints, and find those kept among the others."""
    return keep(kept_name(records, name), lambda: FRAMES[name](replace(records, derived=others)))


def _kept(
    store: Store, landlord_code: str, version: int, name: str, work_out: Callable[[], pl.LazyFrame]
) -> pl.LazyFrame:
    """A kept frame; `name` ends with the print of the method that makes it."""
    folder = store.snapshot_folder / "derived"
    what, _, method = name.rpartition("-")
    landlord = hashlib.sha256(landlord_code.encode()).hexdigest()[:12]
    file = folder / f"{what}-{landlord}-{version:x}-{method}.parquet"
    if not file.exists():
        write(work_out(), file)
        _remove_superseded(folder, f"{what}-{landlord}-*.parquet", kept=file)
    return pl.scan_parquet(file, glob=False)


def _remove_superseded(folder: Path, pattern: str, *, kept: Path) -> None:
    long_ago = time.time() - KEEP_SUPERSEDED_SECONDS
    for file in folder.glob(pattern):
        if file != kept and is_older(file, long_ago):
            file.unlink(missing_ok=True)
