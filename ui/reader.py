"""Who is reading: the person signed in, as the store's rules know them. Without sign-in, whoever sits at the machine.

Asked for again at every run, so that a role that was taken away is gone within a minute and not at the next sign-in.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from metrics.access import LOCAL, ROLES, Reader, Role
from store.database import Store
from store.people import person, with_setting
from store.settings import Settings, settings
from store.sign_ins import end, stands

EVERY_LANDLORD = "*"
SECONDS_A_ROLE_IS_REMEMBERED = 60
_LAST_SEEN, _KNOWN = "reader_last_seen", "reader_known"


def current(store: Store) -> Reader | None:
    """The reader of this session; None where sign-in is configured and nobody is signed in, or no longer."""
    if not settings().sign_in:
        return LOCAL
    if not st.user.get("is_logged_in") or _timed_out():
        return None
    # Every run of every page asks, several times.
    key = (st.user.get("sub"), int(time.time() // SECONDS_A_ROLE_IS_REMEMBERED))
    known: tuple[Any, Reader | None] | None = st.session_state.get(_KNOWN)
    if known is None or known[0] != key:
        known = (key, of_claims(store, dict(st.user)))
        st.session_state[_KNOWN] = known
    return known[1]


def of_claims(store: Store, claims: Mapping[str, Any]) -> Reader | None:
    """The reader of these claims, also outside of any session; None where the sign-in they come from is too long ago,
    or was ended, be it in another window."""
    if _too_old(claims):
        return None
    found = reader_of(store, claims, settings())
    signed_in = _sign_in(claims)
    return found if signed_in is None or stands(store.opened_for(found), *signed_in) else None


def looked_up_anew(store: Store) -> Callable[[], Reader | None]:
    """Looks the reader of this session up again, at any later time and outside of any session."""
    if not settings().sign_in:
        return lambda: LOCAL
    claims = dict(st.user)
    return lambda: of_claims(store, claims)


def sign_out(store: Store) -> None:
    """End this sign-in, in every window that shows it. The provider's own page is the caller's to open."""
    claims = dict(st.user)
    if (signed_in := _sign_in(claims)) is not None:
        end(store.opened_for(reader_of(store, claims, settings())), *signed_in)
    st.session_state.clear()


def _sign_in(claims: Mapping[str, Any]) -> tuple[str, int] | None:
    """What names a sign-in; None where the provider does not say when it was made."""
    subject, issued = claims.get("sub"), claims.get("iat")
    return (str(subject), int(issued)) if subject and isinstance(issued, int | float) else None


def reader_of(store: Store, claims: Mapping[str, Any], wanted: Settings) -> Reader:
    """The reader that a provider's claims stand for.

    The administrator's table speaks before the claims: somebody entered there has what is entered, also if that is
    nothing. An address that the provider has not verified counts for nothing.
    """
    email = str(claims.get("email") or "") if claims.get("email_verified", True) in (True, "true") else ""
    subject = str(claims.get("sub") or "")
    name = email or str(claims.get("preferred_username") or "") or subject
    kept = person(store, tuple(each for each in (email, subject) if each))
    if kept is not None:
        roles, landlords = kept.roles, kept.landlords
    else:
        roles = _roles(claims.get(wanted.roles_claim), wanted.role_names)
        codes = _texts(claims.get(wanted.landlords_claim))
        landlords = None if EVERY_LANDLORD in codes else codes
    if email and email.casefold() in {each.casefold() for each in wanted.administrators}:
        roles |= {"administrator"}
    return Reader(
        name=name, roles=frozenset(roles), landlords=landlords, mrc_sees_cases=with_setting(store, "mrc_sees_cases")
    )


def _roles(claim: object, names: Mapping[str, Role]) -> frozenset[Role]:
    """A provider's own names of groups, by the setting; our own words without one. Unknown ones are no role."""
    known: dict[str, Role] = {
        **{role.casefold(): role for role in ROLES},
        **{k.casefold(): v for k, v in names.items()},
    }
    return frozenset(known[each.casefold()] for each in _texts(claim) if each.casefold() in known)


def _texts(claim: object) -> frozenset[str]:
    if isinstance(claim, str):
        return frozenset(each.strip() for each in claim.split(",") if each.strip())
    if isinstance(claim, list | tuple):
        return frozenset(str(each) for each in claim)
    return frozenset()


def _too_old(claims: Mapping[str, Any]) -> bool:
    began = claims.get("iat")
    return isinstance(began, int | float) and time.time() - began > settings().session_hours * 3600


def _timed_out() -> bool:
    """Whether the sign-in is too long ago, or nothing was done in this session for too long."""
    now = time.time()
    idle = now - st.session_state.get(_LAST_SEEN, now)
    st.session_state[_LAST_SEEN] = now
    if _too_old(dict(st.user)) or idle > settings().idle_minutes * 60:
        st.session_state["reader_timed_out"] = True
    return bool(st.session_state.get("reader_timed_out"))
