"""A landlord's own additions to the lexicons of ghost stages, in versions: who made each, when and why."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select

from metrics.ghosts.lexicon import load
from store import audit
from store.database import Store, reading, writing
from store.tables import metadata


@dataclass(frozen=True, kw_only=True)
class OwnWords:
    """All of a landlord's own words from one decision on (TOML, `metrics.ghosts.own_words`); without any, the lexicons
    are as delivered. Raises ValueError for words the lexicons cannot take and for a missing reason or author."""

    landlord_code: str
    words: str
    reason: str
    author: str
    decided_on: date

    def __post_init__(self) -> None:
        load(self.words)
        for what in ("reason", "author"):
            if not getattr(self, what).strip():
                raise ValueError(f"{what}: found nothing; wanted the {what} of the change")


def keep_words(store: Store, words: OwnWords) -> None:
    """Let these words count from now on. Earlier versions stay on record. Raises RefusedError for all but the
    administrator: words change what counts."""
    store.reader.require("people and settings", words.landlord_code)
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["ghost_words"]).values(**asdict(words)))
        detail = f"own words of the lexicons ({words.reason.strip()})"
        audit.append(connection, store, "setting", landlord_code=words.landlord_code, detail=detail)


def word_versions(store: Store, landlord_code: str) -> list[OwnWords]:
    """A landlord's versions, the first one first: the last one counts, and the place in the list is its number."""
    table = metadata.tables["ghost_words"]
    columns = [table.c[name] for name in OwnWords.__dataclass_fields__]
    with reading(store) as connection:
        found = connection.execute(
            select(*columns).where(table.c.landlord_code == landlord_code).order_by(table.c.entry)
        )
        return [OwnWords(**row) for row in found.mappings()]


def words_in_force(store: Store, landlord_code: str) -> str:
    """The words that count, as TOML; empty where the landlord has none of its own."""
    table = metadata.tables["ghost_words"]
    newest = select(table.c.words).where(table.c.landlord_code == landlord_code).order_by(table.c.entry.desc()).limit(1)
    with reading(store) as connection:
        return str(connection.execute(newest).scalar() or "")
