"""How often the intervals of the ghost estimates hold the truth, by simulation with a fixed seed.

    python -m benchmarks.ghost_estimates_simulation [draws]

Prints the tables of docs/ghost-estimates.md (4,000 draws unless said otherwise, about a minute).
"""

import sys
from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from metrics.counting.judge import Z95, wilson
from metrics.ghosts.audit import prevalence
from metrics.ghosts.funnel import spread
from metrics.ghosts.recapture import ODDS_RATIOS, of_counts
from metrics.ghosts.recording import Year, split

SEED = 20_250_331
DRAWS = 4_000
DAY = date(2025, 3, 31)
Row = tuple[str, ...]


def audits(draws: int) -> Iterator[Row]:
    """A landlord with 20,000 contacts, a share of them flagged, of which a share is right; samples of both kinds."""
    chance = np.random.default_rng(SEED)
    for flagged, right, missed, n in (
        (0.01, 0.80, 0.002, 50),
        (0.05, 0.80, 0.01, 50),
        (0.05, 0.95, 0.001, 50),
        (0.05, 0.80, 0.01, 150),
        (0.20, 0.60, 0.05, 100),
    ):
        truth = flagged * right + (1 - flagged) * missed
        held = plain = 0
        widths = []
        sizes = (round(20_000 * flagged), round(20_000 * (1 - flagged)))
        for _ in range(draws):
            ghosts = (int(chance.binomial(n, right)), int(chance.binomial(n, missed)))
            found = prevalence(_answers(sizes, n, ghosts))
            assert found is not None
            held += found.low <= truth <= found.high
            plain += abs(found.value - truth) <= Z95 * found.standard_error
            widths.append(found.high - found.low)
        settings = (f"{flagged:.0%}", f"{right:.0%}", f"{missed:.1%}", f"{n} + {n}")
        yield *settings, f"{truth:.2%}", f"{held / draws:.1%}", f"{plain / draws:.1%}", f"{np.mean(widths):.2%}"


def _answers(sizes: tuple[int, int], n: int, ghosts: tuple[int, int]) -> pl.DataFrame:
    kinds = np.repeat([True, False], n)
    is_ghost = np.concatenate([np.arange(n) < k for k in ghosts])
    return pl.DataFrame({"flagged": kinds, "drawn_from": np.repeat(sizes, n), "is_ghost": is_ghost})


def recaptures(draws: int) -> Iterator[Row]:
    """1,000 hidden households, found by two families whose odds ratio is known to the simulation alone."""
    chance = np.random.default_rng(SEED + 1)
    everyone = 1_000
    for p1, p2 in ((0.3, 0.2), (0.5, 0.4)):
        for odds in (0.25, *ODDS_RATIOS, 8.0):
            cells = _cells(p1, p2, odds)
            at_one, span, estimates, told = 0, 0, [], 0
            for _ in range(draws):
                m, only_1, only_2, _ = chance.multinomial(everyone, cells)
                found = of_counts("label", "text", n1=int(m + only_1), n2=int(m + only_2), m=int(m))
                if found.outer is None:
                    continue
                told += 1
                one = next(each for each in found.estimates if each.odds_ratio == 1)
                at_one += one.low <= everyone <= one.high
                span += found.outer[0] <= everyone <= found.outer[1]
                estimates.append(one.value)
            shares = (f"{at_one / max(1, told):.1%}", f"{span / max(1, told):.1%}", f"{told / draws:.1%}")
            yield f"{p1:.0%}, {p2:.0%}", f"{odds:g}", f"{np.median(estimates):,.0f}", *shares


def _cells(p1: float, p2: float, odds: float) -> tuple[float, float, float, float]:
    """Chances of both, the first alone, the second alone, neither, with the margins and the odds ratio given."""
    if odds == 1:
        both = p1 * p2
    else:
        b = 1 + (odds - 1) * (p1 + p2)
        both = (b - np.sqrt(b**2 - 4 * odds * (odds - 1) * p1 * p2)) / (2 * (odds - 1))
    return both, p1 - both, p2 - both, 1 - p1 - p2 + both


def surveys(draws: int) -> Iterator[Row]:
    """Households that say they complained, from a survey of `n` of `homes`, drawn without replacement."""
    chance = np.random.default_rng(SEED + 2)
    for homes, share, n in ((1_000, 0.2, 300), (5_000, 0.26, 600), (30_000, 0.26, 1_200), (30_000, 0.05, 400)):
        yes = round(homes * share)
        found = chance.hypergeometric(yes, homes - yes, n, size=draws)
        around = {int(k): wilson(int(k), n) for k in np.unique(found)}
        held = np.mean([low <= yes / homes <= high for low, high in (around[int(k)] for k in found)])
        yield f"{homes:,}", f"{share:.0%}", f"{n:,}", f"{held:.1%}"


def splits(draws: int) -> Iterator[Row]:
    """Recorded and hidden counts of two years as Poisson counts around a known underlying level and ghost share."""
    chance = np.random.default_rng(SEED + 3)
    for u0, g0, u1, g1 in (
        (1_000, 0.3, 1_000, 0.15),
        (1_000, 0.1, 1_200, 0.1),
        (200, 0.2, 180, 0.1),
        (60, 0.1, 60, 0.1),
    ):
        means = (u0 * (1 - g0), u0 * g0, u1 * (1 - g1), u1 * g1)
        recorded = ((1 - g1) - (1 - g0)) * (u0 + u1) / 2
        happened = (u1 - u0) * ((1 - g0) + (1 - g1)) / 2
        held = np.zeros(2)
        for counts in chance.poisson(means, size=(draws, 4)):
            r0, h0, r1, h1 = (int(count) for count in counts)
            found = split(
                Year(end=DAY, recorded=r0, hidden=h0, staged=0), Year(end=DAY, recorded=r1, hidden=h1, staged=0)
            )
            parts = ((found.more_recorded, recorded), (found.more_happened, happened))
            held += [part.low <= truth <= part.high for part, truth in parts]
        shares = (f"{each:.1%}" for each in held / draws)
        yield f"{u0:,} → {u1:,}", f"{g0:.0%} → {g1:.0%}", f"{recorded:+,.0f}, {happened:+,.0f}", *shares


def funnels(draws: int) -> Iterator[Row]:
    """Twelve teams that differ by more than chance; in half of the settings one of them logs a quarter of the rest."""
    chance = np.random.default_rng(SEED + 4)
    contacts = np.array([120, 150, 200, 260, 300, 350, 400, 500, 600, 800, 1_000, 1_500], dtype=float)
    for spread_between, quiet in ((0.0, 1.0), (0.2, 1.0), (0.4, 1.0), (0.0, 0.25), (0.2, 0.25), (0.4, 0.25)):
        false_alarm = found_it = 0
        for _ in range(draws):
            rates = 0.2 * np.exp(chance.normal(0, spread_between, len(contacts)))
            rates[7] *= quiet
            alarms = spread(chance.poisson(rates * contacts).astype(float), contacts).low
            found_it += bool(alarms[7])
            others = alarms.copy()
            others[7] = alarms[7] and quiet == 1
            false_alarm += bool(others.any())
        found_words = "–" if quiet == 1 else f"{found_it / draws:.1%}"
        yield (
            f"{spread_between:.1f}",
            "none" if quiet == 1 else "one, a quarter",
            f"{false_alarm / draws:.1%}",
            found_words,
        )


def _table(title: str, columns: Row, rows: Iterator[Row]) -> None:
    print(f"\n{title}\n")
    print(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def main(draws: int) -> None:
    """Print every table."""
    _table(
        "Audit",
        ("Flagged", "Right", "Missed", "Answers", "Truth", "Interval holds it", "Plain formula holds it", "Mean width"),
        audits(draws),
    )
    _table(
        "Capture-recapture",
        (
            "Found by each",
            "True odds ratio",
            "Median at odds 1",
            "Interval at odds 1 holds it",
            "Whole range holds it",
            "Told",
        ),
        recaptures(draws),
    )
    _table("Survey", ("Homes", "Say so", "Respondents", "Interval holds it"), surveys(draws))
    _table(
        "Split",
        ("Underlying", "Ghost share", "Truth", "More recorded holds it", "More happened holds it"),
        splits(draws),
    )
    _table("Funnel", ("Spread between teams", "Quiet teams", "Some false alarm", "Quiet team found"), funnels(draws))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS)
