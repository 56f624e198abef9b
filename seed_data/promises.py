"""Commitments made in responses, the work orders behind them, contractors and the compensation ledger."""

import numpy as np
import polars as pl

from metrics.records import TABLE_BY_NAME
from seed_data.complaints import contractors_on
from seed_data.dates import LAST, NEVER, Days, add_working_days, happened, later, rate_at
from seed_data.shares import Words, column, evenly, frame_of, only, pick, references, whole
from seed_data.story import Promises, Story

KINDS = ("repair", "inspection", "compensation", "apology", "policy", "other")
ABOUT_THE_HOME = (46.0, 22.0, 16.0, 8.0, 2.0, 6.0)
ABOUT_SERVICE = (6.0, 8.0, 30.0, 26.0, 8.0, 22.0)
WORDS = {
    "repair": "Complete the outstanding repair and check it with the resident",
    "inspection": "Inspect the home and send the findings",
    "compensation": "Pay the compensation offered",
    "apology": "Write a personal apology",
    "policy": "Review the procedure and report what changed",
    "other": "Name one contact and ring with an update every week",
}
EVIDENCE = ("Photograph on the job", "Post-inspection form", "Letter on file", "Payment advice", "Call recording")
# Ways a promise can be closed that was never kept.
NO_ORDER, ORDER_AFTER, NOT_ENGAGED = (
    "no such work order",
    "work order raised after completion",
    "contractor not engaged",
)


def first_upheld(complaints: pl.DataFrame) -> pl.DataFrame:
    """Complaints with `upheld_on`, the response date of the earliest stage that upheld; only upheld ones."""
    yes = ["upheld", "partly upheld"]
    return complaints.with_columns(
        upheld_on=pl.when(pl.col("stage_1_outcome").cast(pl.String).is_in(yes))
        .then("stage_1_responded_on")
        .when(pl.col("stage_2_outcome").cast(pl.String).is_in(yes))
        .then("stage_2_responded_on"),
        upheld_at=pl.when(pl.col("stage_1_outcome").cast(pl.String).is_in(yes))
        .then(pl.lit("stage 1"))
        .otherwise(pl.lit("stage 2")),
    ).filter(pl.col("upheld_on").is_not_null())


def promises(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Commitments and the work orders they name. Commitments carry an extra column `phantom`: how a promise was
    closed without being kept, missing where it was not."""
    assert story.promises is not None
    upheld = first_upheld(complaints).sort("upheld_on", "complaint_ref")
    upheld = upheld.filter(pl.Series(evenly(rng, np.full(upheld.height, story.promises.carried))))
    rows = upheld.height
    promised = upheld["upheld_on"].to_numpy().astype("datetime64[D]")
    home = upheld["contractor"].is_not_null().to_numpy()
    kind = np.where(home, pick(rng, KINDS, rows, ABOUT_THE_HOME), pick(rng, KINDS, rows, ABOUT_SERVICE))
    due = add_working_days(promised, whole(rng, 8, 35, rows))
    ends = _ends(rng, story.promises, promised, needs_order=(kind == "repair") & home)
    completed = _completed(rng, promised, due, ends)
    ordered = (kind == "repair") & home
    raised = np.where(
        ends == ORDER_AFTER,
        later(completed, whole(rng, 3, 25, rows)),
        np.minimum(add_working_days(promised, whole(rng, 0, 3, rows)), np.where(np.isnat(completed), LAST, completed)),
    )
    too_soon = (ends == ORDER_AFTER) & (raised > LAST)  # the order would be raised after the extract date
    ends, raised = np.where(too_soon, NO_ORDER, ends), np.where(too_soon, completed, raised)
    contractor = contractors_on(story, rng, raised)
    contractor[ends == NOT_ENGAGED] = _gone(story.promises)
    order_ref = only(references("W", rows), where=ordered & (raised <= LAST))
    commitments = frame_of(
        {
            "commitment_ref": references("P", rows),
            "landlord_code": np.full(rows, story.code, dtype=object),
            "complaint_ref": upheld["complaint_ref"],
            "made_at": upheld["upheld_at"],
            "kind": kind,
            "description": np.array([WORDS[each] for each in kind], dtype=object),
            "promised_on": promised,
            "due_on": due,
            "completed_on": completed,
            "evidence": only(pick(rng, EVIDENCE, rows), where=~np.isnat(completed) & (rng.random(rows) < 0.8)),
            "work_order_ref": order_ref,
            "contractor": only(contractor, where=ordered),
            "severe": np.full(rows, None, dtype=object),
            "phantom": only(ends, where=np.isin(ends, [NO_ORDER, ORDER_AFTER, NOT_ENGAGED])),
            "raised_on": raised,
        }
    )
    held = commitments.filter(pl.col("work_order_ref").is_not_null() & pl.col("phantom").ne_missing(NO_ORDER))
    return commitments.drop("raised_on"), _work_orders(story, rng, held)


def _ends(rng: np.random.Generator, told: Promises, promised: Days, *, needs_order: np.ndarray) -> Words:
    """How each promise ends: kept, late, open, or one of the phantoms (repairs with a work order only)."""
    kept, phantom, late = (rate_at(rate, promised) for rate in (told.kept, told.phantom, told.late))
    ways = [NO_ORDER, ORDER_AFTER] + ([NOT_ENGAGED] if _gone(told) else [])
    share = needs_order.mean() if len(needs_order) else 1.0
    is_phantom = needs_order & evenly(rng, np.clip(phantom / max(share, 0.01), 0, 1))
    is_kept = ~is_phantom & evenly(rng, np.clip(kept / (1 - phantom), 0, 1))
    rest = late / np.maximum(1 - kept - phantom, 1e-9)
    is_late = ~is_phantom & ~is_kept & (rng.random(len(promised)) < rest)
    way = pick(rng, ways, len(promised))
    early = promised < np.datetime64(_left_on(told) or "2100-01-01", "D")
    way = np.where((way == NOT_ENGAGED) & early, NO_ORDER, way)
    return np.where(is_phantom, way, np.where(is_kept, "kept", np.where(is_late, "late", "open"))).astype(object)


def _gone(told: Promises) -> str | None:
    """The contractor that left, if one did."""
    return next((name for name, _, end in told.contractors if end), None)


def _left_on(told: Promises) -> str | None:
    return next((end for _, _, end in told.contractors if end), None)


def _completed(rng: np.random.Generator, promised: Days, due: Days, ends: Words) -> Days:
    """Completion dates: by the due date, up to three months late, or never."""
    rows = len(due)
    span = (due - promised).astype(np.int64)
    in_time = later(promised, np.maximum((rng.beta(4, 1.5, rows) * span).astype(np.int64), 1))
    afterwards = later(due, whole(rng, 3, 90, rows))
    done = np.where(ends == "late", afterwards, in_time)
    return happened(np.where(ends == "open", NEVER, done))


def _work_orders(story: Story, rng: np.random.Generator, held: pl.DataFrame) -> pl.DataFrame:
    """Work orders behind commitments, and others that no promise names."""
    completed = held["completed_on"].to_numpy().astype("datetime64[D]")
    raised = held["raised_on"].to_numpy().astype("datetime64[D]")
    completed = np.where(held["phantom"].is_null().to_numpy(), completed, NEVER)
    others = int(story.homes * 0.12)
    opened = np.sort(LAST - whole(rng, 0, 1200, others).astype("timedelta64[D]"))
    finished = happened(later(opened, rng.gamma(2.0, 9.0, others).astype(np.int64)))
    return frame_of(
        {
            "work_order_ref": np.concatenate([held["work_order_ref"].to_numpy(), references("R", others)]),
            "landlord_code": np.full(held.height + others, story.code, dtype=object),
            "contractor": np.concatenate([held["contractor"].to_numpy(), contractors_on(story, rng, opened)]),
            "raised_on": np.concatenate([raised, opened]),
            "completed_on": np.concatenate([completed, finished]),
        }
    ).with_columns(
        status=pl.when(pl.col("completed_on").is_null()).then(pl.lit("In progress")).otherwise(pl.lit("Completed"))
    )


def contractors(story: Story) -> pl.DataFrame:
    """When each contractor was engaged: one with no first day has been there since before the records begin."""
    assert story.promises is not None
    rows = [
        {
            "contractor": name,
            "landlord_code": story.code,
            "engaged_from": start or "2019-04-01",
            "engaged_to": end or None,
        }
        for name, start, end in story.promises.contractors
    ]
    return pl.DataFrame(rows, schema_overrides={"engaged_to": pl.String}).with_columns(
        pl.col("engaged_from", "engaged_to").str.to_date()
    )


def payments(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """Compensation paid on complaints, each with its complaint; goodwill outside them comes from `ghosts`."""
    parts = [
        complaints.filter(pl.col(f"stage_{n}_compensation") > 0).select(
            "household_ref",
            "complaint_ref",
            responded=pl.col(f"stage_{n}_responded_on"),
            amount=pl.col(f"stage_{n}_compensation"),
        )
        for n in (1, 2)
    ]
    offered = pl.concat(parts).sort("responded", "complaint_ref")
    answered = offered["responded"].to_numpy().astype("datetime64[D]")
    reason = pick(rng, ("Complaint compensation", "Distress and inconvenience", "Damage to belongings"), offered.height)
    return offered.with_columns(
        pl.Series("paid_on", happened(add_working_days(answered, whole(rng, 4, 30, offered.height)))),
        column("reason", reason),
        landlord_code=pl.lit(story.code),
    ).filter(pl.col("paid_on").is_not_null())


def declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the declared columns and types of a table; columns it lacks are blank."""
    schema = TABLE_BY_NAME[table].schema
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema.items()
    )
