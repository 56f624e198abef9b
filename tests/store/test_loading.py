"""A load: once is enough, corrections touch only what they name, and what is refused is handed back."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from intake.mapping import Mapping
from store.database import Store
from store.history import files_at, history, refused_workbook
from store.loading import Manner, load, load_paths
from store.snapshot import current, version
from tests.builders import row
from tests.store.loads import BY_TEST, assert_snapshot_is_database, frame, load_rows, prepared, stored

LANDLORD = row("landlords")
COMPLAINTS = [
    row("complaints", complaint_ref="C1", received_on=date(2024, 4, 2), vulnerable=True, stage_1_compensation=12.5),
    row("complaints", complaint_ref="00C2", received_on=date(2024, 4, 3), category='Damp; and ‘mould’,\n"wet"'),
]
CSV = """landlord_code,complaint_ref,household_ref,stock,category,received_on,status
L1,C1,H1,LCRA,repairs,2024-04-02,open
L1,C2,H2,LCRA,repairs,2024-04-03,open
L1,C3,H2,LCRA,repairs,yesterday,open
"""
NAMED = Manner(method="command line", loaded_by="tester", extract_date=date(2024, 6, 1))


@pytest.fixture
def landlord_held(store: Store) -> Store:
    """A store that knows one landlord."""
    load_rows(store, landlords=[LANDLORD])
    return store


def written(folder: Path, text: str, name: str = "complaints.csv") -> Path:
    """A file on disk."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_every_value_comes_back_as_it_went_in(store: Store) -> None:
    contact = row("contacts", contact_ref="K1", occurred_at=datetime(2024, 4, 2, 9, 5, 7, 1200), note="“Fed up”\tétage")
    load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS, contacts=[contact])
    assert stored(store, "complaints").equals(frame("complaints", COMPLAINTS).sort("complaint_ref"))
    assert stored(store, "contacts").row(0, named=True) == contact
    assert_snapshot_is_database(store)


def test_the_same_rows_twice_change_nothing_but_the_history(store: Store) -> None:
    first = load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS)
    before, seen = stored(store, "complaints"), version(store)
    second = load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS)
    assert first.tables["complaints"].as_json() == {"kept": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert second.tables["complaints"].as_json() == {"kept": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert stored(store, "complaints").equals(before)
    assert version(store) == seen
    assert [visit.load for visit in history(store)] == [second.load, first.load]


def test_a_correction_updates_the_rows_it_names(store: Store) -> None:
    load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS)
    seen = version(store)
    corrected = COMPLAINTS[0] | {"vulnerable": None, "closed_on": date(2024, 5, 1)}
    result = load_rows(store, complaints=[corrected])
    assert result.tables["complaints"].as_json() == {"kept": 0, "changed": 1, "unchanged": 0, "refused": 0}
    assert stored(store, "complaints").equals(frame("complaints", [corrected, COMPLAINTS[1]]).sort("complaint_ref"))
    assert version(store) != seen
    assert_snapshot_is_database(store)


def test_columns_a_file_does_not_carry_keep_their_stored_values(store: Store) -> None:
    load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS)
    carried = ("landlord_code", "complaint_ref", "household_ref", "stock", "category", "received_on", "team")
    partial = [{name: (each | {"team": "North"})[name] for name in carried} for each in COMPLAINTS]
    result = load_rows(store, complaints=partial)
    assert result.tables["complaints"].changed == 2
    assert stored(store, "complaints").equals(
        frame("complaints", [each | {"team": "North"} for each in COMPLAINTS]).sort("complaint_ref")
    )
    assert_snapshot_is_database(store)


def test_two_files_with_different_columns_in_one_load(store: Store) -> None:
    load_rows(store, landlords=[LANDLORD], complaints=COMPLAINTS)
    one, other = (
        prepared(complaints=[COMPLAINTS[0] | {"team": "A"}]),
        prepared(complaints=[COMPLAINTS[1] | {"team": "B"}]),
    )
    parts = (*one.kept["complaints"].parts, *other.kept["complaints"].parts)
    both = replace(one, kept={"complaints": replace(one.kept["complaints"], parts=parts)})
    assert load(store, both, manner=BY_TEST).tables["complaints"].changed == 2
    assert stored(store, "complaints")["team"].to_list() == ["B", "A"]


def test_a_date_that_only_the_stored_row_makes_impossible_is_refused(store: Store) -> None:
    load_rows(store, landlords=[LANDLORD], complaints=[COMPLAINTS[0] | {"stage_1_responded_on": date(2024, 4, 20)}])
    before = stored(store, "complaints")
    carried = ("landlord_code", "complaint_ref", "household_ref", "stock", "category", "received_on")
    later_stage = {name: COMPLAINTS[0][name] for name in carried} | {"stage_2_requested_on": date(2024, 4, 10)}
    result = load_rows(store, complaints=[later_stage])
    assert result.tables["complaints"].as_json() == {"kept": 0, "changed": 0, "unchanged": 0, "refused": 1}
    assert result.refused["column"].to_list() == ["stage_2_requested_on"]
    assert "C1" in result.refused["found"][0] and "2024-04-10" in result.refused["found"][0]
    assert stored(store, "complaints").equals(before)


def test_keys_with_a_blank_part_are_one_key(store: Store) -> None:
    always = row("contractors", engaged_to=date(2025, 1, 1))
    since = row("contractors", engaged_from=date(2024, 1, 1))
    load_rows(store, landlords=[LANDLORD], contractors=[always, since])
    result = load_rows(store, contractors=[always | {"engaged_to": date(2026, 1, 1)}, since])
    assert result.tables["contractors"].as_json() == {"kept": 0, "changed": 1, "unchanged": 1, "refused": 0}
    assert stored(store, "contractors")["engaged_to"].to_list() == [date(2026, 1, 1), None]
    assert_snapshot_is_database(store)


def test_rows_that_share_a_key_are_an_error_and_store_nothing(store: Store) -> None:
    with pytest.raises(ValueError, match="share a key"):
        load_rows(store, landlords=[LANDLORD], complaints=[COMPLAINTS[0], COMPLAINTS[0] | {"team": "A"}])
    assert stored(store, "landlords").is_empty()
    assert history(store) == []


def test_a_file_with_a_bad_row_keeps_the_rest_and_hands_the_bad_row_back(landlord_held: Store, tmp_path: Path) -> None:
    file = written(tmp_path, CSV)
    result = load_paths(landlord_held, [file], manner=replace(NAMED, files=files_at([file])))
    assert result.tables["complaints"].as_json() == {"kept": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert result.refused.select("file", "row", "column", "found").rows() == [
        ("complaints.csv", 4, "received_on", "yesterday")
    ]
    visit = history(landlord_held)[0]
    assert visit.tables is not None and visit.tables["complaints"].refused == 1
    assert [seen.file for seen in visit.files] == ["complaints.csv"]
    assert (visit.loaded_by, visit.method, visit.extract_date) == ("tester", "command line", date(2024, 6, 1))
    assert result.load is not None
    book = refused_workbook(landlord_held, result.load)
    assert book is not None
    back = fastexcel.read_excel(book).load_sheet("complaints").to_polars()
    assert back["complaint_ref"].to_list() == ["C3"] and "yesterday" in back["refused_because"][0]


def test_refused_rows_mended_in_the_workbook_load_again(landlord_held: Store, tmp_path: Path) -> None:
    first = load_paths(landlord_held, [written(tmp_path, CSV)], manner=NAMED)
    assert first.load is not None
    rows = pl.read_excel(BytesIO(refused_workbook(landlord_held, first.load) or b""), sheet_name="complaints")
    mended = tmp_path / "complaints mended.xlsx"
    rows.with_columns(pl.lit("2024-04-05").alias("received_on")).write_excel(mended, worksheet="complaints")
    again = load_paths(landlord_held, [mended], table="complaints", manner=NAMED)
    assert again.tables["complaints"].as_json() == {"kept": 1, "changed": 0, "unchanged": 0, "refused": 0}


def test_a_load_without_refusals_has_no_workbook(landlord_held: Store) -> None:
    assert refused_workbook(landlord_held, 1) is None


def test_a_strict_load_with_a_refusal_stores_nothing(landlord_held: Store, tmp_path: Path) -> None:
    result = load_paths(landlord_held, [written(tmp_path, CSV)], manner=replace(NAMED, strict=True))
    assert (result.committed, result.is_refused, result.load) == (False, True, None)
    assert result.refused.height == 1
    assert stored(landlord_held, "complaints").is_empty()
    assert len(history(landlord_held)) == 1


def test_a_dry_run_counts_and_stores_nothing(landlord_held: Store, tmp_path: Path) -> None:
    result = load_paths(landlord_held, [written(tmp_path, CSV)], manner=replace(NAMED, dry_run=True))
    assert (result.committed, result.is_refused) == (False, False)
    assert result.tables["complaints"].as_json() == {"kept": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert stored(landlord_held, "complaints").is_empty()
    assert current(landlord_held).files.keys() == {"landlords"}


def test_a_file_nobody_can_read_refuses_the_load(landlord_held: Store, tmp_path: Path) -> None:
    result = load_paths(landlord_held, [written(tmp_path, "")], manner=NAMED)
    assert (result.committed, result.is_refused) == (False, True)
    assert result.refused["file"].to_list() == ["complaints.csv"]
    assert len(history(landlord_held)) == 1


def test_references_resolve_against_what_is_stored(landlord_held: Store, tmp_path: Path) -> None:
    load_paths(landlord_held, [written(tmp_path, CSV)], manner=NAMED)
    text = "landlord_code,apology_ref,complaint_ref,made_on\nL1,A1,C1,2024-05-01\nL1,A2,NONE,2024-05-01\n"
    result = load_paths(landlord_held, [written(tmp_path, text, "apologies.csv")], manner=NAMED)
    assert result.tables["apologies"].as_json() == {"kept": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert result.refused["found"].to_list() == ["NONE"]


def test_a_mapping_and_a_landlord_given_by_hand(landlord_held: Store, tmp_path: Path) -> None:
    text = "Ref,Household,Tenure,Service,Logged\n1,H1,LCRA,repairs,02/04/2024\n"
    columns = {"Ref": "complaint_ref", "Household": "household_ref", "Tenure": "stock", "Service": "category"}
    mapping = Mapping(table="complaints", columns=columns | {"Logged": "received_on"})
    result = load_paths(
        landlord_held, [written(tmp_path, text, "export.csv")], mapping=mapping, landlord="L1", manner=NAMED
    )
    assert result.tables["complaints"].kept == 1
    assert stored(landlord_held, "complaints")["received_on"].to_list() == [date(2024, 4, 2)]


def test_progress_counts_up_to_the_rows_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.bulk.CHUNK_ROWS", 10)
    told: list[tuple[int, int]] = []
    many = [row("complaints", complaint_ref=f"C{n:03}", received_on=date(2024, 4, 1)) for n in range(34)]
    load_rows(store, landlords=[LANDLORD], complaints=many, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 35), (11, 35), (21, 35), (31, 35), (35, 35)]
