"""Real published files, read from the folder beside the checkout where it is there."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from intake.files import read_tables
from intake.mapping import Mapping
from tests.intake.loads import loaded

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
FINDINGS = SHARED / "ombudsman/findings_2020_2026.csv.gz"
COMCAST = SHARED / "other_complaints/comcast_2015.csv"
EXTRACTED = date(2026, 6, 30)

needs_findings = pytest.mark.skipif(not FINDINGS.exists(), reason="../shared/data/ombudsman is not beside the checkout")
needs_comcast = pytest.mark.skipif(
    not COMCAST.exists(), reason="../shared/data/other_complaints is not beside the checkout"
)

THREE = {"Clarion Housing Association": "L1", "Peabody Trust": "L2", "London Borough of Islington": "L3"}
TO_DETERMINATIONS = Mapping(
    table="determinations",
    columns={
        "landlord": "landlord_code",
        "decision_date": "decided_on",
        "category": "category",
        "finding": "finding",
        "amended_at_review": "review_changed_finding",
    },
    values={"landlord_code": THREE},
    joined={"determination_ref": ("case_id", "category", "finding", "#occurrence")},
    only_landlords=tuple(THREE.values()),
)


def landlords(table: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"landlord_code": ["L1", "L2", "L3"]} if table == "landlords" else {"landlord_code": [], "complaint_ref": []}
    )


@needs_findings
def test_ombudsman_findings_become_determinations_of_three_landlords() -> None:
    raws = read_tables(FINDINGS, expected=TO_DETERMINATIONS.needed)
    prepared = loaded(raws, mapping=TO_DETERMINATIONS, extract_date=EXTRACTED, stored_keys=landlords)
    published = pl.read_csv(FINDINGS, infer_schema=False).filter(pl.col("landlord").is_in(list(THREE)))
    kept = prepared.kept["determinations"].frame
    assert kept.height + prepared.refused_count("determinations") == published.height
    assert kept["determination_ref"].n_unique() == kept.height > 3_000
    # The few refused are dates that are not dates as published: a misspelt month, a date with its amendment.
    assert set(prepared.refused["column"]) <= {"decided_on"}
    assert prepared.refused_count("determinations") < 20
    severe = (kept["finding"].cast(pl.String) == "severe maladministration").sum()
    refused = set(prepared.refused_rows["determinations"]["determination_ref"]) if prepared.refused.height else set()
    assert severe == (published["finding"] == "Severe Maladministration").sum() - sum(
        "Severe" in ref for ref in refused
    )


@needs_comcast
def test_complaints_of_another_sector_are_refused_for_what_they_lack() -> None:
    prepared = loaded(read_tables(COMCAST), tables=["complaints"])
    assert prepared.refused["row"].to_list() == [None] * 4
    assert prepared.refused["column"].to_list() == ["landlord_code", "household_ref", "stock", "category"]
    assert prepared.kept["complaints"].frame.is_empty()
    assert prepared.refused_count("complaints") == 2_224
    assert "Customer Complaint" in prepared.refused_rows["complaints"].columns


@needs_comcast
def test_complaints_of_another_sector_load_once_a_mapping_says_what_stands_for_what() -> None:
    mapping = Mapping(
        table="complaints",
        columns={
            "Ticket #": "complaint_ref",
            "Customer Complaint": "category",
            "Date": "received_on",
            "Received Via": "channel",
            "Status": "status",
        },
        constants={"landlord_code": "L1", "stock": "LCRA"},
        joined={"household_ref": ("City", "Zip code", "Ticket #")},
    )
    prepared = loaded(read_tables(COMCAST), mapping=mapping)
    kept = prepared.kept["complaints"].frame
    assert kept.height == 2_224 and prepared.refused.is_empty()
    assert kept["received_on"].min().year == kept["received_on"].max().year == 2015  # type: ignore[union-attr]
    assert kept["status"].cast(pl.String).value_counts().sort("status").rows() == [
        ("closed", 734 + 973),
        ("open", 363 + 154),
    ]
