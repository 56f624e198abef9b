"""Transactional, the foundations: each complaint is recorded, answered and put right."""

from datetime import date

import polars as pl

from metrics.ghosts import ghosted_complaints
from metrics.indicator import Indicator, Threshold, WorkedExample
from metrics.indicators.sources import apology_report, code, pyramid, systemic

STAGE_COLUMNS = (
    "complaint_ref",
    "stage",
    "service_area",
    "team",
    "channel",
    "began_on",
    "acknowledge_due_on",
    "acknowledged_on",
    "response_due_on",
    "responded_on",
    "outcome",
)


def _on_time(stage: int, paragraph: str, days: int) -> Indicator:
    return Indicator(
        key=f"stage_{stage}_on_time",
        title=f"Stage {stage} answered on time",
        question=f"Do residents get their stage {stage} answer within the Code's time?",
        why_it_matters="A late answer is often the second failure a resident meets, and the first they remember.",
        level="transactional",
        kind="share",
        gate="should",
        population="stages",
        denominator=pl.col("in_clock") & (pl.col("stage") == stage),
        numerator=pl.col("responded_in_time"),
        dated_by="response_due_on",
        of_which=f"of stage {stage} responses falling due in the twelve months",
        counted=f"sent by the due date ({days} working days from acknowledgement, and {days} more where extended)",
        unit="responses",
        threshold=Threshold(
            value=0.90,
            basis="JUDGEMENT",
            why="The Code asks for every answer in time; nine in ten is where we call it secure.",
        ),
        needs=("complaints",),
        shows=STAGE_COLUMNS,
        sources=(code(paragraph),),
        example=_ON_TIME_EXAMPLES[stage],
    )


_ON_TIME_EXAMPLES = {
    1: WorkedExample(
        as_at=date(2025, 3, 31),
        tables={
            "complaints": """
complaint_ref|received_on|stage_1_acknowledged_on|stage_1_extended_to|stage_1_responded_on
A|2025-01-06|2025-01-08||2025-01-22
B|2025-01-06|2025-01-20||2025-01-28
C|2025-01-06|2025-01-08|2025-02-03|2025-02-03
D|2025-01-06|2025-01-08||
"""
        },
        numerator=2,
        denominator=4,
        in_words="A was acknowledged on 8 January and answered on the tenth working day. B was acknowledged "
        "late, so its "
        "ten days ran from 13 January and ended on the 27th. C was extended and kept to it. D was never answered.",
    ),
    2: WorkedExample(
        as_at=date(2025, 6, 30),
        tables={
            "complaints": """
complaint_ref|received_on|stage_1_responded_on|stage_2_requested_on|stage_2_acknowledged_on|stage_2_responded_on
A|2025-01-06|2025-01-20|2025-02-03|2025-02-05|2025-03-05
B|2025-01-06|2025-01-20|2025-02-03|2025-02-05|2025-03-06
C|2025-01-06|2025-01-20|||
"""
        },
        numerator=1,
        denominator=2,
        in_words="Stage 2 of A was answered on the twentieth working day, that of B a day later; C never went to "
        "stage 2.",
    ),
}

TRANSACTIONAL = (
    Indicator(
        key="acknowledged_on_time",
        title="Acknowledged on time",
        question="When a resident complains, do we say so, log it and define it within five working days?",
        why_it_matters="A complaint that is not logged in time is the commonest way into a hidden stage.",
        level="transactional",
        kind="share",
        gate="must",
        population="stages",
        denominator=pl.col("in_clock"),
        numerator=pl.col("acknowledged_in_time"),
        dated_by="acknowledge_due_on",
        of_which="of stage 1 and stage 2 acknowledgements falling due in the twelve months",
        counted="made within five working days",
        unit="acknowledgements",
        threshold=Threshold(
            value=0.90,
            basis="JUDGEMENT",
            why="The Code asks for all of them in five working days; nine in ten is where we call it secure.",
        ),
        needs=("complaints",),
        shows=STAGE_COLUMNS,
        sources=(code("6.2"), code("6.11")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "complaints": """
complaint_ref|received_on|stage_1_acknowledged_on|stage_1_responded_on|stage_2_requested_on|status
A|2025-01-04|2025-01-10|2025-01-24||closed
B|2025-01-04|2025-01-13|2025-01-24||closed
C|2025-01-04|2025-01-10|2025-01-24|2025-02-03|open
D|2025-01-04||||withdrawn
"""
            },
            numerator=2,
            denominator=4,
            in_words="Received on a Saturday, so Monday is day one and Friday 10 January day five. A and C made "
            "it, B did "
            "not, the stage 2 of C was never acknowledged, and D was withdrawn and is left out.",
        ),
    ),
    _on_time(1, "6.3-6.4", 10),
    _on_time(2, "6.14-6.15", 20),
    Indicator(
        key="commitments_honoured",
        title="Commitments honoured",
        question="Do we do what we promised, when we promised it, and is the work real?",
        why_it_matters="Cases escalate even where the right remedy was found, because it remains unfulfilled.",
        level="transactional",
        kind="share",
        gate="must",
        population="commitments",
        denominator=pl.lit(True),
        numerator=pl.col("completed_on") <= pl.col("due_on"),
        known_from="promised_on",
        counted_until="phantom_known_on",
        dated_by="due_on",
        of_which="of commitments falling due in the twelve months",
        counted="completed by the due date, with the work order raised in time with a contractor then engaged",
        unit="commitments",
        threshold=Threshold(
            value=0.85,
            basis="JUDGEMENT",
            why="The Code asks that every remedy is followed through; works slip, but not one in six.",
        ),
        needs=("commitments",),
        shows=(
            "complaint_ref",
            "commitment_ref",
            "made_at",
            "kind",
            "promised_on",
            "due_on",
            "completed_on",
            "work_order_ref",
            "order_raised_on",
            "order_contractor",
            "phantom_by_order",
            "phantom_by_contractor",
        ),
        sources=(
            code("7.3"),
            pyramid("“honour commitments … works were closed on the system despite not being raised”"),
        ),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "commitments": """
commitment_ref|complaint_ref|promised_on|due_on|completed_on|work_order_ref
P1|A|2025-01-06|2025-02-03|2025-02-03|
P2|A|2025-01-06|2025-02-03|2025-02-04|
P3|A|2025-01-06|2025-02-03|2025-01-31|W9
P4|A|2025-01-06|2025-02-03|2025-01-31|W1
""",
                "work_orders": """
work_order_ref|contractor|raised_on
W1|North Repairs|2025-01-07
""",
                "contractors": """
contractor|engaged_from|engaged_to
North Repairs|2020-04-01|2024-07-31
""",
            },
            numerator=1,
            denominator=4,
            in_words="P1 was done on the day. P2 was a day late. P3 was closed although order W9 was never "
            "raised. P4 was "
            "raised with a contractor engaged no longer.",
        ),
    ),
    Indicator(
        key="complaints_without_ghost",
        title="Complaints without a hidden stage",
        question="Are complaints handled informally before, between or after the two formal stages?",
        why_it_matters="Ghost stages hide the scale of complaints from the governing body, and residents fall between "
        "gaps.",
        level="transactional",
        kind="share",
        gate="must",
        population="complaints",
        denominator=pl.lit(True),
        numerator=pl.lit(True),
        fails=ghosted_complaints,
        dated_by="received_on",
        of_which="of complaints received in the twelve months",
        counted="with no grade A or B ghost episode known by then",
        unit="complaints",
        threshold=Threshold(value=0.90, basis="JUDGEMENT", why="The Code allows no extra stage at all."),
        needs=("complaints", "contacts"),
        shows=("complaint_ref", "service_area", "team", "received_on"),
        sources=(code("5.2-5.3"), pyramid("“‘ghost’ stages before, after and between the formal two stages”")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "complaints": """
complaint_ref|household_ref|category|received_on|stage_1_responded_on|status
A|H1|Repairs|2025-01-06|2025-01-20|closed
B|H2|Repairs|2025-01-06|2025-01-20|closed
C|H3|Repairs|2025-01-06|2025-01-20|closed
D|H4|Repairs|2025-01-06|2025-01-20|closed
E|H5|Repairs|2025-01-06||open
""",
                "contacts": """
household_ref|category|occurred_at|direction|label|note
H1|Repairs|2024-12-02|inbound|Informal complaint|
H2|Repairs|2025-02-03|inbound|Service request|Still waiting for the visit.
H3|Repairs|2024-12-31|inbound|Informal complaint|
H4|Repairs|2025-02-03|inbound|Service request|Not unhappy, asks for the date.
H5|Repairs|2025-02-03|inbound|Triage|Fed up, chased three times.
""",
            },
            numerator=4,
            denominator=5,
            in_words="A was handled informally a month before it was logged. For B a phrase alone is one kind of sign, "
            "which is for a reviewer. C was logged within five working days, the words of D are turned round, and E "
            "was chased while its stage was open.",
        ),
    ),
    Indicator(
        key="apology_given",
        title="Apology given",
        question="When we uphold a complaint, do we apologise promptly?",
        why_it_matters="An apology given late, or only when ordered, tells the resident it was not meant.",
        level="transactional",
        kind="share",
        gate="should",
        population="complaints",
        denominator=pl.col("is_upheld"),
        numerator=pl.col("apology_on") <= pl.col("apology_due_on"),
        dated_by="apology_due_on",
        of_which="of complaints upheld, whose five working days for an apology ended in the twelve months",
        counted="with an apology dated within five working days of the response that upheld them",
        unit="upheld complaints",
        threshold=Threshold(
            value=0.90,
            basis="JUDGEMENT",
            why="The Code asks for an apology where something went wrong; five days are ours.",
        ),
        needs=("complaints",),
        shows=(
            "complaint_ref",
            "service_area",
            "team",
            "first_upheld_stage",
            "first_upheld_on",
            "apology_due_on",
            "apology_on",
        ),
        sources=(code("7.1"), apology_report("Apologies should be timely, personal and sincere")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "complaints": """
complaint_ref|received_on|stage_1_responded_on|stage_1_outcome|stage_1_apology_on
A|2025-01-06|2025-01-20|upheld|2025-01-20
B|2025-01-06|2025-01-20|partly upheld|2025-01-28
C|2025-01-06|2025-01-20|upheld|
D|2025-01-06|2025-01-20|not upheld|
"""
            },
            numerator=1,
            denominator=3,
            in_words="A had its apology with the answer, B a day too late, C none; D was not upheld.",
        ),
    ),
    Indicator(
        key="independent_stage_2",
        title="Another person decides stage 2",
        question="Is stage 2 decided by somebody who did not decide stage 1?",
        why_it_matters="A second look by the same eyes is not a second stage.",
        level="transactional",
        kind="share",
        gate="should",
        population="complaints",
        denominator=pl.col("in_clock")
        & pl.col("stage_1_handler").is_not_null()
        & pl.col("stage_2_handler").is_not_null(),
        numerator=pl.col("stage_1_handler") != pl.col("stage_2_handler"),
        dated_by="stage_2_responded_on",
        of_which="of stage 2 responses in the twelve months with both handlers known",
        counted="decided by another person than stage 1",
        unit="stage 2 responses",
        threshold=Threshold(
            value=0.98, basis="JUDGEMENT", why="The Code asks for it always; we leave room for a recording slip."
        ),
        needs=("complaints",),
        shows=("complaint_ref", "service_area", "team", "stage_1_handler", "stage_2_handler", "stage_2_responded_on"),
        sources=(code("6.13"), systemic("“learning must be organisational, not departmental”")),
        example=WorkedExample(
            as_at=date(2025, 6, 30),
            tables={
                "complaints": """
complaint_ref|received_on|stage_1_responded_on|stage_2_requested_on|stage_2_responded_on|stage_1_handler|stage_2_handler
A|2025-01-06|2025-01-20|2025-02-03|2025-03-03|Officer 1|Manager 1
B|2025-01-06|2025-01-20|2025-02-03|2025-03-03|Officer 1|Officer 1
C|2025-01-06|2025-01-20|2025-02-03|2025-03-03|Officer 1|
"""
            },
            numerator=1,
            denominator=2,
            in_words="A was decided by another person, B by the same; for C the second handler is not known.",
        ),
    ),
)
