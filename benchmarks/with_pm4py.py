"""Hidden stages as variants of traces in PM4Py: run by itself, in an environment of its own (requirements.txt here).

    PYTHON benchmarks/with_pm4py.py EVENTS TURNS

EVENTS is a columnar file of events ready for it (complaint, activity, at): the reading of texts and the join have been
done. It prints, as JSON, the seconds and the processor seconds of each turn, the peak in megabytes, and in how many
traces each hidden stage stands.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

HIDDEN = "hidden "
MEGABYTE = 1_000_000


pm4py, pd = import_module("pm4py"), import_module("pandas")  # not among what the checkout's own checks know


def traces_with_hidden(events: str) -> dict[str, int]:
    """Read, make an event log, find its variants, and count the traces of those with a hidden stage."""
    rows = pd.read_parquet(events)
    log = pm4py.format_dataframe(rows, case_id="complaint", activity_key="activity", timestamp_key="at")
    found: dict[str, int] = {}
    for variant, traces in pm4py.get_variants(log).items():
        for activity in {each for each in variant if each.startswith(HIDDEN)}:
            found[activity] = found.get(activity, 0) + traces
    return found


def peak_megabytes() -> float:
    """The most memory this process has held at once (Linux)."""
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / MEGABYTE


def main() -> None:
    """Print what was measured."""
    events, turns = sys.argv[1], int(sys.argv[2])
    wall, processor, found = [], [], {}
    for _ in range(turns):
        clock, used = time.perf_counter(), time.process_time()
        found = traces_with_hidden(events)
        wall.append(time.perf_counter() - clock)
        processor.append(time.process_time() - used)
    print(json.dumps({"wall": wall, "processor": processor, "peak": peak_megabytes(), "traces": found}))


if __name__ == "__main__":
    main()
