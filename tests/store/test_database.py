"""Which store is opened, and how it is set."""

from pathlib import Path

import pytest
from sqlalchemy import text

from store import database
from store.database import StoreUnavailableError, open_store, reading, upgrade


def test_without_an_address_it_is_the_environment_and_then_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "DEFAULT_FILE", tmp_path / "data" / "learning_pyramid.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert open_store().url == f"sqlite:///{tmp_path / 'other.db'}"
    monkeypatch.delenv("DATABASE_URL")
    opened = open_store()
    assert opened.url == f"sqlite:///{tmp_path / 'data' / 'learning_pyramid.db'}"
    assert opened.snapshot_folder == tmp_path / "data" / "learning_pyramid.db.snapshots"
    assert (tmp_path / "data").is_dir()


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("mysql://host/db", "SQLite .* and PostgreSQL"),
        ("sqlite://", "needs a file"),
        ("data/store.db", "SQLite .* found data/store.db"),
    ],
)
def test_an_address_that_is_no_store_is_refused(url: str, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        open_store(url)


def test_postgres_addresses_share_a_folder_only_where_they_share_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNING_PYRAMID_CACHE", "/srv/cache")
    one, same, other = (
        open_store(url).snapshot_folder
        for url in (
            "postgresql://ann:secret@db.internal/complaints",
            "postgres://bob:else@db.internal/complaints",
            "postgresql://ann:secret@db.other/complaints",
        )
    )
    assert one == same != other
    assert one.parent == Path("/srv/cache") and "secret" not in str(one)


def test_a_committed_load_is_on_disk_and_readers_do_not_wait(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(store)
    with reading(store) as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    store.engine.dispose()


@pytest.mark.parametrize("what", ["a file that is no database", "a server that is not there"])
def test_a_store_that_cannot_be_used_says_so_without_its_password(what: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database " * 100)
    url = f"sqlite:///{tmp_path / 'notes.txt'}" if "file" in what else "postgresql://ann:secret@127.0.0.1:5619/none"
    store = open_store(url)
    with pytest.raises(StoreUnavailableError) as told:
        upgrade(store)
    assert "secret" not in str(told.value)
    store.engine.dispose()
