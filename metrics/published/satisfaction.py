"""The published measures of one landlord against the national quartiles, and CH01 and CH02 from its own records.

Intervals are Wilson's at 95% on value / 100 × base: a survey asks some tenants, so its share is uncertain. Counts of
the landlord's whole stock (CH01, CH02, NM01, RP, BS) are no sample and carry no interval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.counting.judge import wilson
from metrics.indicator import Better
from metrics.periods import year_end
from metrics.published.national import COMPLAINTS, LANDLORD_WIDE, PERCEPTION, figure, peer_group, shipped
from metrics.records import Records

Band = Literal["lowest quarter", "second quarter", "third quarter", "highest quarter"]

TITLES = {
    "TP01": "Overall service",
    "TP02": "Repairs service",
    "TP03": "Time taken for the last repair",
    "TP04": "Home is well maintained",
    "TP05": "Home is safe",
    "TP06": "Listens to views and acts on them",
    "TP07": "Keeps tenants informed",
    "TP08": "Treats tenants fairly and with respect",
    "TP09": "Approach to complaints handling",
    "TP10": "Communal areas are clean and well maintained",
    "TP11": "Positive contribution to the neighbourhood",
    "TP12": "Approach to anti-social behaviour",
    "complained": "Say they complained in the last 12 months",
    "CH01(1)": "Stage 1 complaints per 1,000 homes",
    "CH01(2)": "Stage 2 complaints per 1,000 homes",
    "CH02(1)": "Stage 1 answered within the Code's time",
    "CH02(2)": "Stage 2 answered within the Code's time",
    "NM01(1)": "Anti-social behaviour cases per 1,000 homes",
    "NM01(2)": "Hate incidents per 1,000 homes",
    "RP01": "Homes below the Decent Homes Standard",
    "RP02(1)": "Non-emergency repairs in the landlord's own time",
    "RP02(2)": "Emergency repairs in the landlord's own time",
    "BS01": "Gas safety checks",
    "BS02": "Fire risk assessments",
    "BS03": "Asbestos surveys",
    "BS04": "Legionella risk assessments",
    "BS05": "Lift safety checks",
}
SURVEYED = (*PERCEPTION, "complained")
# Volume has no good direction (Code 3.3); what tenants say of having complained has none either.
NO_DIRECTION = ("complained", "CH01(1)", "CH01(2)", "NM01(1)", "NM01(2)")
PER_1000 = ("CH01(1)", "CH01(2)", "NM01(1)", "NM01(2)")
_STOCK_ORDER = ("LCRA", "LCHO", "Combined")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How a group of landlords is spread on a measure, in the measure's own unit; `n` landlords."""

    group: str
    n: int
    q1: float
    median: float
    q3: float


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One published measure of one year and stock.

    value      per cent, or per 1,000 homes (`unit` says which); low and high its 95% interval, None for full counts
    national   all landlords of the year and stock; peers: those of the same type and size; None where not known
    band       the quarter of all landlords the value lies in; None without national figures
    told_apart in words, whether the interval leaves the middle half of landlords
    median     `above`, `below` or `not told apart` from the national median, by the interval
    """

    year: str
    stock: str
    measure: str
    title: str
    unit: Literal["%", "per 1,000 homes"]
    better: Better
    value: float
    base: int | None
    low: float | None
    high: float | None
    national: Spread | None
    peers: Spread | None
    band: Band | None
    told_apart: str
    median: Literal["above", "below", "not told apart", ""]
    source: str


def interval(value: float, base: float | None) -> tuple[float, float] | None:
    """Wilson's 95% interval of a percentage asked of `base` respondents, in per cent; None without a base."""
    if not base or not 0 <= value <= 100:
        return None
    low, high = wilson(value / 100 * base, base)
    return 100 * low, 100 * high


def spread(national: pl.DataFrame, *, year: str, stock: str, measure: str, group: str | None) -> Spread | None:
    """Quartiles of a group of landlords; None where the national figures do not have them."""
    if group is None:
        return None
    at = {name: figure(national, year, stock, measure, name, group) for name in ("n", "q1", "median", "q3")}
    known = {name: value for name, value in at.items() if value is not None}
    if len(known) < len(at):
        return None
    return Spread(group=group, n=int(known["n"]), q1=known["q1"], median=known["median"], q3=known["q3"])


def band_of(value: float, among: Spread) -> Band:
    """The quarter a value lies in; a value on a quartile belongs to the quarter nearer the middle."""
    if value < among.q1:
        return "lowest quarter"
    if value > among.q3:
        return "highest quarter"
    return "second quarter" if value < among.median else "third quarter"


def told_apart(low: float | None, high: float | None, among: Spread | None) -> str:
    """Whether an interval lies wholly outside the middle half of a group of landlords, in words."""
    if among is None:
        return "no national figures to compare with"
    if low is None or high is None:
        return "a full count, not a sample: no interval"
    if low > among.q3:
        return "above the middle half of landlords"
    if high < among.q1:
        return "below the middle half of landlords"
    return "cannot be told apart from the middle half of landlords"


def standings(records: Records) -> tuple[Standing, ...]:
    """All published measures of the landlord, newest year first, then stock (rented first), then measure.

    National quartiles come from the records' own national figures, else from the ones shipped with the product.
    """
    national = records.national if records.national.height else shipped()
    group = _own_group(records)
    rows = records.frame("tsm").filter(pl.col("measure").is_in(list(TITLES))).collect()
    found = [_standing(row, national, group) for row in rows.iter_rows(named=True)]
    order = list(TITLES)
    found.sort(key=lambda each: (_STOCK_ORDER.index(each.stock), order.index(each.measure)))
    found.sort(key=lambda each: each.year, reverse=True)
    return tuple(found)


def _own_group(records: Records) -> str | None:
    own = records.frame("landlords").select("landlord_type", "homes_lcra", "homes_lcho").collect()
    if not own.height:
        return None
    landlord_type, *homes = own.row(0)
    known = [count for count in homes if count is not None]
    return peer_group(landlord_type, sum(known) if known else None)


def compared_stock(measure: str, stock: str) -> str:
    """The stock under which the regulator publishes a measure: some are asked of all homes together, some of rented
    homes only, whatever stock a landlord filed them under."""
    if measure not in LANDLORD_WIDE:
        return stock
    return "LCRA" if measure.startswith("RP") else "Combined"


def _standing(row: Mapping[str, object], national: pl.DataFrame, group: str | None) -> Standing:
    measure, year, stock = str(row["measure"]), str(row["year"]), str(row["stock"])
    value, base = float(str(row["value"])), row["base"]
    asked = int(str(base)) if base is not None and measure in SURVEYED else None
    around = interval(value, asked)
    low, high = around if around else (None, None)
    compared = compared_stock(measure, stock)
    everyone = spread(national, year=year, stock=compared, measure=measure, group="all")
    words = told_apart(low, high, everyone)
    if measure in SURVEYED and around is None:
        words = "the number of respondents is not given: no interval"
    return Standing(
        year=year,
        stock=stock,
        measure=measure,
        title=TITLES[measure],
        unit="per 1,000 homes" if measure in PER_1000 else "%",
        better="neither" if measure in NO_DIRECTION else "lower" if measure == "RP01" else "higher",
        value=value,
        base=asked,
        low=low,
        high=high,
        national=everyone,
        peers=spread(national, year=year, stock=compared, measure=measure, group=group),
        band=band_of(value, everyone) if everyone else None,
        told_apart=words,
        median=_beside_median(low, high, everyone),
        source=str(row["source"] or ""),
    )


def _beside_median(
    low: float | None, high: float | None, among: Spread | None
) -> Literal["above", "below", "not told apart", ""]:
    if low is None or high is None or among is None:
        return ""
    return "above" if low > among.median else "below" if high < among.median else "not told apart"


@dataclass(frozen=True, kw_only=True)
class OwnMeasure:
    """CH01 or CH02 of one stock and financial year as the landlord's own records give it, beside the published one.

    numerator of denominator: complaints and homes for CH01, answered in time and complaints made for CH02. `value` is
    None where the denominator is unknown or 0. `published` is the figure of the TSM table, if held. `note` says what
    keeps the two apart: a year that has not ended, complaints whose time has not run out.
    """

    year: str
    stock: str
    measure: str
    title: str
    numerator: int
    denominator: int | None
    value: float | None
    published: float | None
    note: str


def own_measures(
    stages: pl.DataFrame,
    *,
    homes: Mapping[str, int | None],
    year: str,
    as_at: date,
    published: Iterable[Standing] = (),
) -> tuple[OwnMeasure, ...]:
    """CH01 and CH02 as the TSM return counts them, from the landlord's own complaints.

    `stages`: one row per stage begun with stage (1, 2), stock, began_on (received_on, stage_2_requested_on),
    response_due_on (with any extension) and responded_on. `homes`: stock to homes owned at the year's end. Complaints
    *made* in the financial year count, whenever they are answered; what happened after as_at has not happened.
    """
    end = year_end(year)
    first = date(end.year - 1, 4, 1)
    made = stages.filter(pl.col("began_on").is_between(first, min(end, as_at)))
    answered = pl.col("responded_on") <= as_at
    counts = made.group_by(pl.col("stock").cast(pl.String), pl.col("stage").cast(pl.Int64)).agg(
        pl.len().alias("made"),
        (answered & (pl.col("responded_on") <= pl.col("response_due_on"))).sum().alias("in_time"),
        ((pl.col("response_due_on") > as_at) & answered.not_().fill_null(value=True)).sum().alias("open"),
    )
    counted = {(row["stock"], row["stage"]): row for row in counts.iter_rows(named=True)}
    beside = {(each.stock, each.measure): each.value for each in published if each.year == year}
    unfinished = f"the year has not ended by {as_at.isoformat()}" if as_at < end else ""
    return tuple(
        _own(
            counted.get((stock, stage)),
            homes=homes.get(stock),
            year=year,
            stock=stock,
            measure=measure,
            published=beside.get((stock, measure)),
            unfinished=unfinished,
        )
        for stock in ("LCRA", "LCHO")
        if homes.get(stock) or any((stock, stage) in counted for stage in (1, 2))
        for measure in COMPLAINTS
        for stage in (int(measure[-2]),)
    )


def _own(
    row: Mapping[str, int] | None,
    *,
    homes: int | None,
    year: str,
    stock: str,
    measure: str,
    published: float | None,
    unfinished: str,
) -> OwnMeasure:
    made, in_time, still_open = (row["made"], row["in_time"], row["open"]) if row else (0, 0, 0)
    volume = measure.startswith("CH01")
    numerator, denominator, per = (made, homes, 1000) if volume else (in_time, made, 100)
    notes = [unfinished] if unfinished else []
    if volume and not homes:
        notes.append(f"the number of {stock} homes is not held")
    if not volume and still_open:
        notes.append(f"{still_open} not yet answered and not yet due: counted as made, not as in time")
    return OwnMeasure(
        year=year,
        stock=stock,
        measure=measure,
        title=TITLES[measure],
        numerator=numerator,
        denominator=denominator,
        value=per * numerator / denominator if denominator else None,
        published=published,
        note="; ".join(notes),
    )
