"""A load in a process of its own, for tests that kill it."""

from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from store import bulk
from store.database import open_store
from store.loading import Manner, load_paths

MANNER = Manner(method="test", loaded_by="tester", extract_date=date(2024, 6, 1))


def load_and_tell(url: str, file: Path, chunk: int, step_by_step: bool, parent: Connection) -> None:
    """Load the file, sending `begun`, then the rows written after each chunk; `step_by_step` waits for an answer to
    each, so that the parent knows where the load stands."""
    bulk.CHUNK_ROWS = chunk

    def tell(done: int, _of: int) -> None:
        parent.send(done)
        if step_by_step:
            parent.recv()

    store = open_store(url)
    parent.send("begun")
    load_paths(store, [file], manner=MANNER, progress=tell)
