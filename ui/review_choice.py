"""Which episodes of the review queue, and which of them is being read: kept in the address."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from metrics.ghosts.plain_words import DETECTOR_WORDS, GRADE_WORDS, WINDOW_WORDS
from metrics.ghosts.queue import PARTS, Part, Queue
from metrics.ghosts.words import DETECTORS, WINDOWS
from ui import address
from ui.selector import EVERY, narrow, radio

EPISODE = "episode"
PART_WORDS: dict[Part, str] = {
    "waiting": "Waiting: one kind of evidence",
    "counted": "Counted, by their first signal",
    "way": "On the way of complaints received in these months",
    "read": "Read",
}
ALL = "All"
FURTHER = {"channel": "Channel", "category": "Service area", "contractor": "Contractor", "area": "Area"}
GRADE_CHOICES = {grade: f"{grade}: {words}" for grade, words in GRADE_WORDS.items()}
QUEUE_SELECTIONS = ("window", "detector", "of_team", "grade", *(f"of_{name}" for name in FURTHER))


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
        window = narrow("window", "Where it was hidden", WINDOWS, words=WINDOW_WORDS, every=ALL, on_change=_write)
    with columns[1]:
        detector = narrow("detector", "What fired", DETECTORS, words=DETECTOR_WORDS, every=ALL, on_change=_write)
    with columns[2]:
        team = narrow("of_team", "Team", everything.offered("team"), every=ALL, on_change=_write)
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
    """Where a figure by grade, channel, service area, contractor or area led from; folded away while none is chosen."""
    chosen = any(st.query_params.get(name, EVERY) != EVERY for name in ("grade", *(f"of_{each}" for each in FURTHER)))
    with st.expander("More selections", expanded=chosen, key="more-selections"):
        first, *columns = st.columns(1 + len(FURTHER), gap="small")
        with first:
            grade = narrow("grade", "Grade", list(GRADE_CHOICES), words=GRADE_CHOICES, every=ALL, on_change=_write)
        found = {"grade": grade}
        for column, (name, label) in zip(columns, FURTHER.items(), strict=True):
            with column:
                found[name] = narrow(f"of_{name}", label, everything.offered(name), every=ALL, on_change=_write)
    return found


def _part(everything: Queue) -> Part:
    words = {each: f"{PART_WORDS[each]} ({len(everything.of(each)):,})" for each in PARTS}
    first = next((each for each in PARTS if len(everything.of(each))), "waiting")
    return radio("queue", "Which episodes", words, otherwise=first, what="queue", on_change=_write)


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
