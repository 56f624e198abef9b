"""How firmly the data hold the position: the same year, run again two thousand times (design §6)."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from metrics.counting.judge import DOUBT, MET, NOT_MET, SURE, TOO_CLOSE, fewest_good, good_side
from metrics.placement.placing import INDEX, States, placed, resolve
from metrics.reading import Reading
from metrics.words import POSITIONS, Position

RUNS = 2000
SEED = 20240401  # the day the Code became statutory; fixed so that a paper can be reproduced


def rerun(
    readings: Mapping[str, Reading], read: States, before: States | None, ceiling: int
) -> Mapping[Position, float]:
    """Share of re-runs at each position. `read` are the states as read, `before` the resolved states of the quarter
    before. Every share draws its truth from its posterior and new successes from that truth; facts and caps stay."""
    drawn = np.tile(read, (RUNS, 1))
    shares = [each for each in readings.values() if each.probability is not None and each.key in INDEX]
    for reading, states in zip(shares, _drawn_states(shares), strict=True):
        drawn[:, INDEX[reading.key]] = states
    counts = np.bincount(placed(resolve(drawn, before), ceiling), minlength=len(POSITIONS))
    return {position: int(count) / RUNS for position, count in zip(POSITIONS, counts, strict=True)}


def _drawn_states(shares: Sequence[Reading]) -> list[States]:
    """RUNS states per share. The states follow from the fewest successes that are surely good, and the fewest that are
    no longer surely bad, so that no probability is worked out per draw."""
    if not shares:
        return []
    sizes = np.array([each.denominator for each in shares], dtype=np.float64)
    sides = [good_side(each.numerator, each.denominator, each.threshold, each.indicator.better) for each in shares]
    lines = np.array([line for _, line in sides])
    surely_good = fewest_good(sizes, lines, SURE)
    not_bad = fewest_good(sizes, lines, np.nextafter(DOUBT, 1))
    found = []
    for place, (reading, (good, _)) in enumerate(zip(shares, sides, strict=True)):
        # A stream of its own for every indicator: a new one does not change the draws of the others.
        draw = np.random.default_rng([SEED, crc32(reading.key.encode())])
        truth = draw.beta(good + 0.5, sizes[place] - good + 0.5, RUNS)
        again = draw.binomial(int(sizes[place]), truth)
        state = np.where(again >= surely_good[place], MET, np.where(again >= not_bad[place], TOO_CLOSE, NOT_MET))
        found.append(state.astype(np.int8))
    return found


def likeliest(probability: Mapping[Position, float]) -> list[Position]:
    """Positions from the likeliest down, leaving out those that never came up."""
    return sorted((each for each in probability if probability[each] > 0), key=lambda each: -probability[each])
