"""From counts before and after to a verdict, by SciPy's exact binomial (design §9). Arrays in, arrays out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

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
    power          chance that the verdict would be fell if complaints had halved, as many counted in all
    firm           would fell or rose stand if the comparison's own chance were allowed for (Fisher's exact test)?
    """

    comparison: Words
    expected: Numbers
    verdict: Words
    p_fell: Numbers
    p_rose: Numbers
    ratio: Numbers
    ratio_low: Numbers
    ratio_high: Numbers
    power: Numbers
    firm: NDArray[np.bool_]


def judge(*, before: Whole, after: Whole, others_before: Whole, others_after: Whole, days_after: Numbers) -> Judged:
    """Judge many trials at once. `days_after` is the share of both windows' days that lie after."""
    by_others = (others_before >= COMPARED_WITH) & (others_after >= COMPARED_WITH)
    others = np.maximum(others_before + others_after, 1)
    expected = np.where(by_others, others_after / others, days_after)
    n = before + after
    p_fell = stats.binom.cdf(after, n, expected)
    p_rose = stats.binom.sf(after - 1, n, expected)
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
        power=np.where(enough, _power(n, expected), 0.0),
        firm=~by_others | _firm(before, after, others_before, others_after),
    )


def _ratios(before: Whole, after: Whole, expected: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The share after, with its Clopper-Pearson interval, as odds over the odds expected."""
    tail = (1 - INTERVAL) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = after / (before + after)
        low = np.where(after > 0, stats.beta.ppf(tail, after, before + 1), 0.0)
        high = np.where(before > 0, stats.beta.ppf(1 - tail, after + 1, before), 1.0)
        odds = expected / (1 - expected)
        return share / (1 - share) / odds, low / (1 - low) / odds, high / (1 - high) / odds


def _power(n: Whole, expected: Numbers) -> Numbers:
    """P(fell) among n complaints if those after had halved."""
    at = stats.binom.ppf(CHANCE, n, expected)
    largest = np.where(stats.binom.cdf(at, n, expected) <= CHANCE, at, at - 1)
    halved = HALVED * expected / (HALVED * expected + 1 - expected)
    found: Numbers = stats.binom.cdf(largest, n, halved)
    return found


def _firm(before: Whole, after: Whole, others_before: Whole, others_after: Whole) -> NDArray[np.bool_]:
    total, all_after = before + after + others_before + others_after, after + others_after
    so_few = stats.hypergeom.cdf(after, total, all_after, before + after)
    so_many = stats.hypergeom.sf(after - 1, total, all_after, before + after)
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
        others = np.convolve(others, stats.binom.pmf(np.arange(n[place] + 1), n[place], expected[place]))
    left = most - np.arange(len(others))
    return float(np.dot(others, stats.binom.cdf(left, n[largest], expected[largest])))
