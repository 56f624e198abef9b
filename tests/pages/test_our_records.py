"""Our records through the app: a complaints officer's journey from a file to figures, and what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from intake.files import read_tables
from store.database import open_store, upgrade
from store.history import history
from store.landlords import list_landlords
from store.mappings import saved_mappings
from tests.pages.conftest import CHECKOUT, Visit
from tests.pages.test_pages import h1, text
from ui.records.kept import refused_rows

WORKBOOK = CHECKOUT / "../shared/data/rsh_tsm/2025_TSM_Full_Data_v1.0_FINAL.xlsx"
PAGE = "pages/complaints_team/our_records.py"
LANDLORDS = b"landlord_code,name,homes_lcra\nL1,Riverbank Homes,1000\n"
# As an export holds it: other names, semicolons, day first; two rows that cannot be kept, and words like HTML.
EXPORT = (
    b"Complaint Number;Household Ref;Tenure Type;Complaint Category;Date Received;Stage 1 Ack Date;<b>Odd</b>\n"
    b"C1;H1;LCRA;Damp;05/07/2026;07/07/2026;<script>alert(1)</script>\n"
    b"C2;H2;LCRA;Damp;06/07/2026;01/07/2026;=1+1\n"
    b"C3;H3;Mansion;Pests;31/02/2026;;\n"
)


@pytest.fixture
def empty(tmp_path: Path, at_store: Callable[[str], None]) -> str:
    """A store without any record, and the app pointed at it."""
    url = f"sqlite:///{tmp_path / 'officer.db'}"
    store = open_store(url)
    upgrade(store)
    store.engine.dispose()
    at_store(url)
    return url


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60).run()
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(PAGE).run()


def uploaded(app: AppTest, name: str, content: bytes, *, round_: int = 0) -> AppTest:
    return app.file_uploader(key=f"upload-{round_}").upload(name, content, "text/csv").run()


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def loaded(app: AppTest, name: str, content: bytes, *, round_: int = 0) -> AppTest:
    uploaded(app, name, content, round_=round_)
    pressed(app, "check-rows")
    return pressed(app, "load-rows")


def test_from_nothing_to_a_first_load(empty: str) -> None:
    app = opened()
    assert "load your first records" in h1(app)
    loaded(app, "landlords.csv", LANDLORDS)
    assert not app.exception
    assert "Landlords: 1 new" in text(app)
    assert [each.name for each in list_landlords(open_store(empty))] == ["Riverbank Homes"]


def test_the_whole_journey_of_an_export(empty: str) -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    uploaded(app, "Complaints Q2.csv", EXPORT, round_=1)
    assert "No column says whose records these are" in text(app)
    app.selectbox(key="records_landlord").select("L1").run()
    assert "No column says" not in text(app)
    pressed(app, "check-rows")
    assert "Complaints: 1 new, 2 would be refused" in text(app)
    assert len(history(open_store(empty))) == 1, "checking must store nothing"
    app.text_input(key="records_loaded_by").input("Ann")
    app.text_input(key="records_save_as").input("Case system").run()
    pressed(app, "load-rows")
    assert not app.exception
    assert "Complaints: 1 new, 2 refused" in text(app)
    assert "Our records: 2 in 2 tables" in h1(app), "a load shows at once"
    newest = history(open_store(empty))[0]
    assert (newest.loaded_by, newest.files[0].file) == ("Ann", "Complaints Q2.csv")
    assert saved_mappings(open_store(empty))["Case system"].columns["Complaint Number"] == "complaint_ref"


@pytest.mark.usefixtures("empty")
def test_refused_rows_come_back_mended_and_load_again() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    app.selectbox(key="records_landlord").select("L1").run()
    loaded(app, "Complaints Q2.csv", EXPORT, round_=1)
    assert any("Download the 2 refused rows" in each.proto.label for each in app.get("download_button"))
    workbook = refused_rows(2)()
    assert workbook is not None
    (sheet,) = (each for each in read_tables(workbook, name="refused-rows.xlsx") if each.sheet == "complaints")
    assert sheet.frame["complaint_ref"].to_list() == ["C2", "C3"]
    uploaded(app, "refused-rows.xlsx", workbook, round_=2)
    assert "refused-rows.xlsx [complaints]: complaints" in text(app)
    assert "refused-rows.xlsx [Files]: left out" in text(app) or "[Files]" not in text(app)


@pytest.mark.usefixtures("empty")
def test_saved_matches_are_used_again() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    app.selectbox(key="records_landlord").select("L1").run()
    uploaded(app, "Complaints Q2.csv", EXPORT, round_=1)
    pressed(app, "check-rows")
    app.text_input(key="records_save_as").input("Case system").run()
    pressed(app, "load-rows")
    uploaded(app, "whatever.csv", EXPORT.replace(b"C1;", b"C9;"), round_=2)
    assert "by the matches saved as “Case system”" in text(app)


@pytest.mark.usefixtures("empty")
def test_a_match_can_be_changed_by_hand() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    header = b"complaint_ref,household_ref,stock,What it was about,received_on,landlord_code\n"
    odd = header + b"C1,H1,LCRA,Damp,2026-07-05,L1\n"
    uploaded(app, "complaints.csv", odd, round_=1)
    assert "No column for category" in text(app)
    next(each for each in app.toggle if each.label.startswith("Change the table")).set_value(True).run()
    next(each for each in app.selectbox if each.label == "What it was about").select("category")
    next(each for each in app.button if each.label == "Use these matches").click().run()
    assert not app.exception
    assert "No column for category" not in text(app)
    pressed(app, "check-rows")
    assert "Complaints: 1 new" in text(app)


@pytest.mark.usefixtures("empty")
def test_two_columns_cannot_both_be_one_of_ours() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    uploaded(app, "complaints.csv", b"complaint_ref,Other number,received_on\nC1,9,2026-07-05\n", round_=1)
    next(each for each in app.toggle if each.label.startswith("Change the table")).set_value(True).run()
    next(each for each in app.selectbox if each.label == "Other number").select("complaint_ref")
    next(each for each in app.button if each.label == "Use these matches").click().run()
    assert "two sources" in app.error[0].value


@pytest.mark.usefixtures("empty")
def test_another_table_can_be_said() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    uploaded(app, "export.csv", b"colour,shape\nred,round\n", round_=1)
    assert "left out" in text(app)
    assert not [each for each in app.button if each.key == "check-rows"]
    next(each for each in app.toggle if each.label.startswith("Change the table")).set_value(True).run()
    next(each for each in app.selectbox if each.label == "This file holds").select("events").run()
    assert not app.exception
    assert "export.csv: events" in text(app)


@pytest.mark.usefixtures("empty")
def test_what_was_changed_after_the_check_must_be_checked_again() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    uploaded(app, "Complaints.csv", EXPORT, round_=1)
    pressed(app, "check-rows")
    app.selectbox(key="records_landlord").select("L1").run()
    assert "Check them again" in text(app)
    assert not [each for each in app.button if each.key == "load-rows"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "an empty file"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "wanted"),
        ("half.zip", b"PK\x03\x04broken", "wanted"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    app = uploaded(opened(), name, content)
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "")


@pytest.mark.skipif(not WORKBOOK.exists(), reason="the regulator's workbook is not beside the checkout")
def test_the_regulators_workbook_is_known_and_loaded_as_it_is(empty: str) -> None:
    app = uploaded(opened(), WORKBOOK.name, WORKBOOK.read_bytes())
    assert "the regulator&#x27;s workbook of 2024-25" in text(app)
    pressed(app, "check-rows")
    pressed(app, "load-rows")
    assert not app.exception
    newest = history(open_store(empty))[0]
    assert newest.method == "load-tsm"
    assert newest.tables is not None
    assert newest.tables["tsm"].kept > 10_000
    app.switch_page("pages/board/published_picture.py").run()
    assert "The regulator&#x27;s workbook is not loaded" not in text(app)
    assert len(app.selectbox(key="select_of").options) > 300


@pytest.mark.usefixtures("empty")
def test_words_of_a_file_are_never_html() -> None:
    app = loaded(opened(), "landlords.csv", LANDLORDS)
    uploaded(app, "<img src=x onerror=alert(1)>.csv", EXPORT, round_=1)
    pressed(app, "check-rows")
    assert "<script>" not in text(app)
    assert "<img src=x" not in text(app)
    assert "&lt;b&gt;Odd&lt;/b&gt;" in text(app)


def test_a_landlord_can_be_typed_in(empty: str) -> None:
    app = opened()
    for label, value in (("Code *", "L9"), ("Name *", "Hilltop Homes"), ("Rented homes (LCRA)", "1,200")):
        next(each for each in app.text_input if each.label == label).input(value)
    next(each for each in app.button if each.label == "Add this landlord").click().run()
    assert not app.exception
    (landlord,) = list_landlords(open_store(empty))
    assert (landlord.name, landlord.homes_lcra) == ("Hilltop Homes", 1200)


def test_a_landlord_without_a_name_is_refused_in_words(empty: str) -> None:
    app = opened()
    next(each for each in app.text_input if each.label == "Code *").input("L9")
    next(each for each in app.button if each.label == "Add this landlord").click().run()
    assert app.error
    assert not list_landlords(open_store(empty))


def test_what_is_missing_says_what_it_would_tell(visit: Visit) -> None:
    app = visit(PAGE, landlord="SORRE", part="Held and missing")
    assert not app.exception
    written = text(app)
    assert "Sorrelby Homes holds 3 of 15 tables" in written
    assert "Commitments honoured" in written
    assert "at most operational" in written


def test_the_history_tells_each_load(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", part="History")
    assert not app.exception
    assert "Load 1: " in text(app)
    assert "Complaints: " in text(app)


def test_templates_and_the_dictionary_of_a_table(visit: Visit) -> None:
    app = visit(PAGE, landlord="BRACK", part="Templates")
    assert len(app.get("download_button")) == 4
    app.selectbox(key="template-table").select("apologies").run()
    assert not app.exception
    assert "takes_responsibility" in text(app)
