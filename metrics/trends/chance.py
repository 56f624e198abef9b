"""How many lines would show a signal if nothing had changed: simulated, with a fixed seed.

For each line its own chart is drawn again many times from a process that does not change, limits worked out from those
very points as they are for the real ones, and it is counted how often the latest point belongs to a signal. XmR lines
are simulated from the normal distribution, which depends on the number of points only; P and U lines from their own
centre and their own numbers; P′ and U′, which take their width from the points as XmR does, like XmR. The sum over the
lines is the number of signals to expect on a matrix of chance alone. Chances add up whether or not lines move together.
"""

from functools import lru_cache

import numpy as np

from metrics.trends.bands import Numbers, places
from metrics.trends.charts import FAMILY, Stretch
from metrics.trends.counted import Counts, places_by_chance
from metrics.trends.signals import signals
from metrics.trends.xmr import xmr_limits

RUNS, RUNS_OF_COUNTS = 4_000, 1_000
SEED = 20260930


def chance_of_signal(stretch: Stretch, *, screened: bool) -> float:
    """How likely the latest point of a stretch shows a signal where nothing has changed, 0 to 1."""
    if stretch.kind in FAMILY:
        return _of_counts(stretch.kind, stretch.k, stretch.n)
    return _of_xmr(len(stretch.k), screened)


def forget_simulations() -> None:
    """Let go of what was simulated: for who measures the time it takes."""
    _of_xmr.cache_clear()
    _of_counts.cache_clear()


@lru_cache(maxsize=256)
def _of_xmr(points: int, screened: bool) -> float:
    values = np.random.default_rng(SEED).standard_normal((RUNS, points))
    return _share(values, screened=screened)


def _share(values: Numbers, *, screened: bool) -> float:
    found = signals(values, places(values, xmr_limits(values, screened=screened)))
    return float(found[:, :, -1].any(axis=0).mean())


@lru_cache(maxsize=1024)
def _of_counts(kind: str, k: tuple[float, ...], n: tuple[float, ...]) -> float:
    generator, shape = np.random.default_rng(SEED), (RUNS_OF_COUNTS, len(n))
    centre = sum(k) / sum(n)
    sizes = np.broadcast_to(np.array(n), shape)
    drawn: Numbers
    if FAMILY[kind] == "binomial":
        drawn = generator.binomial(sizes.astype(np.int64), centre).astype(np.float64)
    else:
        drawn = generator.poisson(centre * sizes).astype(np.float64)
    counts = Counts(k=drawn, n=sizes, family=FAMILY[kind])
    found = signals(counts.values, places_by_chance(counts))
    return float(found[:, :, -1].any(axis=0).mean())
