"""From a loaded store to all indicators and the position, against a bare scan, DuckDB and pandas, in one run.

python -m benchmarks.indicators [--sizes 10000 100000 1000000] [--skewed 100000] [--turns 5] [--no-rivals] [--no-peaks]

The counts of the product and of both rivals are compared on every run and must be equal. Rivals count the shares that
complaints, commitments and learning actions give, and their position; the product's times are of its whole job.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks import counts, with_duckdb, with_pandas
from benchmarks.measure import Timing, in_turns, peak_megabytes, peak_of, table
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import drop_derived, filled
from metrics.assessment import Workings, assess, place, placement_of, read_indicators, trajectory
from metrics.catalogue import INDICATORS
from metrics.placement.chain import chain_days
from metrics.records import Records
from store.database import Store, open_store
from store.snapshot import current, read_records

HOT = 20_000
SIZES = (10_000, 100_000, 1_000_000)
SCAN = "bare scan of the columns"
ONE = "all indicators and the position, warm"
POSITION = "the position alone (nine quarter ends), warm"
READ = "all indicators alone (one day), warm"
EVERYTHING = "everything a page shows (assess), warm"
TRAJECTORY = "trajectory of eight quarters, warm"
COLD = "all indicators and the position, first reader after a load"
Works = Mapping[str, Callable[[], object]]


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one size gave: timings by name, peaks in megabytes by name, and whether all agreed."""

    complaints: int
    hot: int
    timings: dict[str, Timing]
    cold: dict[str, Timing]
    peaks: dict[str, float]


def works(store: Store, *, rivals: bool) -> Works:
    """What takes turns: each begins with the store and ends with figures."""

    def read() -> Records:
        return read_records(store, LANDLORD)

    ours: Works = {
        SCAN: lambda: counts.bare_scan(read()),
        ONE: lambda: both(read()),
        POSITION: lambda: place(read(), AS_AT),
        READ: lambda: read_indicators(read(), AS_AT),
        TRAJECTORY: lambda: trajectory(read(), AS_AT),
        EVERYTHING: lambda: assess(read(), AS_AT),
        "the shares rivals count, warm": lambda: placed(counts.ours(read(), AS_AT)),
    }
    return {**ours, **rival_works(store)} if rivals else ours


def rival_works(store: Store) -> Works:
    """The same shares and the position they give, from the same files."""
    files = current(store).files
    return {
        "DuckDB": lambda: placed(with_duckdb.counts(files, AS_AT)),
        "pandas": lambda: placed(with_pandas.counts(files, AS_AT)),
    }


def placed(counted: pl.DataFrame) -> int:
    """The position of counts."""
    return counts.position(counted, AS_AT)


def both(records: Records) -> None:
    """One as_at: all indicators and the position, from one counting."""
    workings = Workings(records, AS_AT, days=chain_days(AS_AT), indicators=INDICATORS)
    workings.readings(AS_AT)
    placement_of(workings)


def first_reader(store: Store) -> None:
    """The same, with the kept populations to be worked out first."""
    drop_derived(store)
    both(read_records(store, LANDLORD))


def check(store: Store) -> None:
    """Raise AssertionError where a rival counts otherwise than the product."""
    files = current(store).files
    mine = counts.ours(read_records(store, LANDLORD), AS_AT)
    if mine.is_empty():
        raise AssertionError("nothing was counted")
    for name, theirs in (("DuckDB", with_duckdb.counts(files, AS_AT)), ("pandas", with_pandas.counts(files, AS_AT))):
        apart = counts.differences(mine, theirs)
        if apart:
            raise AssertionError(f"{name} counts otherwise: {'; '.join(apart)}")


def measured(complaints: int, *, hot: int = 0, turns: int, rivals: bool = True, peaks: bool = True) -> Result:
    """Draw, load, compare, measure one size. Raises AssertionError where the engines disagree."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), records(complaints, hot=hot))
        if rivals:
            check(store)
        warm = in_turns(works(store, rivals=rivals), turns=turns)
        scan = partial(counts.bare_scan, read_records(store, LANDLORD))
        cold = in_turns({SCAN: scan, COLD: partial(first_reader, store)}, turns=min(turns, 3))
        found = {name: _peak(name, store.url) for name in PEAKS if rivals or name in OWN_PEAKS} if peaks else {}
        store.engine.dispose()
        return Result(complaints=complaints, hot=hot, timings=warm, cold=cold, peaks=found)


OWN_PEAKS = (SCAN, ONE, EVERYTHING, COLD)
PEAKS = (*OWN_PEAKS, "DuckDB", "pandas")


def _peak(name: str, url: str) -> float:
    return peak_of("benchmarks.indicators", ["--peak-of", name, "--store", url])


def report(result: Result) -> str:
    """One table in Markdown."""
    rows = []
    for timings in (result.timings, result.cold):
        for name, timing in timings.items():
            if timings is result.cold and name == SCAN:
                continue
            rows.append(_row(name, timing, timings[SCAN], result))
    skew = f", of which {result.hot:,} of one household and one category" if result.hot else ""
    one, nine = result.timings[ONE], result.timings[TRAJECTORY]
    return "\n\n".join(
        (
            f"### {result.complaints:,} complaints{skew}",
            table(("what", "seconds", "× scan", "processor s", "× scan (processor)", "peak MB"), rows),
            f"Trajectory against one as_at: {nine.against(one):.2f} × (processor {nine.processor_against(one):.2f} ×).",
        )
    )


def _row(name: str, timing: Timing, scan: Timing, result: Result) -> list[str]:
    peak = result.peaks.get(name)
    return [
        name,
        f"{timing.seconds:.3f}",
        f"{timing.against(scan):.1f}",
        f"{timing.processor_seconds:.3f}",
        f"{timing.processor_against(scan):.1f}",
        f"{peak:,.0f}" if peak else "",
    ]


def main() -> None:
    """Print tables for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--skewed", type=int, nargs="*", default=(100_000,))
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--no-rivals", dest="rivals", action="store_false")
    parser.add_argument("--no-peaks", dest="peaks", action="store_false")
    parser.add_argument("--peak-of", help=argparse.SUPPRESS)
    parser.add_argument("--store", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak_of:
        store = open_store(asked.store)
        work = partial(first_reader, store) if asked.peak_of == COLD else works(store, rivals=True)[asked.peak_of]
        work()
        print(peak_megabytes())
        return
    for complaints, hot in (*((size, 0) for size in asked.sizes), *((size, HOT) for size in asked.skewed)):
        print(report(measured(complaints, hot=hot, turns=asked.turns, rivals=asked.rivals, peaks=asked.peaks)))
        print()


if __name__ == "__main__":
    main()
