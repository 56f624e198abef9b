"""Whether the store can be used at this moment: for a server's health address, and the command line."""

from dataclasses import dataclass
from typing import Literal

from store.database import Store, StoreUnavailableError, is_current

Answer = Literal["ready", "tables of another version", "unreachable"]


@dataclass(frozen=True, kw_only=True)
class Health:
    """What the store answers. `why` is for whoever runs the program, in the database's own words; empty if ready."""

    store: Answer
    why: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether figures can be given and loads be taken."""
        return self.store == "ready"


def health(store: Store) -> Health:
    """Ask the database for the version of its tables; changes nothing."""
    try:
        if is_current(store):
            return Health(store="ready")
    except StoreUnavailableError as fault:
        return Health(store="unreachable", why=str(fault))
    return Health(
        store="tables of another version",
        why="the tables are not those of this version of the program: `python cli.py init` brings older ones up",
    )
