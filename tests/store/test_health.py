"""What the store answers when asked how it is."""

from collections.abc import Callable

from store.database import Store, open_store, upgrade, writing
from store.health import health


def test_ready_and_of_another_version(store: Store) -> None:
    assert health(store).is_ready
    with writing(store) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    found = health(store)
    assert (found.store, found.is_ready) == ("tables of another version", False) and "cli.py init" in found.why


def test_unreachable_in_the_databases_own_words() -> None:
    store = open_store("postgresql://ann:secret@127.0.0.1:5619/none")
    found = health(store)
    assert found.store == "unreachable" and "5619" in found.why and "secret" not in found.why
    store.engine.dispose()


def test_asking_changes_nothing(new_url: Callable[[], str]) -> None:
    empty = open_store(new_url())
    assert [health(empty).store, health(empty).store] == ["tables of another version"] * 2
    upgrade(empty)
    assert health(empty).is_ready
    empty.engine.dispose()
