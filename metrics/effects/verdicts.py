"""From counts before and after to a verdict, by SciPy's exact binomial (design §9). Arrays in, arrays out."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # scipy.stats takes a second to import: SciPy itself loads it at its first use
from numpy.typing import NDArray
from scipy import special

from metrics.effects.counting import Whole

FELL, ROSE, TOO_FEW, NO_CHANGE, NOT_YET = "fell", "rose", "too few to tell", "no change seen", "not yet"
TESTED = (FELL, ROSE, NO_CHANGE)
OTHER_THEMES, TIME_ALONE = "other themes", "time alone"
CHANCE = 0.10  # one-sided: of ten themes where nothing changed at most one reads fell (our judgement)
FEWEST = 12  # complaints before and after together
COMPARED_WITH = 10  # complaints on other themes, in either window, from which they serve as the comparison
HALVED = 0.5
INTERVAL = 0.95

Numbers = NDArray[np.float64]
Words = NDArray[np.str_]


@dataclass(frozen=True)
class Judged:
    """What counts before and after come to, one element per trial.

    comparison     other themes, or time alone
    expected       share of the complaints on the theme that would come after if nothing had changed
    verdict        fell, rose, too few to tell, no change seen
    p_fell         chance of so few after if nothing had changed; p_rose: of so many
    ratio          rate after over rate before, the comparison taken out, with its exact 95% interval; NaN, or infinite
                   above, where nothing came before
    """

    comparison: Words
    expected: Numbers
    verdict: Words
    p_fell: Numbers
    p_rose: Numbers
    ratio: Numbers
    ratio_low: Numbers
    ratio_high: Numbers


def judge(*, before: Whole, after: Whole, others_before: Whole, others_after: Whole, days_after: Numbers) -> Judged:
    """Judge many trials at once. `days_after` is the share of both windows' days that lie after."""
    by_others = (others_before >= COMPARED_WITH) & (others_after >= COMPARED_WITH)
    others = np.maximum(others_before + others_after, 1)
    expected = np.where(by_others, others_after / others, days_after)
    n = before + after
    p_fell = special.bdtr(after, n, expected)
    p_rose = np.where(after > 0, special.bdtrc(after - 1, n, expected), 1.0)
    enough = n >= FEWEST
    ratio, low, high = _ratios(before, after, expected)
    return Judged(
        comparison=np.where(by_others, OTHER_THEMES, TIME_ALONE),
        expected=expected,
        verdict=np.select([~enough, p_fell <= CHANCE, p_rose <= CHANCE], [TOO_FEW, FELL, ROSE], default=NO_CHANGE),
        p_fell=p_fell,
        p_rose=p_rose,
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
    )


def _ratios(before: Whole, after: Whole, expected: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The share after, with its Clopper-Pearson interval, as odds over the odds expected."""
    tail = (1 - INTERVAL) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = after / (before + after)
        low = np.where(after > 0, special.betaincinv(after, before + 1, tail), 0.0)
        high = np.where(before > 0, special.betaincinv(after + 1, before, 1 - tail), 1.0)
        odds = expected / (1 - expected)
        return share / (1 - share) / odds, low / (1 - low) / odds, high / (1 - high) / odds


def _at_most(k: Any, n: Any, share: Any) -> Numbers:
    """P(X ≤ k), X of Binomial(n, share); k may lie below 0."""
    found: Numbers = np.where(k < 0, 0.0, special.bdtr(np.maximum(k, 0), n, share))
    return found


def power(n: Whole, expected: Numbers) -> Numbers:
    """The chance that the verdict would be fell if complaints had halved, as many (`n`) counted in all, of which the
    share `expected` would come after if nothing had changed. Asked only of what is shown: it costs as much as all of
    `judge`."""
    near = np.nan_to_num(np.floor(special.bdtrik(CHANCE, n, expected)))
    largest = np.where(_at_most(near, n, expected) <= CHANCE, near, near - 1)
    halved = HALVED * expected / (HALVED * expected + 1 - expected)
    found: Numbers = np.where(n >= FEWEST, _at_most(largest, n, halved), 0.0)
    return found


def is_firm(*, before: Whole, after: Whole, others_before: Whole, others_after: Whole) -> NDArray[np.bool_]:
    """Would fell or rose against other themes stand if the comparison's own chance were allowed for (Fisher's exact
    test)? It takes half a millisecond each, so ask it only of verdicts that are shown."""
    total, all_after = before + after + others_before + others_after, after + others_after
    so_few = scipy.stats.hypergeom.cdf(after, total, all_after, before + after)
    so_many = scipy.stats.hypergeom.sf(after - 1, total, all_after, before + after)
    found: NDArray[np.bool_] = np.minimum(so_few, so_many) <= CHANCE
    return found


def chance_of_so_few(after: Whole, n: Whole, expected: Numbers) -> float:
    """P(X ≤ the sum of `after`), X the sum of independent Binomial(n, expected): exact, by convolution.

    The largest is summed through its distribution function, so that two busy themes cost no more than their length.
    """
    most = int(after.sum())
    largest = int(np.argmax(n))
    others = np.ones(1)
    for place in np.flatnonzero(np.arange(len(n)) != largest):
        terms = np.diff(special.bdtr(np.arange(n[place] + 1), n[place], expected[place]), prepend=0.0)
        others = np.convolve(others, terms)
    left = most - np.arange(len(others))
    return float(np.dot(others, _at_most(left, n[largest], expected[largest])))
