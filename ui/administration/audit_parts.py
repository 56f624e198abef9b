"""The audit as the administrator reads it: whether the chain holds, and the entries, newest first."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from metrics.phrasing import short_day
from ui.administration import in_store
from ui.literal import literal
from ui.markup import element, heading, note, show, table

SHOWN = 200
LONDON = ZoneInfo("Europe/London")


def finding() -> None:
    """Whether the chain holds, in a sentence."""
    found = in_store.audit_verified()
    if found.fault:
        show(heading("Audit: the chain is broken"))
        st.error(literal(f"{found.fault.capitalize()}. The entries before it hold. Compare with a backup."))
    else:
        show(heading(f"Audit: {found.entries:,} {'entry' if found.entries == 1 else 'entries'}, and the chain holds"))
    show(
        element("p", "Entries are only ever added; each one seals those before it.", class_="lp-lead"),
        note(
            "Note the last seal outside this program and compare it later: whoever rewrites the whole audit cannot "
            f"make the same one again. Last seal: {found.last_hash[:16]} …"
        ),
    )


def listed() -> None:
    """The newest entries."""
    kept = in_store.audit_entries(SHOWN)
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
