"""Strategic: causes, joined up, owned at the top."""

from datetime import date

import polars as pl

from metrics.indicator import THEMES, Gate, Indicator, Source, Threshold, WorkedExample
from metrics.indicators.operational import ACTION_COLUMNS
from metrics.indicators.sources import code, pyramid, systemic
from metrics.words import Level

EFFECT_COLUMNS = ("action_ref", "title", "service_area", "done_on", "before", "after", "comparison", "verdict")


def share_of_actions_opened(
    *,
    key: str,
    title: str,
    question: str,
    why_it_matters: str,
    level: Level,
    gate: Gate,
    numerator: pl.Expr,
    counted: str,
    threshold: float,
    why: str,
    sources: tuple[Source, ...],
    example: WorkedExample,
    shows: tuple[str, ...] = ACTION_COLUMNS,
) -> Indicator:
    """A share of the learning actions opened in the window: the shape most of the upper gates have."""
    return Indicator(
        key=key,
        title=title,
        question=question,
        why_it_matters=why_it_matters,
        level=level,
        kind="share",
        gate=gate,
        population="actions",
        denominator=pl.lit(True),
        numerator=numerator,
        dated_by="opened_on",
        of_which="of learning actions opened in the twelve months",
        counted=counted,
        unit="actions",
        threshold=Threshold(value=threshold, basis="JUDGEMENT", why=why),
        needs=("learning_actions",),
        shows=shows,
        sources=sources,
        example=example,
    )


def _two_of_three(column: str, yes: str, no: str, in_words: str) -> WorkedExample:
    return WorkedExample(
        as_at=date(2025, 3, 31),
        tables={
            "learning_actions": f"""
action_ref|opened_on|{column}
L1|2025-01-06|{yes}
L2|2025-01-06|{yes}
L3|2025-01-06|{no}
L4|2023-01-06|{yes}
"""
        },
        numerator=2,
        denominator=3,
        in_words=f"{in_words} L4 was opened before the twelve months.",
    )


STRATEGIC = (
    share_of_actions_opened(
        key="root_cause_analysed",
        title="Root cause analysed",
        question="Do we ask why before we act?",
        why_it_matters="Without the cause, an action treats the last complaint, not the next.",
        level="strategic",
        gate="must",
        numerator=pl.col("root_cause_analysis"),
        counted="with a root cause analysis behind them",
        threshold=0.60,
        why="Small fixes need none; most changes do.",
        sources=(pyramid("“It will see root cause analysis”"), code("9.4")),
        example=_two_of_three("root_cause_analysis", "yes", "", "L1 and L2 have one; for L3 none is recorded."),
        shows=(*ACTION_COLUMNS, "root_cause", "root_cause_analysis"),
    ),
    share_of_actions_opened(
        key="senior_owned",
        title="Owned by executive or governing body",
        question="Does anybody at the top own the change?",
        why_it_matters="Officers can fix what is theirs; causes that cross directorates need somebody above them.",
        level="strategic",
        gate="must",
        numerator=pl.col("is_senior_owned"),
        counted="owned by the executive or the governing body",
        threshold=0.30,
        why="Not every action belongs at the top; if hardly any does, learning is an officers' matter.",
        sources=(pyramid("“largely owned by officers without engaging the senior executive or governing body”"),),
        example=_two_of_three(
            "owner_role", "executive", "officer", "L1 and L2 are owned by an executive, L3 by an officer."
        ),
    ),
    share_of_actions_opened(
        key="joined_up",
        title="Joined to other data or programmes",
        question="Are complaints read together with risk, audit, assets, repairs and satisfaction?",
        why_it_matters="A theme seen in two sources is a finding; in one it may be chance.",
        level="strategic",
        gate="must",
        numerator=pl.col("is_joined_up"),
        counted="linked to at least one other programme or source of data",
        threshold=0.40,
        why="Linking takes effort and is not always apt; four in ten shows a habit.",
        sources=(pyramid("“complaints being used to connect to other data and programmes”"),),
        example=_two_of_three("linked_to", "risk register;tsm", "", "L1 and L2 are linked, L3 is not."),
        shows=(*ACTION_COLUMNS, "linked_to"),
    ),
    share_of_actions_opened(
        key="owned_beyond_complaints",
        title="Owned beyond the complaints team",
        question="Do the services own the learning, or does the complaints team?",
        why_it_matters="If learning sits only with the complaints team, it never reaches day-to-day decisions.",
        level="strategic",
        gate="should",
        numerator=pl.col("is_owned_beyond_complaints"),
        counted="owned by a directorate other than complaints",
        threshold=0.60,
        why="The complaints team may own some; the services should own most.",
        sources=(systemic("“learning must be organisational, not departmental”"), code("9.8")),
        example=_two_of_three(
            "owner_directorate", "Property", "Complaints and Insight", "L1 and L2 belong to Property, L3 to complaints."
        ),
    ),
    Indicator(
        key="effect_shown",
        title="Actions that made complaints fall",
        question="Did anything change for residents?",
        why_it_matters="Activity is not impact: an action counts when complaints on its theme fall.",
        level="strategic",
        kind="share",
        gate="should",
        population=THEMES,
        denominator=pl.lit(True),
        numerator=pl.lit(False),
        dated_by="done_on",
        months=24,
        of_which="of themes with a tested action in twenty-four months",
        counted="whose latest tested action was followed by fewer complaints",
        unit="themes",
        threshold=Threshold(
            value=0.40, basis="JUDGEMENT", why="Many good actions are too small to show; four in ten is strong."
        ),
        smallest_n=3,
        needs=("complaints", "learning_actions"),
        shows=EFFECT_COLUMNS,
        sources=(systemic("“They evidence activity, not impact.”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|theme|kind|opened_on|done_on
L1|Damp|system|2024-01-08|2024-02-05
L2|Lifts|process|2024-01-08|2024-02-05
L3|Damp|individual remedy|2024-03-04|2024-03-11
L4|Lifts|training|2024-11-04|2024-12-02
""",
                "complaints": """
category|received_on
Damp|2023-05-02
Damp|2023-06-05
Damp|2023-07-03
Damp|2023-08-07
Damp|2023-08-21
Damp|2023-09-04
Damp|2023-09-18
Damp|2023-12-04
Damp|2024-06-03
Lifts|2023-05-09
Lifts|2023-06-12
Lifts|2023-07-10
Lifts|2024-07-08
""",
            },
            numerator=2,
            denominator=12,
            in_words="Neither theme has twelve complaints of its own, so both are taken together: ten came in the year "
            "that ends a quarter before the actions were opened (the one of December 2023 is left out), two in the "
            "year after they were done. That is hardly chance: met. L3 put right one case, and L4 was done too "
            "lately to be tested.",
        ),
    ),
    Indicator(
        key="board_scrutiny",
        title="Scrutiny by the governing body",
        question="Does the governing body take what the Code says it must, and do something with it?",
        why_it_matters="A paper that is noted changes nothing; a challenge or a decision may.",
        level="strategic",
        kind="fact",
        gate="must",
        population="governance_quarters",
        denominator=pl.lit(True),
        numerator=pl.col("is_scrutinised"),
        dated_by="quarter_ended_on",
        of_which="of the last four complete quarters",
        counted="in which the governing body or a committee took performance, trends and Ombudsman updates and "
        "challenged "
        "or decided at least one",
        unit="quarters",
        threshold=Threshold(
            value=3, basis="JUDGEMENT", why="The Code asks for regular updates; three quarters of four is regular."
        ),
        smallest_n=0,
        bound_on="count",
        out_of=4,
        needs=("governance",),
        shows=("quarter_ended_on", "items_taken", "is_active", "is_scrutinised"),
        sources=(code("9.6-9.7"), pyramid("“Every MRC could facilitate an open and honest discussion”")),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "governance": """
item_ref|met_on|body|item|response
G1|2025-02-10|governing body|performance update|noted
G2|2025-02-10|governing body|trend review|challenged
G3|2025-03-10|committee|ombudsman update|noted
G4|2024-11-10|governing body|performance update|decided
G5|2024-11-10|governing body|trend review|noted
"""
            },
            numerator=1,
            denominator=4,
            in_words="In January to March all three were taken and one was challenged. In October to December "
            "the Ombudsman "
            "update is missing. Nothing is recorded for the two quarters before.",
        ),
    ),
    Indicator(
        key="loops_owned",
        title="Looping themes owned at the top",
        question="Where we go round the loop again, has somebody at the top taken it on?",
        why_it_matters="A theme upheld quarter after quarter despite finished actions is no longer an officers' "
        "matter.",
        level="strategic",
        kind="fact",
        gate="should",
        population=THEMES,
        denominator=pl.lit(True),
        numerator=pl.lit(False),
        dated_by="opened_on",
        of_which="of looping themes",
        counted="with an open action owned by the executive or the governing body",
        unit="themes",
        threshold=Threshold(value=0.75, basis="JUDGEMENT", why="Three in four leaves room for one just found."),
        smallest_n=0,
        none_due_is_met=True,
        needs=("complaints", "learning_actions"),
        shows=(
            "service_area",
            "upheld_in_four_quarters",
            "latest_verdict",
            "action_ref",
            "title",
            "owner_role",
            "opened_on",
        ),
        sources=(systemic("“no longer operational. It’s cultural.”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|theme|kind|opened_on|done_on|owner_role
L1|Damp|training|2024-02-05|2024-03-04|officer
L2|Damp|contract|2025-02-03||executive
L3|Lifts|training|2024-02-05|2024-03-04|officer
L4|Lifts|process|2025-02-03||manager
L5|Noise|training|2024-02-05|2024-03-04|officer
""",
                "complaints": """
category|received_on|stage_1_responded_on|stage_1_outcome
Damp|2024-05-07|2024-05-20|upheld
Damp|2024-08-05|2024-08-19|partly upheld
Damp|2024-11-04|2024-11-18|upheld
Damp|2025-02-03|2025-02-17|upheld
Lifts|2024-05-07|2024-05-20|upheld
Lifts|2024-08-05|2024-08-19|upheld
Lifts|2024-11-04|2024-11-18|upheld
Lifts|2025-02-03|2025-02-17|upheld
Noise|2024-05-07|2024-05-20|upheld
Noise|2024-11-04|2024-11-18|upheld
""",
            },
            numerator=1,
            denominator=2,
            in_words="Damp and lifts were upheld in each of the four quarters although training had been given. "
            "On damp an executive now owns an open action, on lifts a manager does. Noise had quarters without.",
        ),
    ),
    share_of_actions_opened(
        key="strong_actions",
        title="Strong actions",
        question="Do we change systems, or send another reminder?",
        why_it_matters="Reminders and training fade with staff turnover; changes to systems and contracts stay.",
        level="strategic",
        gate="should",
        numerator=pl.col("strength") == "strong",
        counted="of strength strong",
        threshold=0.30,
        why="Strong actions cost more; three in ten is a good mix.",
        sources=(pyramid("“the benefits may be short-lived because of staff turnover”"),),
        example=_two_of_three("strength", "strong", "weak", "L1 and L2 are strong, L3 is weak."),
        shows=(*ACTION_COLUMNS, "strength"),
    ),
)
