"""What the administrator's pages read and write: people, settings, the audit. Each is the store's to refuse."""

from collections.abc import Callable, Mapping

import streamlit as st

from intake.export import safe_csv
from metrics.access import Role
from store.audit import Entry, Verified, entries, every_entry, verify
from store.audit_seals import Seal
from store.erasing import Held, erase, preview
from store.people import PersonKept, SettingKept, SettingName, keep_person, landlord_settings, people
from store.protecting import change
from store.retention import Removal, remove_what_is_over, what_is_over
from store.thresholds import change_threshold, thresholds
from ui.opened import at_any_time, store


def people_kept() -> list[PersonKept]:
    """Everybody in the administrator's table."""
    return people(store())


def keep_person_entry(subject: str, *, roles: frozenset[Role], landlords: frozenset[str] | None, reason: str) -> None:
    """Enter what somebody may see. Raises ValueError."""
    keep_person(store(), subject, roles=roles, landlords=landlords, reason=reason)


def settings_kept(landlord_code: str) -> Mapping[str, SettingKept]:
    """A landlord's settings by name."""
    return landlord_settings(store(), landlord_code)


def keep_setting(landlord_code: str, setting: SettingName, value: str, reason: str) -> None:
    """Change a landlord's setting; pseudonyms and masking also of what is held. Raises ValueError."""
    change(store(), landlord_code, setting, value, reason=reason)
    if setting == "pseudonyms":
        st.cache_resource.clear()  # what was kept of the records before the change


def audit_entries(limit: int) -> list[Entry]:
    """The newest entries of the audit."""
    return entries(store(), limit=limit)


def whole_audit() -> Callable[[], bytes]:
    """Makes a CSV of every entry, the first one first."""
    held = at_any_time()
    return lambda: safe_csv(every_entry(held()))


def audit_verified(seals: tuple[Seal, ...] = ()) -> Verified:
    """Whether the chain of the audit holds, and agrees with these seals beside those noted on this machine."""
    return verify(store(), seals=seals)


def seal_read(text: str) -> Seal:
    """A seal as somebody noted it. Raises ValueError."""
    return Seal.read(text)


def held_under(landlord_code: str, reference: str) -> Held | None:
    """What is held under a reference; None where nothing is."""
    return preview(store(), landlord_code, reference)


def erase_under(landlord_code: str, reference: str, reason: str) -> Held:
    """Erase it. Raises ValueError."""
    found = erase(store(), landlord_code, reference, reason=reason)
    st.cache_resource.clear()  # what was kept of the records before
    return found


def over_by_rule(landlord_code: str) -> Removal | None:
    """What the landlord's rule would remove; None without a rule."""
    return what_is_over(store(), landlord_code)


def remove_over(landlord_code: str, reason: str) -> Removal:
    """Remove it. Raises ValueError."""
    found = remove_what_is_over(store(), landlord_code, reason=reason)
    st.cache_resource.clear()  # what was kept of the records before
    return found


def thresholds_kept(landlord_code: str) -> Mapping[str, SettingKept]:
    """A landlord's own thresholds by indicator key."""
    return thresholds(store(), landlord_code)


def keep_threshold(landlord_code: str, key: str, value: float | None, reason: str) -> None:
    """Set a threshold; None: the method's again. Raises ValueError."""
    change_threshold(store(), landlord_code, key, value, reason=reason)
