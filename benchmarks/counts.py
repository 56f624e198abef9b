"""What the rivals are asked for: every share that complaints, commitments and learning actions give, counted for nine
quarter ends by service area, and the position that follows from them."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl

from metrics.catalogue import GATES
from metrics.counting.judge import ABSENT, MET, NOT_MET, probability_good, states_of
from metrics.counting.tally import tally
from metrics.periods import window
from metrics.placement.chain import chain_days
from metrics.placement.placing import INDEX, KEYS, States, placed, resolve
from metrics.records import Records
from metrics.working_days import add_working_days

COUNTED = ("stages", "complaints", "commitments", "actions")
SHARED = tuple(gate for gate in GATES if gate.population in COUNTED and gate.fails is None and not gate.tsm_measure)
COUNTS = ("key", "as_at", "service_area", "numerator", "denominator")

# The columns the shares need; a bare scan reads these and the small tables whole.
COMPLAINTS = (
    "complaint_ref",
    "household_ref",
    "stock",
    "category",
    "status",
    "received_on",
    *(
        f"stage_{stage}_{part}"
        for stage in (1, 2)
        for part in ("acknowledged_on", "extended_to", "responded_on", "outcome", "handler", "apology_on")
    ),
    "stage_2_requested_on",
)
COMMITMENTS = (
    "complaint_ref",
    "made_at",
    "promised_on",
    "due_on",
    "completed_on",
    "work_order_ref",
    "contractor",
    "severe",
)
WORK_ORDERS = ("work_order_ref", "contractor", "raised_on")
LINKS = ("action_ref", "complaint_ref")
WHOLE = ("contractors", "learning_actions", "determinations", "apologies", "governance", "self_assessment", "tsm")


def bare_scan(records: Records) -> list[pl.DataFrame]:
    """Read the columns the figures need and do nothing with them."""
    some = {"complaints": COMPLAINTS, "commitments": COMMITMENTS, "work_orders": WORK_ORDERS, "learning_links": LINKS}
    frames = [records.frame(table).select(columns) for table, columns in some.items()]
    return pl.collect_all([*frames, *(records.frame(table) for table in WHOLE)])


def windows(as_at: date) -> list[tuple[date, date]]:
    """(day before the window, its last day) of the nine quarter ends of a placement."""
    return [(first - timedelta(days=1), last) for first, last in map(window, chain_days(as_at))]


def ours(records: Records, as_at: date) -> pl.DataFrame:
    """The product's own counts of the shared figures, in the order rivals are compared in."""
    return in_order(tally(records, SHARED, chain_days(as_at)))


def in_order(counts: pl.DataFrame) -> pl.DataFrame:
    """The same counts in one order and one set of types."""
    return counts.select(
        pl.col("key", "service_area").cast(pl.String),
        pl.col("as_at").cast(pl.Date),
        pl.col("numerator", "denominator").cast(pl.Int64),
    ).sort("key", "as_at", "service_area")


def position(counts: pl.DataFrame, as_at: date) -> int:
    """The height on the pyramid that the counts alone give (index into POSITIONS): figures the rivals do not work out
    are taken as met, musts and shoulds alike."""
    before: States | None = None
    whole = counts.group_by("key", "as_at").agg(pl.col("numerator", "denominator").sum())
    found = {(key, day): (k, n) for key, day, k, n in whole.iter_rows()}
    for day in chain_days(as_at):
        states = np.full(len(KEYS), MET, dtype=np.int8)
        for gate in SHARED:
            k, n = found.get((gate.key, day), (0, 0))
            states[INDEX[gate.key]] = _state(gate.kind, k, n, gate.threshold.value or 0.0)
        before = resolve(states, before)
    assert before is not None
    return int(placed(before, len(KEYS)))


def _state(kind: str, k: int, n: int, threshold: float) -> int:
    if kind == "fact":
        return MET if n == 0 or k / n >= threshold else NOT_MET
    return int(states_of(probability_good(k, n, threshold))) if n >= 5 else ABSENT


@cache
def calendar(first: date = date(2000, 1, 1), last: date = date(2035, 12, 31)) -> pl.DataFrame:
    """day, plus_5, plus_10, plus_20: the working days so many after each day, for rivals to look up."""
    return pl.DataFrame({"day": pl.date_range(first, last, eager=True)}).with_columns(
        add_working_days(pl.col("day"), n).alias(f"plus_{n}") for n in (5, 10, 20)
    )


def differences(mine: pl.DataFrame, theirs: pl.DataFrame) -> Sequence[str]:
    """In words, what two sets of counts do not agree on; nothing where they are the same."""
    if mine.equals(theirs):
        return ()
    keys = ["key", "as_at", "service_area"]
    met = mine.join(theirs, on=keys, how="full", coalesce=True, nulls_equal=True, suffix="_theirs")
    apart = met.filter(
        pl.col("numerator").ne_missing(pl.col("numerator_theirs"))
        | pl.col("denominator").ne_missing(pl.col("denominator_theirs"))
    )
    return [str(row) for row in apart.head(5).to_dicts()]
