"""The mathematics of a funnel of ratios of counts: over-dispersion and many comparisons at once.

Formulas are those of FunnelPlotR for ratios of counts (Spiegelhalter 2005, 2012): Y = log((x + ½)/(n + ½)), its spread
s = √(x/(x + ½)² + n/(n + ½)²); z winsorised at a tenth from each end; φ = Σz²/k;
τ² = max(0, (kφ − (k − 1))/(Σw − Σw²/Σw)), w = 1/s²; limits at the target ± 3.09 √(s² + τ²).
"""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Numbers = NDArray[np.float64]
WINSORISED = 0.10
LIMIT = 3.09  # 99.8% of what chance and ordinary differences give
INNER_LIMIT = 1.96
FALSE_ALARMS = 0.05  # of the alarms raised, the share that may be false
FEWEST_COMPARED = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Spread:
    """What lies behind the points of a funnel, one number per point in the arrays.

    target  Σx/Σn
    phi     dispersion (1: chance alone)
    tau2    variance between points beyond chance, on the log scale
    z       standardised distance from the target, over-dispersion allowed for; below 0 is low
    p, q    chance of so low a point or lower; q the same after Benjamini-Hochberg
    """

    target: float
    phi: float
    tau2: float
    z: Numbers
    p: Numbers
    q: Numbers

    @property
    def low(self) -> NDArray[np.bool_]:
        """Which points are an alarm: below the funnel's outer edge, and still so with all the comparisons counted. The
        spread between points is itself estimated, from few of them, so the second alone would raise too many."""
        return (self.z < -LIMIT) & (self.q <= FALSE_ALARMS)


def spread(x: Numbers, n: Numbers) -> Spread:
    """Points x of n that are large enough to compare, n above 0 and Σx above 0; three at least, else ValueError."""
    if len(x) < FEWEST_COMPARED:
        raise ValueError(f"{len(x)} points cannot be compared: {FEWEST_COMPARED} are needed")
    target = float(x.sum() / n.sum())
    y, s = transformed(x, n)
    distance = y - np.log(target)
    phi, tau2 = dispersion(distance / s, s)
    z = distance / np.sqrt(s**2 + tau2)
    p = special.ndtr(z)
    return Spread(target=target, phi=phi, tau2=tau2, z=z, p=p, q=stats.false_discovery_control(p, method="bh"))


def transformed(x: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Log ratio and its standard deviation by chance."""
    y = np.log((x + 0.5) / (n + 0.5))
    return y, np.sqrt(x / (x + 0.5) ** 2 + n / (n + 0.5) ** 2)


def dispersion(z: Numbers, s: Numbers) -> tuple[float, float]:
    """φ and τ² of standardised distances, the outermost tenth at each end drawn in so that outliers do not excuse
    themselves."""
    k = len(z)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = float((np.clip(z, low, high) ** 2).sum() / k)
    w = 1 / s**2
    tau2 = max(0.0, float((k * phi - (k - 1)) / (w.sum() - (w**2).sum() / w.sum())))
    return phi, tau2


def limits(target: float, tau2: float, n: float, *, width: float = LIMIT) -> tuple[float, float]:
    """The funnel's edges at n: lowest and highest ratio that chance and ordinary differences give."""
    x = target * n
    _, s = transformed(np.array([x]), np.array([n]))
    half = width * float(np.sqrt(s[0] ** 2 + tau2))
    return target * exp(-half), target * exp(half)
