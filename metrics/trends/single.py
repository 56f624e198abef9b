"""The trend engine on any one series of numbers: what `cli.py spc` answers."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import numpy as np

from metrics.trends.bands import places
from metrics.trends.signals import named, signals
from metrics.trends.xmr import xmr_limits

FEWEST_VALUES = 2
LARGEST = 1e15  # beyond this neighbouring whole numbers cannot be told apart


def spc(values: Sequence[float], *, screened: bool = True) -> dict[str, Any]:
    """mean, low, high, near_low, near_high, and per point its value and signals (in the order of the rules).

    Raises ValueError for fewer than two values, or one that is no number.
    """
    series = np.array([[float(value) for value in values]], dtype=np.float64)
    if series.size < FEWEST_VALUES:
        raise ValueError(f"values: found {series.size}; wanted at least {FEWEST_VALUES}: limits need a difference")
    if not np.isfinite(series).all():
        raise ValueError("values: found one that is not finite; wanted numbers")
    limits = xmr_limits(series, screened=screened)
    flags = signals(series, places(series, limits))
    return {
        **{name: float(getattr(limits, name)[0, 0]) for name in ("mean", "low", "high", "near_low", "near_high")},
        "points": [
            {"value": float(value), "signals": list(named(flags[:, 0, place]))} for place, value in enumerate(series[0])
        ],
    }


def asked(given: object) -> tuple[list[float], bool]:
    """The values and the switch of `{"values": […], "screened": true}`. Raises ValueError that names what was found and
    what is wanted; the switch is on where it is left out."""
    if not isinstance(given, Mapping):
        raise ValueError(f'found {_kind(given)}; wanted an object such as {{"values": [1, 2, 3], "screened": true}}')
    if unknown := sorted(str(name) for name in given if name not in ("values", "screened")):
        raise ValueError(f"found {', '.join(unknown)}; wanted only values and screened")
    values, screened = given.get("values"), given.get("screened", True)
    if not isinstance(values, list):
        raise ValueError(f"values: found {_kind(values)}; wanted a list of numbers")
    if not isinstance(screened, bool):
        raise ValueError(f"screened: found {_kind(screened)}; wanted true or false")
    return [_number(value, place) for place, value in enumerate(values, start=1)], screened


def _number(value: object, place: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"values: found {_kind(value)} as number {place}; wanted a number")
    if abs(value) > LARGEST or not isfinite(value):
        raise ValueError(f"values: found {str(value)[:20]} as number {place}; wanted one from -1e15 to 1e15")
    return float(value)


def _kind(value: object) -> str:
    words = {type(None): "nothing", bool: "true or false", str: "text", list: "a list", dict: "an object"}
    return words.get(type(value), "a number")
