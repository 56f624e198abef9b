"""The themes of a small landlord taken together: one chance for all of them (design §5, decision 13)."""

import numpy as np
import polars as pl
from scipy import special

from metrics.effects.counting import Whole
from metrics.effects.verdicts import OTHER_THEMES, Numbers

_NODES = 48


def chance_of_so_few(trials: pl.DataFrame) -> float:
    """P(X ≤ the sum of `after`), X the sum of Binomial(before + after, π). `trials`: before, after, comparison,
    expected, comparison_before, comparison_after.

    Against time alone π is `expected`. Against other themes it is known only as well as their counts tell, so it is
    drawn from Beta(comparison_after, comparison_before + 1), which for one theme gives Fisher's exact test (Thatcher
    1964); and as the themes share what they are compared with, all are drawn at one and the same quantile.
    """
    after, n = trials["after"].to_numpy(), (trials["after"] + trials["before"]).to_numpy()
    by_others = (trials["comparison"] == OTHER_THEMES).to_numpy()
    expected = trials["expected"].to_numpy()
    if not by_others.any():
        return _at_most(int(after.sum()), n, expected)
    quantiles, weights = _quantiles()
    theirs = {when: trials[f"comparison_{when}"].to_numpy()[:, None] for when in ("before", "after")}
    drawn = special.betaincinv(np.maximum(theirs["after"], 1), theirs["before"] + 1, quantiles)
    shares = np.where(by_others[:, None], drawn, expected[:, None])
    chances = [_at_most(int(after.sum()), n, each) for each in shares.T]
    return float(np.dot(weights, chances))


def _quantiles() -> tuple[Numbers, Numbers]:
    """Where the average over all quantiles is taken, and with what weight: Gauss and Legendre's places, drawn towards
    both ends (t²(3 - 2t)), where a share moves most."""
    places, weights = np.polynomial.legendre.leggauss(_NODES)
    t = (places + 1) / 2
    return t**2 * (3 - 2 * t), weights * 3 * t * (1 - t)


def _at_most(most: int, n: Whole, shares: Numbers) -> float:
    """P(sum of independent Binomial(n, shares) ≤ most): exact, by convolution.

    The largest is summed through its distribution function, so that two busy themes cost no more than their length.
    """
    largest = int(np.argmax(n))
    others = np.ones(1)
    for place in np.flatnonzero(np.arange(len(n)) != largest):
        terms = np.diff(special.bdtr(np.arange(n[place] + 1), n[place], shares[place]), prepend=0.0)
        others = np.convolve(others, terms)
    left = most - np.arange(len(others))
    # SciPy's function knows no count below none or above all.
    found = np.where(left < 0, 0.0, special.bdtr(np.clip(left, 0, n[largest]), n[largest], shares[largest]))
    return float(np.dot(others, found))
