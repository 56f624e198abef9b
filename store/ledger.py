"""What people decide is entered and never changed or removed: the last entry on a subject counts, those before it stay.

The tables hold one entry a row, numbered by `entry`; the dataclasses name the columns that are read.
"""

from collections.abc import Collection, Mapping
from dataclasses import Field
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.sql.selectable import ScalarSelect

from store import audit
from store.database import Store, reading, writing
from store.tables import metadata


class Entry(Protocol):
    """A dataclass whose fields are columns of its table."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Kept = TypeVar("Kept", bound=Entry)


def require_words(entry: object, **wanted: str) -> None:
    """Raise ValueError for the first of these fields that holds nothing but blanks, with what is wanted in it."""
    for name, what in wanted.items():
        if not getattr(entry, name).strip():
            raise ValueError(f"{name.removesuffix('_ref')}: found nothing; wanted {what}")


def require_offered(entry: object, **offered: Collection[str]) -> None:
    """Raise ValueError for the first of these fields that holds none of what it may hold, with what that is."""
    for name, wanted in offered.items():
        if getattr(entry, name) not in wanted:
            raise ValueError(f"{name}: found {getattr(entry, name)!r}; wanted one of {', '.join(wanted)}")


def enter(store: Store, table: str, values: Mapping[str, Any], *, what: audit.What, detail: str) -> None:
    """Put an entry in, and on the audit what was done to whose landlord, in one transaction."""
    with writing(store) as connection:
        connection.execute(insert(metadata.tables[table]).values(**values))
        audit.append(connection, store, what, landlord_code=values["landlord_code"], detail=detail)


def entries(store: Store, table: str, of: type[Kept], *, landlord_code: str, **on: Any) -> list[Kept]:
    """A landlord's entries in the order in which they were written; `on` names what else a column must equal."""
    held = metadata.tables[table]
    asked = select(*(held.c[name] for name in of.__dataclass_fields__)).filter_by(landlord_code=landlord_code, **on)
    with reading(store) as connection:
        return [of(**row) for row in connection.execute(asked.order_by(*held.primary_key)).mappings()]


def newest(table: str, *where: ColumnElement[bool]) -> ScalarSelect[int]:
    """The number of the newest entry, 0 without any: with that of others a key for caches of what hangs on them."""
    held = metadata.tables[table]
    (number,) = held.primary_key
    return select(func.coalesce(func.max(number), 0)).where(*where).scalar_subquery()
