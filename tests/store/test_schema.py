"""The tables a migration makes are the tables the declarations describe, on both databases."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from metrics.records import TABLES
from store import database
from store.database import Store, is_current, open_store, reading, upgrade, writing
from store.tables import RECORD_MODELS, metadata
from tests.builders import row
from tests.store.loads import load_rows, stored


def definitions(connection: Connection) -> set[str]:
    """Every table and index as the database itself describes it, without triggers and Alembic's own table."""
    if connection.dialect.name == "sqlite":
        queries = ["SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"]
    else:
        queries = [
            "SELECT concat_ws(' ', table_name, column_name, ordinal_position, data_type, is_nullable, column_default)"
            " FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace",
        ]
    found = {str(definition) for query in queries for (definition,) in connection.execute(text(query))}
    return {re.sub(r"\s+", " ", each) for each in found if "alembic_version" not in each}


@pytest.mark.filterwarnings("ignore:autogenerate skipping:UserWarning", "ignore:Skipped unsupported reflection")
def test_models_and_migrations_agree(store: Store, new_url: Callable[[], str]) -> None:
    other = open_store(new_url())
    with writing(other) as connection:
        metadata.create_all(connection)
    with reading(store) as migrated, reading(other) as declared:
        assert definitions(migrated) == definitions(declared)
        assert compare_metadata(MigrationContext.configure(migrated), metadata) == []
    other.engine.dispose()


def test_tables_and_columns_have_the_declared_names(store: Store) -> None:
    with reading(store) as connection:
        seen = inspect(connection)
        for table in TABLES:
            columns = {column["name"]: column for column in seen.get_columns(table.name)}
            assert columns.keys() == table.schema.keys()
            assert {name for name, column in columns.items() if not column["nullable"]} == {
                column.name for column in table.columns if column.required
            }


def test_a_key_with_a_blank_part_is_unique(store: Store) -> None:
    for table, values in (
        ("contractors", "(landlord_code, contractor) VALUES ('L1', 'Acme')"),
        ("self_assessment", "(landlord_code, provision, complies) VALUES ('L1', '6.3', true)"),
    ):
        with writing(store) as connection:
            connection.execute(text(f"INSERT INTO {table} {values}"))
        with pytest.raises(IntegrityError), writing(store) as connection:
            connection.execute(text(f"INSERT INTO {table} {values}"))


def test_models_read_what_bulk_wrote_and_the_other_way_round(store: Store) -> None:
    contact = row("contacts", contact_ref="K1", occurred_at=datetime(2024, 4, 2, 9, 5, 7, 1200))
    load_rows(store, landlords=[row("landlords")], contacts=[contact], contractors=[row("contractors")])
    contacts, contractors = RECORD_MODELS["contacts"], RECORD_MODELS["contractors"]
    with Session(store.engine) as session:
        assert session.exec(select(contacts)).one().model_dump() == contact
        assert session.exec(select(contractors)).one().model_dump() == row("contractors")
    with writing(store) as connection, Session(connection) as session:
        session.add(contacts(**contact | {"contact_ref": "K2"}))
        session.add(RECORD_MODELS["self_assessment"](**row("self_assessment", approved_on=date(2024, 3, 1))))
        session.flush()
    assert stored(store, "contacts").row(1, named=True) == contact | {"contact_ref": "K2"}
    assert stored(store, "self_assessment")["approved_on"].to_list() == [date(2024, 3, 1)]


def test_upgrading_twice_changes_nothing_and_downgrading_empties(store: Store) -> None:
    assert is_current(store)
    upgrade(store)
    with writing(store) as connection:
        database.migrate(connection, "base")
    with reading(store) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(store)
    assert is_current(store)


def test_an_upgrade_that_fails_leaves_no_table(new_url: Callable[[], str]) -> None:
    store = open_store(new_url())
    with pytest.raises(RuntimeError, match="power cut"), writing(store) as connection:
        database.migrate(connection)
        raise RuntimeError("power cut")
    with reading(store) as connection:
        assert inspect(connection).get_table_names() == []
    store.engine.dispose()
