"""The audit: append-only, sealed entry by entry, and out of reach of every role but one."""

import ast
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from metrics.access import LOCAL, Reader, RefusedError
from store import audit, audit_seals, sign_ins
from store.audit_seals import Seal
from store.database import Store, open_store, upgrade, writing
from store.judgements import Judgement, record_judgement
from store.people import change_setting, keep_person
from tests.builders import row
from tests.store.loads import load_rows

ROOT = Path(__file__).resolve().parents[2]
SOMEBODY = Reader(name="a@example.org", roles=frozenset({"complaints team"}), landlords=frozenset({"L1"}))


def whats(store: Store) -> list[str]:
    return [each.what for each in reversed(audit.entries(store))]


def test_what_changes_something_is_entered_with_who_and_where(store: Store) -> None:
    load_rows(store, landlords=[row("landlords", landlord_code="L1")])
    keep_person(store, "A@example.org", roles=frozenset({"MRC"}), landlords=frozenset({"L1"}), reason="Elected")
    change_setting(store, "L1", "mrc_sees_cases", "yes", reason="As the Ombudsman wants it")
    board = Reader(name="chair@example.org", roles=frozenset({"governing body"}), landlords=frozenset({"L1"}))
    record_judgement(
        store.opened_for(board),
        Judgement(
            landlord_code="L1",
            as_at=date(2025, 3, 31),
            position="operational",
            reason="We know more",
            name="Chair",
            made_on=date(2025, 5, 1),
            expires_on=date(2026, 5, 1),
        ),
    )
    audit.note(store.opened_for(SOMEBODY), "viewed a case", landlord_code="L1", detail="C1")
    assert whats(store) == ["loaded", "person", "setting", "board judgement", "viewed a case"]
    last, before = audit.entries(store)[:2]
    assert (last.who, last.landlord_code, last.detail) == ("a@example.org", "L1", "C1")
    assert before.who == "chair@example.org"
    found = audit.verify(store)
    assert (found.entries, found.fault, found.last_seal) == (5, None, f"5:{last.hash}")


def test_the_database_itself_refuses_to_change_or_remove_an_entry(store: Store) -> None:
    audit.note(store, "exported", detail="one")
    for statement in ("UPDATE audit_entries SET who = 'x'", "DELETE FROM audit_entries"):
        with pytest.raises(DatabaseError, match="append-only"), writing(store) as connection:
            connection.execute(text(statement))
    assert whats(store) == ["exported"]


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        ("UPDATE audit_entries SET detail = 'nothing' WHERE entry = 2", "entry 2 was changed"),
        ("UPDATE audit_entries SET who = 'somebody else' WHERE entry = 3", "entry 3 was changed"),
        ("DELETE FROM audit_entries WHERE entry = 1", "entry 1 is missing"),
        ("DELETE FROM audit_entries WHERE entry = 2", "entry 2 is missing"),
    ],
)
def test_a_change_past_the_database_shows(store: Store, tamper: str, fault: str) -> None:
    for detail in ("one", "two", "three"):
        audit.note(store, "exported", detail=detail)
    past_the_database(store, tamper)
    assert audit.verify(store).fault == fault


def past_the_database(store: Store, *statements: str) -> None:
    """What somebody with the database's own rights can do."""
    with writing(store) as connection:
        if store.is_postgres:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entries_no_{verb}"))
        for statement in statements:
            connection.execute(text(statement))


def test_entries_that_changed_places_show(store: Store) -> None:
    for detail in ("one", "two", "three"):
        audit.note(store, "exported", detail=detail)
    swapped = [f"UPDATE audit_entries SET entry = {new} WHERE entry = {old}" for old, new in ((2, 9), (3, 2), (9, 3))]
    past_the_database(store, *swapped)
    assert audit.verify(store).fault == "entry 2 was changed"


def test_an_end_that_was_cut_off_shows_against_the_seals_noted_outside(store: Store) -> None:
    for detail in ("one", "two", "three"):
        audit.note(store, "exported", detail=detail)
    assert (audit.verify(store).fault, audit.verify(store).compared) == (None, 3)
    noted = Seal.read(audit.verify(store).last_seal)
    past_the_database(store, "DELETE FROM audit_entries WHERE entry > 1")
    cut = "entries 2 to 3, which were noted outside the database, are missing"
    assert audit.verify(store).fault == cut
    audit_seals.set_aside(store)
    assert audit.verify(store).fault is None, "nothing noted outside: nothing to see it by"
    assert audit.verify(store, seals=(noted,)).fault == cut
    for detail in ("a new two", "a new three"):
        audit.note(store, "exported", detail=detail)
    assert audit.verify(store).fault is None
    assert audit.verify(store, seals=(noted,)).fault == "entry 3 is not the one that was noted outside the database"


def test_a_chain_written_anew_shows_against_the_seals_noted_outside(store: Store, new_url: Callable[[], str]) -> None:
    """Somebody makes the same store again and leaves out what they did: every hash is right, and none is the one."""
    for detail in ("what I did", "two"):
        audit.note(store, "exported", detail=detail)
    other = open_store(new_url())
    upgrade(other)
    for detail in ("nothing", "two"):
        audit.note(other, "exported", detail=detail)
    assert audit.verify(other).fault is None
    seals = tuple(audit_seals.noted(store))
    assert audit.verify(other, seals=seals).fault == "entry 1 is not the one that was noted outside the database"
    other.engine.dispose()


@pytest.mark.parametrize("text_of", ["", "7", "x:9f3c07d2ab51", "7:9f3c", "7:9f3c07d2ab5g"])
def test_a_seal_that_is_none_is_said_to_be_none(text_of: str) -> None:
    with pytest.raises(ValueError, match="wanted the number of an entry"):
        Seal.read(text_of)


def test_seals_may_be_kept_on_another_disk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNING_PYRAMID_AUDIT_SEALS", str(tmp_path / "elsewhere"))
    audit.note(store, "exported", detail="one")
    [file] = (tmp_path / "elsewhere").iterdir()
    assert file.read_text("ascii") == f"{audit.verify(store).last_seal}\n"


def test_processes_that_append_at_once_make_one_chain(store: Store) -> None:
    """On SQLite those that find the writer taken wait beside the store and join with the next entry."""
    code = (
        "import sys; from store import audit; from store.database import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "for n in range(20): audit.note(store, 'exported', detail=f'{sys.argv[2]}-{n}')"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, store.url, name], cwd=ROOT) for name in "abc"]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0]
    audit.note(store, "exported", detail="last")
    found = audit.verify(store)
    assert (found.entries, found.fault, found.compared) == (61, None, 61)
    assert {each.detail for each in audit.entries(store)} == {f"{p}-{n}" for p in "abc" for n in range(20)} | {"last"}


def test_what_waited_is_not_lost_where_the_next_entry_fails(store: Store) -> None:
    if store.is_postgres:
        pytest.skip("on PostgreSQL no entry waits")
    with writing(store):
        audit.note(store, "viewed a case", detail="waits")
    with pytest.raises(RuntimeError), writing(store) as connection:
        audit.append(connection, store, "loaded", detail="half")
        raise RuntimeError
    assert whats(store) == []
    audit.note(store, "exported", detail="after")
    assert [each.detail for each in reversed(audit.entries(store))] == ["waits", "after"]
    assert audit.verify(store).compared == 2, "of what failed nothing was noted"


def test_signs_that_no_database_takes_or_that_turn_the_line_are_not_in_it(store: Store) -> None:
    audit.note(store, "viewed a case", landlord_code="L\x001", detail="a\x00b\u202ec\ud800\n" + "long" * 1000)
    [entry] = audit.entries(store)
    assert entry.detail.startswith("a\ufffdb\ufffdc\ufffd\ufffdlong")
    assert len(entry.detail) == 1000
    assert audit.verify(store).fault is None


def test_a_sign_in_is_told_once_and_ends_for_good(store: Store) -> None:
    reader = store.opened_for(SOMEBODY)
    assert [sign_ins.stands(reader, "sub", 1_700_000_000) for _ in range(3)] == [True, True, True]
    assert sign_ins.stands(reader, "sub", 1_700_000_001)
    sign_ins.end(reader, "sub", 1_700_000_000)
    assert not sign_ins.stands(reader, "sub", 1_700_000_000)
    assert sign_ins.stands(reader, "sub", 1_700_000_001), "signed in again"
    assert whats(store) == ["signed in", "signed in", "signed out"]
    assert {each.who for each in audit.entries(store)} == {SOMEBODY.name}


NOT_IN_THE_AUDIT = {
    "store/database.py": "makes the tables",
    "store/derived.py": "keeps what was worked out",
}
"""Modules that write and tell the audit nothing, with the reason."""


def test_whoever_writes_to_the_store_tells_the_audit() -> None:
    """A function that takes the writer adds an entry itself, or hands the connection to one of its module that does."""
    silent = []
    for path in sorted((ROOT / "store").glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        of_module = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
        telling = {
            name for name, source in of_module.items() if "audit.append(" in source or "append(connection" in source
        }
        for name, source in of_module.items():
            writes = "with writing(" in source or "with writing_soon(" in source
            tells = name in telling or any(f"{each}(" in source for each in telling)
            if writes and not tells and path.relative_to(ROOT).as_posix() not in NOT_IN_THE_AUDIT:
                silent.append(f"{path.name}: {name}")
    assert silent == []


def test_other_roles_neither_read_nor_verify(store: Store) -> None:
    for role in ("governing body", "MRC", "executive", "complaints team"):
        reader = Reader(name="b", roles=frozenset({role}))
        for ask in (audit.entries, audit.verify):
            with pytest.raises(RefusedError):
                ask(store.opened_for(reader))


def test_a_reader_does_not_wait_for_a_load(store: Store) -> None:
    """While the only writer is taken, an entry waits beside the store, and joins the chain in its order."""
    audit.note(store, "exported", detail="before")
    with writing(store):
        audit.note(store, "viewed a case", detail="meanwhile")
    audit.note(store, "exported", detail="after")
    assert [each.detail for each in reversed(audit.entries(store))] == ["before", "meanwhile", "after"]
    assert audit.verify(store).fault is None


def test_what_failed_leaves_no_entry(store: Store) -> None:
    with pytest.raises(RuntimeError), writing(store) as connection:
        audit.append(connection, store, "loaded", detail="half")
        raise RuntimeError
    assert whats(store.opened_for(LOCAL)) == []
