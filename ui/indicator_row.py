"""One indicator as a line of the Why page, with the way to its cases."""

from collections.abc import Sequence

import streamlit as st

from metrics.phrasing import capital, table_words
from metrics.reading import Reading
from metrics.sentences.figures import interval_words, n_of_m, threshold_words, value_words
from metrics.words import State
from ui.basis import badge
from ui.link import link
from ui.markup import Markup, element, show, state_shape, state_word, together
from ui.navigation import CASES
from ui.selection import Choice
from ui.selector import EVERY
from ui.sparkline import sparkline


def indicator_row(reading: Reading, history: Sequence[Reading], *, resolved: State | None, choice: Choice) -> None:
    """Draw one indicator: state, value, interval, threshold, trend, and the link to what stands behind it."""
    with st.container(key=f"indicator-{reading.key}", gap=None):
        mark = state_shape(reading.state) if reading.state else element("span")
        show(element("div", mark, _what(reading, resolved), _value(reading), sparkline(history), class_="lp-indicator"))
        if opens_cases(reading):
            link(
                CASES,
                label=f"Open the {reading.indicator.unit} behind it",
                query_params=choice.link(indicator=reading.key, which="attention", area=EVERY),
                landlord_code=choice.code,
            )


def opens_cases(reading: Reading) -> bool:
    """Whether there are rows to list behind a figure."""
    return bool(reading.denominator) and reading.indicator.lists_cases


def _what(reading: Reading, resolved: State | None) -> Markup:
    declared = reading.indicator
    parts = [element("p", declared.title, class_="what")]
    if reading.state:
        kept = f" Counted as {resolved}, as a quarter ago." if reading.state == "too close to call" and resolved else ""
        weight = {"must": "must be met", "should": "supports the level"}.get(declared.gate or "", "")
        parts.append(element("p", state_word(reading.state), f" · {weight}.{kept}", class_="more"))
    parts.append(element("p", _explained(reading), class_="more"))
    return element("div", *parts)


def _explained(reading: Reading) -> str:
    if reading.state == "not evidenced" or reading.value is None and reading.numerator is None:
        load = f" Needs: {', '.join(table_words(name) for name in reading.indicator.needs)}."
        return (reading.reason or "There is nothing to count.") + load
    declared = reading.indicator
    words = (
        f"{declared.of_which}: {declared.counted}".replace("of ", "Of ", 1)
        if declared.of_which.startswith("of ")
        else (f"{capital(declared.of_which)}, {declared.counted}")
    )
    return f"{words}.{' ' + reading.note if reading.note else ''}"


def _value(reading: Reading) -> Markup:
    count, interval, line = n_of_m(reading), interval_words(reading), threshold_words(reading)
    parts = [element("p", value_words(reading), " ", element("small", count), class_="value")]
    if interval:
        parts.append(element("p", capital(interval), class_="more"))
    if line:
        parts.append(
            element("p", together(f"Threshold {line} ", badge(reading.indicator.threshold.basis)), class_="more")
        )
    return element("div", *parts)
