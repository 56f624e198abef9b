"""What the Ombudsman found elsewhere: national rates as published, and landlords of the same type and size from a
public collection of its decisions. Context, never a line to be judged by."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from metrics.ombudsman.findings import NOT_CONSIDERED, SEVERE
from metrics.periods import year_end
from metrics.populations.ombudsman import UPHELD_FINDINGS
from metrics.published.national import FEWEST_LANDLORDS, SIZE_BANDS, peer_group
from metrics.records import Records
from metrics.volumes import Part

SHIPPED = Path(__file__).with_name("published_rates.csv")
EVERYBODY = "all"
COLLECTION = (
    "From a public collection of the Ombudsman's published decisions, about 60% of the official counts (collected in "
    "guyclarkemarshall/HousingOmbudsmanData): good for a share, never for a total."
)
CAVEATS = (
    "Only complaints that reach the Ombudsman are decided there: a rate says how often it found fault in those, and "
    "nothing about all the others.",
    "A decision comes a year or more after what it is about.",
    "Landlords differ in homes and residents. A higher or lower rate than theirs is a question to ask, not an answer.",
)


@dataclass(frozen=True, kw_only=True)
class NationalRate:
    """The maladministration rate of all landlords in one financial year, a share 0 to 1, as published."""

    year: str
    rate: float
    source: str


NATIONAL = (
    NationalRate(year="2022-23", rate=0.55, source="Housing Ombudsman, annual complaints review 2022-23"),
    NationalRate(year="2023-24", rate=0.73, source="Housing Ombudsman, annual complaints review 2023-24"),
    NationalRate(year="2024-25", rate=0.71, source="Housing Ombudsman, annual complaints review 2024-25"),
)


@dataclass(frozen=True, kw_only=True)
class Context:
    """Rates to set the landlord's beside: the nation's, newest first, up to the day; and, in the newest whole financial
    year of the collection, the findings of similar landlords together (`group`, such as `PRP 5,000-40,000`; `all` where
    the collection holds too few such landlords, or the landlord's type or homes are not known). None before the
    collection begins."""

    national: tuple[NationalRate, ...]
    group: str
    group_year: str | None
    peers: Part | None
    caveats: tuple[str, ...]


def context(records: Records, as_at: date) -> Context:
    """The context of one landlord on one day."""
    own = records.frame("landlords").select("landlord_type", "homes_lcra", "homes_lcho").collect()
    kind, *homes = own.row(0) if own.height else (None, None)
    known = [count for count in homes if count is not None]
    own_group = peer_group(kind, sum(known) if known else None)
    years = [year for year in shipped()["year"].unique().sort(descending=True) if year_end(year) <= as_at]
    found = {
        row["landlord_group"]: row
        for row in shipped().filter(pl.col("year") == (years[0] if years else "")).iter_rows(named=True)
    }
    group = own_group if own_group in found else EVERYBODY
    row = found.get(group)
    return Context(
        national=tuple(each for each in reversed(NATIONAL) if year_end(each.year) <= as_at),
        group=str(group),
        group_year=str(row["year"]) if row else None,
        peers=Part(k=row["upheld"], n=row["considered"]) if row else None,
        caveats=CAVEATS,
    )


@cache
def shipped() -> pl.DataFrame:
    """year, landlord_group, landlords, considered, upheld, severe: sums over the collection, whole financial years."""
    return pl.read_csv(SHIPPED)


def rates(findings: pl.DataFrame) -> pl.DataFrame:
    """The same sums of a file of findings: landlord, landlord_type (PRP, LA, else null), homes, decided_on, finding in
    the words of `metrics.choices.FINDINGS`. Groups of fewer than five landlords and a last year that is not whole are
    left out; the size bands are the regulator's."""
    decided, finding, homes = pl.col("decided_on"), pl.col("finding"), pl.col("homes")
    begun = decided.dt.year() - (decided.dt.month() < 4).cast(pl.Int32)
    ended = ((begun + 1) % 100).cast(pl.String).str.zfill(2)
    smallest, middle, largest = (pl.lit(band) for band in SIZE_BANDS)
    size = pl.when(homes < 5_000).then(smallest).when(homes <= 40_000).then(middle).when(homes > 40_000).then(largest)
    dated = findings.with_columns(
        year=pl.concat_str(begun.cast(pl.String), ended, separator="-"),
        own=pl.concat_str("landlord_type", size, separator=" "),
    ).filter(pl.date(begun + 1, 3, 31) <= decided.max())
    grouped = (dated.with_columns(landlord_group=group) for group in (pl.lit(EVERYBODY), pl.col("own")))
    return (
        pl.concat(grouped)
        .drop_nulls("landlord_group")
        .group_by("year", "landlord_group")
        .agg(
            landlords=pl.col("landlord").n_unique().cast(pl.Int64),
            considered=(~finding.is_in(list(NOT_CONSIDERED))).sum().cast(pl.Int64),
            upheld=finding.is_in(list(UPHELD_FINDINGS)).sum().cast(pl.Int64),
            severe=(finding == SEVERE).sum().cast(pl.Int64),
        )
        .filter(pl.col("landlords") >= FEWEST_LANDLORDS)
        .sort("year", "landlord_group")
    )
