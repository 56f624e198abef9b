"""The survey gap: how many households say they complained, against how many are recorded as complaining.

A tenant survey asks whether somebody complained in the last twelve months; the records know which households did. More
say so than are recorded nearly everywhere (telescoping of time, service requests taken for complaints), so the gap
accuses nobody by itself: what counts is a rise of one's own, or a gap above landlords alike.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.counting.judge import wilson
from metrics.periods import window, year_end
from metrics.phrasing import day
from metrics.published.national import peer_group, shipped
from metrics.published.satisfaction import Spread, spread
from metrics.records import Records

# Records reach back to a day if their first complaint came within a month of it.
FIRST_DAYS = timedelta(days=31)
SURVEYS = ("LCRA", "LCHO")
CAUTIONS = (
    "More households say they complained than are recorded nearly everywhere: people remember older complaints as "
    "recent ones, and call a request for service a complaint.",
    "Those who answered are taken to stand for all homes of the stock.",
    "One record per household counts, however often it complained.",
)


@dataclass(frozen=True, kw_only=True)
class StockGap:
    """One stock: the share who say they complained (0 to 1, with Wilson's interval) and its homes, against households
    recorded as complaining and stage 1 complaints in the same twelve months.

    peers, everyone     reported ÷ recorded of landlords alike and of all, published figures of `compared_year`; None
                        where there are none. They divide by complaints, not by households: compare with
                        `to_complaints`.
    """

    stock: str
    year: str
    homes: int
    respondents: int
    share: float
    low: float
    high: float
    recorded_households: int
    recorded_complaints: int
    everyone: Spread | None = None
    peers: Spread | None = None
    compared_year: str = ""

    @property
    def said(self) -> tuple[float, float, float]:
        """Households that say they complained: value, low, high."""
        return self.share * self.homes, self.low * self.homes, self.high * self.homes

    @property
    def ratio(self) -> tuple[float, float, float] | None:
        """Households that say so for each recorded: value, low, high; None where none is recorded."""
        recorded = self.recorded_households
        value, low, high = self.said
        return (value / recorded, low / recorded, high / recorded) if recorded else None

    @property
    def hidden_share(self) -> tuple[float, float, float] | None:
        """1 − recorded ÷ said, never below 0: of households that say they complained, the share nowhere recorded."""
        value, low, high = (max(0.0, 1 - self.recorded_households / said) if said else 0.0 for said in self.said)
        return value, low, high

    @property
    def to_complaints(self) -> tuple[float, float, float] | None:
        """The same for each stage 1 complaint: what the published figures of other landlords divide by."""
        recorded = self.recorded_complaints
        value, low, high = self.said
        return (value / recorded, low / recorded, high / recorded) if recorded else None


@dataclass(frozen=True, kw_only=True)
class SurveyGap:
    """The gap of each stock surveyed, over the months `first` to `last`. Without any: why_not.

    left_out    stocks with homes but without a survey figure: nothing here speaks for them
    """

    first: date | None = None
    last: date | None = None
    stocks: tuple[StockGap, ...] = ()
    left_out: tuple[str, ...] = ()
    why_not: str = ""


def survey_gap(
    records: Records, as_at: date, *, months_to: date | None = None, design_effect: float = 1.0
) -> SurveyGap:
    """The gap by the latest survey of a financial year ended within the two years before as_at.

    Complaints are those of the survey's own twelve months, or of the twelve months to `months_to` (the survey is then
    taken to hold for them). `design_effect` (1 + CV² of the weights) widens the interval of a weighted survey. The
    survey counts for LCRA and LCHO apart, or for both where only a Combined figure is held.
    """
    homes = _homes(records)
    own = _surveys(records, as_at)
    if own.is_empty():
        return SurveyGap(why_not="No survey of the last two years says how many complained, with its respondents.")
    year = str(own["year"].max())
    asked = {row["stock"]: row for row in own.filter(pl.col("year") == year).iter_rows(named=True)}
    stocks = [name for name in SURVEYS if name in asked] or ["Combined"]
    known = [name for name in stocks if homes.get(name)]
    if not known:
        return SurveyGap(why_not="The number of homes is not held, so the survey's share is of nobody knows how many.")
    first, last = window(months_to or year_end(year))
    if short := _too_short(records, first):
        return SurveyGap(why_not=short)
    gaps = tuple(
        _gap(records, asked[name], homes=homes[name] or 0, last=last, design_effect=design_effect) for name in known
    )
    others = () if "Combined" in known else tuple(name for name in SURVEYS if homes.get(name) and name not in known)
    return SurveyGap(first=first, last=last, stocks=gaps, left_out=others)


def _too_short(records: Records, first: date) -> str:
    """Why the complaints held cannot be set against a survey of the months since `first`; empty where they can."""
    begin = records.frame("complaints").select(pl.col("received_on").min()).collect().item()
    if begin is None:
        return "Complaints are not held."
    if begin > first + FIRST_DAYS:
        since, wanted = (day(each) for each in (begin, first))
        return f"Complaints are held from {since} only, the survey speaks of the months from {wanted}."
    return ""


def _homes(records: Records) -> dict[str, int | None]:
    own = records.frame("landlords").select("homes_lcra", "homes_lcho").collect()
    lcra, lcho = own.row(0) if own.height else (None, None)
    known = [count for count in (lcra, lcho) if count is not None]
    return {"LCRA": lcra, "LCHO": lcho, "Combined": sum(known) if known else None}


def _surveys(records: Records, as_at: date) -> pl.DataFrame:
    """The usable survey figures: year, stock, value, base."""
    rows = (
        records.frame("tsm")
        .filter((pl.col("measure") == "complained") & (pl.col("base") > 0) & pl.col("value").is_between(0, 100))
        .select("year", pl.col("stock").cast(pl.String), "value", "base")
        .collect()
    )
    first, last = window(as_at, 24)
    usable = [year for year in rows["year"].unique() if first <= year_end(year) <= last]
    return rows.filter(pl.col("year").is_in(usable))


def _gap(records: Records, asked: dict[str, object], *, homes: int, last: date, design_effect: float) -> StockGap:
    stock, year, value, base = str(asked["stock"]), str(asked["year"]), float(str(asked["value"])), asked["base"]
    respondents = int(str(base))
    low, high = wilson(value / 100 * respondents / design_effect, respondents / design_effect)
    complained = complaining(records, last, stock=stock)
    compared_year, everyone, peers = _others(records, year, stock)
    return StockGap(
        stock=stock,
        year=year,
        homes=homes,
        respondents=respondents,
        share=value / 100,
        low=low,
        high=high,
        recorded_households=complained["household_ref"].n_unique(),
        recorded_complaints=complained.height,
        everyone=everyone,
        peers=peers,
        compared_year=compared_year,
    )


def complaining(records: Records, as_at: date, *, stock: str = "Combined") -> pl.DataFrame:
    """complaint_ref, household_ref of complaints received in the twelve months to as_at, of one stock or of both."""
    rows = records.frame("complaints").filter(pl.col("received_on").is_between(*window(as_at)))
    of_stock = rows if stock == "Combined" else rows.filter(pl.col("stock") == stock)
    return of_stock.select("complaint_ref", "household_ref").collect()


def _others(records: Records, year: str, stock: str) -> tuple[str, Spread | None, Spread | None]:
    """Published reported ÷ recorded: the survey's own year, or the last one published before it."""
    national = records.national if records.national.height else shipped()
    published = national.filter(
        (pl.col("measure") == "reported_to_recorded") & (pl.col("stock") == stock) & (pl.col("year") <= year)
    )
    if published.is_empty():
        return "", None, None
    last = str(published["year"].max())
    own = records.frame("landlords").select("landlord_type", "homes_lcra", "homes_lcho").collect()
    kind = own["landlord_type"][0] if own.height else None
    group = peer_group(kind, _homes(records)["Combined"])
    found = {"year": last, "stock": stock, "measure": "reported_to_recorded"}
    return last, spread(national, **found, group="all"), spread(national, **found, group=group)
