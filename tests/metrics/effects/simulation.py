"""How often the verdicts are right where the truth is known: invented themes, a year before and a year after.

    .venv/bin/python -m tests.metrics.effects.simulation --runs 200000

prints the tables of docs/effects-simulation.md. Each run draws a landlord's themes quarter by quarter: four quarters
before, the trigger quarter, one in which the action is done, four after.
"""

import argparse
import sys
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from metrics.effects.verdicts import FELL, OTHER_THEMES, ROSE, TOO_FEW, is_firm, judge

SEED = 20240401
BEFORE, TRIGGER, AFTER = slice(0, 4), slice(4, 5), slice(6, 10)
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


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """Shares of the runs."""

    fell: float
    rose: float
    too_few: float
    fell_firmly: float


def simulate(truth: Truth, *, runs: int, seed: int = SEED) -> Verdicts:
    """The verdicts at twelve months over many invented landlords."""
    rng = np.random.default_rng(seed)
    counts = _drawn(truth, runs, rng)
    treated = counts[:, :, TRIGGER].sum(axis=2).argmax(axis=1) if truth.worst else np.zeros(runs, dtype=np.int64)
    own = counts[np.arange(runs), treated]
    after = rng.binomial(own[:, AFTER].sum(axis=1), truth.effect)
    every_before, every_after = (counts[:, :, part].sum(axis=(1, 2)) for part in (BEFORE, AFTER))
    own_before, own_after = own[:, BEFORE].sum(axis=1), own[:, AFTER].sum(axis=1)
    counts = {
        "before": own[:, 1:5].sum(axis=1) if truth.naive else own_before,
        "after": after,
        "others_before": every_before - own_before,
        "others_after": every_after - own_after,
    }
    found = judge(**counts, days_after=np.full(runs, 0.5))
    fell = found.verdict == FELL
    against_others = fell & (found.comparison == OTHER_THEMES)
    firmly = fell.copy()
    firmly[against_others] = is_firm(**{name: count[against_others] for name, count in counts.items()})
    return Verdicts(
        fell=float(fell.mean()),
        rose=float((found.verdict == ROSE).mean()),
        too_few=float((found.verdict == TOO_FEW).mean()),
        fell_firmly=float(firmly.mean()),
    )


def _drawn(truth: Truth, runs: int, rng: np.random.Generator) -> Counts:
    """Complaints by run, theme and quarter; with no other theme to compare with there is one theme alone."""
    themes = truth.others + 1
    level = np.full((1, themes, 1), truth.yearly / 4)
    if truth.others_yearly is not None:
        level[:, 1:] = truth.others_yearly / 4
    burst = rng.normal(0, truth.spread, (runs, themes, QUARTERS))
    for quarter in range(1, QUARTERS):
        fresh = np.sqrt(1 - truth.persists**2)
        burst[:, :, quarter] = truth.persists * burst[:, :, quarter - 1] + fresh * burst[:, :, quarter]
    rate = level * np.exp(burst)
    rate[:, :, AFTER] *= truth.shared
    return rng.poisson(rate)


YEARLY = (6, 12, 24, 48)
PLAIN = Truth(yearly=24)
NOTHING_CHANGED = {
    "nine other themes": PLAIN,
    "nine others, opened on the worst of the quarter": replace(PLAIN, worst=True),
    "the same, the trigger quarter not left out": replace(PLAIN, worst=True, naive=True),
    "time alone": replace(PLAIN, others=0),
    "nine others, all complaints fall by a third": replace(PLAIN, shared=2 / 3),
    "time alone, all complaints fall by a third": replace(PLAIN, others=0, shared=2 / 3),
    "three other themes": replace(PLAIN, others=3),
    "one other theme": replace(PLAIN, others=1),
    "one other theme of 15 a year": replace(PLAIN, others=1, others_yearly=15),
    "nine others, bursts of 20%": replace(PLAIN, spread=0.2),
    "nine others, bursts of 20% half kept, worst": replace(PLAIN, spread=0.2, persists=0.5, worst=True),
}
HALVED = {"nine other themes": 9, "three other themes": 3, "time alone": 0}


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def _false_falls(runs: int, *, firm: bool) -> str:
    rows = []
    for name, truth in NOTHING_CHANGED.items():
        found = [simulate(replace(truth, yearly=yearly), runs=runs) for yearly in YEARLY]
        shares = (each.fell_firmly if firm else each.fell for each in found)
        rows.append((name, *(f"{100 * share:.1f}%" for share in shares)))
    return _table(("nothing was changed by the action", *(f"{yearly} a year" for yearly in YEARLY)), rows)


def _power(runs: int) -> str:
    rows = []
    for name, others in HALVED.items():
        found = [simulate(Truth(yearly=yearly, others=others, effect=0.5), runs=runs) for yearly in YEARLY]
        rows.append((f"{name}: fell", *(f"{100 * each.fell:.0f}%" for each in found)))
        rows.append((f"{name}: too few to tell", *(f"{100 * each.too_few:.0f}%" for each in found)))
    return _table(("complaints were halved", *(f"{yearly} a year" for yearly in YEARLY)), rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How often verdicts on actions are right.")
    parser.add_argument("--runs", type=int, default=20_000)
    runs = parser.parse_args().runs
    sys.stdout.write(_false_falls(runs, firm=False) + _false_falls(runs, firm=True) + _power(runs))


if __name__ == "__main__":
    main()
