"""The too-close rule through time: each day's states, resolved by its own chain of quarter ends (design §6)."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from metrics.counting.judge import ABSENT, STATE_WORDS
from metrics.periods import quarter_before, quarter_ends_to
from metrics.placement.placing import KEYS, States, resolve
from metrics.reading import Reading

CHAIN_QUARTERS = 8  # a chain begins eight quarter ends before the day it leads to
CODE_OF = {word: code for code, word in enumerate(STATE_WORDS)}


def codes(readings: Mapping[str, Reading]) -> States:
    """The states of one day's readings as codes, in the order of the gates."""
    return np.array(
        [CODE_OF[readings[key].state or "not evidenced"] if key in readings else ABSENT for key in KEYS], dtype=np.int8
    )


def before(states: Mapping[date, States], as_at: date) -> States | None:
    """The resolved states of the quarter end before `as_at`, by the chain that leads to it."""
    resolved: States | None = None
    for day in quarter_ends_to(quarter_before(as_at), CHAIN_QUARTERS - 1):
        resolved = resolve(states[day], resolved)
    return resolved


def chain_days(as_at: date) -> list[date]:
    """The days whose states a placement at `as_at` needs."""
    return quarter_ends_to(as_at, CHAIN_QUARTERS)
