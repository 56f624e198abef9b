"""The store as it is open to whoever reads in this session: the only way from a screen to a row.

Beside it `ui.loading` keeps what was worked out. Nothing else of the screens opens a store; a test holds that.
"""

import gc
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from metrics.access import Reader, RefusedError
from store.audit import What, note
from store.database import Store, open_store, upgrade
from store.health import Health
from store.health import health as store_health
from ui.reader import current as current_reader
from ui.reader import looked_up_anew, of_claims
from ui.reader import sign_out as end_sign_in


class RecordsUnreachableError(Exception):
    """The store cannot be opened; the message says why in the store's own words."""


def store() -> Store:
    """The store as it is open to the reader of this session. The only way from a screen to a row: whatever is asked of
    it is held to that reader, on every page alike. Raises RefusedError where nobody is signed in."""
    opened = whole_store()
    reader = current_reader(opened)
    if reader is None:
        raise RefusedError("Nobody is signed in.")
    return opened if reader == opened.reader else opened.opened_for(reader)


def reader() -> Reader | None:
    """Who is reading; None where sign-in is configured and nobody is signed in. Raises RecordsUnreachableError."""
    try:
        return current_reader(whole_store())
    except Exception as fault:  # whatever the database driver raises: the screen must say so rather than break
        raise RecordsUnreachableError(f"{type(fault).__name__}: {fault}") from fault


def sign_out() -> None:
    """End the sign-in of this session, in every window that shows it."""
    end_sign_in(whole_store())


def at_any_time() -> Callable[[], Store]:
    """Gives the store as it is open to this session's reader, looked up anew, to what runs outside of any session:
    a file is made when its link is followed. Raises RefusedError where the reader may by now see something else."""
    opened, drawn_for = whole_store(), store().reader
    looked_up = looked_up_anew(opened)

    def held() -> Store:
        now = looked_up()
        if now is None or now.scope != drawn_for.scope:
            raise RefusedError("What you may see has changed since this page was drawn: open it again.")
        return opened.opened_for(now)

    return held


def subject() -> str | None:
    """The provider's name of the person signed in; None without sign-in."""
    found = st.user.get("sub")
    return str(found) if found else None


def reader_of_claims(claims: Mapping[str, Any]) -> Reader | None:
    """Who reads with the claims of a sign-in, for a request outside of any session; None where it stands no more."""
    return of_claims(whole_store(), claims)


def seen(what: What, landlord_code: str, detail: str) -> None:
    """Enter in the audit that somebody who signed in saw or took away something, once a session for each thing."""
    opened = store()
    told = st.session_state.setdefault("audited", set())
    if opened.reader.signed_in and (what, landlord_code, detail) not in told:
        note(opened, what, landlord_code=landlord_code, detail=detail)
        told.add((what, landlord_code, detail))


def health() -> Health:
    """Whether a store opened at this moment answers; nothing of it is kept, and nothing changed."""
    try:
        opened = open_store()
    except (ValueError, OSError) as fault:
        return Health(store="unreachable", why=str(fault))
    try:
        return store_health(opened)
    finally:
        opened.engine.dispose()


@st.cache_resource(show_spinner=False)
def whole_store() -> Store:
    """The store, opened once for all visitors; for finding out who reads, and for the program itself."""
    opened = open_store()
    upgrade(opened)
    # Streamlit collects garbage after each run; what the libraries made at import need not be looked at every time.
    gc.collect()
    gc.freeze()
    return opened
