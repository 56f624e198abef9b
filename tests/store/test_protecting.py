"""Pseudonyms and masking on loading: nothing of what was there stays anywhere in the store, and every figure stays."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text

from intake.protecting import counted
from metrics.assessment import assess
from metrics.ghosts import episodes
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate
from store import settings as settings_module
from store.database import Store, open_store, reading, upgrade
from store.history import refused_workbook
from store.loading import LoadResult, Manner, load_paths
from store.people import change_setting
from store.protecting import KEY_VARIABLE, ask_for_pseudonyms, mask_held, protection_of
from store.rewriting import leave_no_trace
from store.settings import SettingsError
from store.snapshot import records_to_count
from tests.store.loads import assert_snapshot_is_database, stored

KEY, OTHER_KEY = "k" * 32, "x" * 32
SECRET_WORDS = ("Whitfield", "Sarah", "07700", "example.com", "Rowan", "HOUSE-77", "CASE-77")
LANDLORD = "landlord_code,name\nL1,Riverbank Homes\n"
COMPLAINTS = (
    "landlord_code,complaint_ref,household_ref,stock,category,received_on,refusal_reason\n"
    "L1,CASE-77,HOUSE-77,LCRA,Repairs,2024-05-01,\n"
    "L1,CASE-78,HOUSE-77,LCRA,Repairs,not a day,Refused by Sarah Whitfield\n"
)
CONTACTS = (
    "landlord_code,contact_ref,complaint_ref,household_ref,occurred_at,direction,note,Name of caller\n"
    "L1,K1,CASE-77, HOUSE-77,2024-05-02 10:00,inbound,Sarah Whitfield rang from 07700 900123,Whitfield\n"
    "L1,K2,,HOUSE-77,2024-05-03 10:00,inbound,Informal complaint; write to s@example.com,\n"
    "L1,K3,CASE-99,HOUSE-77,Sarah Whitfield of Flat 3 Rowan House,inbound,,\n"
)
FILES = {"landlords.csv": LANDLORD, "complaints.csv": COMPLAINTS, "contacts.csv": CONTACTS}


@pytest.fixture(autouse=True)
def keyed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    settings_module.settings.cache_clear()
    yield
    settings_module.settings.cache_clear()


def with_key(monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    if key is not None:
        monkeypatch.setenv(KEY_VARIABLE, key)
    settings_module.settings.cache_clear()


def load_files(store: Store, folder: Path, files: dict[str, str] = FILES) -> LoadResult:
    for name, content in files.items():
        (folder / name).write_text(content)
    manner = Manner(method="test", extract_date=date(2024, 6, 1))
    return load_paths(store, [folder / name for name in files], manner=manner)


def everything_in(store: Store) -> bytes:
    """Every byte of the store: the database's files, or what PostgreSQL tells; and the columnar copies."""
    if store.is_postgres:
        with reading(store) as connection:
            names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
            found = [repr(connection.execute(text(f"SELECT * FROM {name}")).all()).encode() for name in names]
    else:
        place = Path(store.url.removeprefix("sqlite:///"))
        found = [file.read_bytes() for file in place.parent.glob(f"{place.name}*") if file.is_file()]
    for file in store.snapshot_folder.rglob("*.parquet"):
        found.append(repr(pl.read_parquet(file, glob=False).to_dicts()).encode() + file.read_bytes())
    return b"".join(found)


def left_in(store: Store) -> list[str]:
    whole = everything_in(store)
    return [words for words in SECRET_WORDS if words.encode() in whole]


def test_free_text_is_masked_and_counted_and_the_words_are_nowhere(store: Store, tmp_path: Path) -> None:
    result = load_files(store, tmp_path)
    notes = stored(store, "contacts")["note"].to_list()
    assert notes == ["[name] rang from [phone]", "Informal complaint; write to [email]"]
    assert counted(result.masked).sort("column").rows() == [
        ("contacts", "note", 1, 1, 0, 1, 2),
        ("complaints", "refusal_reason", 0, 0, 0, 1, 1),
    ]
    assert result.masked.select("file", "row").rows() == [
        ("complaints.csv", 3),
        ("contacts.csv", 2),
        ("contacts.csv", 3),
    ]
    assert result.load is not None
    assert refused_workbook(store, result.load) is not None
    assert left_in(store) == ["HOUSE-77", "CASE-77"]


def test_a_landlord_may_decide_that_text_stays_and_mask_it_later(store: Store, tmp_path: Path) -> None:
    change_setting(store, "L1", "masking", "no", reason="A trial with invented records")
    load_files(store, tmp_path)
    assert "Sarah Whitfield rang" in stored(store, "contacts")["note"][0]
    change_setting(store, "L1", "masking", "yes", reason="The trial is over")
    assert mask_held(store, "L1").rows() == [("contacts", "note", 1, 1, 0, 1, 2)]
    assert left_in(store) == ["HOUSE-77", "CASE-77"]
    assert_snapshot_is_database(store)


@pytest.mark.parametrize("asked_first", [True, False])
def test_pseudonyms_hold_across_tables_loads_and_what_was_held(store: Store, tmp_path: Path, asked_first: bool) -> None:
    if asked_first:
        ask_for_pseudonyms(store, "L1", "every reference", reason="Our policy")
        load_files(store, tmp_path)
    else:
        load_files(store, tmp_path)
        ask_for_pseudonyms(store, "L1", "every reference", reason="Our policy")
    complaints, contacts = stored(store, "complaints"), stored(store, "contacts")
    assert complaints["complaint_ref"][0] == contacts.filter(pl.col("complaint_ref").is_not_null())["complaint_ref"][0]
    assert complaints["household_ref"].unique().to_list() == contacts["household_ref"].unique().to_list()
    assert complaints["household_ref"][0].startswith("H-")
    assert left_in(store) == []
    again = load_files(store, tmp_path)
    assert {name: (c.kept, c.changed) for name, c in again.tables.items()} == {
        "landlords": (0, 0), "complaints": (0, 0), "contacts": (0, 0),
    }  # fmt: skip
    leave_no_trace(store)
    assert left_in(store) == []
    assert_snapshot_is_database(store)


def test_households_alone_leave_the_references_of_cases(store: Store, tmp_path: Path) -> None:
    ask_for_pseudonyms(store, "L1", "households", reason="Our policy")
    load_files(store, tmp_path)
    assert stored(store, "complaints")["complaint_ref"].to_list() == ["CASE-77"]
    assert left_in(store) == ["CASE-77"]


def test_a_missing_or_another_key_is_refused_and_nothing_is_stored(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key(monkeypatch, None)
    with pytest.raises(ValueError, match=f"{KEY_VARIABLE}: found nothing"):
        ask_for_pseudonyms(store, "L1", "households", reason="Our policy")
    with_key(monkeypatch, KEY)
    ask_for_pseudonyms(store, "L1", "households", reason="Our policy")
    for key, said in ((None, "found nothing"), (OTHER_KEY, "found another key")):
        with_key(monkeypatch, key)
        with pytest.raises(ValueError, match=said):
            load_files(store, tmp_path)
    assert stored(store, "landlords").is_empty()
    assert KEY.encode() not in everything_in(store)
    with_key(monkeypatch, "short")
    with pytest.raises(SettingsError, match="PSEUDONYM_KEY: wanted at least 32 signs"):
        protection_of(store)


def test_there_is_no_way_back_while_cases_are_held(store: Store, tmp_path: Path) -> None:
    ask_for_pseudonyms(store, "L1", "every reference", reason="Our policy")
    ask_for_pseudonyms(store, "L1", "no", reason="A mistake, and nothing is held yet")
    ask_for_pseudonyms(store, "L1", "every reference", reason="Our policy")
    load_files(store, tmp_path)
    with pytest.raises(ValueError, match="no way back"):
        ask_for_pseudonyms(store, "L1", "households", reason="We want them back")


def test_every_figure_is_the_same_with_and_without(tmp_path: Path) -> None:
    code, as_at = "QUILL", date(2026, 9, 30)
    for table, frame in generate()[code].items():
        (tmp_path / code).mkdir(exist_ok=True)
        frame.write_parquet(tmp_path / code / f"{table}.parquet")
    found = []
    for name in ("plain", "protected"):
        store = open_store(f"sqlite:///{tmp_path / name}.db")
        upgrade(store)
        if name == "protected":
            ask_for_pseudonyms(store, code, "every reference", reason="Our policy")
        load_paths(store, [tmp_path / code], manner=Manner(method="test", extract_date=EXTRACT_DATE))
        records = records_to_count(store, code)
        hidden = episodes(records, as_at)
        found.append((assess(records, as_at), hidden.drop("complaint_ref", "household_ref", "signals")))
        store.engine.dispose()
    (plain, ghosts), (protected, ghosts_too) = found
    assert protected.readings == plain.readings
    assert protected.placement == plain.placement
    assert protected.trajectory == plain.trajectory
    as_rows = [sorted(map(repr, each.rows())) for each in (ghosts, ghosts_too)]
    assert len(as_rows[0]) > 10
    assert as_rows[0] == as_rows[1]
