"""What the Ombudsman decided, and the orders that came with it."""

import numpy as np
import polars as pl

from seed_data.dates import LAST, NEVER, happened, later
from seed_data.shares import column, evenly, frame_of, happens, only, pick, references, whole
from seed_data.story import AtOmbudsman, Story

FOR_THE_LANDLORD = ("reasonable redress", "no maladministration", "outside jurisdiction", "resolved with intervention")
AGAINST = ("severe maladministration", "maladministration", "service failure")
ORDERS = (
    ("compensation", "Pay the compensation ordered"),
    ("apology", "Apologise in writing from a senior manager"),
    ("repair", "Complete the works the survey recommended"),
    ("policy", "Review the policy and report to the governing body"),
    ("inspection", "Carry out an independent survey of the home"),
)


def determinations(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """One row per finding: the complaint's own category first, sometimes complaint handling as well."""
    told = _of(story)
    answered = complaints.filter(pl.col("stage_2_responded_on").is_not_null()).sort("stage_2_responded_on")
    cases = answered.filter(pl.Series(evenly(rng, np.full(answered.height, told.reaches)), dtype=pl.Boolean))
    decided = later(
        cases["stage_2_responded_on"].to_numpy().astype("datetime64[D]"), whole(rng, 110, 290, cases.height)
    )
    cases = cases.with_columns(
        pl.Series("decided_on", decided), case=pl.int_range(1, cases.height + 1).cast(pl.String).str.zfill(4)
    ).filter(pl.col("decided_on") <= pl.lit(LAST))
    both = evenly(rng, np.full(cases.height, 0.35))
    handling = cases.filter(pl.Series(both, dtype=pl.Boolean)).with_columns(
        category=pl.lit("Complaint handling"), finding_no=pl.lit("2")
    )
    found = pl.concat([cases.with_columns(finding_no=pl.lit("1")), handling]).sort("decided_on", "case", "finding_no")
    return _judged(story, rng, found)


def _judged(story: Story, rng: np.random.Generator, found: pl.DataFrame) -> pl.DataFrame:
    told, rows = _of(story), found.height
    decided = found["decided_on"].to_numpy().astype("datetime64[D]")
    against = evenly(rng, np.full(rows, told.against))
    severe = evenly(rng, np.full(rows, told.severe / max(told.against, 0.01))) & against
    milder = pick(rng, AGAINST[1:], rows, (0.6, 0.4))
    finding = np.where(against, np.where(severe, AGAINST[0], milder), pick(rng, FOR_THE_LANDLORD, rows, (6, 3, 1, 2)))
    review = happens(rng, told.reviews, decided)
    asked = happened(np.where(review, later(decided, whole(rng, 7, 21, rows)), NEVER))
    changed = rng.random(rows) < told.review_changes
    ordered = np.round(rng.lognormal(np.log(280), 0.7, rows) / 25) * 25 * np.where(severe, 4, 1)
    offered = found.select(pl.max_horizontal("stage_1_compensation", "stage_2_compensation").fill_null(0.0))
    return found.with_columns(
        column("finding", finding),
        pl.Series("review_requested_on", asked),
        column("review_changed_finding", only(changed, where=~np.isnat(asked)), pl.Boolean()),
        pl.Series("compensation_offered", offered.to_series()),
        pl.Series("compensation_ordered", np.where(against, ordered, 0.0)),
        determination_ref="D" + pl.col("case") + "-" + pl.col("finding_no"),
    )


def orders(story: Story, rng: np.random.Generator, findings: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """Commitments made at the Ombudsman: an order or two on each adverse case, and the overdue ones of the story,
    which hang on the newest complaint that had its final answer half a year before the first of them."""
    told = _of(story)
    adverse = findings.filter(pl.col("finding").is_in(list(AGAINST)))
    twice = pl.concat([adverse, adverse.filter(pl.Series(rng.random(adverse.height) < 0.6, dtype=pl.Boolean))])
    twice = twice.sort("decided_on", "determination_ref")
    rows = twice.height
    promised = twice["decided_on"].to_numpy().astype("datetime64[D]")
    due = later(promised, pick(rng, ("28", "42", "56"), rows, (5, 3, 2)).astype(np.int64))
    kept = evenly(rng, np.full(rows, told.orders_kept))
    gap = np.where(kept, -whole(rng, 0, 14, rows), whole(rng, 2, 50, rows))
    number = rng.integers(0, len(ORDERS), rows)
    drawn = frame_of(
        {
            "complaint_ref": twice["complaint_ref"],
            "kind": np.array([kind for kind, _ in ORDERS], dtype=object)[number],
            "description": np.array([words for _, words in ORDERS], dtype=object)[number],
            "promised_on": promised,
            "due_on": due,
            "completed_on": happened(later(due, gap)),
            "severe": (twice["finding"] == AGAINST[0]),
        }
    )
    everything = pl.concat([drawn, _planted(told, drawn, complaints)]).sort("promised_on", "due_on", "kind")
    return everything.with_columns(
        column("commitment_ref", references("O", everything.height)),
        landlord_code=pl.lit(story.code),
        made_at=pl.lit("ombudsman"),
        evidence=pl.when(pl.col("completed_on").is_not_null()).then(pl.lit("Compliance accepted by the Ombudsman")),
    )


def _planted(told: AtOmbudsman, drawn: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    if not told.overdue:
        return drawn.clear()
    half_a_year_before = np.datetime64(told.overdue[0].ordered_on, "D") - np.timedelta64(180, "D")
    about = complaints.filter(pl.col("stage_2_responded_on") <= pl.lit(half_a_year_before)).sort("stage_2_responded_on")
    rows = [
        {
            "complaint_ref": about["complaint_ref"][-1],
            "kind": "policy" if each.severe else "repair",
            "description": each.description,
            "promised_on": each.ordered_on,
            "due_on": each.due_on,
            "completed_on": None,
            "severe": each.severe,
        }
        for each in told.overdue
    ]
    texts = dict.fromkeys(("promised_on", "due_on", "completed_on"), pl.String)
    return (
        pl.DataFrame(rows, schema_overrides=texts).with_columns(pl.col(list(texts)).str.to_date()).select(drawn.columns)
    )


def _of(story: Story) -> AtOmbudsman:
    assert story.ombudsman is not None
    return story.ombudsman
