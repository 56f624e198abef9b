"""A store filled as the product fills one: a committed load with its columnar copies, from frames at hand."""

from pathlib import Path

from benchmarks.records_at_scale import EXTRACT_DATE, Tables
from store.database import Store, open_store, upgrade
from store.loading import Manner, kept, load, prepared_of

FILE = "learning_pyramid.db"
MANNER = Manner(method="benchmark", loaded_by="benchmark", extract_date=EXTRACT_DATE)


def filled(folder: Path, tables: Tables) -> Store:
    """A new SQLite store in the folder that holds the tables. Raises RuntimeError if a row was refused."""
    store = open_store(f"sqlite:///{folder / FILE}")
    upgrade(store)
    result = load(store, prepared_of({name: kept(frame) for name, frame in tables.items()}), manner=MANNER)
    if not result.committed or result.refused.height:
        raise RuntimeError(f"the records drawn did not load: {result.refused.head(3).to_dicts()}")
    return store


def drop_derived(store: Store) -> None:
    """Remove the kept populations, so that the next reader is the first after a load."""
    for file in (store.snapshot_folder / "derived").glob("*.parquet"):
        file.unlink()
