"""The door: signing in and out, who is reading, and what is said to somebody who may not pass."""

import streamlit as st

from metrics.access import Reader
from store.settings import is_loopback, settings
from ui import opened
from ui.markup import element, heading, note, show
from ui.navigation import PLACES, Place


def stop_if_open_to_all() -> None:
    """Show nothing where anybody on the network could look: no sign-in, and an address other machines reach."""
    address = st.get_option("server.address")
    if st.runtime.exists() and not settings().sign_in and not is_loopback(address):
        _said(
            "Not open: there is no sign-in",
            f"Without sign-in this program answers on this machine only (127.0.0.1). It was started on "
            f"{address or 'every address of this machine'}. Configure sign-in "
            "(docs/running.md), or start it with ./run app.",
        )
        st.stop()


def settings_wrong(fault: str) -> None:
    """A setting of the environment is wrong."""
    _said("Not open: a setting is wrong", *fault.splitlines())


def sign_in() -> None:
    """The page of somebody who is not signed in."""
    timed_out = st.session_state.get("reader_timed_out")
    why = "You were signed out because nothing was done for a while." if timed_out else ""
    _said("Learning Pyramid", "Sign in to see your landlord's records.", *([why] if why else []))
    if st.user.get("is_logged_in") and st.button("Sign in again", type="primary"):
        st.session_state.pop("reader_timed_out", None)
        st.logout()
    elif not st.user.get("is_logged_in") and st.button("Sign in", type="primary"):
        st.login()


def who_reads(reader: Reader | None) -> None:
    """At the foot of the sidebar: who is signed in and as what, or that nobody has to be."""
    if reader is None:
        return
    if not reader.signed_in:
        show(note("No sign-in: open on this machine only, to whoever sits at it."))
        return
    show(note(f"{reader.name}: {', '.join(sorted(reader.roles)) or 'no role yet'}"))
    if st.button("Sign out", key="sign_out"):
        opened.sign_out()
        st.logout()


def not_for_you(place: Place, reader: Reader, landlord: str | None = None) -> None:
    """A page was asked for that this reader may not open: by hand, by an old link, or after a role was taken away."""
    where = f" of {landlord}" if landlord else ""
    if not reader.roles:
        refused("You are signed in, and no role was given to you yet. Ask whoever administers this program.", page="")
    else:
        held = ", ".join(sorted(reader.roles))
        refused(f"“{place.title}”{where} is not part of your view. You are signed in as: {held}.", page=place.title)
    offered = next((each for each in PLACES if each.listed and each.opens_to(reader)), None)
    if offered is not None:
        st.page_link(offered.file, label=f"Go to “{offered.title}”")


def refused(why: str, *, page: str) -> None:
    """What is said, and entered in the audit, when something is refused."""
    _said("Not for your view", why)
    opened.seen("refused", "", page)


def _said(title: str, *sentences: str) -> None:
    show(
        element(
            "div",
            heading(title),
            *(element("p", sentence, class_="lp-text") for sentence in sentences),
            class_="lp-empty",
        )
    )
