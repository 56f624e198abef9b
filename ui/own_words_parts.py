"""A landlord's own words for the lexicons: what counts, and what each version changed."""

from collections.abc import Mapping

import streamlit as st

from metrics.ghosts.lexicon import DEFAULT
from metrics.ghosts.own_words import LISTS, read_toml
from store.ghost_words import OwnWords
from ui import ghost_decisions
from ui.cards import card
from ui.markup import note, show, table
from ui.wording import cell

Words = Mapping[str, tuple[str, ...]]


def own_words(landlord_code: str) -> None:
    """The words that count, and the versions."""
    versions = ghost_decisions.versions_of_words(landlord_code)
    words: Words = read_toml(versions[-1].words) if versions else {}
    with card("Words of your own", key="own-words"):
        show(
            note(
                f"The lexicons as delivered ({DEFAULT.version}) know the sector's usual words. Words that only your "
                "systems and teams use are added by the administrator; they count at once, on every date."
            )
        )
        if words:
            rows = [(LISTS.get(name, name), ", ".join(entries)) for name, entries in words.items()]
            show(table(("List", "Words"), rows, caption=f"Version {len(versions)}", wordy=frozenset({"List", "Words"})))
        else:
            show(note("None so far." if not versions else f"None any more, since version {len(versions)}."))
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
