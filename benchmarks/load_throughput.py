"""How long a load takes, as a ratio to a bare bulk write of the same rows in the same run.

python -m benchmarks.load_throughput [--rows 1000000] [--repeat 1] [--db postgresql://…]

The load is the whole way: a CSV file read, judged, compared, stored in one transaction, and its columnar copy written.
The bare write is sqlite3's executemany of the same values, ready as Python tuples, into a table without a key or index.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measure import peak_megabytes, table
from metrics.records import TABLE_BY_NAME
from store import bulk
from store.database import Store, open_store, upgrade
from store.loading import Manner, kept, load, load_paths, prepared_of

CONTACTS = TABLE_BY_NAME["contacts"]
MANNER = Manner(method="benchmark", loaded_by="benchmark", extract_date=date(2025, 6, 30))
SECONDS_IN_TWO_YEARS = 2 * 365 * 86_400


def contacts(rows: int) -> pl.DataFrame:
    """Contacts of one landlord over two years, in the order of their references as a system exports them."""
    chance = np.random.default_rng(20240401)
    seconds = np.sort(chance.integers(0, SECONDS_IN_TWO_YEARS, rows))
    notes = [f"Resident rang about job {number}: no one came, wants a date for the repair" for number in range(5_000)]
    return pl.DataFrame(
        {
            "contact_ref": [f"K{number:08}" for number in range(rows)],
            "landlord_code": "L1",
            "household_ref": [f"H{number:06}" for number in chance.integers(0, max(rows // 30, 1), rows)],
            "complaint_ref": pl.Series([None] * rows, dtype=pl.String),
            "occurred_at": pl.Series(seconds * 1_000_000).cast(pl.Datetime("us")).dt.offset_by("53y"),
            "direction": chance.choice(["inbound", "outbound"], rows),
            "channel": chance.choice(["phone", "email", "letter", "web form"], rows),
            "label": chance.choice(["general enquiry", "chaser", "stage 0", "repairs line"], rows),
            "category": chance.choice(["Repairs", "Damp and mould", "Anti-social behaviour", "Rent"], rows),
            "team": chance.choice([f"Team {number}" for number in range(12)], rows),
            "note": chance.choice(notes, rows),
        }
    ).select(pl.col(name).cast(dtype) for name, dtype in CONTACTS.schema.items())


def bare_write(frame: pl.DataFrame, folder: Path) -> float:
    """Seconds to write the rows with sqlite3 alone, conversion to tuples not counted."""
    rows = frame.select(bulk.as_sqlite_stores(column) for column in CONTACTS.columns).rows()
    connection = sqlite3.connect(folder / "bare.db")
    connection.execute(f"CREATE TABLE contacts ({', '.join(CONTACTS.schema)})")
    marks = ", ".join("?" * len(CONTACTS.schema))

    def write() -> None:
        connection.executemany(f"INSERT INTO contacts VALUES ({marks})", rows)
        connection.commit()

    seconds = timed(write)
    connection.close()
    (folder / "bare.db").unlink()
    return seconds


def timed(work: Callable[[], object]) -> float:
    """Seconds the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def store_with_landlord(url: str) -> Store:
    """An empty store that knows the landlord."""
    store = open_store(url)
    upgrade(store)
    known = pl.DataFrame({"landlord_code": ["L1"], "name": ["Riverbank"]})
    landlords = pl.concat([TABLE_BY_NAME["landlords"].empty(), known], how="diagonal")
    load(store, prepared_of({"landlords": kept(landlords)}), manner=MANNER)
    return store


def measured(frame: pl.DataFrame, *, url: str | None) -> list[tuple[str, float]]:
    """Seconds of the bare write, the first load, the same file again, and a correction of one row in a hundred."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, corrected = folder / "contacts.csv", folder / "corrected" / "contacts.csv"
        corrected.parent.mkdir()
        frame.write_csv(file)
        frame.gather_every(100).with_columns(pl.lit("Team 99").alias("team")).write_csv(corrected)
        store = store_with_landlord(url or f"sqlite:///{folder / 'store.db'}")
        results = [("bare executemany, no key", bare_write(frame, folder))]
        for what, path in (("load", file), ("the same file again", file), ("a correction of 1%", corrected)):
            results.append((what, timed(lambda path=path: load_paths(store, [path], manner=MANNER))))  # type: ignore[misc]
        store.engine.dispose()
    return results


def report(rows: int, *, repeat: int = 1, url: str | None = None) -> str:
    """Medians of the runs, as a table in Markdown."""
    frame = contacts(rows)
    runs = [measured(frame, url=url) for _ in range(repeat)]
    lines = []
    for place, (what, _) in enumerate(runs[0]):
        seconds = statistics.median(run[place][1] for run in runs)
        ratio = statistics.median(run[place][1] / run[0][1] for run in runs)
        lines.append([what, f"{seconds:.1f}", f"{ratio:.2f}"])
    return "\n\n".join(
        (
            f"### {rows:,} contacts",
            table(("what", "seconds", "× bare write"), lines),
            f"Peak of the process, drawn rows and the bare write's tuples included: {peak_megabytes():,.0f} MB.",
        )
    )


def main() -> None:
    """Print a table for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--db", help="an empty PostgreSQL database; the bare write stays SQLite's")
    asked = parser.parse_args()
    print(report(asked.rows, repeat=asked.repeat, url=asked.db))


if __name__ == "__main__":
    main()
