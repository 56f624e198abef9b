"""Cultural: proactive, and complaints test values and behaviour."""

from datetime import date

import polars as pl

from metrics.indicator import THEMES, Indicator, Threshold, WorkedExample
from metrics.indicators.sources import apology_report, code, pyramid, systemic, tsm
from metrics.indicators.strategic import EFFECT_COLUMNS, share_of_actions_opened

GOOD_APOLOGY = 5  # of the six criteria


def _published(*, key: str, measure: str, title: str, question: str, why_it_matters: str, counted: str) -> Indicator:
    return Indicator(
        key=key,
        title=title,
        question=question,
        why_it_matters=why_it_matters,
        level="cultural",
        kind="share",
        gate="should",
        population="tsm",
        denominator=pl.lit(True),
        numerator=pl.lit(True),
        dated_by="year",
        months=30,
        of_which=f"of tenants who answered {measure} in the latest year with national figures",
        counted=counted,
        unit="tenants surveyed",
        unit_one="tenant surveyed",
        threshold=Threshold(
            value=None,
            basis="JUDGEMENT",
            why="The national upper quartile of the same year: the figure is the regulator's, the choice of line "
            "is ours.",
        ),
        needs=("tsm",),
        tsm_measure=measure,
        sources=(tsm(measure),),
    )


CULTURAL = (
    share_of_actions_opened(
        key="proactive",
        title="Proactive learning",
        question="Do we learn before anybody makes us?",
        why_it_matters="Learning that starts with an order or a headline is a reaction, not a culture.",
        level="cultural",
        gate="must",
        numerator=pl.col("is_proactive"),
        counted="set off by own analysis, residents' or staff voice, or an emerging risk",
        threshold=0.60,
        why="Some learning will always follow a case or an order; most should not need one.",
        sources=(pyramid("“proactive, rather than a reaction to external pressure”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|opened_on|trigger
L1|2025-01-06|own analysis
L2|2025-01-06|ombudsman
L3|2025-01-06|single complaint
"""
            },
            numerator=1,
            denominator=3,
            in_words="L1 came from own analysis; L2 was ordered, and L3 answered a single complaint.",
        ),
    ),
    Indicator(
        key="learned_first",
        title="Learned before the Ombudsman found",
        question="Had we begun to learn before the Ombudsman told us?",
        why_it_matters="A finding on a theme we were already working on is a late case; on any other it is news to us.",
        level="cultural",
        kind="share",
        gate="should",
        population="findings",
        denominator=pl.col("is_upheld"),
        numerator=pl.col("own_action_on").is_not_null(),
        dated_by="decided_on",
        of_which="of Ombudsman findings upheld in the twelve months",
        counted="on a theme where we had opened an action of our own in the twenty-four months before",
        unit="findings",
        threshold=Threshold(value=0.50, basis="JUDGEMENT", why="Nobody foresees everything; half shows we look."),
        needs=("determinations", "learning_actions"),
        shows=("determination_ref", "complaint_ref", "service_area", "finding", "decided_on", "own_action_on"),
        sources=(pyramid("“proactive, rather than a reaction to external pressure”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "determinations": """
determination_ref|category|finding|decided_on
D1|Damp|maladministration|2025-01-06
D2|Lifts|service failure|2025-01-06
D3|Damp|no maladministration|2025-01-06
""",
                "learning_actions": """
action_ref|theme|trigger|opened_on
L1|Damp|own analysis|2024-06-03
L2|Lifts|ombudsman|2024-06-03
""",
            },
            numerator=1,
            denominator=2,
            in_words="On damp we had begun by ourselves; on lifts only because of an earlier order; D3 was not upheld.",
        ),
    ),
    Indicator(
        key="sustained",
        title="Falls that lasted",
        question="Will it last?",
        why_it_matters="Benefits are often short-lived: staff leave, contracts change, attention moves.",
        level="cultural",
        kind="share",
        gate="must",
        population=THEMES,
        denominator=pl.lit(True),
        numerator=pl.lit(False),
        dated_by="done_on",
        months=36,
        of_which="of themes with an action done a year or more ago and tested",
        counted="whose complaints had fallen both at six and at twelve months",
        unit="themes",
        threshold=Threshold(value=0.40, basis="JUDGEMENT", why="Four themes in ten that stay down is rare and strong."),
        smallest_n=3,
        needs=("complaints", "learning_actions"),
        shows=(*EFFECT_COLUMNS, "verdict_6_months"),
        sources=(pyramid("“the benefits may be short-lived”"),),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "learning_actions": """
action_ref|theme|kind|opened_on|done_on
L1|Damp|system|2024-01-08|2024-02-05
L2|Damp|training|2024-05-06|2024-06-03
""",
                "complaints": """
category|received_on
Damp|2023-01-09
Damp|2023-02-06
Damp|2023-03-06
Damp|2023-04-03
Damp|2023-05-02
Damp|2023-06-05
Damp|2023-07-03
Damp|2023-08-07
Damp|2023-08-21
Damp|2023-09-04
Damp|2023-09-11
Damp|2023-09-18
Damp|2023-12-04
Damp|2024-06-03
Damp|2024-11-04
""",
            },
            numerator=2,
            denominator=14,
            in_words="L1 was done more than a year ago; L2 was not, and does not speak yet. Twelve complaints came in "
            "the year before, one in the first six months after L1 and two in the first twelve: so few at both looks "
            "can hardly be chance, so it is met. With fewer than three themes they are taken together.",
        ),
    ),
    _published(
        key="listens",
        measure="TP06",
        title="Listens and acts (TP06)",
        question="Do tenants say that we listen to their views and act on them?",
        why_it_matters="Of all measures it is the one closest to the culture complaints are meant to test.",
        counted="satisfied that the landlord listens to their views and acts upon them",
    ),
    _published(
        key="complaints_satisfaction",
        measure="TP09",
        title="Satisfied with complaints handling (TP09)",
        question="Are those who complained satisfied with how we handled it?",
        why_it_matters="It is the resident's own verdict; few are asked, so it needs its interval.",
        counted="satisfied with the approach to complaints handling",
    ),
    Indicator(
        key="openness",
        title="Openness: complaints reported are recorded",
        question="Do we record the complaints our tenants say they made?",
        why_it_matters="Far more tenants say they complained than landlords record; a wider gap than elsewhere "
        "may hide "
        "stages.",
        level="cultural",
        kind="share",
        gate="should",
        population="tsm",
        denominator=pl.lit(True),
        numerator=pl.lit(True),
        dated_by="year",
        months=30,
        of_which="of tenants surveyed in the latest year with national figures",
        counted="who say they complained in the last twelve months",
        unit="tenants surveyed",
        unit_one="tenant surveyed",
        better="lower",
        threshold=Threshold(
            value=None,
            basis="JUDGEMENT",
            why="What the landlord's own recorded stage 1 rate would suggest at the national median of reported "
            "to recorded.",
        ),
        needs=("tsm",),
        tsm_measure="complained",
        sources=(tsm("TP09 filter and CH01"), code("1.2")),
    ),
    Indicator(
        key="apology_quality",
        title="Good apologies",
        question="Are our apologies personal, and do they take responsibility?",
        why_it_matters="A bad apology does more harm than none.",
        level="cultural",
        kind="share",
        gate="should",
        population="apologies",
        denominator=pl.col("is_assessed"),
        numerator=pl.col("criteria_met") >= GOOD_APOLOGY,
        dated_by="made_on",
        of_which="of apologies made in the twelve months and read against the six criteria",
        counted=f"meeting at least {GOOD_APOLOGY} of 6",
        unit="apologies",
        unit_one="apology",
        threshold=Threshold(
            value=0.70, basis="JUDGEMENT", why="Seven in ten shows a practised manner, with room for bad days."
        ),
        needs=("apologies",),
        shows=(
            "apology_ref",
            "complaint_ref",
            "service_area",
            "made_on",
            "stage",
            "made_by_role",
            "timely",
            "personal",
            "empathetic",
            "takes_responsibility",
            "shares_learning",
            "offers_remedy",
            "criteria_met",
        ),
        sources=(
            apology_report("Six criteria of a good apology"),
            systemic("“Breaking systemic failure requires honesty”"),
        ),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "apologies": """
apology_ref|complaint_ref|made_on|timely|personal|empathetic|takes_responsibility|shares_learning|offers_remedy
A1|A|2025-01-06|yes|yes|yes|yes|no|yes
A2|A|2025-01-06|yes|yes|||no|yes
A3|A|2025-01-06||||||
"""
            },
            numerator=1,
            denominator=2,
            in_words="A1 meets five of six; A2 three, because blank counts as not met; A3 was not read at all.",
        ),
    ),
    Indicator(
        key="culture_tested",
        title="Culture tested with complaints",
        question="Has the governing body used complaints to test culture, values and behaviour?",
        why_it_matters="It is what the Ombudsman puts at the top of the pyramid.",
        level="cultural",
        kind="fact",
        gate="must",
        population="governance",
        denominator=pl.col("is_governing") & (pl.col("item") == "culture test"),
        numerator=pl.lit(True),
        dated_by="met_on",
        of_which="of culture tests taken in the twelve months",
        counted="taken at the governing body or a committee",
        unit="culture tests",
        threshold=Threshold(value=1, basis="JUDGEMENT", why="Once a year is the least that can be called testing."),
        smallest_n=0,
        bound_on="count",
        needs=("governance",),
        shows=("item_ref", "met_on", "body", "item", "theme", "response", "minute_ref"),
        sources=(
            pyramid("“complaints intelligence being used to test organisational culture, values and behaviours”"),
        ),
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "governance": """
item_ref|met_on|body|item
G1|2024-11-11|governing body|culture test
G2|2024-11-11|executive|culture test
"""
            },
            numerator=1,
            denominator=None,
            in_words="The governing body took one; the executive's own does not count.",
        ),
    ),
)
