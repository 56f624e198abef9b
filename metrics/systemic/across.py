"""Issues that recur across several landlords, from the Ombudsman's published findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import scipy

from metrics.counting.judge import wilson
from metrics.effects.verdicts import CHANCE
from metrics.periods import window
from metrics.populations.ombudsman import UPHELD_FINDINGS
from metrics.systemic.excess import LEVEL, excess

YEARS = 3
SEVERAL = 3  # landlords
LEFT_OUT = ("outside jurisdiction", "withdrawn")
COVERAGE = (
    "Only published decisions, and only those loaded here: the Ombudsman publishes later than it decides and not every "
    "decision, so that collections of them hold about 60% of its own counts. Never a landlord's total, and no ranking."
)


@dataclass(frozen=True, kw_only=True)
class AcrossLandlords:
    """One category of finding.

    findings, upheld   in thirty-six months (outside jurisdiction and withdrawn left out); low, high: Wilson's 95%
                       interval of the share upheld
    by_year            upheld in each of the three years, oldest first
    landlords          with an upheld finding; recurring: with one in two of the three years or more
    trend              the last year against the one before, all other categories taken out: rose, fell, no change seen
    over               landlords with more of it than their findings and its share would give (q at most one in ten)
    """

    category: str
    findings: int
    upheld: int
    low: float
    high: float
    by_year: tuple[int, ...]
    landlords: int
    recurring: int
    trend: str
    over: tuple[str, ...]

    @property
    def is_signal(self) -> bool:
        """Does it recur at several landlords?"""
        return self.recurring >= SEVERAL


@dataclass(frozen=True, kw_only=True)
class Across:
    """Every category, the one that recurs at most landlords first. landlords: how many have a finding at all."""

    first: date
    last: date
    categories: tuple[AcrossLandlords, ...]
    landlords: int
    findings: int
    spread: float
    why_not: str = ""


def across_landlords(determinations: pl.LazyFrame, as_at: date) -> Across:
    """`determinations` of all landlords (landlord_code, category, finding, decided_on), in the thirty-six months to
    as_at."""
    first, last = window(as_at, 12 * YEARS)
    rows = (
        determinations.filter(pl.col("decided_on").is_between(first, last))
        .filter(~pl.col("finding").cast(pl.String).is_in(list(LEFT_OUT)))
        .select(
            "category",
            landlord="landlord_code",
            upheld=pl.col("finding").cast(pl.String).is_in(list(UPHELD_FINDINGS)),
            year=sum((pl.col("decided_on") >= window(as_at, 12 * year)[0]).cast(pl.Int8) for year in (1, 2)),
        )
        .collect()
    )
    landlords = rows["landlord"].n_unique()
    if landlords < SEVERAL:
        held = "landlord is" if landlords == 1 else "landlords are"
        why = f"Findings of {landlords} {held} held; {SEVERAL} are needed."
        return Across(
            first=first, last=last, categories=(), landlords=landlords, findings=rows.height, spread=1.0, why_not=why
        )
    over, spread = _over(rows.filter("upheld"))
    trends = _trends(rows.filter("upheld"))
    found = [_category(row, over, trends) for row in _by_category(rows).to_dicts()]
    found.sort(key=lambda each: (-each.recurring, -each.upheld, each.category))
    return Across(
        first=first, last=last, categories=tuple(found), landlords=landlords, findings=rows.height, spread=spread
    )


def _by_category(rows: pl.DataFrame) -> pl.DataFrame:
    years = rows.filter("upheld").group_by("category", "landlord").agg(years=pl.col("year").n_unique())
    seen = years.group_by("category").agg(landlords=pl.len(), recurring=(pl.col("years") >= 2).sum())
    counts = rows.group_by("category").agg(
        findings=pl.len(),
        upheld=pl.col("upheld").sum(),
        by_year=pl.concat_list((pl.col("upheld") & (pl.col("year") == year)).sum() for year in range(YEARS)).first(),
    )
    return counts.join(seen, on="category", how="left").with_columns(pl.col("landlords", "recurring").fill_null(0))


def _category(row: Mapping[str, Any], over: Mapping[str, Sequence[str]], trends: Mapping[str, str]) -> AcrossLandlords:
    low, high = wilson(row["upheld"], row["findings"])
    return AcrossLandlords(
        **{name: row[name] for name in ("category", "findings", "upheld", "landlords", "recurring")},
        low=low,
        high=high,
        by_year=tuple(row["by_year"]),
        trend=trends.get(row["category"], "too few to tell"),
        over=tuple(over.get(row["category"], ())),
    )


def _over(upheld: pl.DataFrame) -> tuple[dict[str, list[str]], float]:
    """By category the landlords with more upheld findings in it than their total and its share would give."""
    landlords = upheld.group_by("landlord").agg(of_landlord=pl.len())
    categories = upheld.group_by("category").agg(of_category=pl.len())
    counts = upheld.group_by("landlord", "category").agg(count=pl.len())
    cells = (
        landlords.join(categories, how="cross")
        .join(counts, on=["landlord", "category"], how="left")
        .with_columns(
            pl.col("count").fill_null(0).cast(pl.Int64),
            expected=pl.col("of_landlord") * pl.col("of_category") / max(1, upheld.height),
        )
        .sort("category", "landlord")
    )
    found = excess(cells["count"].to_numpy(), cells["expected"].to_numpy().astype(np.float64))
    strong = cells.with_columns(q=pl.Series(found.q)).filter(pl.col("q") <= LEVEL).sort("category", "q", "landlord")
    by_category = strong.group_by("category", maintain_order=True).agg("landlord")
    return dict(zip(by_category["category"], by_category["landlord"].to_list(), strict=True)), found.spread


def _trends(upheld: pl.DataFrame) -> dict[str, str]:
    """By category the last year against the one before, by an exact test against all other categories, read
    together."""
    last, before = YEARS - 1, YEARS - 2
    counts = (
        upheld.group_by("category")
        .agg(before=(pl.col("year") == before).sum(), last=(pl.col("year") == last).sum())
        .sort("category")
    )
    b, a = (counts[name].to_numpy().astype(np.int64) for name in ("before", "last"))
    total, ends = int(a.sum() + b.sum()), int(a.sum())
    enough = a + b >= 12
    so_few = scipy.stats.hypergeom.cdf(a, total, ends, a + b)
    so_many = scipy.stats.hypergeom.sf(a - 1, total, ends, a + b)
    if not enough.any():
        return {}
    words = {}
    q_few, q_many = (scipy.stats.false_discovery_control(each[enough]) for each in (so_few, so_many))
    for name, few, many in zip(counts["category"].filter(pl.Series(enough)), q_few, q_many, strict=True):
        words[name] = "fell" if few <= CHANCE else "rose" if many <= CHANCE else "no change seen"
    return words
