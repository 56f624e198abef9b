"""Which episodes of the review queue, and which of them is being read: kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from metrics.ghosts.plain_words import DETECTOR_WORDS, WINDOW_WORDS
from metrics.ghosts.queue import PARTS, Part, Queue
from metrics.ghosts.words import DETECTORS, WINDOWS
from ui import address
from ui.case_choice import EVERY_AREA as EVERY

EPISODE = "episode"
PART_WORDS: dict[Part, str] = {
    "waiting": "Waiting: one kind of evidence",
    "counted": "Counted, not read yet",
    "read": "Read",
}
FURTHER = {"channel": "Channel", "category": "Service area", "contractor": "Contractor", "area": "Area"}
QUEUE_SELECTIONS = ("window", "detector", "of_team", *(f"of_{name}" for name in FURTHER))


@dataclass(frozen=True, kw_only=True)
class ReviewChoice:
    """Every episode, those chosen, and the one being read (None where none is left)."""

    everything: Queue
    part: Part
    some: Queue
    episode: dict[str, Any] | None

    @property
    def name(self) -> str:
        """The episode's name in the address; empty without one."""
        return str(self.episode[EPISODE]) if self.episode else ""


def choose_episodes(everything: Queue) -> ReviewChoice:
    """Draw the selectors and find the episode to read: the one the address names, else the first of those chosen."""
    part = _part(everything)
    columns = st.columns(3, gap="small")
    with columns[0]:
        window = _select("window", WINDOWS, "Where it was hidden", WINDOW_WORDS)
    with columns[1]:
        detector = _select("detector", DETECTORS, "What fired", DETECTOR_WORDS)
    with columns[2]:
        team = _select("of_team", everything.offered("team"), "Team", {})
    further = _further(everything)
    some = everything.of(part).only(window=window, detector=detector, team=team, **further)
    asked = st.query_params.get(EPISODE)
    # A link to an episode opens it whatever part it has moved to since.
    found = everything.row(asked) if asked else None
    first = some.first()
    return ReviewChoice(
        everything=everything, part=part, some=some, episode=found or (some.row(first) if first else None)
    )


def _further(everything: Queue) -> dict[str, str | None]:
    """Where a figure by channel, service area, contractor or area led from; folded away while none is chosen."""
    chosen = any(st.query_params.get(f"of_{name}", EVERY) != EVERY for name in FURTHER)
    with st.expander("More selections", expanded=chosen, key="more-selections"):
        columns = st.columns(len(FURTHER), gap="small")
        found = {}
        for column, (name, label) in zip(columns, FURTHER.items(), strict=True):
            with column:
                found[name] = _select(f"of_{name}", everything.offered(name), label, {})
    return found


def _part(everything: Queue) -> Part:
    found = address.asked(
        "queue", PARTS, next((each for each in PARTS if len(everything.of(each))), PARTS[0]), what="queue"
    )
    st.radio(
        "Which episodes",
        PARTS,
        format_func=lambda each: f"{PART_WORDS[each]} ({len(everything.of(each)):,})",
        key=address.widget_key("queue"),
        on_change=_write,
        args=("queue",),
        horizontal=True,
    )
    return next(each for each in PARTS if each == found)


def _select(name: str, choices: Sequence[str], label: str, words: Any) -> str | None:
    offered = [EVERY, *choices]
    found = address.asked(name, offered, EVERY, what=label.lower())
    st.selectbox(
        label,
        offered,
        format_func=lambda each: "All" if each == EVERY else words.get(each, each),
        key=address.widget_key(name),
        on_change=_write,
        args=(name,),
    )
    return None if found == EVERY else found


def _write(name: str) -> None:
    """Another selection starts from its own first episode."""
    address.write(name)
    read(None)


def read(episode: str | None) -> None:
    """Make an episode the one being read; None for the first."""
    if episode is None:
        st.query_params.pop(EPISODE, None)
    else:
        st.query_params[EPISODE] = episode
