"""From a loaded store to every line of the quarterly trends, against a bare scan; and the engine alone on many series.

python -m benchmarks.trends [--sizes 100000 1000000] [--turns 5] [--series 1000] [--points 60]

No contacts are held, as in the benchmark of the indicators, so the line of hidden stages is not counted. The chance of
signals is simulated once for each new number of points and kept; the first reader's time holds it.
"""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from benchmarks import counts
from benchmarks.measure import Timing, in_turns, table
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import filled
from metrics.assessment import read_indicators
from metrics.records import Records
from metrics.trends import quarterly
from metrics.trends.bands import places
from metrics.trends.chance import forget_simulations
from metrics.trends.signals import signals
from metrics.trends.xmr import xmr_limits
from store.snapshot import read_records

SIZES = (100_000, 1_000_000)
SCAN = "bare scan of the columns"
ALL = "every line of the quarterly trends, warm"
FIRST = "the same, chances simulated anew"
READ = "all indicators, one day, warm"
ENGINE = "limits and signals of the series"


def measured(complaints: int, *, turns: int) -> tuple[int, Mapping[str, Timing]]:
    """Draw, load and measure one size: how many lines were charted, and timings by name."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), records(complaints))

        def read() -> Records:
            return read_records(store, LANDLORD)

        def anew() -> object:
            forget_simulations()
            return quarterly(read(), AS_AT)

        lines = len(quarterly(read(), AS_AT).rows)
        found = in_turns(
            {
                SCAN: lambda: counts.bare_scan(read()),
                ALL: lambda: quarterly(read(), AS_AT),
                FIRST: anew,
                READ: lambda: read_indicators(read(), AS_AT),
            },
            turns=turns,
        )
        store.engine.dispose()
        return lines, found


def engine(series: int, points: int, *, turns: int) -> Timing:
    """The engine alone on so many series of so many points."""
    values = np.random.default_rng(1).normal(size=(series, points))
    return in_turns({ENGINE: lambda: signals(values, places(values, xmr_limits(values)))}, turns=turns)[ENGINE]


def report(complaints: int, lines: int, found: Mapping[str, Timing]) -> str:
    """One table in Markdown."""
    scan = found[SCAN]
    rows = [
        [
            name,
            f"{timing.seconds:.3f}",
            f"{timing.against(scan):.1f}",
            f"{timing.processor_seconds:.3f}",
            f"{timing.processor_against(scan):.1f}",
        ]
        for name, timing in found.items()
    ]
    head = ("what", "seconds", "× scan", "processor s", "× scan (processor)")
    return f"### {complaints:,} complaints, {lines} lines\n\n{table(head, rows)}"


def main() -> None:
    """Print tables for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--points", type=int, default=60)
    asked = parser.parse_args()
    for complaints in asked.sizes:
        print(report(complaints, *measured(complaints, turns=asked.turns)))
        print()
    alone = engine(asked.series, asked.points, turns=asked.turns)
    print(f"Limits and signals of {asked.series:,} series of {asked.points} points: {1000 * alone.seconds:.1f} ms.")


if __name__ == "__main__":
    main()
