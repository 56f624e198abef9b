"""The rates shipped for comparison: made of the public collection, and near what the Ombudsman itself published."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from metrics.ombudsman.context import EVERYBODY, NATIONAL, context, rates, shipped
from tests import builders as b

SHARED = Path(__file__).resolve().parents[3] / "../shared/data/ombudsman"
COLLECTION = SHARED / "findings_2020_2026.csv.gz"
DAY = date(2026, 9, 30)
HERE = pytest.mark.skipif(not COLLECTION.exists(), reason="../shared/data/ombudsman is not beside the checkout")


def collected() -> pl.DataFrame:
    kind = pl.col("landlord_type")
    return (
        pl.read_csv(COLLECTION, infer_schema=False)
        .select(
            "landlord",
            landlord_type=pl.when(kind == "Housing Association")
            .then(pl.lit("PRP"))
            .when(kind.str.starts_with("Local Authority"))
            .then(pl.lit("LA")),
            homes=pl.col("stock_size").cast(pl.Float64, strict=False),
            decided_on=pl.col("decision_date").str.to_date("%d %B %Y", strict=False),
            finding=pl.col("finding").str.to_lowercase(),
        )
        .drop_nulls("decided_on")
    )


@HERE
def test_the_rates_shipped_are_those_of_the_collection() -> None:
    assert rates(collected()).equals(shipped())


@HERE
def test_a_plain_count_of_one_year_agrees() -> None:
    rows = [
        row for row in collected().iter_rows(named=True) if date(2024, 4, 1) <= row["decided_on"] <= date(2025, 3, 31)
    ]
    upheld = sum(row["finding"] in ("severe maladministration", "maladministration", "service failure") for row in rows)
    everybody = shipped().filter(year="2024-25", landlord_group=EVERYBODY).row(0, named=True)
    assert upheld == everybody["upheld"]
    assert len(rows) - sum(row["finding"] == "outside jurisdiction" for row in rows) == everybody["considered"]


def test_the_collection_comes_near_the_rates_the_ombudsman_published() -> None:
    """Within three points in 2023-24 and 2024-25: good for a share, as the page says of it."""
    for each in NATIONAL[1:]:
        row = shipped().filter(year=each.year, landlord_group=EVERYBODY).row(0, named=True)
        assert abs(row["upheld"] / row["considered"] - each.rate) < 0.03


def test_similar_landlords_are_those_of_the_same_type_and_size() -> None:
    def around(**landlord: object) -> tuple[str, str | None]:
        found = context(b.records(landlords=[b.row("landlords", **landlord)]), DAY)
        return found.group, found.group_year

    assert around(landlord_type="LA", homes_lcra=20_000, homes_lcho=None) == ("LA 5,000-40,000", "2025-26")
    assert around(landlord_type="PRP", homes_lcra=300, homes_lcho=None) == (EVERYBODY, "2025-26"), "too few such"
    assert around(landlord_type=None, homes_lcra=None, homes_lcho=None) == (EVERYBODY, "2025-26")


def test_a_year_that_has_not_ended_is_not_compared_with() -> None:
    bare = b.records(landlords=[b.row("landlords")])
    assert [each.year for each in context(bare, date(2024, 3, 31)).national] == ["2023-24", "2022-23"]
    assert context(bare, date(2020, 3, 31)).peers is None
