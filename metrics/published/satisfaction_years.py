"""Published measures from year to year, and CH01 and CH02 as the landlord's own records give them beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from metrics.periods import year_end
from metrics.phrasing import day
from metrics.populations import population
from metrics.published.satisfaction import OwnMeasure, Standing, own_measures, standings
from metrics.records import Records

# Complaints that begin later than this after 1 April were not recorded from the start of the year.
FIRST_DAYS = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One surveyed measure in two years; `verdict` is `rose` or `fell` only where the two 95% intervals do not meet."""

    before: Standing
    now: Standing
    verdict: Literal["rose", "fell", "not told apart", "no interval"]


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """What the page on satisfaction shows: every standing of a year that ended by as_at, and the own measures of every
    such year. `explained` says why own and published figures may differ, year by year."""

    standings: tuple[Standing, ...]
    own: tuple[OwnMeasure, ...]
    explained: dict[str, tuple[str, ...]]

    @property
    def years(self) -> tuple[str, ...]:
        """Years with a published measure, newest first."""
        return tuple(dict.fromkeys(each.year for each in self.standings))

    def stocks(self, year: str) -> tuple[str, ...]:
        """The stocks whose tenants were asked, or whose complaints were counted, that year."""
        asked = [each.stock for each in self.standings if each.year == year and each.measure in ("TP01", "CH01(1)")]
        return tuple(dict.fromkeys(asked))

    def of(self, year: str, stock: str) -> tuple[Standing, ...]:
        """The standings of one year and stock, in reading order."""
        return tuple(each for each in self.standings if each.year == year and each.stock == stock)

    def own_of(self, year: str) -> tuple[OwnMeasure, ...]:
        """CH01 and CH02 from the landlord's own records for one year."""
        return tuple(each for each in self.own if each.year == year)

    def change(self, now: Standing) -> Change | None:
        """The same measure and stock in the year before; None where it was not published."""
        wanted = _year_before(now.year)
        return next(
            (
                Change(before=each, now=now, verdict=_verdict(each, now))
                for each in self.standings
                if (each.year, each.stock, each.measure) == (wanted, now.stock, now.measure)
            ),
            None,
        )


def _year_before(year: str) -> str:
    first = int(year[:4])
    return f"{first - 1}-{first % 100:02d}"


def _verdict(before: Standing, now: Standing) -> Literal["rose", "fell", "not told apart", "no interval"]:
    if before.low is None or before.high is None or now.low is None or now.high is None:
        return "no interval"
    return "rose" if now.low > before.high else "fell" if now.high < before.low else "not told apart"


def satisfaction(records: Records, as_at: date) -> Satisfaction:
    """Standings and own measures of the years that ended by as_at."""
    known = tuple(each for each in standings(records) if year_end(each.year) <= as_at)
    years = tuple(dict.fromkeys(each.year for each in known))
    if "complaints" not in records.frames:
        return Satisfaction(standings=known, own=(), explained={})
    rows = population(records, "stages").select(
        "stage", "stock", "began_on", "response_due_on", "responded_on", "in_clock"
    )
    stages = rows.collect()
    begun = stages["began_on"].min()
    first = begun if isinstance(begun, date) else None
    covered = [year for year in years if first is not None and first <= year_end(year)]
    homes = _homes(records)
    own = tuple(
        each for year in covered for each in own_measures(stages, homes=homes, year=year, as_at=as_at, published=known)
    )
    return Satisfaction(standings=known, own=own, explained={year: _explained(stages, year, first) for year in covered})


def _homes(records: Records) -> dict[str, int | None]:
    own = records.frame("landlords").select("homes_lcra", "homes_lcho").collect()
    lcra, lcho = own.row(0) if own.height else (None, None)
    return {"LCRA": lcra, "LCHO": lcho}


def _explained(stages: pl.DataFrame, year: str, first: date | None) -> tuple[str, ...]:
    """Why what the records give may differ from what was published."""
    began = date(int(year[:4]), 4, 1)
    reasons = []
    if first is not None and first > began + FIRST_DAYS:
        reasons.append(f"The records begin on {day(first)}: complaints made earlier in the year are not held.")
    made = stages.filter(pl.col("began_on").is_between(began, year_end(year)))
    outside = made.filter(~pl.col("in_clock")).height
    if outside:
        reasons.append(
            f"{outside:,} of the stages begun belong to complaints later refused or withdrawn; they are counted here "
            "as made, and a return may have left them out."
        )
    reasons += [
        "Homes are those of the landlord's record today; the return uses those owned when the year ended.",
        "Here an answer is in time by its dates: 10 working days from acknowledgement at stage 1, 20 at stage 2, and "
        "as many again where extended. A return that counts from another day, or takes an extension for granted, is "
        "kinder.",
    ]
    return tuple(reasons)


def own_headline(own: Sequence[OwnMeasure]) -> str:
    """The widest gap between records and publication in timeliness, in a sentence."""
    gaps = [
        (each.published - each.value, each)
        for each in own
        if each.measure.startswith("CH02") and each.value is not None and each.published is not None
    ]
    if not gaps:
        return "Nothing is published to lay the records beside."
    gap, widest = max(gaps, key=lambda pair: abs(pair[0]))
    if abs(gap) < 1:
        return "The records and the published figures say the same, to within one point."
    kinder = "kinder than" if gap > 0 else "harsher than"
    return (
        f"{widest.measure} for {widest.stock} homes as published is {abs(gap):.0f} points {kinder} the landlord's own "
        f"records: {widest.published:.0f}% against {widest.value:.0f}%."
    )


def satisfaction_headline(found: Sequence[Standing]) -> str:
    """What tenants said, against the middle half of landlords, in a heading."""
    asked = [each for each in found if each.low is not None and each.national and each.better == "higher"]
    if not asked:
        return "What tenants said"
    below = sum(each.told_apart.startswith("below") for each in asked)
    above = sum(each.told_apart.startswith("above") for each in asked)
    if not below and not above:
        return "Tenants answer much as they do elsewhere"
    if len(asked) in (below, above):
        all_lie = "The one answer lies" if len(asked) == 1 else f"All {len(asked)} answers lie"
        return f"{all_lie} {'below' if below else 'above'} the middle half of landlords"
    parts = [
        f"{count} {'lies' if count == 1 else 'lie'} {word}"
        for count, word in ((above, "above"), (below, "below"))
        if count
    ]
    return f"Of {len(asked)} answers, {' and '.join(parts)} the middle half of landlords"
