"""Entries of the audit that could not be written at once, because a load held the only writer of a SQLite store: each
waits as a file of its own beside the store, and joins the chain with the next entry."""

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from store.database import Store


def put(store: Store, said: dict[str, object]) -> None:
    """Let an entry wait: it is there whole or not at all."""
    folder = _folder(store)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{time.time_ns():020d}-{uuid4().hex[:8]}.json"
    half_done = file.with_suffix(".part")
    half_done.write_text(json.dumps(said, default=datetime.isoformat), "utf-8")
    half_done.replace(file)


def found(store: Store) -> list[tuple[Path, dict[str, Any]]]:
    """The entries that wait, in the order they came, each with its file: to be removed once the chain holds it."""
    if store.is_postgres:
        return []
    waiting = [(file, json.loads(file.read_text("utf-8"))) for file in sorted(_folder(store).glob("*.json"))]
    return [(file, said | {"happened_at": datetime.fromisoformat(said["happened_at"])}) for file, said in waiting]


def _folder(store: Store) -> Path:
    return store.snapshot_folder.with_suffix(".audit-waiting")
