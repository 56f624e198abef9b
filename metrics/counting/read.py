"""From counts to readings: value, interval, probability, state, and the reason where there is no evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from metrics.counting.coverage import Coverage
from metrics.counting.judge import STATE_WORDS, good_side, probability_good, states_of, wilson
from metrics.effects import FEWEST, Counted, ThemeCounts
from metrics.indicator import THEMES, Indicator
from metrics.phrasing import capital, listed
from metrics.published.gates import PublishedFigures, PublishedShare
from metrics.reading import Reading
from metrics.words import State

WHOLE = None  # the service area of the whole landlord
UNDIVIDED = ("governance", "governance_quarters", "tsm")  # populations that speak for the landlord, not for a service

Counts = Mapping[tuple[str, date, str | None], tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that readings are made of: counts by (key, as_at, service area), published shares, homes, coverage, and the
    themes that the effect engine counts."""

    counts: Counts
    published: PublishedFigures
    homes: Mapping[str, int | None]
    coverage: Coverage
    themes: ThemeCounts

    def areas(self) -> list[str]:
        """Every service area that any count is of."""
        return sorted({area for _, _, area in self.counts if area is not None})

    def read(self, indicator: Indicator, as_at: date, held: Mapping[str, int], area: str | None = WHOLE) -> Reading:
        """The reading of one indicator on one day, for the landlord or one service area."""
        missing = [table for table in indicator.needs if table not in held]
        if missing:
            return absent(indicator, as_at, f"{_listed(missing)} not held: load {_them(missing)} to know this.")
        if indicator.tsm_measure:
            return _published(indicator, as_at, self.published.share(indicator, as_at))
        if indicator.population == THEMES:
            return _of_themes(indicator, as_at, self.themes.counted(indicator, as_at, area))
        whole = area is WHOLE or indicator.population in UNDIVIDED
        k, n = self.counts.get((indicator.key, as_at, WHOLE if whole else area), (0, 0))
        if indicator.per_homes:
            return _per_homes(indicator, as_at, n, self.homes)
        return _fact(indicator, as_at, k, n) if indicator.kind == "fact" else _share(indicator, as_at, k, n)


def counts_of(tallied: pl.DataFrame) -> Counts:
    """Counts by (key, as_at, service area), and for the whole landlord under the area None."""
    whole = tallied.group_by("key", "as_at").agg(pl.col("numerator", "denominator").sum())
    areas = tallied.filter(pl.col("service_area").is_not_null())
    found: dict[tuple[str, date, str | None], tuple[int, int]] = {
        (key, as_at, area): (k, n) for key, as_at, area, k, n in areas.iter_rows()
    }
    found.update({(key, as_at, WHOLE): (k, n) for key, as_at, k, n in whole.iter_rows()})
    return found


def absent(
    indicator: Indicator, as_at: date, reason: str, *, k: float | None = None, n: float | None = None
) -> Reading:
    """A reading without evidence, with the reason."""
    value = k / n if k is not None and n else None
    low, high = wilson(k, n) if k is not None and n else (None, None)
    return Reading(
        indicator=indicator,
        as_at=as_at,
        numerator=k,
        denominator=n,
        value=value,
        low=low,
        high=high,
        threshold=indicator.threshold.value,
        probability=None,
        state="not evidenced" if indicator.gate else None,
        reason=reason,
    )


def _share(
    indicator: Indicator, as_at: date, k: float, n: float, *, line: float | None = None, note: str = ""
) -> Reading:
    if n < max(indicator.smallest_n, 1):
        return absent(indicator, as_at, _too_few(indicator, n), k=k, n=n)
    threshold = indicator.threshold.value if line is None else line
    probability, state = None, None
    if threshold is not None:
        probability = float(probability_good(*_good(indicator, k, n, threshold)))
        state = STATE_WORDS[int(states_of(probability))]
    low, high = wilson(k, n)
    if k == 0 and indicator.gate and indicator.population != THEMES:
        note = f"Not one of {n:g}: make sure that it is recorded at all before acting on this. {note}".strip()
    return Reading(
        indicator=indicator,
        as_at=as_at,
        numerator=k,
        denominator=n,
        value=k / n,
        low=low,
        high=high,
        threshold=threshold,
        probability=probability,
        state=state,
        note=note,
    )


def _of_themes(indicator: Indicator, as_at: date, found: Counted) -> Reading:
    """Themes counted one by one, or (fewer than three tested) their complaints taken together as a fact."""
    k, n = found.numerator, found.denominator
    if indicator.kind == "fact":
        reading = _fact(indicator, as_at, k, n)
        return replace(reading, note="" if n else "No theme is looping.")
    if not found.pooled:
        return _share(indicator, as_at, k, n, note="Counted theme by theme: three or more could be tested.")
    if found.met is None:
        return absent(indicator, as_at, _too_few_pooled(found), k=k, n=n)
    return Reading(
        indicator=indicator,
        as_at=as_at,
        numerator=k,
        denominator=n,
        value=k / n,
        low=None,
        high=None,
        threshold=None,
        probability=None,
        state="met" if found.met else "not met",
        note=f"Themes taken together, as fewer than three could be tested alone: of {n:,} complaints before and after "
        f"the actions {k:,} came after, {'too few' if found.met else 'not few enough'} to be chance.",
    )


def _too_few_pooled(found: Counted) -> str:
    if not found.themes:
        return "No theme has an action done long enough ago to be tested."
    return (
        f"Fewer than three themes could be tested alone, and together there were only {found.denominator} complaints "
        f"before and after the actions; at least {FEWEST} are needed."
    )


def _good(indicator: Indicator, k: float, n: float, threshold: float) -> tuple[float, float, float]:
    good, line = good_side(k, n, threshold, indicator.better)
    return good, n, line


def _too_few(indicator: Indicator, n: float) -> str:
    found = "None" if n == 0 else f"Only {n:g}"
    return f"{found} {indicator.of_which.removeprefix('of ')}; at least {max(indicator.smallest_n, 1)} are needed."


def _published(indicator: Indicator, as_at: date, found: PublishedShare) -> Reading:
    if found.missing:
        return absent(indicator, as_at, f"{capital(found.missing)}.")
    return _share(indicator, as_at, found.k, found.base, line=found.line, note=f"Published for {found.year}.")


def _fact(indicator: Indicator, as_at: date, k: int, n: int) -> Reading:
    bound = indicator.threshold.value or 0.0
    state: State
    if indicator.bound_on == "count":
        value: float | None = float(k)
        state = "met" if k >= bound else "not met"
        n_shown: float | None = indicator.out_of
    else:
        value, n_shown = (k / n if n else None), n
        state = "met" if (n == 0 and indicator.none_due_is_met) or (n > 0 and k / n >= bound) else "not met"
    return Reading(
        indicator=indicator,
        as_at=as_at,
        numerator=k,
        denominator=n_shown,
        value=value,
        low=None,
        high=None,
        threshold=bound,
        probability=None,
        state=state,
        note="None fell due." if n == 0 and indicator.none_due_is_met else "",
    )


def _per_homes(indicator: Indicator, as_at: date, n: int, homes: Mapping[str, int | None]) -> Reading:
    known = [homes.get(column) or 0 for column in indicator.per_homes]
    if not sum(known):
        return absent(indicator, as_at, "The number of homes is not known: add it to the landlord's record.")
    return Reading(
        indicator=indicator,
        as_at=as_at,
        numerator=n,
        denominator=sum(known),
        value=1000 * n / sum(known),
        low=None,
        high=None,
        threshold=None,
        probability=None,
        state=None,
    )


def _listed(tables: list[str]) -> str:
    words = listed([table.replace("_", " ") for table in tables])
    return capital(words) + (" are" if words.endswith("s") or len(tables) > 1 else " is")


def _them(tables: list[str]) -> str:
    return "it" if len(tables) == 1 and not tables[0].endswith("s") else "them"
