"""Better recording raises complaints: recorded volume and ghost share together, and what a change is made of.

Underlying dissatisfaction U is what was recorded and what was found hidden; g is the hidden share of it. Recorded
complaints are R = U·(1 − g), so a change in R is a change in the share recorded, times U, and a change in U, times the
share recorded. Each is taken at the mean of the two periods, so that nothing is left over:

    R₁ − R₀ = [(1 − g₁) − (1 − g₀)]·(U₀ + U₁)/2   more recorded
            + (U₁ − U₀)·[(1 − g₀) + (1 − g₁)]/2   more happened
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import polars as pl

from metrics.counting.judge import Z95, wilson
from metrics.ghosts.hidden import counted, counted_plainly
from metrics.periods import quarter_ends_to, window
from metrics.records import Records

QUARTERS = 8  # quarter ends before as_at
APART = 4  # quarters between the two years compared
FIRST_DAYS = timedelta(days=31)  # records reach back to a day if their first row came within a month of it
CAUTIONS = (
    "Hidden is what the detectors found at grade A or B and no complaint was made; what they miss is in neither part.",
    "Both years are read with what was known at their end, so that late recording touches both alike.",
    "A lexicon finds more where more is written down: fuller notes look like more hidden complaints.",
)


@dataclass(frozen=True, kw_only=True)
class Year:
    """The twelve months to a quarter end, as known on that day.

    recorded    complaints received; None where complaints do not reach back over the twelve months
    hidden      episodes of grade A or B that never became a complaint; None where contacts do not reach back
    staged      complaints received that have a hidden stage of grade A or B
    """

    end: date
    recorded: int | None
    hidden: int | None
    staged: int | None

    @property
    def ghost_share(self) -> float | None:
        """Hidden of all dissatisfaction that left a trace."""
        if self.recorded is None or self.hidden is None or not self.recorded + self.hidden:
            return None
        return self.hidden / (self.recorded + self.hidden)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval of the ghost share."""
        if self.ghost_share is None or self.recorded is None or self.hidden is None:
            return None
        return wilson(self.hidden, self.recorded + self.hidden)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a change, in complaints, with its 95% interval."""

    value: float
    low: float
    high: float

    @property
    def is_told_apart(self) -> bool:
        """Is it more than chance?"""
        return self.low > 0 or self.high < 0

    def said(self, because: str) -> str:
        """`+31 because … (−56 to +118, may be chance)`."""
        doubt = "" if self.is_told_apart else ", may be chance"
        return f"{signed(self.value)} {because} ({signed(self.low)} to {signed(self.high)}{doubt})"


def signed(value: float) -> str:
    """A whole number with its sign, a true minus."""
    return f"{value:+,.0f}".replace("-", "−")


@dataclass(frozen=True, kw_only=True)
class Split:
    """The change in recorded complaints between two years, and its two parts, which add up to it."""

    before: Year
    after: Year
    change: int
    more_recorded: Part
    more_happened: Part

    @property
    def words(self) -> str:
        """The change and its parts in a sentence; no part is named as a cause where chance would do."""
        way = "rose" if self.change > 0 else "fell" if self.change < 0 else "did not change"
        by = f" by {abs(self.change):,}" if self.change else ""
        parts = [
            self.more_recorded.said("because a larger or smaller share was recorded"),
            self.more_happened.said("because more or less happened"),
        ]
        return f"Recorded complaints {way}{by}: {'; '.join(parts)}."


@dataclass(frozen=True, kw_only=True)
class Recording:
    """Years to each quarter end, oldest first, and the last against the one before; without a split, why_not."""

    years: tuple[Year, ...]
    split: Split | None
    why_not: str = ""


def recording(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> Recording:
    """Recorded and hidden in the twelve months to as_at and to each quarter end before it. `hidden`: what
    `counted_plainly` gives for `recording_days(as_at)`."""
    days = recording_days(as_at)
    found = counted(counted_plainly(records, days) if hidden is None else hidden)
    received, first_contact = _received(records), _first_contact(records)
    years = tuple(_year(day, found.filter(pl.col("as_at") == day), received, first_contact) for day in days)
    before, after = years[-1 - APART], years[-1]
    why_not = _why_not(before, after)
    return Recording(years=years, split=None if why_not else split(before, after), why_not=why_not)


def recording_days(as_at: date) -> list[date]:
    """The days `recording` reads: as_at and the eight quarter ends before it."""
    return quarter_ends_to(as_at, QUARTERS)


def _received(records: Records) -> pl.DataFrame:
    return records.frame("complaints").select("complaint_ref", "received_on").collect()


def _year(day: date, found: pl.DataFrame, received: pl.DataFrame, first_contact: object) -> Year:
    first, last = window(day)
    inside = received.filter(pl.col("received_on").is_between(first, last))
    never = found.filter((pl.col("window") == "never") & pl.col("first_signal_on").is_between(first, last))
    staged = inside.join(found.drop_nulls("complaint_ref"), on="complaint_ref", how="semi")
    records_reach = _reaches(received["received_on"].min(), first)
    contacts_reach = records_reach and _reaches(first_contact, first)
    return Year(
        end=day,
        recorded=inside.height if records_reach else None,
        hidden=never.height if contacts_reach else None,
        staged=staged.height if contacts_reach else None,
    )


def _first_contact(records: Records) -> object:
    return records.frame("contacts").select(pl.col("occurred_at").dt.date().min()).collect().item()


def _reaches(begin: object, first: date) -> bool:
    return isinstance(begin, date) and begin <= first + FIRST_DAYS


def _why_not(before: Year, after: Year) -> str:
    if after.recorded is None or before.recorded is None:
        return "Complaints are not held for two years: a change cannot be worked out."
    if after.hidden is None or before.hidden is None:
        return "Contacts are not held for two years: what was hidden then is not known."
    if not before.recorded + before.hidden or not after.recorded + after.hidden:
        return "Nothing was recorded or found in one of the two years."
    return ""


def split(before: Year, after: Year) -> Split:
    """The change between two years with known, non-empty counts. Intervals take the four counts for independent Poisson
    counts (delta method)."""
    counts = [year_count for year in (before, after) for year_count in (year.recorded or 0, year.hidden or 0)]
    recorded, happened, slopes = _parts(*counts)
    spreads = [Z95 * sqrt(sum(slope**2 * count for slope, count in zip(each, counts, strict=True))) for each in slopes]
    return Split(
        before=before,
        after=after,
        change=counts[2] - counts[0],
        more_recorded=Part(value=recorded, low=recorded - spreads[0], high=recorded + spreads[0]),
        more_happened=Part(value=happened, low=happened - spreads[1], high=happened + spreads[1]),
    )


def _parts(r0: int, h0: int, r1: int, h1: int) -> tuple[float, float, Sequence[Sequence[float]]]:
    """Both parts, and how each changes with r0, h0, r1 and h1."""
    u0, u1 = r0 + h0, r1 + h1
    share_0, share_1 = r0 / u0, r1 / u1
    mean_u, mean_share = (u0 + u1) / 2, (share_0 + share_1) / 2
    change_u, change_share = u1 - u0, share_1 - share_0
    # How the share recorded changes with the recorded and with the hidden of its year.
    of_0, of_1 = (h0 / u0**2, -r0 / u0**2), (h1 / u1**2, -r1 / u1**2)
    recorded = [change_share / 2 - mean_u * slope for slope in of_0] + [change_share / 2 + mean_u * s for s in of_1]
    happened = [change_u * s / 2 - mean_share for s in of_0] + [change_u * s / 2 + mean_share for s in of_1]
    return change_share * mean_u, change_u * mean_share, (recorded, happened)
