"""The published picture of one landlord: figures, intervals, similar landlords, caveats, why something is absent."""

import re

import polars as pl
import pytest

from metrics.published.national import SCHEMA
from metrics.published.picture import CANNOT_SAY, PublishedFinding, published_landlords, published_picture
from metrics.published.satisfaction import Spread
from metrics.records import TABLE_BY_NAME

KEYS = ("reported_to_recorded", "escalation", "extension_1", "extension_2", "TP06", "TP09")
FULL = {
    "TP01": (70.0, 900), "TP06": (60.0, 800), "TP09": (30.0, 200), "complained": (25.0, 1_000), "CH01(1)": (50.0, None),
    "stage_1_complaints": (200.0, None), "stage_2_complaints": (40.0, None),
    "ch02_1_with_extension": (60.0, None), "ch02_2_with_extension": (10.0, None),
}  # fmt: skip


def tsm(
    measures: dict[str, tuple[float, int | None]], *, code: str = "L1", year: str = "2024-25", stock: str = "LCRA"
) -> pl.DataFrame:
    rows = [(code, year, stock, measure, value, base, "published") for measure, (value, base) in measures.items()]
    return pl.DataFrame(rows, schema=TABLE_BY_NAME["tsm"].schema, orient="row")


def landlords() -> pl.DataFrame:
    rows = [
        ("L2", "birch Council", "LA", 50_000, None, "North"),
        ("L1", "Alder Homes", "PRP", 3_900, 100, "South"),
        ("L3", "Cedar", "PRP", None, None, None),
    ]
    return pl.DataFrame(rows, schema=TABLE_BY_NAME["landlords"].schema, orient="row")


def national() -> pl.DataFrame:
    quartiles = {"n": 60.0, "q1": 3.0, "median": 4.0, "q3": 6.0}
    rows = [
        ("2024-25", "LCRA", group, key, statistic, value * (10 if key in ("TP06", "TP09") else 1), "invented")
        for group in ("all", "PRP <5,000")
        for key in KEYS
        for statistic, value in quartiles.items()
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def findings(measures: dict[str, tuple[float, int | None]], **more: object) -> dict[str, PublishedFinding]:
    picture = published_picture("L1", tsm=tsm(measures), landlords=landlords(), national=national(), **more)  # type: ignore[arg-type]
    assert tuple(finding.key for finding in picture.findings) == KEYS
    return {finding.key: finding for finding in picture.findings}


def test_each_finding_is_the_plain_figure() -> None:
    found = findings(FULL)
    assert {key: finding.value for key, finding in found.items()} == pytest.approx(
        {
            "reported_to_recorded": 5.0,
            "escalation": 20.0,
            "extension_1": 30.0,
            "extension_2": 25.0,
            "TP06": 60.0,
            "TP09": 30.0,
        }
    )
    for finding in found.values():
        assert finding.low is not None
        assert finding.high is not None
        assert finding.value is not None
        assert finding.low < finding.value < finding.high
        assert finding.caveat
        assert finding.peers is not None
        assert finding.peers.group == "PRP <5,000"
        assert not finding.missing


def test_the_interval_of_the_ratio_is_that_of_the_survey() -> None:
    ratio = findings(FULL)["reported_to_recorded"]
    # Wilson of 250 of 1,000 is 22.41% to 27.78%; 50 complaints per 1,000 homes divide it.
    assert (ratio.low, ratio.high) == pytest.approx((0.2241 / 0.05, 0.2778 / 0.05), abs=0.002)
    assert ratio.peers == Spread(group="PRP <5,000", n=60, q1=3.0, median=4.0, q3=6.0)


def test_sentences_give_the_figure_and_where_similar_landlords_lie() -> None:
    found = findings(FULL)
    assert "25.0% of the tenants asked say they complained" in found["reported_to_recorded"].sentence
    assert "between 3.0 and 6.0; this landlord's figure cannot be told apart" in found["reported_to_recorded"].sentence
    assert "this landlord's figure lies above it" in found["escalation"].sentence
    assert "60 of 200 stage 1 complaints (30.0%)" in found["extension_1"].sentence
    assert "200 tenants who say they complained" in found["TP09"].sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (20.0, "lies below it"),
        (32.0, "cannot be told apart from it"),
        (62.0, "cannot be told apart from it"),
        (70.0, "lies above it"),
    ],
)
def test_the_place_among_similar_landlords_goes_by_the_whole_interval(share: float, words: str) -> None:
    """The middle half lies between 30% and 60%; of 800 answers, 32% reaches from 28.9%
    to 35.3%, 62% from 58.6% to 65.3%."""
    assert findings(FULL | {"TP06": (share, 800)})["TP06"].sentence.endswith(f"this landlord's figure {words}.")


def test_no_sentence_is_a_verdict() -> None:
    verdict = re.compile(r"\b(good|bad|poor|fail\w*|worse|better|hid\w*|guilty|breach\w*|wrong)\b")
    for finding in findings(FULL).values():
        assert not verdict.search(finding.sentence), finding.sentence
    assert len(CANNOT_SAY) == 3


def test_an_absent_figure_says_why() -> None:
    missing = pl.DataFrame(
        [
            ("L1", "2024-25", "LCRA", "TP09", "[E]", "Complaints left out."),
            ("L9", "2024-25", "LCRA", "TP06", "[X]", "x"),
        ],
        schema=["landlord_code", "year", "stock", "measure", "code", "reason"],
        orient="row",
    )
    some = {name: figure for name, figure in FULL.items() if name not in ("TP09", "ch02_2_with_extension", "TP06")}
    found = findings(some, missing=missing)
    assert found["TP09"].value is None
    assert found["TP09"].sentence == "Not evidenced: TP09: Complaints left out."
    assert "2024-25" in found["extension_2"].missing
    assert "Complaints" not in found["TP06"].missing
    alone = findings(some, missing=missing.filter(landlord_code="L1").drop("landlord_code"))
    assert alone["TP09"].missing == found["TP09"].missing


def test_nothing_is_divided_by_zero() -> None:
    none = FULL | {"CH01(1)": (0.0, None), "stage_1_complaints": (0.0, None), "stage_2_complaints": (0.0, None)}
    found = findings(none)
    for key in ("reported_to_recorded", "escalation", "extension_1", "extension_2"):
        assert found[key].value is None
        assert "nothing to divide by" in found[key].missing


def test_a_survey_without_its_base_has_no_interval() -> None:
    found = findings(FULL | {"TP06": (60.0, None), "complained": (25.0, None)})
    assert (found["TP06"].low, found["reported_to_recorded"].low) == (None, None)
    assert "of the tenants who answered" in found["TP06"].sentence


def test_the_search_list_is_by_name_and_only_of_landlords_with_figures() -> None:
    held = pl.concat([
        tsm(FULL, code="L2", year="2023-24"), tsm(FULL, code="L2"), tsm(FULL, code="L1", stock="LCHO"),
        tsm({"BS01": (99.0, None)}, code="L1", stock="Combined"), tsm(FULL, code="L1"),
    ])  # fmt: skip
    found = published_landlords(held, landlords())
    assert [(each.code, each.name) for each in found] == [("L1", "Alder Homes"), ("L2", "birch Council")]
    assert (found[0].homes, found[0].stocks, found[0].years) == (4_000, ("LCRA", "LCHO"), ("2024-25",))
    assert found[1].years == ("2024-25", "2023-24")


def test_the_latest_year_and_the_stock_asked_are_taken() -> None:
    held = pl.concat([tsm(FULL, stock="LCHO", year="2024-25"), tsm(FULL, stock="LCRA", year="2023-24")])
    latest = published_picture("L1", tsm=held, landlords=landlords())
    assert (latest.year, latest.stock, latest.group) == ("2024-25", "LCHO", "PRP <5,000")
    before = published_picture("L1", tsm=held, landlords=landlords(), year="2023-24")
    assert before.stock == "LCRA"
    assert before.findings[0].national is not None, "the figures shipped with the product stand in"


def test_an_unknown_landlord_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        published_picture("L3", tsm=tsm(FULL), landlords=landlords())
