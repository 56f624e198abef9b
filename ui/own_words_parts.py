"""A landlord's own words for the lexicons: what counts, what each version changed, and the forms."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from metrics.access import RefusedError
from metrics.ghosts.lexicon import DEFAULT
from metrics.ghosts.own_words import LISTS, as_toml, read_toml, with_added, without
from store.ghost_words import OwnWords
from ui import ghost_decisions, loading
from ui.cards import card
from ui.literal import literal
from ui.markup import note, show, table
from ui.selection import Choice
from ui.wording import cell

Words = Mapping[str, tuple[str, ...]]
HOW = (
    "One word or phrase a line. Case, punctuation, plural and a slip of the pen in a long word are allowed for. "
    "“informal/local chat” stands for either word, “came ... again” for up to two words between."
)


def own_words(choice: Choice) -> None:
    """The words that count, the versions, and the forms."""
    versions = ghost_decisions.versions_of_words(choice.code)
    words: Words = read_toml(versions[-1].words) if versions else {}
    with card("Words of your own", key="own-words"):
        show(
            note(
                f"The lexicons as delivered ({DEFAULT.version}) know the sector's usual words. Words that only your "
                "systems and teams use are added here; they count at once, on every date."
            )
        )
        if kept := st.session_state.pop("words_kept", None):
            st.success(kept)
        if words:
            rows = [(LISTS.get(name, name), ", ".join(entries)) for name, entries in words.items()]
            show(table(("List", "Words"), rows, caption=f"Version {len(versions)}", wordy=frozenset({"List", "Words"})))
        else:
            show(note("None so far." if not versions else f"None any more, since version {len(versions)}."))
        with st.expander("Add words", key="add-words"):
            _add(choice, words)
        if words:
            with st.expander("Take words out", key="drop-words"):
                _drop(choice, words)
        if versions:
            _history(versions)


def _history(versions: tuple[OwnWords, ...]) -> None:
    with st.expander("Every version", key="word-versions"):
        rows = [
            (str(number), cell(each.decided_on), each.author, each.reason, _entries(each))
            for number, each in enumerate(versions, start=1)
        ]
        show(
            table(
                ("Version", "Day", "By", "Reason", "Words from then on"),
                rows[::-1],
                caption="Who changed the words, when and why",
                wordy=frozenset({"By", "Reason", "Words from then on"}),
            )
        )


def _entries(version: OwnWords) -> str:
    return ", ".join(entry for entries in read_toml(version.words).values() for entry in entries) or "–"


def _add(choice: Choice, words: Words) -> None:
    with st.form("add-words", border=False):
        name = st.selectbox("List", list(LISTS), format_func=LISTS.__getitem__, key="words-list")
        typed = st.text_area("Words", key="words-typed", help=HOW)
        reason, author = _why("words")
        added = st.form_submit_button("Add")
    if added:
        try:
            _keep(choice, with_added(words, str(name), typed.splitlines()), reason=reason, author=author)
        except (ValueError, RefusedError) as fault:
            st.error(f"Not added. {literal(str(fault))}")


def _drop(choice: Choice, words: Words) -> None:
    offered = [(name, entry) for name, entries in words.items() for entry in entries]
    with st.form("drop-words", border=False):
        picked = st.selectbox(
            "Word", offered, format_func=lambda each: f"{each[1]} ({LISTS.get(each[0], each[0])})", key="words-drop"
        )
        reason, author = _why("drop")
        dropped = st.form_submit_button("Take out")
    if dropped and picked:
        try:
            _keep(choice, without(words, picked[0], [picked[1]]), reason=reason, author=author)
        except (ValueError, RefusedError) as fault:
            st.error(f"Not taken out. {literal(str(fault))}")


def _why(key: str) -> tuple[str, str]:
    reason = st.text_area("Reason", key=f"{key}-reason", help="Who uses it, and where?")
    author = st.text_input("Name and role", value=st.session_state.get("reviewer", ""), key=f"{key}-by")
    return reason, author


def _keep(choice: Choice, words: Words, *, reason: str, author: str) -> None:
    before = loading.review_queue(choice.code, choice.as_at)
    ghost_decisions.keep_own_words(
        OwnWords(landlord_code=choice.code, words=as_toml(words), reason=reason, author=author, decided_on=date.today())
    )
    after = loading.review_queue(choice.code, choice.as_at)
    st.session_state["reviewer"] = author
    st.session_state["words_kept"] = (
        f"Version {len(ghost_decisions.versions_of_words(choice.code))} counts. Hidden stages counted: "
        f"{len(before.of('counted')):,} before, {len(after.of('counted')):,} now; episodes in all "
        f"{len(before.reported()):,} and {len(after.reported()):,}."
    )
    st.rerun()
