"""Readings for readers who do not see small numbers: what would tell of one to four people is left out, with whatever
would give it back.

A share of people hides if those counted, or those not counted, are one to four: the other follows by subtraction. Then
a bound that every small count shares stands for its value, and its interval, its probability and the step to its
threshold, from which the count could be worked back, are left out. Promises and responses are made to people; actions,
meetings and the Ombudsman's findings and orders, which the Ombudsman publishes itself and the Code wants the governing
body to hear of, are not counts of people.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor

from metrics.indicator import Indicator
from metrics.reading import Assessment, Reading, Step
from metrics.sentences.figures import count_words
from metrics.sentences.position import sentence
from metrics.small_numbers import FEW, FEWER, NOT_SHOWN, is_few

OF_PEOPLE = frozenset({"complaints", "stages", "commitments", "apologies"})
TOLD_ANYWAY = frozenset({"orders_complied"})
# Parts that add up to a figure shown beside them: where one hides, so do the others.
PARTS_OF_A_WHOLE = (
    ("ch01_1_lcra", "ch01_1_lcho"),
    ("ch01_2_lcra", "ch01_2_lcho"),
    ("ch02_1_lcra", "ch02_1_lcho"),
    ("ch02_2_lcra", "ch02_2_lcho"),
)
_ONLY_FEW = re.compile(r"\bOnly [1-4]\b")


def counts_people(indicator: Indicator) -> bool:
    """Whether what it counts are people, or what belongs to one of them."""
    return indicator.population in OF_PEOPLE and indicator.key not in TOLD_ANYWAY


def is_small(reading: Reading) -> bool:
    """Whether showing the count would tell of one to four people."""
    if not counts_people(reading.indicator) or reading.numerator is None or reading.state == "not evidenced":
        return False
    if reading.indicator.per_homes or reading.denominator is None:
        return is_few(reading.numerator)
    return is_few(reading.numerator) or is_few(reading.denominator - reading.numerator)


def reason(reading: Reading) -> str:
    """Why a figure is not evidenced, without telling of one to four people."""
    return _ONLY_FEW.sub(FEWER.capitalize(), reading.reason)


def without_small(assessment: Assessment) -> Assessment:
    """The assessment with nothing small in it. Positions, states and probabilities of positions are as they were."""
    readings = masked(assessment.readings)
    days = sorted({reading.as_at for each in assessment.history.values() for reading in each})
    by_day = [
        masked({key: reading for key, each in assessment.history.items() for reading in each if reading.as_at == day})
        for day in days
    ]
    history = {key: tuple(found[key] for found in by_day if key in found) for key in assessment.history}
    route = tuple(_step(step, readings.get(step.key)) for step in assessment.placement.route_up)
    return replace(
        assessment, readings=readings, history=history, placement=replace(assessment.placement, route_up=route)
    )


def masked(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Readings of one day, by key, nothing small among them."""
    found = {key: _masked(reading) for key, reading in readings.items()}
    for parts in PARTS_OF_A_WHOLE:
        if any(key in found and found[key].instead for key in parts):
            found |= {key: _left_out(found[key]) for key in parts if key in found}
    return found


def _masked(reading: Reading) -> Reading:
    if not is_small(reading):
        return replace(reading, reason=reason(reading))
    left_out = _left_out(reading)
    k, n = reading.numerator or 0, reading.denominator
    if reading.indicator.per_homes or n is None:
        return replace(left_out, instead=FEWER)
    if n < FEW or (is_few(k) and is_few(n - k)):
        return left_out
    if is_few(k):
        most = f"{ceil(100 * (FEW - 1) / n)}% or less"
        return replace(left_out, instead=most, instead_of_count=f"{FEWER} of {count_words(n)}")
    least = f"{floor(100 * (n - FEW + 1) / n)}% or more"
    return replace(left_out, instead=least, instead_of_count=f"all but {FEWER} of {count_words(n)}")


def _left_out(reading: Reading) -> Reading:
    blank = replace(reading, numerator=None, denominator=None, value=None, low=None, high=None, probability=None)
    return replace(blank, instead=NOT_SHOWN, instead_of_count="", note="")


def _step(step: Step, reading: Reading | None) -> Step:
    """A step without the number that, with the threshold, would give the count away."""
    if reading is None or not reading.instead:
        return replace(step, words=_ONLY_FEW.sub(FEWER.capitalize(), step.words))
    return replace(step, further=None, words=sentence(f"“{reading.indicator.title}”: more {reading.indicator.counted}"))
