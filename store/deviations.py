"""Deviations from the Code's path that a landlord accepts: whose they are, why, and until when."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select

from store.database import Store, reading, writing
from store.tables import metadata


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """One entry of the register: the deviation (as `metrics.ghosts.conformance` names it), who owns it, the reason, and
    the days from which and until which it is accepted. Raises ValueError where one is missing or the end is no later
    than the beginning."""

    landlord_code: str
    deviation: str
    owner: str
    reason: str
    accepted_on: date
    expires_on: date

    def __post_init__(self) -> None:
        for what in ("deviation", "owner", "reason"):
            if not getattr(self, what).strip():
                raise ValueError(f"{what}: found nothing; wanted the {what} of the accepted deviation")
        if self.expires_on <= self.accepted_on:
            raise ValueError(f"expires_on: found {self.expires_on}; wanted a day after {self.accepted_on}")

    def stands_on(self, day: date) -> bool:
        """Whether it is accepted on that day."""
        return self.accepted_on <= day < self.expires_on


def accept_deviation(store: Store, deviation: Deviation) -> None:
    """Enter a deviation in the register. Earlier entries stay on record."""
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["accepted_deviations"]).values(**asdict(deviation)))


def accepted_deviations(store: Store, landlord_code: str) -> list[Deviation]:
    """A landlord's register, the last to expire first."""
    table = metadata.tables["accepted_deviations"]
    columns = [table.c[name] for name in Deviation.__dataclass_fields__]
    last_first = (table.c.expires_on.desc(), table.c.entry.desc())
    with reading(store) as connection:
        found = connection.execute(select(*columns).where(table.c.landlord_code == landlord_code).order_by(*last_first))
        return [Deviation(**row) for row in found.mappings()]
