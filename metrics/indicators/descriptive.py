"""Descriptive figures: the same shape of declaration, no gate and no judgement. Volume has no good direction (CODE
3.3)."""

from datetime import date

import polars as pl

from metrics.indicator import Better, Indicator, Source, Threshold, WorkedExample
from metrics.indicators.sources import code, tsm
from metrics.indicators.transactional import STAGE_COLUMNS

NO_LINE = Threshold(value=None, basis="JUDGEMENT", why="Described, not judged.")
COMPLAINT_COLUMNS = (
    "complaint_ref",
    "service_area",
    "team",
    "channel",
    "status",
    "received_on",
    "stage_2_requested_on",
)


def _described(
    *,
    key: str,
    title: str,
    question: str,
    why_it_matters: str,
    population: str,
    denominator: pl.Expr,
    numerator: pl.Expr,
    dated_by: str,
    counted_from: str = "",
    of_which: str,
    counted: str,
    unit: str,
    sources: tuple[Source, ...],
    shows: tuple[str, ...],
    per_homes: tuple[str, ...] = (),
    better: Better = "neither",
    example: WorkedExample | None = None,
) -> Indicator:
    return Indicator(
        key=key,
        title=title,
        question=question,
        why_it_matters=why_it_matters,
        level=None,
        kind="fact" if per_homes else "share",
        gate=None,
        population=population,
        denominator=denominator,
        numerator=numerator,
        dated_by=dated_by,
        counted_from=counted_from,
        of_which=of_which,
        counted=counted,
        unit=unit,
        better=better,
        threshold=NO_LINE,
        smallest_n=1,
        per_homes=per_homes,
        needs=("complaints", "landlords") if per_homes else ("complaints",),
        shows=shows,
        sources=sources,
        example=example,
    )


def _volume(key: str, title: str, stage: int, stocks: tuple[str, ...], paragraph: Source) -> Indicator:
    homes = tuple(f"homes_{stock.lower()}" for stock in stocks)
    return _described(
        key=key,
        title=title,
        question=f"How many stage {stage} complaints are made for every 1,000 homes?",
        why_it_matters="Many complaints may show an open door, few a shut one: volume alone is neither good nor bad.",
        population="stages",
        denominator=(pl.col("stage") == stage) & pl.col("stock").is_in(list(stocks)),
        numerator=pl.lit(True),
        dated_by="began_on",
        of_which=f"stage {stage} complaints made in the twelve months ({' and '.join(stocks)})",
        counted="per 1,000 homes",
        unit="complaints",
        per_homes=homes,
        sources=(paragraph, code("3.3")),
        shows=STAGE_COLUMNS,
    )


def _timely(key: str, stage: int, stock: str) -> Indicator:
    return _described(
        key=key,
        title=f"CH02({stage}) as the return counts it, {stock}",
        question=f"What share of stage {stage} complaints made in the year was answered within the Code's time?",
        why_it_matters="The published measure divides by complaints made, not by answers due: the two can differ.",
        population="stages",
        denominator=(pl.col("stage") == stage) & (pl.col("stock") == stock),
        numerator=pl.col("responded_in_time"),
        dated_by="began_on",
        counted_from="responded_on",
        of_which=f"of stage {stage} complaints made in the twelve months ({stock})",
        counted="answered within the Code's time, with or without an extension",
        unit="complaints",
        better="higher",
        sources=(tsm(f"CH02({stage})"),),
        shows=STAGE_COLUMNS,
    )


DESCRIPTIVE = (
    _volume("stage_1_per_1000_homes", "Stage 1 complaints per 1,000 homes", 1, ("LCRA", "LCHO"), code("9.7a")),
    _volume("stage_2_per_1000_homes", "Stage 2 complaints per 1,000 homes", 2, ("LCRA", "LCHO"), code("9.7a")),
    _volume("ch01_1_lcra", "CH01(1) as the return counts it, LCRA", 1, ("LCRA",), tsm("CH01(1)")),
    _volume("ch01_2_lcra", "CH01(2) as the return counts it, LCRA", 2, ("LCRA",), tsm("CH01(2)")),
    _volume("ch01_1_lcho", "CH01(1) as the return counts it, LCHO", 1, ("LCHO",), tsm("CH01(1)")),
    _volume("ch01_2_lcho", "CH01(2) as the return counts it, LCHO", 2, ("LCHO",), tsm("CH01(2)")),
    _timely("ch02_1_lcra", 1, "LCRA"),
    _timely("ch02_2_lcra", 2, "LCRA"),
    _timely("ch02_1_lcho", 1, "LCHO"),
    _timely("ch02_2_lcho", 2, "LCHO"),
    _described(
        key="escalated_to_stage_2",
        title="Taken to stage 2",
        question="How many complaints received in the year have gone on to stage 2?",
        why_it_matters="Few escalations may mean good answers, or residents who gave up.",
        population="complaints",
        denominator=pl.lit(True),
        numerator=pl.col("stage_2_requested_on").is_not_null(),
        dated_by="received_on",
        counted_from="stage_2_requested_on",
        of_which="of complaints received in the twelve months",
        counted="taken to stage 2 so far",
        unit="complaints",
        sources=(code("6.10"),),
        shows=COMPLAINT_COLUMNS,
        example=WorkedExample(
            as_at=date(2025, 3, 31),
            tables={
                "complaints": """
complaint_ref|received_on|stage_2_requested_on
A|2025-01-06|2025-02-03
B|2025-01-06|2025-05-06
"""
            },
            numerator=1,
            denominator=2,
            in_words="A went to stage 2; B only after the day the figure speaks for.",
        ),
    ),
    _described(
        key="refused",
        title="Refused",
        question="How many complaints do we turn away?",
        why_it_matters="Each refusal needs its own reason; a pattern of refusals is a barrier.",
        population="complaints",
        denominator=pl.lit(True),
        numerator=pl.col("status") == "refused",
        dated_by="received_on",
        of_which="of complaints received in the twelve months",
        counted="refused",
        unit="complaints",
        sources=(code("2.1-2.5"),),
        shows=("complaint_ref", "service_area", "team", "channel", "received_on", "refusal_reason"),
    ),
    _described(
        key="withdrawn",
        title="Withdrawn",
        question="How many complaints are withdrawn?",
        why_it_matters="A withdrawal soon after a call may be an answer given outside the process.",
        population="complaints",
        denominator=pl.lit(True),
        numerator=pl.col("status") == "withdrawn",
        dated_by="received_on",
        of_which="of complaints received in the twelve months",
        counted="withdrawn",
        unit="complaints",
        sources=(code("5.2"),),
        shows=COMPLAINT_COLUMNS,
    ),
    _described(
        key="stage_1_extended",
        title="Stage 1 extended",
        question="How often do we need more time?",
        why_it_matters="A good on-time figure that rests on extensions is not the same as a quick answer.",
        population="stages",
        denominator=pl.col("in_clock") & (pl.col("stage") == 1),
        numerator=pl.col("extended_to").is_not_null(),
        dated_by="response_due_on",
        of_which="of stage 1 responses falling due in the twelve months",
        counted="extended",
        unit="responses",
        sources=(code("6.4"),),
        shows=(*STAGE_COLUMNS, "extended_to"),
    ),
    _described(
        key="overturned_at_stage_2",
        title="Overturned at stage 2",
        question="How often does stage 2 uphold what stage 1 did not?",
        why_it_matters="A stage 1 often overturned decides too early or too defensively.",
        population="complaints",
        denominator=pl.col("in_clock")
        & (pl.col("stage_1_outcome") == "not upheld")
        & pl.col("stage_2_outcome").is_not_null(),
        numerator=pl.col("stage_2_outcome") != "not upheld",
        dated_by="stage_2_responded_on",
        of_which="of stage 2 responses in the twelve months to complaints not upheld at stage 1",
        counted="upheld or partly upheld",
        unit="stage 2 responses",
        sources=(code("6.10"),),
        shows=("complaint_ref", "service_area", "team", "stage_1_outcome", "stage_2_outcome", "stage_2_responded_on"),
    ),
    _described(
        key="answered_at_the_deadline",
        title="Answered at the deadline",
        question="Do answers pile up on the last day allowed?",
        why_it_matters="Many answers on the last day and few just after may show a clock managed rather than a case.",
        population="stages",
        denominator=pl.col("in_clock") & (pl.col("stage") == 1) & pl.col("responded_on").is_not_null(),
        numerator=pl.col("responded_on") == pl.col("response_due_on"),
        dated_by="responded_on",
        of_which="of stage 1 responses sent in the twelve months",
        counted="sent on the very day they were due",
        unit="responses",
        sources=(code("6.3"),),
        shows=STAGE_COLUMNS,
    ),
)
