"""How often the verdicts are right where the truth is known: invented themes, a year before and a year after.

    .venv/bin/python -m tests.metrics.effects.simulation --runs 200000

prints the tables of docs/effects-simulation.md. Each run draws a landlord's themes quarter by quarter: four quarters
before, the trigger quarter, one in which the action is done, four after.
"""

import argparse
import sys
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from metrics.effects.pooled import chance_of_so_few
from metrics.effects.verdicts import CHANCE, FELL, FEWEST, ROSE, TOO_FEW, judge

SEED = 20240401
BEFORE, TRIGGER, AFTER = slice(0, 4), slice(4, 5), slice(6, 10)
HALF_A_YEAR = slice(6, 8)
SEASON = np.array([1, 1, -1, -1, 1, 1, -1, -1, 1, 1])
QUARTERS = 10
Counts = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is true of an invented landlord.

    yearly     complaints a year on the theme acted on
    others     untreated themes, each of as many complaints as `others_yearly` (else `yearly`); none: time alone
    effect     the true rate after, as a share of that before
    worst      the action is opened on the theme that had the most complaints in the quarter before
    shared     every theme's rate after, as a share of that before (recording got better, a warm winter)
    spread     standard deviation of the log rate from quarter to quarter: complaints that come in bursts
    persists   how much of a quarter's burst is left in the next
    naive      the trigger quarter is not left out, but ends the year before
    season     the theme acted on has so much more than its level in two quarters, so much less in the two after: the
               action is opened in the season
    early      looked at after half a year
    """

    yearly: float
    others: int = 9
    others_yearly: float | None = None
    effect: float = 1.0
    worst: bool = False
    shared: float = 1.0
    spread: float = 0.0
    persists: float = 0.0
    naive: bool = False
    season: float = 0.0
    early: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """Shares of the runs. fell_unguarded: by the binomial, which takes the comparison's share as known."""

    fell: float
    rose: float
    too_few: float
    fell_unguarded: float


def simulate(truth: Truth, *, runs: int, seed: int = SEED) -> Verdicts:
    """The verdicts at twelve months over many invented landlords."""
    rng = np.random.default_rng(seed)
    counts = _drawn(truth, runs, rng)
    treated = counts[:, :, TRIGGER].sum(axis=2).argmax(axis=1) if truth.worst else np.zeros(runs, dtype=np.int64)
    own = counts[np.arange(runs), treated]
    looked_at = HALF_A_YEAR if truth.early else AFTER
    after = rng.binomial(own[:, looked_at].sum(axis=1), truth.effect)
    every_before, every_after = (counts[:, :, part].sum(axis=(1, 2)) for part in (BEFORE, looked_at))
    own_before, own_after = own[:, BEFORE].sum(axis=1), own[:, looked_at].sum(axis=1)
    counts = {
        "before": own[:, 1:5].sum(axis=1) if truth.naive else own_before,
        "after": after,
        "others_before": every_before - own_before,
        "others_after": every_after - own_after,
    }
    found = judge(**counts, days_after=np.full(runs, 1 / 3 if truth.early else 0.5))
    n = counts["before"] + after
    unguarded = (n >= FEWEST) & (special.bdtr(after, n, found.expected) <= CHANCE)
    return Verdicts(
        fell=float((found.verdict == FELL).mean()),
        rose=float((found.verdict == ROSE).mean()),
        too_few=float((found.verdict == TOO_FEW).mean()),
        fell_unguarded=float(unguarded.mean()),
    )


def simulate_pooled(truth: Truth, *, themes: int, runs: int, seed: int = SEED) -> float:
    """How often a small landlord that acted on so many themes at once is said to have brought complaints down: the
    themes taken together, all against the same untreated ones."""
    rng = np.random.default_rng(seed)
    counts = _drawn(truth, runs, rng, treated=themes)
    before, after = (counts[:, :, part].sum(axis=2) for part in (BEFORE, AFTER))
    others = {"before": before[:, themes:].sum(axis=1), "after": after[:, themes:].sum(axis=1)}
    fell = 0
    for run in range(runs):
        judged = judge(
            before=before[run, :themes],
            after=after[run, :themes],
            others_before=np.full(themes, others["before"][run]),
            others_after=np.full(themes, others["after"][run]),
            days_after=np.full(themes, 0.5),
        )
        trials = pl.DataFrame(
            {
                "before": before[run, :themes],
                "after": after[run, :themes],
                "comparison": judged.comparison,
                "expected": judged.expected,
                "comparison_before": np.full(themes, others["before"][run]),
                "comparison_after": np.full(themes, others["after"][run]),
            }
        )
        enough = int(trials["before"].sum() + trials["after"].sum()) >= FEWEST
        fell += enough and chance_of_so_few(trials) <= CHANCE
    return fell / runs


def _drawn(truth: Truth, runs: int, rng: np.random.Generator, *, treated: int = 1) -> Counts:
    """Complaints by run, theme and quarter, the themes acted on first."""
    themes = truth.others + treated
    level = np.full((1, themes, 1), truth.yearly / 4)
    if truth.others_yearly is not None:
        level[:, treated:] = truth.others_yearly / 4
    burst = rng.normal(0, truth.spread, (runs, themes, QUARTERS))
    for quarter in range(1, QUARTERS):
        fresh = np.sqrt(1 - truth.persists**2)
        burst[:, :, quarter] = truth.persists * burst[:, :, quarter - 1] + fresh * burst[:, :, quarter]
    rate = level * np.exp(burst)
    rate[:, :, AFTER] *= truth.shared
    rate[:, 0] *= 1 + truth.season * SEASON
    return rng.poisson(rate)


YEARLY = (6, 12, 24, 48)
PLAIN = Truth(yearly=24)
NOTHING_CHANGED = {
    "nine other themes": PLAIN,
    "nine others, opened on the worst of the quarter": replace(PLAIN, worst=True),
    "nine others, all complaints fall by a third": replace(PLAIN, shared=2 / 3),
    "nine others, after half a year": replace(PLAIN, early=True),
    "three other themes": replace(PLAIN, others=3),
    "three others, opened on the worst of the quarter": replace(PLAIN, others=3, worst=True),
    "one other theme": replace(PLAIN, others=1),
    "one other theme, opened on the worse of the quarter": replace(PLAIN, others=1, worst=True),
    "one other theme of 15 a year": replace(PLAIN, others=1, others_yearly=15),
    "time alone": replace(PLAIN, others=0),
}
SOMETHING_ELSE_CHANGED = {
    "time alone, all complaints fall by a third": replace(PLAIN, others=0, shared=2 / 3),
    "nine others, bursts of 20%": replace(PLAIN, spread=0.2),
    "nine others, bursts of 20% half kept, worst": replace(PLAIN, spread=0.2, persists=0.5, worst=True),
    "nine others, a season of 30%, after half a year": replace(PLAIN, season=0.3, early=True),
    "nine others, a season of 30%, after a year": replace(PLAIN, season=0.3),
}
NAIVE = {"nine others, worst of the quarter, that quarter not left out": replace(PLAIN, worst=True, naive=True)}
HALVED = {"nine other themes": 9, "three other themes": 3, "one other theme": 1, "time alone": 0}
POOLED = {
    "two themes, nine others": (2, replace(PLAIN, others=9)),
    "two themes, one other": (2, replace(PLAIN, others=1)),
    "two themes, one other of 15 a year": (2, replace(PLAIN, others=1, others_yearly=15)),
    "six themes, one other of 15 a year": (6, replace(PLAIN, others=1, others_yearly=15)),
    "six themes, time alone": (6, replace(PLAIN, others=0)),
}


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def _columns(first: str) -> tuple[str, ...]:
    return (first, *(f"{yearly} a year" for yearly in YEARLY))


def _false_falls(truths: dict[str, Truth], runs: int, *, unguarded: bool = False) -> str:
    rows = []
    for name, truth in truths.items():
        found = [simulate(replace(truth, yearly=yearly), runs=runs) for yearly in YEARLY]
        shares = (each.fell_unguarded if unguarded else each.fell for each in found)
        rows.append((name, *(f"{100 * share:.1f}%" for share in shares)))
    return _table(_columns("*fell* is said of"), rows)


def _pooled_falls(runs: int) -> str:
    rows = []
    for name, (themes, truth) in POOLED.items():
        found = [simulate_pooled(replace(truth, yearly=yearly), themes=themes, runs=runs) for yearly in YEARLY]
        rows.append((name, *(f"{100 * share:.1f}%" for share in found)))
    return _table(_columns("complaints taken together are said to have fallen"), rows)


def _power(runs: int) -> str:
    rows = []
    for name, others in HALVED.items():
        found = [simulate(Truth(yearly=yearly, others=others, effect=0.5), runs=runs) for yearly in YEARLY]
        rows.append((f"{name}: fell", *(f"{100 * each.fell:.0f}%" for each in found)))
        rows.append((f"{name}: fell, by the binomial", *(f"{100 * each.fell_unguarded:.0f}%" for each in found)))
        rows.append((f"{name}: too few to tell", *(f"{100 * each.too_few:.0f}%" for each in found)))
    return _table(_columns("complaints were halved"), rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How often verdicts on actions are right.")
    parser.add_argument("--runs", type=int, default=20_000)
    runs = parser.parse_args().runs
    for truths in (NOTHING_CHANGED, SOMETHING_ELSE_CHANGED, NAIVE):
        sys.stdout.write(_false_falls(truths, runs))
    sys.stdout.write(_false_falls(NOTHING_CHANGED, runs, unguarded=True))
    sys.stdout.write(_pooled_falls(max(1, runs // 100)))
    sys.stdout.write(_power(runs))


if __name__ == "__main__":
    main()
