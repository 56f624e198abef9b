"""Operational: something changes because of complaints."""

from datetime import date

import polars as pl

from metrics.indicator import Indicator, Threshold, WorkedExample
from metrics.indicators.sources import code, pyramid, systemic

ACTION_COLUMNS = (
    "action_ref",
    "title",
    "service_area",
    "kind",
    "trigger",
    "owner_role",
    "owner_directorate",
    "opened_on",
    "due_on",
    "done_on",
    "told_residents_on",
)

OPERATIONAL = (
    Indicator(
        key="learning_recorded",
        title="Learning recorded",
        question="Does an upheld complaint lead to a change beyond the case itself?",
        why_it_matters="A complaint that is put right and not learned from will be made again by somebody else.",
        level="operational",
        kind="share",
        gate="must",
        population="complaints",
        denominator=pl.col("is_upheld"),
        numerator=pl.col("learned_on").is_not_null(),
        counted_from="learned_on",
        dated_by="first_upheld_on",
        of_which="of complaints first upheld in the twelve months",
        counted="linked to a learning action that is more than the individual remedy",
        unit="upheld complaints",
        threshold=Threshold(
            value=0.50, basis="JUDGEMENT", why="Not every upheld case holds a lesson; we look for one in every other."
        ),
        needs=("complaints", "learning_actions", "learning_links"),
        shows=("complaint_ref", "service_area", "team", "first_upheld_on", "learned_on"),
        sources=(code("9.1"), pyramid("“from individual transactions to organisational learning”")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "complaints": """
complaint_ref|received_on|stage_1_responded_on|stage_1_outcome
A|2025-01-06|2025-01-20|upheld
B|2025-01-06|2025-01-20|upheld
C|2025-01-06|2025-01-20|upheld
""",
                "learning_actions": """
action_ref|kind|opened_on
L1|process|2025-02-03
L2|individual remedy|2025-02-03
L3|policy|2025-05-01
""",
                "learning_links": """
action_ref|complaint_ref
L1|A
L2|B
L3|C
""",
            },
            numerator=1,
            denominator=3,
            in_words="A led to a change of process. B led only to its own remedy. The action for C was opened "
            "after the day "
            "the figure speaks for.",
        ),
    ),
    Indicator(
        key="actions_on_time",
        title="Learning actions done on time",
        question="Do we finish the changes we set ourselves?",
        why_it_matters="A list of open actions is intention, not change.",
        level="operational",
        kind="share",
        gate="must",
        population="actions",
        denominator=pl.lit(True),
        known_from="opened_on",
        numerator=pl.col("done_on") <= pl.col("due_on"),
        dated_by="due_on",
        of_which="of learning actions falling due in the twelve months",
        counted="done by their due date",
        unit="actions",
        threshold=Threshold(
            value=0.75, basis="JUDGEMENT", why="Some changes take longer than planned; three in four is firm."
        ),
        needs=("learning_actions",),
        shows=ACTION_COLUMNS,
        sources=(code("9.2"), systemic("“They show intention, not transformation.”")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|opened_on|due_on|done_on
L1|2024-10-01|2025-01-31|2025-01-31
L2|2024-10-01|2025-01-31|2025-02-03
L3|2024-10-01|2025-01-31|
L4|2024-10-01|2025-06-30|
"""
            },
            numerator=1,
            denominator=3,
            in_words="L1 was done on the day, L2 late, L3 not at all; L4 is not due yet.",
        ),
    ),
    Indicator(
        key="practice_changed",
        title="Actions that change practice",
        question="Do our actions change how we work, or only put single cases right?",
        why_it_matters="Training, process, policy, system and contract changes reach the next resident; a remedy does "
        "not.",
        level="operational",
        kind="share",
        gate="must",
        population="actions",
        denominator=pl.lit(True),
        numerator=pl.col("is_change"),
        dated_by="opened_on",
        of_which="of learning actions opened in the twelve months",
        counted="that change practice rather than remedy one case",
        unit="actions",
        threshold=Threshold(
            value=0.60, basis="JUDGEMENT", why="Most of what is called learning should reach beyond the case."
        ),
        needs=("learning_actions",),
        shows=ACTION_COLUMNS,
        sources=(pyramid("“training staff or changing processes”"), code("9.2")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|kind|opened_on
L1|training|2025-01-06
L2|individual remedy|2025-01-06
L3|system|2023-01-06
"""
            },
            numerator=1,
            denominator=2,
            in_words="L1 changes practice, L2 puts one case right; L3 was opened before the twelve months.",
        ),
    ),
    Indicator(
        key="not_repeated",
        title="Not repeated within six months",
        question="Does the same household come back about the same thing?",
        why_it_matters="Nobody is better placed to say that it was not put right than the household that complains "
        "again.",
        level="operational",
        kind="share",
        gate="should",
        population="complaints",
        denominator=pl.col("is_upheld"),
        numerator=pl.col("came_back_on").is_null(),
        dated_by="repeat_known_on",
        of_which="of upheld complaints whose 183 days after the response ended in the twelve months",
        counted="with no further complaint of the same household and service area in those days",
        unit="upheld complaints",
        threshold=Threshold(
            value=0.90, basis="JUDGEMENT", why="One household in ten coming back is where we begin to worry."
        ),
        needs=("complaints",),
        shows=("complaint_ref", "service_area", "team", "first_upheld_on", "came_back_on"),
        sources=(systemic("“proof that we simply went round the loop once again”"), code("7.3")),
        example=WorkedExample(
            as_at=date(2025, 12, 31),
            tables={
                "complaints": """
complaint_ref|household_ref|category|received_on|stage_1_responded_on|stage_1_outcome
A|H1|Repairs|2025-01-06|2025-01-20|upheld
B|H1|Repairs|2025-04-07||
C|H2|Repairs|2025-01-06|2025-01-20|upheld
D|H2|Heating|2025-04-07||
"""
            },
            numerator=1,
            denominator=2,
            in_words="Household H1 came back about repairs within 183 days; H2 complained again, but about heating.",
        ),
    ),
    Indicator(
        key="told_residents",
        title="Residents told what changed",
        question="Do residents hear what we changed because of them?",
        why_it_matters="Closing the loop visibly is how trust returns.",
        level="operational",
        kind="share",
        gate="should",
        population="actions",
        denominator=pl.lit(True),
        numerator=pl.col("told_residents_on").is_not_null(),
        counted_from="told_residents_on",
        dated_by="done_on",
        of_which="of learning actions done in the twelve months",
        counted="of which residents were told",
        unit="actions",
        threshold=Threshold(value=0.60, basis="JUDGEMENT", why="Not every change concerns every resident; most do."),
        needs=("learning_actions",),
        shows=ACTION_COLUMNS,
        sources=(code("9.3"), systemic("“True learning means closing the loop visibly”")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|opened_on|done_on|told_residents_on
L1|2024-10-01|2025-01-31|2025-02-28
L2|2024-10-01|2025-01-31|
L3|2024-10-01|2025-01-31|2025-04-30
"""
            },
            numerator=1,
            denominator=3,
            in_words="Residents were told of L1, not of L2, and of L3 only after the day the figure speaks for.",
        ),
    ),
    Indicator(
        key="decisions_accepted",
        title="Ombudsman decisions accepted",
        question="Do we argue with the Ombudsman, or learn?",
        why_it_matters="Defensiveness (“the compensation is too high, the case is old”) marks the lowest level.",
        level="operational",
        kind="share",
        gate="should",
        population="findings",
        denominator=pl.lit(True),
        numerator=pl.lit(True),
        counted_until="contested_on",
        dated_by="decided_on",
        of_which="of Ombudsman findings decided in the twelve months",
        counted="not put to review, or changed by the review",
        unit="findings",
        threshold=Threshold(value=0.90, basis="JUDGEMENT", why="A landlord may be right now and then; not as a habit."),
        needs=("determinations",),
        shows=(
            "determination_ref",
            "complaint_ref",
            "service_area",
            "finding",
            "decided_on",
            "review_requested_on",
            "review_changed_finding",
        ),
        sources=(pyramid("“It may display defensiveness when responding to ombudsman decisions”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "determinations": """
determination_ref|decided_on|review_requested_on|review_changed_finding
D1|2025-01-06||
D2|2025-01-06|2025-01-20|no
D3|2025-01-06|2025-01-20|yes
"""
            },
            numerator=2,
            denominator=3,
            in_words="D1 was accepted; the challenge to D2 failed; the challenge to D3 was right.",
        ),
    ),
    Indicator(
        key="orders_complied",
        title="Ombudsman orders complied with in time",
        question="Do we do what the Ombudsman orders, by the day it orders?",
        why_it_matters="An order missed is reported to the governing body and may be published.",
        level="operational",
        kind="fact",
        gate="must",
        population="commitments",
        denominator=pl.col("made_at") == "ombudsman",
        known_from="promised_on",
        numerator=pl.col("completed_on") <= pl.col("due_on"),
        dated_by="due_on",
        of_which="of Ombudsman orders falling due in the twelve months",
        counted="completed by the due date",
        unit="orders",
        threshold=Threshold(
            value=0.95, basis="JUDGEMENT", why="The Scheme asks for all; one slip in twenty is not a habit."
        ),
        smallest_n=0,
        none_due_is_met=True,
        needs=("commitments",),
        shows=("complaint_ref", "commitment_ref", "kind", "severe", "promised_on", "due_on", "completed_on"),
        sources=(code("9.7c"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "commitments": """
commitment_ref|complaint_ref|made_at|promised_on|due_on|completed_on
P1|A|ombudsman|2025-01-06|2025-02-03|2025-02-03
P2|A|ombudsman|2025-01-06|2025-02-03|2025-02-05
P3|A|stage 1|2025-01-06|2025-02-03|
"""
            },
            numerator=1,
            denominator=2,
            in_words="P1 was complied with, P2 two days late; P3 is the landlord's own promise, not an order.",
        ),
    ),
)
