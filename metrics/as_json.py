"""What is worked out, as plain values for JSON: the command line's interface (design §11), said in one place.

Keys, levels, positions and states are the words of `metrics.words`; days are ISO dates; shares 0 to 1.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from metrics.reading import Cap, Placement, Quarter, Reading, Step


def indicators(readings: Mapping[str, Reading]) -> list[dict[str, Any]]:
    """The readings in reading order; `gate` is absent for descriptive figures."""
    return [_reading(reading) for reading in readings.values()]


def _reading(reading: Reading) -> dict[str, Any]:
    declared = reading.indicator
    gate = {} if declared.gate is None else {"gate": declared.gate}
    return {
        "key": declared.key,
        "title": declared.title,
        "level": declared.level,
        "kind": declared.kind,
        **gate,
        "numerator": reading.numerator,
        "denominator": reading.denominator,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "threshold": reading.threshold,
        "probability": reading.probability,
        "state": reading.state,
        "reason": reading.reason,
        "note": reading.note,
    }


def position(placement: Placement) -> dict[str, Any]:
    """Where the landlord stands and why. `secured` lists the levels that are."""
    return {
        "landlord": placement.landlord_code,
        "as_at": placement.as_at.isoformat(),
        "position": placement.position,
        "secured": [level for level, result in placement.levels.items() if result.secured],
        "caps": [_cap(cap) for cap in placement.caps],
        "probability": dict(placement.probability),
        "against": list(placement.why_against),
        "for": list(placement.why_for),
        "route_up": [_step(step) for step in placement.route_up],
        "not_evidenced": list(placement.not_evidenced),
        "states": dict(placement.resolved),
        "coverage": dict(placement.coverage),
        "data_through": placement.data_through and placement.data_through.isoformat(),
        "method_version": placement.method_version,
    }


def _cap(cap: Cap) -> dict[str, Any]:
    return {"cap": cap.cap, "to": cap.to, "reason": cap.reason, "count": cap.count}


def _step(step: Step) -> dict[str, Any]:
    return {"key": step.key, "further": step.further, "unit": step.unit, "words": step.words}


def ghosts(episodes: pl.DataFrame) -> list[dict[str, Any]]:
    """Ghost episodes (`metrics.ghosts.episodes`), oldest first; `signals` names the records that fired."""
    days = pl.col("first_signal_on").dt.to_string("iso")
    signals = pl.element().struct.with_fields(pl.field("on").dt.to_string("iso"))
    return episodes.with_columns(days, pl.col("signals").list.eval(signals)).to_dicts()


def trajectory(quarters: Sequence[Quarter]) -> list[dict[str, Any]]:
    """The position at each quarter end, oldest first."""
    return [
        {
            "as_at": quarter.as_at.isoformat(),
            "position": quarter.position,
            "probability": dict(quarter.probability),
            "states": dict(quarter.states),
        }
        for quarter in quarters
    ]


def effects(found: pl.DataFrame) -> list[dict[str, Any]]:
    """A row per learning action; counts and comparison are null where the verdict is *not yet*."""
    return found.select(
        "action_ref",
        "before",
        "after",
        "comparison",
        "comparison_before",
        "comparison_after",
        "verdict_6_months",
        "verdict",
    ).to_dicts()


def themes(found: pl.DataFrame) -> list[dict[str, Any]]:
    """A row per theme; latest_verdict is that of the most recently done tested action, null where none is tested."""
    return found.select("theme", "verdict", "upheld_by_quarter", "actions", "latest_verdict").to_dicts()
