"""A board's own judgement of its position: recorded beside the computed one, with a reason, a name and an expiry."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select

from metrics.words import POSITIONS, Position
from store import audit
from store.database import Store, reading, writing
from store.tables import metadata


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
        if self.position not in POSITIONS:
            raise ValueError(f"position: found {self.position!r}; wanted one of {', '.join(POSITIONS)}")
        for what in ("reason", "name"):
            if not getattr(self, what).strip():
                raise ValueError(f"{what}: found nothing; wanted the {what} of the judgement")
        if self.expires_on <= self.made_on:
            raise ValueError(f"expires_on: found {self.expires_on}; wanted a day after it was made, {self.made_on}")

    def stands_on(self, day: date) -> bool:
        """Whether the judgement has been made and has not expired on that day."""
        return self.made_on <= day < self.expires_on


def record_judgement(store: Store, judgement: Judgement) -> None:
    """Keep a judgement. Earlier ones stay: they are the record of what the board held before. Raises RefusedError."""
    store.reader.require("judge", judgement.landlord_code)
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["board_judgements"]).values(**asdict(judgement)))
        detail = f"{judgement.position} at {judgement.as_at}"
        audit.append(connection, store, "board judgement", landlord_code=judgement.landlord_code, detail=detail)


def judgements(store: Store, landlord_code: str) -> list[Judgement]:
    """A landlord's judgements, newest first. Raises RefusedError for a landlord out of reach."""
    store.reader.require("figures", landlord_code)
    table = metadata.tables["board_judgements"]
    columns = [table.c[name] for name in Judgement.__dataclass_fields__]
    newest_first = (table.c.as_at.desc(), table.c.made_on.desc(), table.c.judgement.desc())
    with reading(store) as connection:
        found = connection.execute(
            select(*columns).where(table.c.landlord_code == landlord_code).order_by(*newest_first)
        )
        return [Judgement(**row) for row in found.mappings()]
