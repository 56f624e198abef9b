"""A landlord's own thresholds: those that stand, and the form that changes one."""

import streamlit as st

from metrics.catalogue import indicator
from metrics.phrasing import short_day
from metrics.sentences.figures import line_words
from store.people import SettingKept
from store.thresholds import METHOD, changeable
from ui.administration import in_store
from ui.entered import taken, tell, told_if_refused
from ui.markup import element, note, show, table


def standing(code: str) -> None:
    """The landlord's own lines beside the method's."""
    show(
        element("h2", "Thresholds", class_="lp-title"),
        note(
            "A threshold that is this method's own judgement may be set otherwise, with a reason; one that a rule sets "
            "may not. Position, trends and new papers use it from then on and say so; kept papers stay as they are."
        ),
    )
    kept = in_store.thresholds_kept(code)
    if not kept:
        show(note("This landlord has changed none."))
        return
    columns = ("Indicator", "Now", "The method's", "Version", "Since", "By", "Reason")
    rows = [_line(key, each) for key, each in kept.items()]
    show(table(columns, rows, caption="Thresholds this landlord has changed", wordy=frozenset({"Indicator", "Reason"})))


def _line(key: str, kept: SettingKept) -> tuple[str, ...]:
    declared = indicator(key)
    now = "the method's" if kept.value == METHOD else line_words(declared, float(kept.value))
    since = short_day(kept.changed_at.date())
    of_method = line_words(declared, declared.threshold.value)
    return (declared.title, now, of_method, str(kept.version), since, kept.changed_by, kept.reason)


def change(code: str) -> None:
    """Change one."""
    tell("threshold")
    key = st.selectbox("Indicator", changeable(), format_func=lambda each: indicator(each).title, key="threshold-key")
    declared = indicator(key)
    show(note(f"The method's: {line_words(declared, declared.threshold.value)}. {declared.threshold.why}"))
    with st.form(f"threshold-{key}", clear_on_submit=True):
        percent = st.number_input("Own threshold in per cent", 1.0, 99.0, 100 * (declared.threshold.value or 0.5), 1.0)
        back = st.checkbox("The method's again")
        reason = st.text_input("Reason", max_chars=400, key="threshold-reason")
        if st.form_submit_button("Change the threshold"):
            _keep(code, key, None if back else round(percent / 100, 4), reason)


def _keep(code: str, key: str, value: float | None, reason: str) -> None:
    with told_if_refused("Not changed"):
        in_store.keep_threshold(code, key, value, reason)
        taken("threshold", "Changed.")
