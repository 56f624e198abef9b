"""A landlord's own additions to the lexicons of ghost stages, in versions: who made each, when and why."""

from dataclasses import asdict, dataclass
from datetime import date

from metrics.ghosts.lexicon import load
from store.database import Store
from store.ledger import enter, entries, require_words

TABLE = "ghost_words"


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
        require_words(self, reason="the reason of the change", author="the author of the change")


def keep_words(store: Store, words: OwnWords) -> None:
    """Let these words count from now on. Earlier versions stay on record. Raises RefusedError for all but the
    administrator: words change what counts."""
    store.reader.require("people and settings", words.landlord_code)
    enter(store, TABLE, asdict(words), what="setting", detail=f"own words of the lexicons ({words.reason.strip()})")


def word_versions(store: Store, landlord_code: str) -> list[OwnWords]:
    """A landlord's versions, the first one first: the last one counts, and the place in the list is its number."""
    return entries(store, TABLE, OwnWords, landlord_code=landlord_code)


def words_in_force(store: Store, landlord_code: str) -> str:
    """The words that count, as TOML; empty where the landlord has none of its own."""
    versions = word_versions(store, landlord_code)
    return versions[-1].words if versions else ""
