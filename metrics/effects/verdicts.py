"""From counts before and after to a verdict, by SciPy's exact tests (design §9; decision 13 for the comparison).

Against other themes their complaints before and after are themselves a matter of chance, so the table of both is read
by Fisher's exact test. Against time alone the days are known, and the test is the binomial. Arrays in, arrays out.
"""

from dataclasses import dataclass

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

Numbers = NDArray[np.float64]
Words = NDArray[np.str_]


@dataclass(frozen=True)
class Judged:
    """What counts before and after come to, one element per trial.

    comparison     other themes, or time alone
    expected       share of the complaints on the theme that would come after if nothing had changed
    verdict        fell, rose, too few to tell, no change seen
    """

    comparison: Words
    expected: Numbers
    verdict: Words


def judge(*, before: Whole, after: Whole, others_before: Whole, others_after: Whole, days_after: Numbers) -> Judged:
    """Judge many trials at once. `days_after` is the share of both windows' days that lie after."""
    by_others = (others_before >= COMPARED_WITH) & (others_after >= COMPARED_WITH)
    others = np.maximum(others_before + others_after, 1)
    expected = np.where(by_others, others_after / others, days_after)
    n = before + after
    enough = n >= FEWEST
    so_few = enough & (special.bdtr(after, n, expected) <= CHANCE)
    so_many = enough & (after > 0) & (special.bdtrc(np.maximum(after - 1, 0), n, expected) <= CHANCE)
    every = n + others_before + others_after
    fell = _stands(so_few, by_others, after, n, every=every, on_that_side=after + others_after)
    rose = _stands(so_many, by_others, before, n, every=every, on_that_side=before + others_before)
    return Judged(
        comparison=np.where(by_others, OTHER_THEMES, TIME_ALONE),
        expected=expected,
        verdict=np.select([~enough, fell, rose], [TOO_FEW, FELL, ROSE], default=NO_CHANGE),
    )


def _stands(
    moved: NDArray[np.bool_], by_others: NDArray[np.bool_], count: Whole, n: Whole, *, every: Whole, on_that_side: Whole
) -> NDArray[np.bool_]:
    """`moved` where the comparison's share is taken as known; against other themes only where so low a `count` of the
    theme's `n` on one side of the action is hardly chance by Fisher's exact test as well.

    Fisher's chance is never the smaller of the two where either is small (a test holds that) and takes a hundred times
    as long, so it is asked of nothing else: the verdict against other themes is Fisher's.
    """
    asked = moved & by_others
    stands = moved.copy()
    stands[asked] = scipy.stats.hypergeom.cdf(count[asked], every[asked], on_that_side[asked], n[asked]) <= CHANCE
    return stands
