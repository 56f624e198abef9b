"""A small store of the fictional landlords, loaded through the ordinary intake, to drive the app without a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy, copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate
from store.database import open_store, upgrade
from store.history import files_at
from store.loading import Manner, load_paths

CHECKOUT = Path(__file__).resolve().parents[2]
ENOUGH_ROWS = 3000  # of the long tables: a page draws the same from fewer contacts
NOTHING_BUT_A_NAME = "landlord_code,name\nNAME,Nothing But A Name\n"
OLD = "landlord_code,name,homes_lcra\nOLD,Long Ago Homes,900\n"
OLD_COMPLAINTS = (
    "complaint_ref,landlord_code,household_ref,stock,category,received_on\n"
    "O1,OLD,H1,LCRA,<b>Repairs</b>,2019-05-01\nO2,OLD,H2,LCRA,Repairs,2019-06-03\n"
)
OLD_CONTACTS = (
    "contact_ref,landlord_code,household_ref,complaint_ref,occurred_at,direction,note\n"
    "N1,OLD,H1,O1,2019-05-02 10:00,inbound,<img src=x onerror=alert(1)>\n"
)
Visit = Callable[..., AppTest]


def write_small(folder: Path) -> None:
    """The fictional landlords with their long tables cut short, one that is only a name, one whose records are old, and
    a complaint whose words look like HTML."""
    for code, frames in generate().items():
        place = folder / code
        place.mkdir()
        for table, frame in frames.items():
            short = frame.head(ENOUGH_ROWS) if table in ("contacts", "payments") else frame
            short.write_parquet(place / f"{table}.parquet")
    for code, landlord in (("NAME", NOTHING_BUT_A_NAME), ("OLD", OLD)):
        (folder / code).mkdir()
        (folder / code / "landlords.csv").write_text(landlord)
    (folder / "OLD" / "complaints.csv").write_text(OLD_COMPLAINTS)
    (folder / "OLD" / "contacts.csv").write_text(OLD_CONTACTS)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the small store, loaded once."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "files").mkdir()
    write_small(folder / "files")
    url = f"sqlite:///{folder / 'pages.db'}"
    store = open_store(url)
    upgrade(store)
    files = sorted((folder / "files").iterdir())
    load_paths(store, files, manner=Manner(method="test", extract_date=EXTRACT_DATE, files=files_at(files)))
    store.engine.dispose()
    return url


@pytest.fixture
def at_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Point the app at a store, and let go of it afterwards."""

    def point(url: str) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        if os.environ.get("LEARNING_PYRAMID_TESTED") != url:
            st.cache_resource.clear()
            os.environ["LEARNING_PYRAMID_TESTED"] = url

    yield point


@pytest.fixture
def visit(database: str, at_store: Callable[[str], None]) -> Visit:
    """Open a page of the app as a link would: by its file, with query parameters."""
    at_store(database)

    def go(page: str | None = None, **query: str) -> AppTest:
        app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page:
            for name, value in query.items():
                app.query_params[name] = value
            app.switch_page(page).run()
        return app

    return go


@pytest.fixture
def own(database: str, tmp_path: Path) -> str:
    """A copy of the small store, to record decisions in."""
    source = Path(database.removeprefix("sqlite:///"))
    place = tmp_path / source.name
    copy(source, place)
    copytree(source.with_name(source.name + ".snapshots"), place.with_name(place.name + ".snapshots"))
    return f"sqlite:///{place}"
