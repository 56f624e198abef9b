"""Sign-ins as this program met them: each told to the audit once, and ended for good by signing out.

A browser's cookie says who signed in and when, and would go on saying so from wherever it was copied to. What ends a
sign-in is therefore kept here, and asked for by every session that shows the cookie.
"""

from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from store import audit
from store.database import Store, StoreUnavailableError, reading, writing_soon
from store.tables import metadata


def stands(store: Store, subject: str, issued_at: int) -> bool:
    """Whether a sign-in, named by the provider's subject and its second since 1970, was not ended. One met for the
    first time is entered, and told to the audit under the name of the store's reader."""
    table = metadata.tables["sign_ins"]
    asked = select(table.c.ended_at).where(table.c.subject == subject, table.c.issued_at == issued_at)
    with reading(store) as connection:
        found = connection.execute(asked).first()
    if found is not None:
        return found.ended_at is None
    try:
        with writing_soon(store) as connection:
            connection.execute(insert(table).values(subject=subject, issued_at=issued_at, ended_at=None))
            audit.append(connection, store, "signed in", detail=_told(issued_at))
    except (IntegrityError, StoreUnavailableError):  # another session was first, or a load is under way on SQLite
        pass
    return True


def end(store: Store, subject: str, issued_at: int) -> None:
    """End a sign-in in every session. On SQLite a load under way leaves the others to end by themselves."""
    table = metadata.tables["sign_ins"]
    values = {"ended_at": datetime.now(UTC).replace(tzinfo=None)}
    this_one = update(table).where(table.c.subject == subject, table.c.issued_at == issued_at)
    try:
        with writing_soon(store) as connection:
            if not connection.execute(this_one.values(values)).rowcount:
                connection.execute(insert(table).values(subject=subject, issued_at=issued_at, **values))
            audit.append(connection, store, "signed out", detail=_told(issued_at))
    except StoreUnavailableError:
        audit.note(store, "signed out", detail=_told(issued_at))


def _told(issued_at: int) -> str:
    return f"sign-in of {datetime.fromtimestamp(issued_at, UTC):%Y-%m-%d %H:%M:%S} UTC"
