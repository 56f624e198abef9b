"""A board's own judgement of its position: recorded beside the computed one, with a reason, a name and an expiry."""

from dataclasses import asdict, dataclass
from datetime import date

from metrics.words import POSITIONS, Position
from store.database import Store
from store.ledger import enter, entries, require_offered, require_words

TABLE = "board_judgements"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a board holds its position to be at `as_at`, why, who says so, when, and until when it stands."""

    landlord_code: str
    as_at: date
    position: Position
    reason: str
    name: str
    made_on: date
    expires_on: date

    def __post_init__(self) -> None:
        require_offered(self, position=POSITIONS)
        require_words(self, reason="the reason of the judgement", name="the name of the judgement")
        if self.expires_on <= self.made_on:
            raise ValueError(f"expires_on: found {self.expires_on}; wanted a day after it was made, {self.made_on}")

    def stands_on(self, day: date) -> bool:
        """Whether the judgement has been made and has not expired on that day."""
        return self.made_on <= day < self.expires_on


def record_judgement(store: Store, judgement: Judgement) -> None:
    """Keep a judgement. Earlier ones stay: they are the record of what the board held before. Raises RefusedError."""
    store.reader.require("judge", judgement.landlord_code)
    detail = f"{judgement.position} at {judgement.as_at}"
    enter(store, TABLE, asdict(judgement), what="board judgement", detail=detail)


def judgements(store: Store, landlord_code: str) -> list[Judgement]:
    """A landlord's judgements, newest first. Raises RefusedError for a landlord out of reach."""
    store.reader.require("figures", landlord_code)
    newest_first = entries(store, TABLE, Judgement, landlord_code=landlord_code)[::-1]
    newest_first.sort(key=lambda each: (each.as_at, each.made_on), reverse=True)
    return newest_first
