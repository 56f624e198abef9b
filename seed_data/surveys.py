"""Tenant Satisfaction Measures: survey answers of the story, management figures from the landlord's own complaints."""

from datetime import date

import numpy as np
import polars as pl

from metrics.working_days import working_days
from seed_data.story import Story

# How far each perception measure lies from TP01, after the national medians of 2024-25 (RSH).
FROM_OVERALL = {
    "TP02": 1.8,
    "TP03": -2.3,
    "TP04": 0.1,
    "TP05": 5.8,
    "TP07": 0.2,
    "TP08": 6.1,
    "TP10": -5.1,
    "TP11": -7.2,
    "TP12": -12.3,
}
PUBLISHED_UNTIL = "2024-25"


def tsm(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """Every measure of each year: columns year, stock, measure, value, base, source. 2025-26 is the landlord's own
    return, not yet in the national figures."""
    parts = [_year(story, rng, complaints, number) for number in range(len(story.survey.years))]
    return pl.concat(parts).with_columns(landlord_code=pl.lit(story.code))


def _year(story: Story, rng: np.random.Generator, complaints: pl.DataFrame, number: int) -> pl.DataFrame:
    survey, year = story.survey, story.survey.years[number]
    source = "Published return" if year <= PUBLISHED_UNTIL else "Own return, not yet published"
    rows: list[tuple[str, str, float, int | None]] = [
        ("LCRA", measure, value, base) for measure, value, base in _perception(story, rng, number)
    ]
    rows += [
        ("LCRA", "NM01(1)", _round(rng.normal(36, 6)), None),
        ("LCRA", "NM01(2)", _round(rng.normal(0.6, 0.2)), None),
        ("LCRA", "RP01", _round(abs(rng.normal(0.5, 0.6))), None),
        ("LCRA", "RP02(1)", _round(survey.overall[number] + rng.normal(10, 1.5)), None),
        ("LCRA", "RP02(2)", _round(min(100.0, 95 + rng.normal(0, 1.5))), None),
        *(("LCRA", f"BS0{n}", _round(min(100.0, 99.6 + rng.normal(0.2, 0.2))), None) for n in range(1, 6)),
    ]
    for stock, homes in (("LCRA", story.homes_lcra), ("LCHO", story.homes_lcho)):
        if homes:
            rows += [(stock, *figure, None) for figure in _complaint_measures(story, complaints, year, stock, homes)]
    frame = pl.DataFrame(rows, schema=["stock", "measure", "value", "base"], orient="row")
    return frame.with_columns(pl.col("base").cast(pl.Int64), year=pl.lit(year), source=pl.lit(source))


def _perception(story: Story, rng: np.random.Generator, number: int) -> list[tuple[str, float, int]]:
    """Survey measures with their bases: TP09 is asked only of those who say they complained."""
    survey = story.survey
    overall, complained = survey.overall[number], survey.complained[number]
    who_complained = round(survey.base * complained / 100)
    answered = round(survey.base * 0.94)
    others = [
        (measure, _round(overall + gap + rng.normal(0, 0.8)), round(survey.base * rng.uniform(0.6, 0.98)))
        for measure, gap in FROM_OVERALL.items()
    ]
    return [
        ("TP01", overall, survey.base),
        ("TP06", survey.listens[number], answered),
        ("TP09", survey.complaints[number], who_complained),
        ("complained", complained, survey.base),
        *others,
    ]


def _complaint_measures(
    story: Story, complaints: pl.DataFrame, year: str, stock: str, homes: int
) -> list[tuple[str, float]]:
    """CH01 per 1,000 homes, and CH02: answered in the Code's time of those received (out of the same complaints)."""
    start = date(int(year[:4]), 4, 1)
    end = date(int(year[:4]) + 1, 3, 31)
    figures = []
    for stage, begins, base_days in ((1, "received_on", 10), (2, "stage_2_requested_on", 20)):
        of_year = complaints.filter(pl.col(begins).is_between(start, end), pl.col("stock").cast(pl.String) == stock)
        made = of_year.height
        allowed = pl.when(pl.col(f"stage_{stage}_extended_to").is_null()).then(base_days).otherwise(2 * base_days)
        answered = of_year.drop_nulls([f"stage_{stage}_acknowledged_on", f"stage_{stage}_responded_on"])
        spent = working_days(pl.col(f"stage_{stage}_acknowledged_on"), pl.col(f"stage_{stage}_responded_on"))
        in_time = answered.filter(spent <= allowed).height
        figures.append((f"CH01({stage})", _round(1000 * made / homes)))
        if made:
            share = 100 * in_time / made + story.survey.in_time_flattered_by
            figures.append((f"CH02({stage})", _round(min(100.0, share))))
    return figures


def _round(value: float) -> float:
    return round(float(value), 1)
