"""The audit as the administrator reads it: whether the chain holds, and the entries, newest first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from metrics.phrasing import short_day
from store.audit import Verified
from ui.administration import in_store
from ui.cards import card
from ui.download import Taken, download
from ui.literal import literal
from ui.markup import element, heading, note, show, table

SHOWN = 200
SEAL_SHOWN = 24
LONDON = ZoneInfo("Europe/London")


def finding() -> None:
    """Whether the chain holds, in a sentence, and a form to compare it with a seal noted elsewhere."""
    first = st.container()
    with card("Compare with a seal you noted", key="seal"):
        given = st.text_input("Number and seal", key="seal_noted", max_chars=80, placeholder="1042:9f3c07d2ab51")
        try:
            seals = (in_store.seal_read(given),) if given.strip() else ()
        except ValueError as fault:
            st.error(literal(str(fault)))
            seals = ()
    with first:
        _said(in_store.audit_verified(seals), noted=bool(seals))


def _said(found: Verified, *, noted: bool) -> None:
    if found.fault:
        show(heading("Audit: the chain is broken"))
        st.error(literal(f"{found.fault.capitalize()}. The entries before it hold. Compare with a backup."))
    else:
        show(heading(f"Audit: {found.entries:,} {'entry' if found.entries == 1 else 'entries'}, and the chain holds"))
    show(
        element("p", "Entries are only ever added; each one seals those before it.", class_="lp-lead"),
        element("p", _compared(found, noted=noted), class_="lp-text"),
        note(
            "Note the last seal outside this program and compare it later: whoever rewrites the audit, or cuts off its "
            f"end, cannot make the same one again. Last seal: {found.last_seal[:SEAL_SHOWN]}"
        ),
    )


def _compared(found: Verified, *, noted: bool) -> str:
    if not found.compared:
        return "No seal was noted outside the database yet, so a chain cut off at its end would not show."
    seals = "1 seal" if found.compared == 1 else f"{found.compared:,} seals"
    yours = ", yours among them" if noted else ""
    agree = "do not all agree" if found.fault else "agree with it"
    return f"Compared with {seals} noted outside the database{yours}: they {agree}."


def listed() -> None:
    """The newest entries, and all of them to take away."""
    kept = in_store.audit_entries(SHOWN)
    download(
        "Download the whole audit (CSV)",
        in_store.whole_audit(),
        file_name="audit.csv",
        taken=Taken("", "the audit"),
        key="audit-csv",
    )
    rows = [
        (
            str(each.entry),
            _moment(each.happened_at.replace(tzinfo=UTC).astimezone(LONDON)),
            each.who,
            each.what,
            each.landlord_code or "–",
            each.detail,
        )
        for each in kept
    ]
    columns = ("Entry", "When", "Who", "What", "Landlord", "Which")
    show(table(columns, rows, caption=f"The newest {len(rows)} entries", wordy=frozenset({"Which"})))


def _moment(when: datetime) -> str:
    return f"{short_day(when.date())}, {when:%H:%M:%S}"
