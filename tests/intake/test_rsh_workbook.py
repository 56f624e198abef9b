"""The regulator's workbook: a small one in its form, and both published ones where they lie beside the checkout."""

import statistics
from functools import cache
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from intake.rsh_headings import Field, clean, management_fields, perception_fields
from intake.rsh_sheets import RshWorkbookError
from intake.rsh_workbook import RshWorkbook, read_workbook
from metrics.published.national import STATISTICS, figure, shipped
from metrics.records import TABLE_BY_NAME
from tests.intake.rsh_book import book, management_headings, perception_headings, small_book

PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/data/rsh_tsm"
FILES = {"2023-24": "2024_TSM_Full_Data_v1.1_FINAL.xlsx", "2024-25": "2025_TSM_Full_Data_v1.0_FINAL.xlsx"}
published = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published workbooks are not beside the checkout")


@cache
def real(year: str) -> RshWorkbook:
    return read_workbook(PUBLISHED / FILES[year], FILES[year])


@cache
def small(above: int = 2) -> RshWorkbook:
    return read_workbook(small_book(above), "small.xlsx")


def value(workbook: RshWorkbook, code: str, stock: str, measure: str) -> float | None:
    row = workbook.tsm.filter(landlord_code=code, measure=measure).filter(pl.col("stock") == stock)
    return row["value"].item() if row.height else None


def reason(workbook: RshWorkbook, code: str, stock: str, measure: str) -> tuple[str, str] | None:
    row = workbook.missing.filter(landlord_code=code, stock=stock, measure=measure)
    return row.select("code", "reason").row(0) if row.height else None


def test_the_frames_are_in_their_declared_schemas() -> None:
    assert small().year == "2023-24"
    assert dict(small().tsm.schema) == TABLE_BY_NAME["tsm"].schema
    assert dict(small().landlords.schema) == TABLE_BY_NAME["landlords"].schema
    assert not small().tsm.select("landlord_code", "year", "stock", "measure").is_duplicated().any()


def test_landlords_keep_the_regulators_code_and_a_clean_name() -> None:
    rows = {row["landlord_code"]: row for row in small().landlords.iter_rows(named=True)}
    assert set(rows) == {"L0001", "4877", "LH03"}
    assert rows["L0001"]["name"] == "Alder Homes"
    assert rows["LH03"]["name"] == "Cedar 21", "a number that belongs to the name stays"
    assert (rows["4877"]["landlord_type"], rows["4877"]["region"]) == ("LA", None)
    assert (rows["4877"]["homes_lcra"], rows["4877"]["homes_lcho"]) == (4000, 160)
    assert (rows["L0001"]["homes_lcra"], rows["L0001"]["homes_lcho"]) == (2000, None)
    assert rows["LH03"]["homes_lcho"] is None, "homes without complaints of the same stock are not taken"
    assert dict(small().peers.iter_rows())["L0001"] == ">40,000"


def test_perception_measures_have_the_base_of_those_who_answered() -> None:
    row = small().tsm.filter(landlord_code="L0001", measure="TP09").row(0, named=True)
    assert (row["value"], row["base"]) == (40.0, 50)
    assert "answers weighted by the landlord" in row["source"]
    assert "small.xlsx" in row["source"]
    assert small().tsm.filter(landlord_code="L0001", measure="TP01")["base"].item() == 100


def test_complained_is_yes_of_yes_and_no() -> None:
    row = small().tsm.filter(landlord_code="L0001", measure="complained").row(0, named=True)
    assert (row["value"], row["base"]) == (25.0, 100)
    assert value(small(), "4877", "LCRA", "complained") is None
    assert reason(small(), "4877", "LCRA", "complained") == ("[X]", "left blank by the landlord")


def test_codes_are_missing_with_their_reason() -> None:
    assert value(small(), "4877", "LCRA", "TP09") is None
    assert reason(small(), "4877", "LCRA", "TP09") == ("[E]", "Complaints left out.")
    assert reason(small(), "LH03", "LCRA", "RP01") == ("[E]", "excluded by the regulator")
    assert reason(small(), "L0009", "LCRA", "TP06") == ("[E]", "Survey wording differed.")


def test_a_printed_0_whose_numerator_is_blank_is_missing() -> None:
    for stock, measure in (("LCRA", "CH01(1)"), ("LCRA", "CH02(1)"), ("LCHO", "CH01(1)")):
        assert value(small(), "LH03", stock, measure) is None
        code, why = reason(small(), "LH03", stock, measure) or ("", "")
        assert code == "[X]"
        assert "printed as a calculated 0" in why


def test_a_printed_0_without_denominator_is_missing_but_a_true_0_stands() -> None:
    assert reason(small(), "L0001", "Combined", "BS05") == (
        "[U]",
        "undefined: there is nothing to divide by; printed as 0 while its denominator is 0 or blank",
    )
    assert reason(small(), "LH03", "LCRA", "TP09") == reason(small(), "L0001", "Combined", "BS05"), "nobody was asked"
    assert value(small(), "LH03", "LCRA", "complained") == 0.0
    assert value(small(), "4877", "LCRA", "RP01") == 0.0
    assert value(small(), "4877", "LCRA", "stage_2_complaints") == 0.0


def test_counts_behind_the_measures_come_along() -> None:
    own = {
        measure: value(small(), "L0001", "LCRA", measure)
        for measure in ("homes", "stage_1_complaints", "stage_2_complaints", "ch02_1_in_time", "ch02_1_with_extension")
    }
    assert own == {
        "homes": 2000,
        "stage_1_complaints": 100,
        "stage_2_complaints": 10,
        "ch02_1_in_time": 80,
        "ch02_1_with_extension": 20,
    }


def test_a_margin_of_error_printed_as_a_share_is_read_as_points() -> None:
    row = small().tsm.filter(landlord_code="L0001", measure="margin_of_error").row(0, named=True)
    assert row["value"] == pytest.approx(9.55)
    assert "printed as a share" in row["source"]
    assert value(small(), "4877", "LCRA", "margin_of_error") == 9.6


def test_other_timescales_than_the_codes_are_said_in_the_source() -> None:
    source = small().tsm.filter(landlord_code="4877", measure="CH02(1)").filter(pl.col("stock") == "LCRA")["source"]
    assert "did not use the Code's standard maximum timescales" in source.item()
    other = small().tsm.filter(landlord_code="L0001", measure="CH02(1)")["source"]
    assert "standard maximum timescales" not in other.item()


@pytest.mark.parametrize("above", [0, 5, 11])
def test_the_header_may_stand_anywhere_near_the_top(above: int) -> None:
    assert small(above).tsm.equals(small().tsm)
    assert small(above).missing.equals(small().missing)


def test_headings_lose_footnotes_but_not_their_codes() -> None:
    assert clean("Proportion of homes (BS05 Denominator) 5") == "Proportion of homes (BS05 Denominator)"
    assert clean("Required minimum sample size2,3") == "Required minimum sample size"
    assert management_fields("LCRA - Number of stage one complaints made (CH02 1 Denominator)5 ") == (
        Field("CH02(1)", "LCRA", "denominator"),
    )
    assert perception_fields("Number of respondents who report 'not applicable/ don't know' (TP06)", "LCRA") == ()
    repaired = "Number of respondents who report that their landlord has not carried out a repair to their home (TP02)"
    assert perception_fields(repaired, "LCRA") == (), "who was asked is no answer"


@pytest.mark.parametrize(
    ("content", "found", "wanted"),
    [
        (b"name,code\n1,2\n", "not a workbook", ".xlsx"),
        (book({"Sheet1": (0, ["a", "b"], [[1, 2]])}), "Sheet1", "TSM25_LCRA_Perception"),
        (
            book({"TSM24_LCRA_Perception": (0, perception_headings("LCRA"), [])}),
            "no such sheet",
            "TSM24_Management_Info",
        ),
        (
            book({"TSM24_LCRA_Perception": (0, ["x"], []), "TSM24_Management_Info": (0, ["x"], [])}),
            "no header",
            "Landlord code",
        ),
        (
            book(
                {
                    "TSM24_LCRA_Perception": (0, perception_headings("LCRA"), []),
                    "TSM24_Management_Info": (0, management_headings(("LCRA",)), [["A", "L1"], ["B", "L1"]]),
                }
            ),
            "L1 in two rows",
            "one row per landlord code",
        ),
    ],
)
def test_another_file_is_refused_with_what_was_wanted(content: bytes, found: str, wanted: str) -> None:
    with pytest.raises(RshWorkbookError) as error:
        read_workbook(content, "given.xlsx")
    assert error.value.file == "given.xlsx"
    assert found in error.value.found
    assert wanted in error.value.wanted
    assert isinstance(error.value, ValueError)


def total(workbook: RshWorkbook, stock: str, measure: str) -> float:
    return float(workbook.tsm.filter(pl.col("stock") == stock, pl.col("measure") == measure)["value"].sum())


def median(workbook: RshWorkbook, measure: str) -> float:
    own = workbook.tsm.filter(pl.col("stock") == "LCRA", pl.col("measure") == measure)
    return statistics.median(own["value"].to_list())


@published
@pytest.mark.parametrize(
    ("year", "landlords", "stage_1", "stage_2", "homes", "pooled", "ch01", "tp01", "tp09", "lcho"),
    [
        ("2023-24", 355, 247_405, 38_401, 4_098_361, 60.4, 42.5, 71.3, 34.5, 10_754),
        ("2024-25", 353, 280_997, 56_068, 4_149_251, 67.7, 53.9, 71.8, 35.5, 13_539),
    ],
)
def test_the_published_figures_come_out(
    year: str,
    landlords: int,
    stage_1: int,
    stage_2: int,
    homes: int,
    pooled: float,
    ch01: float,
    tp01: float,
    tp09: float,
    lcho: int,
) -> None:
    workbook = real(year)
    asked = workbook.tsm.filter(pl.col("stock") == "LCRA", pl.col("measure") == "TP01")
    counted = workbook.tsm.filter(pl.col("stock") == "LCRA", pl.col("measure") == "CH01(1)")
    assert asked.height == landlords
    assert counted.height == 354, "both years: landlords that give rented homes and complaints"
    assert total(workbook, "LCRA", "stage_1_complaints") == stage_1
    assert total(workbook, "LCRA", "stage_2_complaints") == stage_2
    assert total(workbook, "LCRA", "homes") == homes
    assert round(1000 * stage_1 / homes, 1) == pooled
    assert median(workbook, "CH01(1)") == pytest.approx(ch01, abs=0.05)
    assert median(workbook, "TP01") == pytest.approx(tp01, abs=0.05)
    assert median(workbook, "TP09") == pytest.approx(tp09, abs=0.05)
    assert total(workbook, "LCHO", "stage_1_complaints") == lcho


@published
@pytest.mark.parametrize("year", list(FILES))
def test_every_base_gives_its_value_again(year: str) -> None:
    """An independent reading: raw cells by position, counted in plain Python."""
    sheet = f"TSM{year[-2:]}_LCRA_Perception"
    raw = fastexcel.read_excel(PUBLISHED / FILES[year]).load_sheet(sheet, header_row=None, dtypes="string").to_polars()
    rows = raw.rows()
    top = next(place for place, row in enumerate(rows) if row[1] == "Landlord code")
    header = [str(cell) for cell in rows[top]]
    yes = next(place for place, text in enumerate(header) if "they have made a complaint" in text)
    checked = 0
    for row in rows[top + 1 :]:
        if not row[1] or any((row[place] or "[")[0] == "[" for place in range(yes, yes + 7)):
            continue
        counts = [float(row[place]) for place in range(yes, yes + 7)]
        own = real(year).tsm.filter(pl.col("landlord_code") == row[1], pl.col("stock") == "LCRA")
        found = {name: (share, base) for name, share, base in own.select("measure", "value", "base").iter_rows()}
        assert found["complained"] == pytest.approx((100 * counts[0] / sum(counts[:2]), round(sum(counts[:2]))), abs=1)
        assert found["TP09"][1] == pytest.approx(sum(counts[2:]), abs=0.51)
        assert found["TP09"][0] == pytest.approx(100 * sum(counts[2:4]) / sum(counts[2:]), abs=1.0)
        checked += 1
    assert checked >= 351


@published
def test_the_printed_0_of_2023_24_is_no_figure() -> None:
    workbook = real("2023-24")
    combined = workbook.tsm.filter(pl.col("stock") == "Combined", pl.col("measure") == "CH01(1)")
    assert combined.height == 3
    blank = workbook.missing.filter(stock="Combined", measure="CH01(1)")
    assert blank.height == 355
    assert set(blank["code"]) == {"[X]"}
    assert value(workbook, "L0717", "LCRA", "margin_of_error") == pytest.approx(3.770191)
    given = workbook.tsm.filter(pl.col("source").str.contains("standard maximum"), pl.col("measure") == "CH02(1)")
    blank = workbook.missing.filter(pl.col("reason").str.contains("standard maximum"), pl.col("measure") == "CH02(1)")
    said = (given.filter(pl.col("stock") == "LCRA").height, blank.filter(pl.col("stock") == "LCRA").height)
    assert said == (18, 1), "19 landlords did not use the Code's timescales; one of them gives no CH02 at all"
    whole = workbook.tsm.filter(pl.col("stock") == "LCHO", pl.col("measure") == "CH01(1)")["value"]
    assert (whole == whole.round()).all()


@published
def test_nothing_recognised_is_lost_between_given_and_missing() -> None:
    for year in FILES:
        both = pl.concat(
            [
                real(year).tsm.select("landlord_code", pl.col("stock").cast(pl.String), "measure"),
                real(year).missing.select("landlord_code", "stock", "measure"),
            ]
        )
        assert not both.is_duplicated().any()
        assert real(year).missing.filter(pl.col("reason").str.contains("not a number")).height == 0
        for measure in ("CH01(1)", "CH02(2)", "stage_1_complaints"):
            told = both.filter(pl.col("measure") == measure, pl.col("stock") == "LCHO").height
            assert told == both.filter(pl.col("measure") == "BS01")["landlord_code"].n_unique()


# Left out: what the derived file reads otherwise. It keeps printed zeros of blanks, and takes building safety,
# anti-social behaviour and repairs only from landlords with rented homes.
_READ_OTHERWISE = ("NM01(1)", "NM01(2)", "RP01", "RP02(1)", "RP02(2)", "BS01", "BS02", "BS03", "BS04", "BS05")
_PRINTED_ZEROS = (("2023-24", "CH01(2)"), ("2023-24", "CH02(1)"), ("2023-24", "CH02(2)"))
_NAMES = {
    "complained_share": "complained",
    "escalation_ratio": "escalation",
    "s1_with_ext_share": "extension_1",
    "s2_with_ext_share": "extension_2",
}


@published
def test_quartiles_agree_with_those_worked_out_by_others() -> None:
    derived = pl.read_csv(PUBLISHED / "national.csv").filter(
        pl.col("statistic").is_in(list(STATISTICS)), ~pl.col("landlord_group").str.contains("pooled|respondents")
    )
    national = pl.concat([real(year).national for year in FILES])
    checked = 0
    for year, group, name, statistic, theirs in derived.select(
        "year", "landlord_group", "measure", "statistic", "value"
    ).iter_rows():
        head, _, digit = name.rpartition("_")
        measure = _NAMES.get(name) or (f"{head}({digit})" if digit in ("1", "2") else name)
        if measure in ("communal_share", "repair_share", "moe", *_READ_OTHERWISE) or (year, measure) in _PRINTED_ZEROS:
            continue
        stock, _, rest = group.partition(" ")
        own = rest.replace("all landlords", "all").replace("size ", "").replace("region ", "")
        ours = figure(national, year, stock, measure, statistic, own)
        assert ours == pytest.approx(theirs, abs=0.0051), (year, group, measure, statistic)
        checked += 1
    assert checked > 2_500


@published
def test_the_figures_shipped_are_those_of_the_two_workbooks() -> None:
    key = ["year", "stock", "landlord_group", "measure", "statistic"]
    ours = pl.concat([real(year).national for year in FILES]).sort(key)
    given = shipped().sort(key)
    assert given.select(key).equals(ours.select(key))
    assert (given["value"] - ours["value"]).abs().max() <= 0.00005001
