"""Secrets of a store: made with its tables, kept beside its records, never shown."""

from functools import lru_cache

from sqlalchemy import select

from store.database import Store, reading
from store.sight import pseudonym
from store.tables import metadata


def view_secret(store: Store) -> str:
    """The key of pseudonyms in the pseudonymous view: the same for every copy of the program over one store."""
    return _view_secret(store)


@lru_cache(maxsize=64)
def _view_secret(store: Store) -> str:
    table = metadata.tables["store_secrets"]
    with reading(store) as connection:
        return str(connection.execute(select(table.c.value).where(table.c.name == "view")).scalar_one())


def audited_name(store: Store, landlord_code: str, reference: str, *, column: str = "complaint_ref") -> str:
    """What the audit calls a case or a household: it is never rewritten, so it never holds the reference itself. The
    same as in the pseudonymous view."""
    return pseudonym(reference, landlord_code=landlord_code, column=column, secret=view_secret(store))
