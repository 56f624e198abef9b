"""Cells as exports write them, and what each must come to."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.dates import read_moments
from intake.limits import MAX_CELL_CHARACTERS
from intake.raw import ROW, RawTable
from intake.values import normal
from intake.vocabulary import choice_words, names_of, vocabulary
from metrics.records import TABLES
from tests.intake.loads import complaints, load_text, loaded, only_refusal


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2026-03-05", datetime(2026, 3, 5)),
        ("05/03/2026", datetime(2026, 3, 5)),
        ("5/3/26", datetime(2026, 3, 5)),
        ("05-03-2026", datetime(2026, 3, 5)),
        ("05.03.2026", datetime(2026, 3, 5)),
        ("5 Mar 2026", datetime(2026, 3, 5)),
        ("05-Mar-26", datetime(2026, 3, 5)),
        ("5th March 2026", datetime(2026, 3, 5)),
        ("Thursday, 5 March 2026", datetime(2026, 3, 5)),
        ("26 May 2026", datetime(2026, 5, 26)),
        ("12 Sept 2025", datetime(2025, 9, 12)),
        ("March 5, 2026", datetime(2026, 3, 5)),
        ("20260305", datetime(2026, 3, 5)),
        ("2026-03-04 00:00:00", datetime(2026, 3, 4)),
        ("05/03/2026 14:05", datetime(2026, 3, 5, 14, 5)),
        ("05/03/2026 2:05:09 PM", datetime(2026, 3, 5, 14, 5, 9)),
        ("5/3/2026 12:00 am", datetime(2026, 3, 5)),
        ("46090", datetime(2026, 3, 9)),
        ("46090.75", datetime(2026, 3, 9, 18)),
        ("2026-03-05T10:00:00Z", datetime(2026, 3, 5, 10)),
        ("2026-07-01T23:30:00Z", datetime(2026, 7, 2, 0, 30)),
        ("2026-07-01T23:30:00+00:00", datetime(2026, 7, 2, 0, 30)),
        ("2026-07-01T10:00:00.5-05:00", datetime(2026, 7, 1, 16, 0, 0, 500_000)),
        ("01/07/2026 10:00 BST", datetime(2026, 7, 1, 10)),
    ],
)
def test_forms_of_a_date(cell: str, meant: datetime) -> None:
    assert read_moments(pl.Series("x", [cell, None])).to_list() == [meant, None]


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "06/25/2015", "soon", "2026-13-01", "24:00", "00/00/0000", "5 Foo 2026"]
)
def test_what_is_no_date_is_not_guessed(cell: str) -> None:
    assert read_moments(pl.Series("x", [cell])).to_list() == [None]


def test_all_forms_in_one_column_are_each_read() -> None:
    cells = ["2026-03-05", "05/03/2026", "46086", "5 Mar 2026", "2026-03-05 00:00:00", "06/25/2015"]
    prepared = load_text(complaints(*(f"A{n},L1,H1,LCRA,Repairs,{cell}" for n, cell in enumerate(cells))))
    assert set(prepared.kept["complaints"].frame["received_on"]) == {date(2026, 3, 5)}
    refusal = only_refusal(prepared)
    assert (refusal["row"], refusal["column"], refusal["found"]) == (7, "received_on", "06/25/2015")
    assert refusal["wanted"] == "the day first (25/06/2015); this reads as month first and is not guessed"


def test_a_column_that_is_month_first_is_refused_even_where_it_could_be_either() -> None:
    cells = [f"06/{day}/2015" for day in range(20, 26)] + ["06/05/2015", "2015-06-05"]
    prepared = load_text(complaints(*(f"A{n},L1,H1,LCRA,Repairs,{cell}" for n, cell in enumerate(cells))))
    assert prepared.kept["complaints"].frame["complaint_ref"].to_list() == ["A7"]
    [either] = prepared.refused.filter(pl.col("found") == "06/05/2015")["wanted"]
    assert either == "the day first; other cells of this column are month first, so this one could be either"


@pytest.mark.parametrize(("cell", "year"), [("01/01/1989", 1989), ("01/01/2101", 2101), ("99999", 2173)])
def test_implausible_dates_are_refused(cell: str, year: int) -> None:
    prepared = load_text(complaints(f"A1,L1,H1,LCRA,Repairs,{cell}"))
    assert read_moments(pl.Series([cell]))[0].year == year
    assert only_refusal(prepared)["wanted"] == "a date between 1990 and 2100"


FORMS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%y",
    "%Y-%m-%d 00:00:00",
    "%B %d, %Y",
)


@given(days=st.lists(st.dates(date(1990, 1, 1), date(2069, 12, 31)), min_size=1), form=st.sampled_from(FORMS))
def test_every_day_in_every_form_comes_back(days: list[date], form: str) -> None:
    cells = pl.Series("x", [day.strftime(form) for day in days])
    assert read_moments(cells).dt.date().to_list() == days


@given(days=st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), min_size=1))
def test_excel_serials_are_days_since_the_end_of_1899(days: list[date]) -> None:
    cells = pl.Series("x", [str((day - date(1899, 12, 30)).days) for day in days])
    assert read_moments(cells).dt.date().to_list() == days


@given(st.lists(st.text(max_size=30)))
def test_no_text_breaks_the_reader_of_dates(cells: list[str]) -> None:
    assert read_moments(pl.Series("x", cells, dtype=pl.String)).len() == len(cells)


@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), hours=st.integers(-11, 13))
def test_a_zone_moves_the_moment_to_london(moment: datetime, hours: int) -> None:
    universal = moment - timedelta(hours=hours)
    cell = moment.isoformat() + f"{hours:+03d}:00"
    expected = pl.Series([universal]).dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London")
    assert read_moments(pl.Series([cell])).to_list() == expected.dt.replace_time_zone(None).to_list()


def one(column: str, cell: str) -> object:
    quoted = '"' + cell.replace('"', '""') + '"'
    prepared = load_text(complaints(f"A1,L1,H1,LCRA,Repairs,05/03/2026,{quoted}", more=column))
    assert prepared.refused.is_empty(), prepared.refused.to_dicts()
    return prepared.kept["complaints"].frame[column].item()


def refused(column: str, cell: str) -> tuple[str, str]:
    quoted = '"' + cell.replace('"', '""') + '"'
    prepared = load_text(complaints(f"A1,L1,H1,LCRA,Repairs,05/03/2026,{quoted}", more=column))
    refusal = only_refusal(prepared)
    assert (refusal["file"], refusal["row"], refusal["column"]) == ("complaints.csv", 2, column)
    return refusal["found"], refusal["wanted"]


@pytest.mark.parametrize("cell", ["Y", "yes", "TRUE", "1", "t", " Yes "])
def test_yes(cell: str) -> None:
    assert one("vulnerable", cell) is True


@pytest.mark.parametrize("cell", ["N", "no", "False", "0"])
def test_no(cell: str) -> None:
    assert one("vulnerable", cell) is False


@pytest.mark.parametrize("cell", ["", "unknown", "N/A", "-"])
def test_blank_answers_are_unknown(cell: str) -> None:
    assert one("vulnerable", cell) is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("£1,234.50", 1234.5),
        ("1234.5", 1234.5),
        ("£ 20", 20.0),
        ("0", 0.0),
        ("1,000,000", 1e6),
        ("50 GBP", 50.0),
        (".5", 0.5),
    ],
)
def test_amounts(cell: str, amount: float) -> None:
    assert one("stage_1_compensation", cell) == amount


@pytest.mark.parametrize("cell", ["1.234,50", "12,5", "twenty", "1 2", "£", "1e999", "inf"])
def test_amounts_that_are_not_numbers(cell: str) -> None:
    assert refused("stage_1_compensation", cell) == (cell, "a number such as 1234.50 or £1,234.50")


def test_an_amount_below_its_bound() -> None:
    assert refused("stage_1_compensation", "(12.50)") == ("-12.5", "0 or more")


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("stage_1_outcome", "Partially Upheld", "partly upheld"),
        ("stage_1_outcome", "NOT-UPHELD", "not upheld"),
        ("status", "Resolved", "closed"),
        ("status", "In progress", "open"),
    ],
)
def test_choices_by_synonym(column: str, cell: str, meant: str) -> None:
    assert one(column, cell) == meant


def test_an_unknown_choice_names_what_is_wanted() -> None:
    assert refused("stage_1_outcome", "maybe") == ("maybe", "one of: upheld, partly upheld, not upheld")


@pytest.mark.parametrize(("cell", "stock"), [("General needs", "LCRA"), ("shared ownership", "LCHO"), ("lcra", "LCRA")])
def test_tenures_become_stock(cell: str, stock: str) -> None:
    kept = load_text(complaints(f"A1,L1,H1,{cell},Repairs,05/03/2026")).kept["complaints"].frame
    assert kept["stock"].to_list() == [stock]


@pytest.mark.parametrize(
    "cell", ["Severe Maladministration", "No Maladministration", "Resolved with Intervention", "Outside Jurisdiction"]
)
def test_findings_as_the_ombudsman_prints_them(cell: str) -> None:
    text = f"determination_ref,landlord_code,decided_on,category,finding\nD1,L1,26 May 2026,Damp,{cell}\n"
    assert load_text(text, name="determinations.csv").kept["determinations"].frame["finding"].to_list() == [
        cell.lower()
    ]


def action(linked: str) -> str:
    return (
        "action_ref,landlord_code,title,theme,trigger,kind,owner_role,opened_on,linked_to\n"
        f"X1,L1,New rota,Repairs,Own analysis,Process,Director,05/03/2026,{linked}\n"
    )


def test_lists_are_read_word_by_word() -> None:
    kept = load_text(action("TSM; Risk Register;tsm;"), name="learning_actions.csv").kept["learning_actions"].frame
    assert kept["linked_to"].to_list() == ["tsm;risk register"]
    assert kept["owner_role"].to_list() == ["executive"]


def test_a_list_with_an_unknown_word_is_refused() -> None:
    refusal = only_refusal(load_text(action("tsm;moon"), name="learning_actions.csv"))
    assert (refusal["found"], refusal["wanted"][:8]) == ("tsm;moon", "some of:")


@pytest.mark.parametrize(("cell", "homes"), [("12,345", 12345), ("12345.0", 12345), ("0", 0)])
def test_whole_numbers(cell: str, homes: int) -> None:
    text = f'landlord_code,name,homes_lcra\nL9,Alpha,"{cell}"\n'
    assert load_text(text, name="landlords.csv").kept["landlords"].frame["homes_lcra"].to_list() == [homes]


def test_a_broken_number_is_not_whole() -> None:
    refusal = only_refusal(load_text("landlord_code,name,homes_lcra\nL9,Alpha,12.5\n", name="landlords.csv"))
    assert (refusal["found"], refusal["wanted"]) == ("12.5", "a whole number")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20", "-", "@cmd", '=HYPERLINK("http://x")', "<script>alert(1)</script>", "n/a"]
)
def test_text_is_kept_as_it_stands_and_never_run(cell: str) -> None:
    assert one("team", cell) == cell


def test_control_characters_go_with_a_warning() -> None:
    prepared = load_text(complaints("A1,L1,H1,LCRA,Rep\x00airs\x07,05/03/2026"))
    assert prepared.kept["complaints"].frame["category"].to_list() == ["Repairs"]
    warning = prepared.warnings.row(0, named=True)
    assert (warning["row"], warning["column"], warning["found"]) == (2, "category", "control characters in 1 cells")


def test_an_oversized_cell_is_refused() -> None:
    found, wanted = refused("team", "x" * (MAX_CELL_CHARACTERS + 1))
    assert (found, wanted) == ("a cell of 32768 characters", "at most 32,767 characters")


def test_leading_zeros_survive() -> None:
    assert (
        load_text(complaints("0012,L1,007,LCRA,Repairs,05/03/2026")).kept["complaints"].frame["complaint_ref"].item()
        == "0012"
    )


def test_every_word_of_the_vocabulary_leads_somewhere() -> None:
    by_column = {column.name: column for table in TABLES for column in table.columns}
    for name, words in vocabulary().values.items():
        column = by_column[name.split(".")[-1]]
        assert set(words.values()) <= {
            value for t in TABLES for c in t.columns if c.name == column.name for value in c.allowed
        }, name
    known = {column.name for table in TABLES for column in table.columns}
    assert set(vocabulary().columns) <= known
    assert set(vocabulary().tables) == {table.name for table in TABLES} >= set(vocabulary().columns_of)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_own_names_and_own_words_always_match(table) -> None:  # type: ignore[no-untyped-def]
    for column in table.columns:
        assert names_of(table.name, column.name)[0] == column.name.replace("_", " ")
        for value in column.allowed:
            assert choice_words(table, column)[normal(pl.Series([value])).item()] == value


def test_a_frame_of_nothing_but_row_numbers_is_left_alone() -> None:
    prepared = loaded([RawTable(file="x.csv", frame=pl.DataFrame(schema={ROW: pl.Int64}))])
    assert not prepared.kept and prepared.refused.is_empty()
