"""One reading in words: its value, its count, how far it may be from the truth, and its threshold."""

from metrics.indicator import Indicator
from metrics.reading import Reading


def share_words(value: float, n: float | None = None) -> str:
    """A share as a percentage with no more digits than n cases hold: whole percents below 1,000 cases.

    A share short of all, or of none, is never rounded to 100% or 0%.
    """
    digits = 1 if n is not None and n >= 1000 else 0
    text = f"{100 * value:.{digits}f}"
    if value < 1 and float(text) >= 100:
        return "over 99%"
    if value > 0 and float(text) <= 0:
        return "under 1%"
    return f"{text.removesuffix('.0')}%"


def count_words(value: float) -> str:
    """A count. A published percentage gives fractions of a person: shown to the nearest whole one."""
    return f"{value:,.0f}"


def value_words(reading: Reading) -> str:
    """The value alone; a dash where there is none."""
    if reading.instead:
        return reading.instead
    if reading.state == "not evidenced" or (reading.value is None and reading.numerator is None):
        return "–"
    if reading.indicator.bound_on == "count":
        return count_words(reading.numerator or 0)
    if reading.value is None:
        return "none due" if reading.indicator.none_due_is_met else "–"
    if reading.indicator.per_homes:
        return f"{reading.value:,.1f}"
    return share_words(reading.value, reading.denominator)


def n_of_m(reading: Reading) -> str:
    """The count behind the value: 412 of 436. Empty where there is none."""
    if reading.instead:
        return reading.instead_of_count
    if reading.state == "not evidenced" or reading.numerator is None:
        return ""
    if reading.indicator.bound_on == "count":
        number = reading.numerator
        return f"of {reading.indicator.out_of}" if reading.indicator.out_of else reading.indicator.units(number)
    if reading.denominator is None:
        return ""
    if reading.indicator.per_homes:
        return f"{count_words(reading.numerator)} {reading.indicator.unit}, {count_words(reading.denominator)} homes"
    if reading.indicator.tsm_measure:  # worked back from a published percentage, so never exact
        return f"about {count_words(round(reading.numerator))} of {count_words(reading.denominator)}"
    return f"{count_words(reading.numerator)} of {count_words(reading.denominator)}"


def interval_words(reading: Reading) -> str:
    """How far the true share may lie from the value: `likely between 91% and 96%`. Empty without an interval."""
    if reading.low is None or reading.high is None or reading.state == "not evidenced":
        return ""
    n = reading.denominator
    return f"likely between {share_words(reading.low, n)} and {share_words(reading.high, n)}"


def threshold_words(reading: Reading) -> str:
    """The line it is held against: `at least 90%`. Empty for a figure without one."""
    return line_words(reading.indicator, reading.threshold)


def line_words(indicator: Indicator, threshold: float | None) -> str:
    """A threshold in words, for a reading's own or the declared one."""
    if threshold is None:
        return ""
    most = "at most" if indicator.better == "lower" else "at least"
    if indicator.bound_on == "count":
        out_of = f" of {indicator.out_of}" if indicator.out_of else ""
        return f"{most} {count_words(threshold)}{out_of}"
    return f"{most} {100 * threshold:.4g}%" if threshold == round(threshold, 3) else f"{most} {100 * threshold:.1f}%"


def reading_in_words(reading: Reading) -> str:
    """The whole figure as a sentence: `412 of 436 commitments (94%), likely between 91% and 96%.`"""
    if reading.state == "not evidenced":
        return reading.reason
    parts = [part for part in (n_of_m(reading), interval_words(reading)) if part]
    return f"{value_words(reading)}{' (' + '; '.join(parts) + ')' if parts else ''}"
