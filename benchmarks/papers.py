"""Papers over a large landlord: what the first one costs once the readings exist, putting one together, and its files.

python -m benchmarks.papers [--complaints 100000] [--contacts 1000000] [--turns 5]

The readings are those the screens keep. What papers add to them (learning, promises, the Ombudsman, the hash of every
row) is worked out once for a day and measured apart.
"""

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Timing, in_turns, table
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import filled
from metrics.assessment import assess
from metrics.ghosts.few import board_picture
from metrics.records import Records
from metrics.trends import quarterly
from metrics.volumes import volumes
from papers import drawing
from papers.composing import composed
from papers.fingerprint import data_hash
from papers.material import Material, gather
from papers.model import FORMATS, KINDS
from papers.writing import written
from store.snapshot import read_records

READINGS = "the readings the screens keep"
HASHED = "the hash of every row"
GATHERED = "what papers add to the readings, the hash among it"
TOGETHER = "one board paper put together"
PDF = "one board paper as PDF, pictures drawn anew"
EVERY_FORMAT = "one board paper in every format, pictures drawn anew"
EVERY_PAPER = "all four papers as Word"


def readings(held: Records) -> dict[str, Any]:
    """What the screens have worked out before."""
    return {
        "assessment": assess(held, AS_AT),
        "found_volumes": volumes(held, AS_AT),
        "hidden": board_picture(held, AS_AT),
        "trends": quarterly(held, AS_AT),
    }


def measured(complaints: int, *, contacts: int, turns: int) -> Mapping[str, Timing]:
    """Draw, load and measure."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), records(complaints, contacts=contacts))
        held = read_records(store, LANDLORD)
        known = readings(held)
        of = gather(held, AS_AT, **known)
        found = in_turns(
            {
                READINGS: lambda: readings(held),
                HASHED: lambda: data_hash(held),
                GATHERED: lambda: gather(held, AS_AT, **known),
                TOGETHER: lambda: composed(of, "board"),
                PDF: lambda: _files(of, ("pdf",)),
                EVERY_FORMAT: lambda: _files(of, FORMATS),
                EVERY_PAPER: lambda: [written(composed(of, kind), "docx") for kind in KINDS],
            },
            turns=turns,
        )
        store.engine.dispose()
        return found


def _files(of: Material, formats: Sequence[Any]) -> None:
    drawing.svg.cache_clear()
    drawing.png.cache_clear()
    paper = composed(of, "board")
    for each in formats:
        written(paper, each)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args(arguments)
    found = measured(asked.complaints, contacts=asked.contacts, turns=asked.turns)
    print(f"\n### {asked.complaints:,} complaints, {asked.contacts:,} contacts\n")
    rows = [
        (name, f"{timing.seconds:.2f}", f"{timing.processor_seconds:.2f}", f"{timing.against(found[READINGS]):.2f}")
        for name, timing in found.items()
    ]
    print(table(("what", "seconds", "processor seconds", "against the readings"), rows))


if __name__ == "__main__":
    main()
