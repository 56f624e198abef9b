"""The audit: append-only, sealed entry by entry, and out of reach of every role but one."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from metrics.access import LOCAL, Reader, RefusedError
from store import audit
from store.database import Store, writing
from store.judgements import Judgement, record_judgement
from store.people import change_setting, keep_person
from tests.builders import row
from tests.store.loads import load_rows

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
    assert (found.entries, found.fault, found.last_hash) == (5, None, last.hash)


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
    with writing(store) as connection:
        if store.is_postgres:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_entries_no_{verb}"))
        connection.execute(text(tamper))
    assert audit.verify(store).fault == fault


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
