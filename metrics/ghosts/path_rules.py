"""The ways of leaving the Code's path, declared: what each looks at and what it says in plain words."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.ghosts.hidden import HEADLINE
from metrics.periods import window
from metrics.populations.stages import CLOCKS, Clock, in_clock
from metrics.records import Records
from metrics.working_days import add_working_days

_STEPS = (
    "stage_1_acknowledged_on",
    "stage_1_responded_on",
    "stage_2_requested_on",
    "stage_2_acknowledged_on",
    "stage_2_responded_on",
    "closed_on",
)
_NO_JUDGEMENT = ("outside jurisdiction", "withdrawn", "resolved with intervention")
ACK_1, ANSWER_1 = pl.col("stage_1_acknowledged_on"), pl.col("stage_1_responded_on")
ASKED, ACK_2, ANSWER_2 = (
    pl.col("stage_2_requested_on"),
    pl.col("stage_2_acknowledged_on"),
    pl.col("stage_2_responded_on"),
)
CLOSED, DECIDED = pl.col("closed_on"), pl.col("decided_on")


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One way of leaving the path: an expression over complaints, or one over episodes of complaints.

    reads   columns of complaints that must be filled by some complaint for the rule to say anything
    needs   tables that must be held
    """

    key: str
    kind: str
    words: str
    left_path: pl.Expr | None = None
    in_episodes: pl.Expr | None = None
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def _extended_too_far(clock: Clock) -> pl.Expr:
    """Extended beyond the latest day the Code allows, so that it must have been extended more than once, or in one go
    for too long. As in `metrics.populations.stages`."""
    began, prefix = pl.col(clock.begins), f"stage_{clock.stage}"
    starts = pl.min_horizontal(f"{prefix}_acknowledged_on", add_working_days(began, 5))
    latest = add_working_days(starts, clock.respond_within + clock.extend_by)
    return pl.col(f"{prefix}_extended_to") > latest


def _window(name: str) -> pl.Expr:
    return (pl.col("window") == name) & pl.col("grade").is_in(list(HEADLINE))


RULES: tuple[Rule, ...] = (
    Rule(
        key="no_stage_1_acknowledgement",
        kind="skipped",
        words="Answered at stage 1 without being acknowledged",
        left_path=ANSWER_1.is_not_null() & ACK_1.is_null(),
        reads=("stage_1_acknowledged_on",),
    ),
    Rule(
        key="closed_without_answer",
        kind="skipped",
        words="Closed without an answer at stage 1",
        left_path=CLOSED.is_not_null() & ANSWER_1.is_null(),
        reads=("stage_1_responded_on", "closed_on"),
    ),
    Rule(
        key="stage_2_without_stage_1",
        kind="skipped",
        words="Taken to stage 2 without an answer at stage 1",
        left_path=pl.any_horizontal(ASKED.is_not_null(), ANSWER_2.is_not_null()) & ANSWER_1.is_null(),
        reads=("stage_1_responded_on",),
    ),
    Rule(
        key="no_stage_2_acknowledgement",
        kind="skipped",
        words="Answered at stage 2 without being acknowledged",
        left_path=ANSWER_2.is_not_null() & ACK_2.is_null(),
        reads=("stage_2_acknowledged_on",),
    ),
    Rule(
        key="stage_2_not_asked_for",
        kind="skipped",
        words="Answered at stage 2 though nobody recorded that it was asked for",
        left_path=ANSWER_2.is_not_null() & ASKED.is_null(),
        reads=("stage_2_requested_on",),
    ),
    Rule(
        key="closed_without_stage_2_answer",
        kind="skipped",
        words="Asked for stage 2 and closed without its answer",
        left_path=ASKED.is_not_null() & CLOSED.is_not_null() & (CLOSED >= ASKED) & ANSWER_2.is_null(),
        reads=("stage_2_responded_on", "closed_on"),
    ),
    Rule(
        key="stage_1_begun_again",
        kind="repeated",
        words="Begun again as a new complaint instead of going to stage 2",
        in_episodes=pl.col("detectors").list.contains("reset"),
        reads=("stage_1_responded_on",),
    ),
    Rule(
        key="stage_1_extended_too_far",
        kind="repeated",
        words="Stage 1 extended again or for longer than the Code allows",
        left_path=_extended_too_far(CLOCKS[0]),
        reads=("stage_1_extended_to",),
    ),
    Rule(
        key="stage_2_extended_too_far",
        kind="repeated",
        words="Stage 2 extended again or for longer than the Code allows",
        left_path=_extended_too_far(CLOCKS[1]),
        reads=("stage_2_extended_to",),
    ),
    Rule(
        key="acknowledged_after_answer",
        kind="out of order",
        words="Acknowledged after it was answered",
        left_path=(ACK_1 > ANSWER_1).fill_null(False) | (ACK_2 > ANSWER_2).fill_null(False),
        reads=("stage_1_acknowledged_on",),
    ),
    Rule(
        key="stage_2_before_stage_1_answer",
        kind="out of order",
        words="Stage 2 begun before stage 1 was answered",
        left_path=ASKED < ANSWER_1,
        reads=("stage_2_requested_on",),
    ),
    Rule(
        key="closed_before_answer",
        kind="out of order",
        words="Closed before it was answered",
        left_path=(CLOSED < ANSWER_1).fill_null(False) | (CLOSED < ANSWER_2).fill_null(False) & (CLOSED >= ASKED),
        reads=("closed_on",),
    ),
    Rule(
        key="ombudsman_before_final_answer",
        kind="out of order",
        words="Decided by the Ombudsman before the landlord's stage 2 answer",
        left_path=DECIDED.is_not_null() & (ANSWER_2.is_null() | (DECIDED < ANSWER_2)),
        reads=("stage_2_responded_on",),
        needs=("determinations",),
    ),
    Rule(
        key="stage_before_stage_1",
        kind="extra stage",
        words="A hidden stage before stage 1",
        in_episodes=_window("before"),
        needs=("contacts",),
    ),
    Rule(
        key="stage_between",
        kind="extra stage",
        words="A hidden stage between stage 1 and stage 2",
        in_episodes=_window("between"),
        needs=("contacts",),
    ),
    Rule(
        key="stage_after_stage_2",
        kind="extra stage",
        words="A hidden stage after stage 2",
        in_episodes=_window("after"),
        needs=("contacts",),
    ),
)
BY_KEY = {rule.key: rule for rule in RULES}


def known_complaints(records: Records, as_at: date) -> pl.DataFrame:
    """Complaints received in the twelve months, not refused or withdrawn, as known: a step after as_at has not
    happened."""
    return (
        records.frame("complaints")
        .filter(pl.col("received_on").is_between(*window(as_at)) & in_clock())
        .select("complaint_ref", "received_on", *_STEPS, "stage_1_extended_to", "stage_2_extended_to")
        .with_columns(pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in _STEPS)
        .sort("complaint_ref")
        .collect()
    )


def known_decisions(records: Records, as_at: date, *, on_merit: bool = False) -> pl.DataFrame:
    """complaint_ref, decided_on: the first decision of the Ombudsman on each complaint. `on_merit`: only those that
    judged the landlord; a case may be withdrawn, turned away or settled with the Ombudsman's help at any time."""
    known = records.frame("determinations").filter(pl.col("decided_on") <= as_at).drop_nulls("complaint_ref")
    judged = known.filter(~pl.col("finding").cast(pl.String).is_in(list(_NO_JUDGEMENT))) if on_merit else known
    return judged.group_by("complaint_ref").agg(pl.col("decided_on").min()).collect()
