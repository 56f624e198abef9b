"""Where a team expects to stand, sealed before the computed position is revealed. The first score of a day counts."""

from dataclasses import asdict, dataclass
from datetime import date

from metrics.words import POSITIONS, Position
from store.database import Store
from store.ledger import enter, entries, require_offered, require_words

TABLE = "sealed_scores"


@dataclass(frozen=True, kw_only=True)
class SealedScore:
    """Where a team expects to stand, why, and who says so. Raises ValueError for a position that is none, and for a
    missing reason or name."""

    landlord_code: str
    as_at: date
    position: Position
    reason: str
    name: str
    made_on: date

    def __post_init__(self) -> None:
        require_offered(self, position=POSITIONS)
        require_words(self, reason="the reason of the score", name="the name of who seals it")


def seal_score(store: Store, score: SealedScore) -> None:
    """Seal where a team expects to stand. Raises ValueError where it is sealed already: it cannot be changed; and
    RefusedError."""
    store.reader.require("cases", score.landlord_code)
    if sealed_score(store, score.landlord_code, score.as_at):
        raise ValueError(f"as_at: found a score sealed for {score.as_at} already; a sealed score is not changed")
    enter(store, TABLE, asdict(score), what="paper", detail=f"self-score sealed for {score.as_at}")


def sealed_score(store: Store, landlord_code: str, as_at: date) -> SealedScore | None:
    """The score sealed for a day; None where there is none. Raises RefusedError."""
    store.reader.require("figures", landlord_code)
    return next(iter(entries(store, TABLE, SealedScore, landlord_code=landlord_code, as_at=as_at)), None)
