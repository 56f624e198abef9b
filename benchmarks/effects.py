"""All effects of actions, themes and learning, against a bare scan of the columns they need, in one run.

python -m benchmarks.effects [--sizes 100000 1000000] [--turns 5] [--no-check]

The draws hold an action for every 400 complaints: 2,500 at a million. Before anything is timed, the counts of fifty
actions are compared with DuckDB's, in plain SQL over the same files.
"""

import argparse
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.measure import Timing, in_turns, table
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import filled
from metrics.effects import effects, themes
from metrics.learning.half_life import half_life, returns
from metrics.learning.picture import learning_picture
from metrics.records import Records
from metrics.systemic.own import own_signals
from store.database import Store
from store.snapshot import current, read_records

SIZES = (100_000, 1_000_000)
COLUMNS = ("category", "area", "team", "root_cause", "received_on", "status", "stage_1_outcome", "stage_1_responded_on",
           "stage_2_outcome", "stage_2_responded_on")  # fmt: skip
SCAN = "bare scan of the columns"
EFFECTS = "effects of all actions (before and after, at six and twelve months)"
CHECKED = 50
_COUNT = """
select count(*) filter (where received_on between $first_before and $last_before),
       count(*) filter (where received_on between $first_after and $last_after)
from read_parquet($file)
where category = $category and ($area is null or area = $area) and ($team is null or team = $team)
"""


def scan(held: Records) -> list[pl.DataFrame]:
    """Read what effects need and do nothing with it."""
    return pl.collect_all([held.frame("complaints").select(COLUMNS), held.frame("learning_actions")])


def works(store: Store) -> Mapping[str, Callable[[], object]]:
    """What takes turns: each begins with the store and ends with figures."""

    def held() -> Records:
        return read_records(store, LANDLORD)

    return {
        SCAN: lambda: scan(held()),
        EFFECTS: lambda: effects(held(), AS_AT),
        "themes: looping, learning, untested": lambda: themes(held(), AS_AT),
        "half-life": lambda: half_life(returns(held(), AS_AT)),
        "everything Learning or looping shows": lambda: learning_picture(held(), AS_AT),
        "recurring signals": lambda: own_signals(held(), AS_AT),
    }


def check(store: Store) -> int:
    """How many actions were compared. Raises AssertionError where DuckDB counts otherwise."""
    found = effects(read_records(store, LANDLORD), AS_AT).filter("is_tried").head(CHECKED)
    if found.is_empty():
        raise AssertionError("no action was tried")
    file = str(current(store).files["complaints"])
    with duckdb.connect() as connection:
        for row in found.iter_rows(named=True):
            asked = {name: row[name] for name in ("first_before", "last_before", "first_after", "last_after")}
            asked |= {"category": row["service_area"], "area": row["area"], "team": row["team"], "file": file}
            theirs = connection.execute(_COUNT, asked).fetchone()
            if theirs != (row["before"], row["after"]):
                ours = f"{row['before']}, {row['after']}"
                raise AssertionError(f"{row['action_ref']}: {ours}, but by DuckDB {theirs}")
    return found.height


def measured(complaints: int, *, turns: int, checked: bool = True) -> str:
    """Draw, load, compare, measure one size; a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder), records(complaints))
        compared = check(store) if checked else 0
        timings = in_turns(works(store), turns=turns)
        actions = effects(read_records(store, LANDLORD), AS_AT)
        store.engine.dispose()
    return report(complaints, timings, actions=actions.height, tried=int(actions["is_tried"].sum()), compared=compared)


def report(complaints: int, timings: Mapping[str, Timing], *, actions: int, tried: int, compared: int) -> str:
    """The table of one size."""
    rows = [
        [
            name,
            f"{timing.seconds:.3f}",
            f"{timing.against(timings[SCAN]):.1f}",
            f"{timing.processor_seconds:.3f}",
            f"{timing.processor_against(timings[SCAN]):.1f}",
        ]
        for name, timing in timings.items()
    ]
    return "\n\n".join(
        (
            f"### {complaints:,} complaints, {actions:,} actions, {tried:,} of them tried",
            table(("what", "seconds", "× scan", "processor s", "× scan (processor)"), rows),
            f"Counts of {compared} actions equal DuckDB's." if compared else "",
        )
    )


def main() -> None:
    """Print tables for benchmarks/RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--no-check", dest="checked", action="store_false")
    asked = parser.parse_args()
    for complaints in asked.sizes:
        print(measured(complaints, turns=asked.turns, checked=asked.checked))
        print()


if __name__ == "__main__":
    main()
