"""What each landlord decided about its own records: the settings that stand, and the form that changes one."""

from collections.abc import Mapping

import streamlit as st

from metrics.phrasing import short_day
from store.people import OFFERED, SETTING_NAMES, SettingKept, SettingName
from ui import loading
from ui.administration import in_store
from ui.entered import taken, tell, told_if_refused
from ui.markup import element, heading, note, show, table
from ui.selector import select

WORDS: Mapping[SettingName, str] = {
    "mrc_sees_cases": "The MRC sees pseudonymous cases",
    "masking": "Names, emails, phone numbers and addresses in free text are masked on loading",
    "pseudonyms": "References are replaced by keyed pseudonyms on loading",
    "retention_years": "Years after which closed cases may be removed",
}


MEANING: Mapping[SettingName, str] = {
    "mrc_sees_cases": "With yes, the member responsible for complaints sees single cases under pseudonyms, without "
    "residents' words. With no, figures alone.",
    "masking": "Masking finds most, not all. With no, free text is kept as it was written; what is held already stays "
    "as it is.",
    "pseudonyms": "“households” replaces references of households and handlers; “every reference” also those of cases, "
    "contacts, payments and the like. What is held is replaced at once, and there is no way back. The key is a setting "
    "of the server (LEARNING_PYRAMID_PSEUDONYM_KEY), never in the store: keep it safe, without it nothing more loads.",
    "retention_years": "Counted from the last thing that happened in a case. Nothing is removed by the rule alone: the "
    "page Retention and erasure says what is over, and removes it when told to. Figures of past quarter ends are kept.",
}


def choose_landlord(
    title: str = "Settings: what each landlord decided about its own records",
    meaning: str = "A setting holds from the moment it is changed. Every change stays on record with its reason.",
) -> str | None:
    """The head of a page about one landlord, and the landlord chosen; None where none is held."""
    names = {each.code: each.name for each in loading.landlords()}
    show(heading(title), element("p", meaning, class_="lp-lead"))
    if not names:
        show(note("No landlord is held yet."))
        return None
    return select("landlord", "Landlord", names, always=True)


def standing(code: str) -> None:
    """The settings as they stand, each with its version."""
    kept = in_store.settings_kept(code)
    rows = [_line(name, kept.get(name)) for name in SETTING_NAMES]
    columns = ("Setting", "Now", "Version", "Since", "By", "Reason")
    show(table(columns, rows, caption="Settings of this landlord", wordy=frozenset({"Setting", "Reason"})))


def _line(name: SettingName, kept: SettingKept | None) -> tuple[str, ...]:
    if kept is None:
        return (WORDS[name], OFFERED[name][0], "–", "–", "–", "–")
    since = short_day(kept.changed_at.date())
    return (WORDS[name], kept.value, str(kept.version), since, kept.changed_by, kept.reason)


def change(code: str) -> None:
    """Change one setting."""
    tell("setting")
    show(element("h2", "Change a setting", class_="lp-title"))
    name = st.selectbox("Setting", SETTING_NAMES, format_func=WORDS.__getitem__, key="setting-name")
    show(note(MEANING[name]))
    with st.form(f"setting-{name}", clear_on_submit=True):
        value = st.selectbox("New value", OFFERED[name])
        reason = st.text_input("Reason", max_chars=400)
        if st.form_submit_button("Change"):
            _keep(code, name, value, reason)


def _keep(code: str, name: SettingName, value: str, reason: str) -> None:
    with told_if_refused("Not changed"):
        in_store.keep_setting(code, name, value, reason)
        taken("setting", "Changed.")
