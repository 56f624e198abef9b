"""What would change the answer: thresholds moved, gates left out, records that are missing (design §6)."""

from collections.abc import Mapping

import numpy as np

from metrics.catalogue import GATES
from metrics.counting.judge import ABSENT, MET, good_side, probability_good, states_of
from metrics.placement.placing import INDEX, KEYS, States, placed, position_word, resolve
from metrics.reading import Reading, Sensitivity

SHIFTS = (-0.10, -0.05, 0.05, 0.10)


def sensitivity(readings: Mapping[str, Reading], read: States, before: States | None, ceiling: int) -> Sensitivity:
    """Only what moves the position is listed; the quarter before stays as it was resolved."""
    stands = int(placed(resolve(read, before), ceiling))
    shifts = [
        (key, shift, position_word(moved))
        for key, shift, moved in _shifted(readings, read, before, ceiling)
        if moved != stands
    ]
    dropped = []
    for place, key in enumerate(KEYS):
        without = np.ones(len(KEYS), dtype=bool)
        without[place] = False
        moved = int(placed(resolve(read, before), ceiling, without))
        if moved != stands:
            dropped.append((key, position_word(moved)))
    return Sensitivity(shifts=tuple(shifts), dropped=tuple(dropped), missing=tuple(_missing(read, before, ceiling)))


def _shifted(
    readings: Mapping[str, Reading], read: States, before: States | None, ceiling: int
) -> list[tuple[str, float, int]]:
    found = []
    for key in KEYS:
        reading = readings[key]
        if reading.probability is None or reading.threshold is None:
            continue
        for shift in SHIFTS:
            good, line = good_side(
                reading.numerator, reading.denominator, reading.threshold + shift, reading.indicator.better
            )
            states = read.copy()
            states[INDEX[key]] = states_of(probability_good(good, reading.denominator, line))
            found.append((key, shift, int(placed(resolve(states, before), ceiling))))
    return found


def _missing(read: States, before: States | None, ceiling: int) -> list[tuple[str, tuple[str, ...], str]]:
    """Gates without evidence, those first whose proof would lift the position most."""
    found = []
    for gate in GATES:
        place = INDEX[gate.key]
        if read[place] != ABSENT:
            continue
        proved = read.copy()
        proved[place] = MET
        found.append((gate.key, gate.needs, int(placed(resolve(proved, before), ceiling))))
    return [(key, needs, position_word(index)) for key, needs, index in sorted(found, key=lambda each: -each[2])]
