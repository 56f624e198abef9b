"""The state of a share or a fact, its interval, and the fewest further successes."""

import math
from typing import NamedTuple

from scipy.stats import beta, betabinom


def probability_good(*, k: float, n: float, threshold: float, lower_is_better: bool = False) -> float:
    """P that the true share is on the good side of the threshold, from Beta(k + 1/2, n - k + 1/2)."""
    posterior = beta(k + 0.5, n - k + 0.5)
    return float(posterior.cdf(threshold) if lower_is_better else posterior.sf(threshold))


def state_of_share(*, k: float, n: float, threshold: float, smallest_n: int, lower_is_better: bool = False) -> str:
    """met, not met, too close to call or not evidenced."""
    if n < smallest_n:
        return "not evidenced"
    p = probability_good(k=k, n=n, threshold=threshold, lower_is_better=lower_is_better)
    if p >= 0.8:
        return "met"
    return "not met" if p <= 0.2 else "too close to call"


def wilson(k: float, n: float) -> tuple[float, float]:
    """The Wilson 95% interval of k of n."""
    z = 1.959963984540054
    share = k / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


class Rerun(NamedTuple):
    """How a re-run of the year would read a gate."""

    met: float
    not_met: float
    too_close: float


def rerun(*, k: float, n: int, threshold: float, smallest_n: int, lower_is_better: bool = False) -> Rerun:
    """Chances of each state where the true share is drawn from its posterior and k* from Binomial(n, p)."""
    successes = range(n + 1)
    weights = betabinom(n, k + 0.5, n - k + 0.5).pmf(successes)
    posterior = beta([j + 0.5 for j in successes], [n - j + 0.5 for j in successes])
    good = posterior.cdf(threshold) if lower_is_better else posterior.sf(threshold)
    met = sum(float(w) for w, p in zip(weights, good, strict=True) if n >= smallest_n and p >= 0.8)
    not_met = sum(float(w) for w, p in zip(weights, good, strict=True) if n >= smallest_n and p <= 0.2)
    return Rerun(met, not_met, 1 - met - not_met)


def further_successes(
    *, k: float, n: float, threshold: float, smallest_n: int, lower_is_better: bool = False
) -> int | None:
    """Fewest further successes, n fixed, that make the share met; None where only more cases can."""
    further = 0
    while 0 <= (k - further if lower_is_better else k + further) <= n:
        moved = k - further if lower_is_better else k + further
        state = state_of_share(
            k=moved, n=n, threshold=threshold, smallest_n=smallest_n, lower_is_better=lower_is_better
        )
        if state == "met":
            return further
        further += 1
    return None
