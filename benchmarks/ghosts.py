"""Ghost stages, against a bare scan of what they read, DuckDB, pandas and PM4Py, in one run.

python -m benchmarks.ghosts [--contacts 100000 1000000 10000000] [--skewed 1000000] [--alone] [--pm4py PYTHON]

Ten contacts to a complaint, no two notes alike. DuckDB's and pandas' counts are compared with the product's own before
anything is measured, and the run stops where they differ. PM4Py is under the AGPL and so never among our libraries: it
is measured only where `--pm4py` names the Python of an environment made for it (`benchmarks/requirements.txt`).
"""

import argparse
import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks import contacts_at_scale, ghost_rivals
from benchmarks.contacts_at_scale import drawn, files
from benchmarks.measure import CHECKOUT, Timing, in_turns, peak_megabytes, peak_of, table
from benchmarks.records_at_scale import AS_AT
from benchmarks.stores import drop_derived
from metrics.ghosts import episodes, ghosted_complaints
from metrics.ghosts.hidden import hidden_stages
from metrics.ghosts.picture import hidden_picture
from metrics.periods import quarter_ends_to
from metrics.records import Records
from store.database import Store, open_store
from store.derived import derived

CONTACTS = (100_000, 1_000_000, 10_000_000)
LARGEST_WITH_PICTURE = 1_000_000  # contacts; a page is not asked for more
SCAN = "bare scan of the columns"
EPISODES = "all episodes of the twelve months, warm"
HIDDEN = "episodes with whereabouts, warm"
NINE = "the indicator on nine quarter ends, warm"
PICTURE = "everything the board's page shows, warm"
COLD = "all episodes, first reader after a load"
DUCKDB, PANDAS, PM4PY = "DuckDB, two detectors", "pandas, two detectors", "PM4Py, variants of a log made for it"
READ = {
    "contacts": (
        "contact_ref",
        "household_ref",
        "category",
        "team",
        "channel",
        "occurred_at",
        "label",
        "direction",
        "note",
    ),
    "payments": ("payment_ref", "household_ref", "complaint_ref", "paid_on", "reason"),
    "complaints": (
        "complaint_ref",
        "household_ref",
        "category",
        "team",
        "channel",
        "status",
        "status_label",
        "received_on",
        "stage_1_responded_on",
        "stage_2_requested_on",
        "stage_2_acknowledged_on",
        "stage_2_responded_on",
        "closed_on",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one size gave: timings and peaks in megabytes by name."""

    contacts: int
    hot: int
    warm: dict[str, Timing]
    cold: dict[str, Timing]
    peaks: dict[str, float] = field(default_factory=dict)


def bare_scan(folder: Path) -> None:
    """Read every column that detection reads, batch by batch, and do nothing with them."""
    for name, columns in READ.items():
        contacts_at_scale.read(folder).frame(name).select(columns).sink_batches(lambda _: None)


def store_of(folder: Path) -> Store:
    """A store that only lends its folder: the records are in files already."""
    return open_store(f"sqlite:///{folder / 'none.db'}")


def kept(folder: Path, store: Store) -> Records:
    """The records as a reader of the store has them, with what was derived before."""
    records = contacts_at_scale.read(folder)
    return replace(records, derived=derived(store, records, 1))


def works(folder: Path, store: Store) -> Mapping[str, Callable[[], object]]:
    """The product's own, after a first reader."""
    return {
        SCAN: lambda: bare_scan(folder),
        EPISODES: lambda: episodes(kept(folder, store), AS_AT),
        HIDDEN: lambda: hidden_stages(kept(folder, store), [AS_AT]),
        NINE: lambda: ghosted_complaints(kept(folder, store), quarter_ends_to(AS_AT, 8)),
        PICTURE: lambda: hidden_picture(kept(folder, store), AS_AT),
    }


def rivals(folder: Path) -> Mapping[str, Callable[[], object]]:
    """The rivals, from the same files."""
    return {
        DUCKDB: lambda: ghost_rivals.with_duckdb(files(folder), AS_AT),
        PANDAS: lambda: ghost_rivals.with_pandas(files(folder), AS_AT),
    }


def first_reader(folder: Path, store: Store) -> None:
    """All episodes, with nothing kept."""
    drop_derived(store)
    episodes(kept(folder, store), AS_AT)


def check(folder: Path, store: Store, against: Mapping[str, Callable[[], object]]) -> None:
    """Raise AssertionError where a rival counts otherwise than the product."""
    mine = ghost_rivals.ours(kept(folder, store), AS_AT)
    if mine["window"].n_unique() < 4:
        raise AssertionError("not every window holds a signal")
    for name, counted in against.items():
        theirs = counted()
        if not isinstance(theirs, pl.DataFrame) or not mine.equals(theirs):
            raise AssertionError(f"{name} counts otherwise: {theirs} for {mine}")


def with_pm4py(python: str, folder: Path, store: Store, *, turns: int) -> tuple[Timing, float]:
    """Seconds and peak of PM4Py on a log made ready for it. Raises AssertionError where its traces are others."""
    events = ghost_rivals.event_log(files(folder), AS_AT, folder / "events.parquet")
    command = [python, str(CHECKOUT / "benchmarks" / "with_pm4py.py"), str(events), str(turns)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    mine = ghost_rivals.hidden_traces(kept(folder, store), AS_AT)
    if said["traces"] != mine:
        raise AssertionError(f"PM4Py finds other traces: {said['traces']} for {mine}")
    return Timing(wall=said["wall"], processor=said["processor"]), said["peak"]


def measured(
    contacts: int, *, hot: int = 0, turns: int, alone: bool = False, pm4py: str = "", peaks: bool = True
) -> Result:
    """Draw, compare, measure one size. Raises AssertionError where the engines disagree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        drawn(folder, contacts // 10, contacts, hot=hot)
        store = store_of(folder)
        others = {} if alone else rivals(folder)
        check(folder, store, others)
        mine = works(folder, store)
        large = contacts > LARGEST_WITH_PICTURE
        asked = {key: work for key, work in mine.items() if not (large and key == PICTURE)}
        warm = in_turns({**asked, **others}, turns=turns)
        scan = partial(bare_scan, folder)
        cold = in_turns({SCAN: scan, COLD: partial(first_reader, folder, store)}, turns=min(turns, 3), warm_up=False)
        found: dict[str, float] = {}
        if peaks:
            found = {each: _peak(each, folder) for each in (SCAN, EPISODES, NINE, COLD, *others)}
        if pm4py:
            warm[PM4PY], found[PM4PY] = with_pm4py(pm4py, folder, store, turns=min(turns, 2))
        store.engine.dispose()
        return Result(contacts=contacts, hot=hot, warm=warm, cold=cold, peaks=found)


def _peak(name: str, folder: Path) -> float:
    return peak_of("benchmarks.ghosts", ["--peak-of", name, "--folder", str(folder)])


def report(result: Result) -> str:
    """One table in Markdown."""
    rows = [
        _row(name, timing, timings[SCAN], result.peaks.get(name))
        for timings in (result.warm, result.cold)
        for name, timing in timings.items()
        if not (timings is result.cold and name == SCAN)
    ]
    skew = f", of which {result.hot:,} and {10 * result.hot:,} of one household and one category" if result.hot else ""
    head = ("what", "seconds", "× scan", "processor s", "× scan (processor)", "peak MB")
    return f"### {result.contacts // 10:,} complaints, {result.contacts:,} contacts{skew}\n\n{table(head, rows)}"


def _row(name: str, timing: Timing, scan: Timing, peak: float | None) -> list[str]:
    against = timing.against(scan) if name != PM4PY else statistics.median(timing.wall) / scan.seconds
    return [
        name,
        f"{timing.seconds:.3f}",
        f"{against:.1f}",
        f"{timing.processor_seconds:.3f}",
        f"{timing.processor_against(scan):.1f}",
        f"{peak:,.0f}" if peak else "",
    ]


def _work_once(name: str, folder: Path) -> None:
    store = store_of(folder)
    everything = {**works(folder, store), **rivals(folder), COLD: partial(first_reader, folder, store)}
    everything[name]()


def main() -> None:
    """Print tables for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, nargs="*", default=CONTACTS)
    parser.add_argument("--skewed", type=int, nargs="*", default=(1_000_000,))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="the product without its rivals, whatever the size")
    parser.add_argument("--pm4py", default="", help="the Python of an environment that has PM4Py")
    parser.add_argument("--no-peaks", dest="peaks", action="store_false")
    parser.add_argument("--peak-of", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak_of:
        _work_once(asked.peak_of, asked.folder)
        print(peak_megabytes())
        return
    for contacts, hot in (*((size, 0) for size in asked.contacts), *((size, size // 400) for size in asked.skewed)):
        result = measured(contacts, hot=hot, turns=asked.turns, alone=asked.alone, pm4py=asked.pm4py, peaks=asked.peaks)
        print(report(result), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
