"""What must hold of every indicator in the catalogue, whoever declares it."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from metrics.assessment import read_indicators
from metrics.catalogue import GATES, INDICATORS, indicator
from metrics.counting.cases import cases_behind
from metrics.indicator import Indicator
from metrics.populations import POPULATIONS, population
from metrics.records import TABLE_BY_NAME, Records
from metrics.words import LEVELS
from metrics.worked_example import records_of

EXAMPLES = [pytest.param(each, id=each.key) for each in INDICATORS if each.example]
ALL = [pytest.param(each, id=each.key) for each in INDICATORS]
COUNTED = [
    pytest.param(each, id=each.key) for each in INDICATORS if each.population in POPULATIONS and not each.tsm_measure
]


@pytest.mark.parametrize("declared", EXAMPLES)
def test_the_worked_example_comes_to_what_it_says(declared: Indicator) -> None:
    example = declared.example
    assert example is not None
    reading = read_indicators(records_of(example), example.as_at)[declared.key]
    assert (reading.numerator, reading.denominator) == (example.numerator, example.denominator)


@pytest.mark.parametrize("declared", [each for each in EXAMPLES if each in COUNTED])
def test_an_example_lists_as_many_cases_as_it_counts(declared: Indicator) -> None:
    example = declared.example
    assert example is not None
    records = records_of(example)
    succeeded = cases_behind(records, declared.key, example.as_at, which="numerator").height
    failed = cases_behind(records, declared.key, example.as_at, which="attention").height
    assert succeeded == example.numerator
    assert succeeded + failed == cases_behind(records, declared.key, example.as_at).height


@pytest.mark.parametrize("declared", ALL)
def test_the_declaration_is_complete(declared: Indicator) -> None:
    words = (declared.title, declared.question, declared.why_it_matters, declared.of_which, declared.counted)
    assert all(words)
    assert declared.threshold.why
    assert declared.sources
    assert all(source.document and source.paragraph for source in declared.sources)
    assert set(declared.needs) <= set(TABLE_BY_NAME)
    assert (declared.gate is None) == (declared.level is None)


@pytest.mark.parametrize("declared", [each for each in ALL if each.values[0].gate])  # type: ignore[union-attr]
def test_every_gate_that_is_counted_has_a_worked_example(declared: Indicator) -> None:
    assert declared.example or declared.tsm_measure


@pytest.mark.parametrize("declared", COUNTED)
def test_the_population_has_every_column_the_declaration_names(declared: Indicator) -> None:
    columns = population(Records(landlord_code="NONE", frames={}), declared.population).collect_schema().names()
    dates = {declared.dated_by, declared.known_from, declared.counted_from, declared.counted_until} - {""}
    roots = {name for part in (declared.denominator, declared.numerator) for name in part.meta.root_names()}
    assert {*declared.shows, *dates, *roots, "service_area"} <= set(columns)


@pytest.mark.parametrize("declared", ALL)
def test_without_records_nothing_is_evidenced_and_nothing_is_zero(declared: Indicator) -> None:
    reading = read_indicators(Records(landlord_code="NONE", frames={}), date(2025, 3, 31))[declared.key]
    assert reading.value is None
    assert reading.numerator is None
    assert reading.reason
    assert reading.state == ("not evidenced" if declared.gate else None)


def test_every_level_has_musts_and_shoulds() -> None:
    for level in LEVELS:
        assert {each.gate for each in GATES if each.level == level} == {"must", "should"}


def test_an_unknown_key_is_refused_with_the_keys_there_are() -> None:
    with pytest.raises(KeyError, match="acknowledged_on_time"):
        indicator("no such key")


def test_a_frame_of_nulls_keeps_its_types() -> None:
    example = indicator("acknowledged_on_time").example
    assert example is not None
    records = records_of(example)
    table = TABLE_BY_NAME["complaints"]
    optional = [column.name for column in table.columns if not column.required]
    bare = records.frame("complaints").with_columns(
        pl.lit(None, table.column(name).dtype).alias(name) for name in optional
    )
    reading = read_indicators(replace(records, frames={"complaints": bare}), example.as_at)["acknowledged_on_time"]
    assert reading.numerator == 0
