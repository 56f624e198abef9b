"""Who may see what: everybody in the table, and the form that changes it."""

import streamlit as st

from metrics.access import ROLES, Role
from metrics.phrasing import short_day
from store.people import PersonKept
from ui import loading
from ui.administration import in_store
from ui.entered import taken, tell, told_if_refused
from ui.literal import literal
from ui.markup import element, heading, note, show, table


def finding() -> None:
    """How many people, in a sentence."""
    kept = [each for each in in_store.people_kept() if each.roles]
    many = f"{len(kept)} {'person' if len(kept) == 1 else 'people'}"
    show(
        heading(f"People: {many} with a role from this table"),
        element(
            "p",
            "Whoever is not in this table has the roles and landlords that the sign-in provider names. An entry here "
            "speaks before the provider, also where it takes every role away.",
            class_="lp-lead",
        ),
    )


def listed() -> None:
    """The table."""
    kept = in_store.people_kept()
    if not kept:
        show(note("Nobody is entered yet."))
        return
    show(
        table(
            ("Person", "Roles", "Landlords", "Since", "By", "Reason"), [_line(each) for each in kept], caption="People"
        )
    )


def _line(each: PersonKept) -> tuple[str, ...]:
    landlords = "every landlord" if each.landlords is None else ", ".join(sorted(each.landlords)) or "none"
    roles = ", ".join(sorted(each.roles)) or "none any more"
    return (each.subject, roles, landlords, short_day(each.changed_at.date()), each.changed_by, each.reason)


def change() -> None:
    """Enter somebody, or change what they may see."""
    tell("person")
    names = {each.code: each.name for each in loading.landlords()}
    with st.form("person", clear_on_submit=True):
        show(element("h2", "Enter or change", class_="lp-title"))
        subject = st.text_input("Email, as the provider gives it", max_chars=200)
        roles = st.multiselect("Roles (none: nothing any more)", ROLES)
        every = st.checkbox("Every landlord")
        codes = st.multiselect("Landlords", list(names), format_func=lambda code: literal(names[code]))
        reason = st.text_input("Reason", max_chars=400)
        if st.form_submit_button("Enter"):
            _keep(subject, frozenset(roles), None if every else frozenset(codes), reason)


def _keep(subject: str, roles: frozenset[Role], landlords: frozenset[str] | None, reason: str) -> None:
    with told_if_refused("Not entered"):
        in_store.keep_person_entry(subject, roles=roles, landlords=landlords, reason=reason)
        taken("person", f"Entered: {subject}. It holds within a minute.")
