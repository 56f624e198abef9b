"""The rule that turns states into a position (design §6), for one set of states or thousands at once.

States come as codes of `metrics.counting.judge`, the last axis running over `GATES`; every other axis is free, so
that the landlord itself, two thousand re-runs, moved thresholds and service areas are all placed by the same few
lines.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.catalogue import GATES
from metrics.counting.judge import ABSENT, MET, NOT_MET, TOO_CLOSE
from metrics.words import LEVELS, POSITIONS

States = NDArray[np.int8]
KEYS: tuple[str, ...] = tuple(gate.key for gate in GATES)
INDEX = {key: place for place, key in enumerate(KEYS)}
IS_MUST = np.array([gate.gate == "must" for gate in GATES])
LEVEL_OF = np.array([LEVELS.index(gate.level) for gate in GATES if gate.level is not None])
SHOULDS_NEEDED = (3, 5)  # at least 60% of the evidenced shoulds, in whole numbers


def resolve(states: States, before: States | None) -> States:
    """Too close to call keeps met or not met from the quarter before; anything else before it counts as not met."""
    kept = np.full(states.shape, NOT_MET, dtype=np.int8)
    if before is not None:
        kept = np.where(before == MET, MET, NOT_MET).astype(np.int8)
    return np.where(states == TOO_CLOSE, kept, states).astype(np.int8)


def secured(resolved: States, counted: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """For each level (last axis): all musts met, and at least 60% of the evidenced shoulds. `counted` leaves gates
    out."""
    used = np.ones(len(KEYS), dtype=bool) if counted is None else counted
    met, evidenced = resolved == MET, resolved != ABSENT
    levels = []
    for level in range(len(LEVELS)):
        musts = (level == LEVEL_OF) & IS_MUST & used
        shoulds = (level == LEVEL_OF) & ~IS_MUST & used
        good = met[..., shoulds].sum(axis=-1) * SHOULDS_NEEDED[1]
        enough = good >= evidenced[..., shoulds].sum(axis=-1) * SHOULDS_NEEDED[0]
        levels.append(met[..., musts].all(axis=-1) & enough)
    return np.stack(levels, axis=-1)


def placed(resolved: States, ceiling: int, counted: NDArray[np.bool_] | None = None) -> NDArray[Any]:
    """Index into POSITIONS: the highest level such that it and every level below are secured, at most `ceiling`."""
    unbroken = np.cumprod(secured(resolved, counted), axis=-1)
    heights: NDArray[Any] = np.minimum(unbroken.sum(axis=-1), ceiling)
    return heights


def position_word(index: int) -> str:
    """The word for an index into POSITIONS."""
    return POSITIONS[index]


TOP = len(POSITIONS) - 1
