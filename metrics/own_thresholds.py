"""A landlord's own thresholds in place of this method's judgement: declared lines of a rule cannot be changed.

One place puts them into the indicators; whatever is judged, drawn or said reads them from there.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from metrics.indicator import Indicator
from metrics.records import Records
from metrics.words import METHOD_VERSION


def applied(indicators: Sequence[Indicator], records: Records) -> tuple[Indicator, ...]:
    """The indicators, judged by the landlord's own lines where it has set some."""
    own = records.own_thresholds
    return tuple(
        _with_line(each, own[each.key]) if each.key in own and may_change(each) else each for each in indicators
    )


def method_of(records: Records) -> str:
    """The method's version, with that of the landlord's own thresholds where it has any."""
    return (
        f"{METHOD_VERSION}, own thresholds {records.thresholds_version}" if records.own_thresholds else METHOD_VERSION
    )


def may_change(indicator: Indicator) -> bool:
    """Whether a landlord may set its own line: a share that is judged by this method's own judgement, by no rule."""
    line = indicator.threshold
    return (
        indicator.gate is not None
        and indicator.kind == "share"
        and not indicator.tsm_measure
        and line.basis == "JUDGEMENT"
        and line.value is not None
    )


@lru_cache(maxsize=512)  # an indicator is compared by identity: the same line, the same indicator
def _with_line(indicator: Indicator, value: float) -> Indicator:
    line = replace(indicator.threshold, value=value, of_method=indicator.threshold.value)
    return replace(indicator, threshold=line)


def departures(indicators: Sequence[Indicator]) -> list[str]:
    """Where the landlord's lines depart from the method's, a sentence each."""
    return [
        f"{each.title}: {100 * each.threshold.value:.4g}% where the method has {100 * each.threshold.of_method:.4g}%."
        for each in indicators
        if each.threshold.of_method is not None and each.threshold.value is not None
    ]
