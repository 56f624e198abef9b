"""What published data alone can and cannot say of a landlord's complaints culture: figures and caveats, no verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from metrics.counting.judge import wilson
from metrics.published.national import peer_group, shipped
from metrics.published.satisfaction import Spread, interval, spread

CANNOT_SAY = (
    "Published figures cannot place a landlord on the pyramid: they hold nothing on promises kept, learning, ownership "
    "or what the governing body did.",
    "They say how many complaints were recorded and answered in time, and what a sample of tenants felt. Neither many "
    "nor few complaints are good or bad by themselves.",
    "A figure outside the middle half of similar landlords is a question to ask, not an answer.",
)
_STOCKS = ("LCRA", "Combined", "LCHO")
_NAMES = {
    "complained": "the share who say they complained",
    "CH01(1)": "stage 1 complaints per 1,000 homes",
    "stage_1_complaints": "the number of stage 1 complaints",
    "stage_2_complaints": "the number of stage 2 complaints",
    "ch02_1_with_extension": "stage 1 answers within an extension",
    "ch02_2_with_extension": "stage 2 answers within an extension",
    "TP06": "TP06",
    "TP09": "TP09",
}
Own = Mapping[str, tuple[float, int | None]]


@dataclass(frozen=True, kw_only=True)
class PublishedFinding:
    """One thing published data say: a value with its 95% interval, where similar landlords lie, and what to beware of.

    `unit` is `%` or `times`. `peers` are the landlords of the same type and size, `national` all; None where unknown.
    Without a value, `missing` says why.
    """

    key: str
    title: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    peers: Spread | None
    national: Spread | None
    sentence: str
    caveat: str
    missing: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishedLandlord:
    """A landlord with published measures, for a search box: years newest first."""

    code: str
    name: str
    landlord_type: str | None
    region: str | None
    homes: int | None
    years: tuple[str, ...]
    stocks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublishedPicture:
    """The published picture of one landlord, year and stock; `group` names its similar landlords (`PRP <5,000`)."""

    landlord: PublishedLandlord
    year: str
    stock: str
    group: str | None
    findings: tuple[PublishedFinding, ...]
    cannot_say: tuple[str, ...] = CANNOT_SAY


def published_landlords(tsm: pl.DataFrame, landlords: pl.DataFrame) -> tuple[PublishedLandlord, ...]:
    """Every landlord with at least one published measure, by name. Both frames in their declared schemas.

    `stocks` are those it reports by themselves: building safety is published for all homes together.
    """
    reported = pl.col("measure").is_in(["TP01", "CH01(1)"])
    held = tsm.group_by("landlord_code").agg(
        pl.col("year").unique().sort(descending=True), pl.col("stock").filter(reported).cast(pl.String).unique()
    )
    rows = landlords.join(held, on="landlord_code", how="inner").sort(
        pl.col("name").str.to_lowercase(), "landlord_code"
    )
    return tuple(
        PublishedLandlord(
            code=row["landlord_code"],
            name=row["name"],
            landlord_type=row["landlord_type"],
            region=row["region"],
            homes=_together(row["homes_lcra"], row["homes_lcho"]),
            years=tuple(row["year"]),
            stocks=tuple(stock for stock in _STOCKS if stock in row["stock"]),
        )
        for row in rows.iter_rows(named=True)
    )


def _together(*homes: int | None) -> int | None:
    known = [count for count in homes if count is not None]
    return sum(known) if known else None


def published_picture(
    landlord_code: str,
    *,
    tsm: pl.DataFrame,
    landlords: pl.DataFrame,
    missing: pl.DataFrame | None = None,
    national: pl.DataFrame | None = None,
    year: str | None = None,
    stock: str | None = None,
) -> PublishedPicture:
    """What published data say of one landlord; the latest year and its rented stock unless asked otherwise.

    `missing` (year, stock, measure, code, reason; of this landlord, or of all with landlord_code) lets the picture say
    why a figure is absent. Raises KeyError where the landlord has no published measure.
    """
    own_tsm = tsm.filter(pl.col("landlord_code") == landlord_code)
    found = published_landlords(own_tsm, landlords.filter(pl.col("landlord_code") == landlord_code))
    if not found:
        raise KeyError(landlord_code)
    landlord = found[0]
    year = year or landlord.years[0]
    stock = stock or _first_stock(own_tsm, year)
    rows = own_tsm.filter((pl.col("year") == year) & (pl.col("stock").cast(pl.String) == stock))
    asked = _Asked(
        own={row["measure"]: (row["value"], row["base"]) for row in rows.iter_rows(named=True)},
        why=_reasons(missing, landlord_code, year, stock),
        national=shipped() if national is None or not national.height else national,
        year=year,
        stock=stock,
        group=peer_group(landlord.landlord_type, landlord.homes),
    )
    findings = (_openness(asked), _escalation(asked), _extension(asked, 1), _extension(asked, 2))
    perceptions = (_perception(asked, "TP06"), _perception(asked, "TP09"))
    return PublishedPicture(
        landlord=landlord, year=year, stock=stock, group=asked.group, findings=findings + perceptions
    )


def _first_stock(own_tsm: pl.DataFrame, year: str) -> str:
    """The stock whose tenants were asked, rented homes first: building safety is Combined for every landlord."""
    asked = own_tsm.filter((pl.col("year") == year) & pl.col("measure").is_in(["TP01", "CH01(1)"]))
    held = asked["stock"].cast(pl.String).to_list()
    return next((stock for stock in _STOCKS if stock in held), _STOCKS[0])


def _reasons(missing: pl.DataFrame | None, landlord_code: str, year: str, stock: str) -> Mapping[str, str]:
    if missing is None:
        return {}
    asked = (pl.col("year") == year) & (pl.col("stock").cast(pl.String) == stock)
    if "landlord_code" in missing.columns:
        asked &= pl.col("landlord_code") == landlord_code
    return dict(missing.filter(asked).select("measure", "reason").iter_rows())


@dataclass(frozen=True, kw_only=True)
class _Asked:
    own: Own
    why: Mapping[str, str]
    national: pl.DataFrame
    year: str
    stock: str
    group: str | None

    def among(self, measure: str, group: str | None) -> Spread | None:
        return spread(self.national, year=self.year, stock=self.stock, measure=measure, group=group)

    def absent(self, *measures: str) -> str:
        """Why the first of the measures that is not published is not; empty where all are."""
        for measure in measures:
            if measure not in self.own:
                named = _NAMES[measure]
                reason = self.why.get(measure)
                if reason:
                    return f"{named}: {reason.rstrip('.')}"
                return f"the published figures of {self.year} for {self.stock} homes do not hold {named}"
        return ""


def _finding(
    asked: _Asked,
    *,
    key: str,
    title: str,
    unit: str,
    value: float | None,
    around: tuple[float, float] | None,
    words: str,
    caveat: str,
    missing: str = "",
) -> PublishedFinding:
    """A finding whose sentence ends with where similar landlords lie (all landlords where there are too few)."""
    peers, national = asked.among(key, asked.group), asked.among(key, "all")
    sentence = words if value is not None else f"Not evidenced: {missing}."
    if value is not None:
        sentence = " ".join(part for part in (words, _beside(value, around, peers or national, unit)) if part)
    return PublishedFinding(
        key=key,
        title=title,
        unit=unit,
        value=value,
        low=around[0] if around else None,
        high=around[1] if around else None,
        peers=peers,
        national=national,
        sentence=sentence,
        caveat=caveat,
        missing=missing,
    )


def _beside(value: float, around: tuple[float, float] | None, among: Spread | None, unit: str) -> str:
    if among is None:
        return ""
    who = "all landlords" if among.group == "all" else f"landlords of the same type and size ({among.group} homes)"
    mark = "%" if unit == "%" else ""
    half = f"The middle half of {who} lies between {among.q1:.1f}{mark} and {among.q3:.1f}{mark}"
    low, high = around or (value, value)
    if low > among.q3:
        return f"{half}; this landlord's figure lies above it."
    if high < among.q1:
        return f"{half}; this landlord's figure lies below it."
    return f"{half}; this landlord's figure cannot be told apart from it."


def _openness(asked: _Asked) -> PublishedFinding:
    missing = asked.absent("complained", "CH01(1)")
    value, around, words = None, None, ""
    if not missing and asked.own["CH01(1)"][0] <= 0:
        missing = "no stage 1 complaint was recorded, so there is nothing to divide by"
    if not missing:
        (share, base), (recorded, _) = asked.own["complained"], asked.own["CH01(1)"]
        value = (share / 100) / (recorded / 1000)
        bounds = interval(share, base)
        around = (bounds[0] / 100 / (recorded / 1000), bounds[1] / 100 / (recorded / 1000)) if bounds else None
        words = (
            f"{share:.1f}% of the tenants asked say they complained within 12 months; {recorded:.1f} stage 1 "
            f"complaints were recorded for every 1,000 homes: {value:.1f} times as many say so as were "
            "recorded, home for home."
        )
    return _finding(
        asked,
        key="reported_to_recorded",
        title="Complaints tenants report against complaints recorded",
        unit="times",
        value=value,
        around=around,
        words=words,
        missing=missing,
        caveat="The survey follows the tenant's own idea of a complaint, which may be a first report of a fault; the "
        "return follows the Code's. A high figure does not prove that complaints go unrecorded. The interval covers "
        "the survey's sample only.",
    )


def _escalation(asked: _Asked) -> PublishedFinding:
    return _counted(
        asked,
        key="escalation",
        title="Stage 2 complaints for every 100 at stage 1",
        counts=("stage_2_complaints", "stage_1_complaints"),
        words="{k:,.0f} stage 2 complaints against {n:,.0f} at stage 1: {value:.1f} for every 100.",
        caveat="Stage 2 of one year may follow stage 1 of the year before. Few may mean that residents were content "
        "or that they gave up; many may mean poor first answers, or an open door. The interval treats the year as one "
        "of many like it.",
    )


def _extension(asked: _Asked, stage: int) -> PublishedFinding:
    days = 10 if stage == 1 else 20
    return _counted(
        asked,
        key=f"extension_{stage}",
        title=f"Stage {stage} answers in time with an extension",
        counts=(f"ch02_{stage}_with_extension", f"stage_{stage}_complaints"),
        words=f"{{k:,.0f}} of {{n:,.0f}} stage {stage} complaints ({{value:.1f}}%) were answered in time "
        f"with an extension of up to {days} working days.",
        caveat="The Code allows an extension for good reason; the file does not say the reasons. It "
        "asks for extensions from 2024-25.",
    )


def _counted(
    asked: _Asked, *, key: str, title: str, counts: tuple[str, str], words: str, caveat: str
) -> PublishedFinding:
    missing = asked.absent(*counts)
    value, around, said = None, None, ""
    if not missing and asked.own[counts[1]][0] <= 0:
        missing = "none was made, so there is nothing to divide by"
    if not missing:
        k, n = asked.own[counts[0]][0], asked.own[counts[1]][0]
        value = 100 * k / n
        low, high = wilson(k, n) if k <= n else (value / 100, value / 100)
        around = (100 * low, 100 * high)
        said = words.format(k=k, n=n, value=value)
    return _finding(
        asked, key=key, title=title, unit="%", value=value, around=around, words=said, missing=missing, caveat=caveat
    )


_PERCEIVED = {
    "TP06": (
        "Tenants who feel listened to (TP06)",
        "{value:.1f}% of the {base} tenants who answered are satisfied that the landlord listens to them and acts.",
        "A survey of tenants' feelings on the whole service, not of those who complained.",
    ),
    "TP09": (
        "Satisfied with complaints handling (TP09)",
        "{value:.1f}% of the {base} tenants who say they complained are satisfied with how complaints are handled.",
        "Asked of those who say they complained, also where no complaint was recorded: it may speak of service "
        "requests. The outcome of a complaint colours the answer.",
    ),
}


def _perception(asked: _Asked, measure: str) -> PublishedFinding:
    title, words, caveat = _PERCEIVED[measure]
    missing = asked.absent(measure)
    value, around, said = None, None, ""
    if not missing:
        value, base = asked.own[measure]
        around = interval(value, base)
        said = words.format(value=value, base=f"{base:,}" if base else "").replace("the  tenants", "the tenants")
    return _finding(
        asked,
        key=measure,
        title=title,
        unit="%",
        value=value,
        around=around,
        words=said,
        missing=missing,
        caveat=caveat + " Landlords ask by different methods, which moves the answers.",
    )
