"""The seals of the audit as this machine noted them, outside the database: one line an entry, only ever added to.

A chain holds together as well after its end was cut off, or after all of it was written anew. What was noted here
shows both to whoever compares. Each server notes the entries it made itself; the file belongs on a disk that those who
administer the database do not write on (`LEARNING_PYRAMID_AUDIT_SEALS`). The program's log holds the same lines.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.database import Store
from store.settings import from_environment

SHORTEST = 12
"""Signs of a hash that are enough to tell it by."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seal:
    """The number of an entry and its hash, or the first signs of it. Written as `1042:9f3c…`."""

    entry: int
    hash: str

    @classmethod
    def read(cls, text: str) -> "Seal":
        """A seal as somebody noted it. Raises ValueError."""
        number, _, sealed = text.strip().replace(" ", ":").partition(":")
        sealed = sealed.strip(" :.…").lower()
        if not number.isdecimal() or len(sealed) < SHORTEST or set(sealed) - set("0123456789abcdef"):
            wanted = "wanted the number of an entry and its seal, such as 1042:9f3c07d2ab51"
            raise ValueError(f"seal: found {text!r}; {wanted}")
        return cls(int(number), sealed)

    def __str__(self) -> str:
        return f"{self.entry}:{self.hash}"


def note(store: Store, made: list[Seal]) -> None:
    """Note seals of entries that have been committed. A disk that takes nothing is told of in the log: what the entries
    speak of has happened."""
    for seal in made:
        _LOG.info("audit entry %s sealed %s", seal.entry, seal.hash)
    try:
        file = _file(store)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="ascii") as noted:
            noted.write("".join(f"{seal}\n" for seal in made))
    except OSError as fault:
        _LOG.error("the seals of the audit could not be noted: %s", fault)


def noted(store: Store) -> list[Seal]:
    """What was noted on this machine, without a line that was cut short."""
    file = _file(store)
    if not file.exists():
        return []
    lines = (line.partition(":") for line in file.read_text("ascii", "replace").splitlines())
    return [Seal(int(number), sealed) for number, _, sealed in lines if number.isdecimal() and len(sealed) == 64]


def set_aside(store: Store) -> Path | None:
    """Begin anew, because the store was restored from a backup: what was noted before is kept under another name, which
    is given; None where nothing was noted."""
    file = _file(store)
    if not file.exists():
        return None
    kept = file.with_name(f"{file.name}.until-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    file.replace(kept)
    return kept


def _file(store: Store) -> Path:
    folder = from_environment().audit_seals or store.snapshot_folder.parent
    return folder / f"{store.snapshot_folder.stem}.audit-seals"
