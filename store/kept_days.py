"""Figures of past quarter ends kept before the records behind them were removed, and up to when they were removed."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, func, insert, select

from metrics.kept_days import KeptDay, KeptDays, kept_day
from store.database import Store, reading
from store.tables import metadata


def kept_days(store: Store, landlord_code: str) -> KeptDays:
    """What was removed of a landlord's records, and the days kept for it."""
    removed = removed_before(store).get(landlord_code)
    return KeptDays() if removed is None else _kept_days(store, landlord_code, removed)


@lru_cache(maxsize=32)
def _kept_days(store: Store, landlord_code: str, removed: date) -> KeptDays:
    """Days are added by a removal alone: until the next they stay as they are."""
    table = metadata.tables["kept_days"]
    with reading(store) as connection:
        rows = connection.execute(select(table.c.as_at, table.c.content).where(table.c.landlord_code == landlord_code))
        return KeptDays(removed_before=removed, days={as_at: kept_day(content) for as_at, content in rows})


def removed_before(store: Store) -> dict[str, date]:
    """Landlord code to the day before which records were removed."""
    table = metadata.tables["removals"]
    with reading(store) as connection:
        asked = select(table.c.landlord_code, func.max(table.c.removed_before).label("day")).group_by(
            table.c.landlord_code
        )
        return {row.landlord_code: row.day for row in connection.execute(asked)}


def keep(connection: Connection, landlord_code: str, days: Iterable[KeptDay]) -> None:
    """Keep days, within the caller's transaction; one kept before is never replaced."""
    table = metadata.tables["kept_days"]
    held = set(connection.execute(select(table.c.as_at).where(table.c.landlord_code == landlord_code)).scalars())
    rows = [
        {"landlord_code": landlord_code, "as_at": each.as_at, "content": each.as_json()}
        for each in days
        if each.as_at not in held
    ]
    if rows:
        connection.execute(insert(table), rows)
