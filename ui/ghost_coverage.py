"""The coverage strip of ghost stages: what could be looked for in the records held, and what could not and why."""

from metrics.ghosts.plain_words import DETECTOR_WORDS
from metrics.words import State
from ui.cards import card, rows, state_row
from ui.loading import detectors
from ui.markup import note, show
from ui.selection import Choice

LOOKED: State = "met"
NOT_LOOKED: State = "not evidenced"


def strip(choice: Choice) -> None:
    """One line per detector; what could not run says why and counts as nothing found because nobody looked."""
    with card("What could be looked for", key="ghost-coverage"):
        lines = [
            state_row(
                LOOKED if each["could_run"] else NOT_LOOKED,
                DETECTOR_WORDS[each["detector"]],
                more="" if each["could_run"] else str(each["why_not"]),
                figure="looked for" if each["could_run"] else "could not",
            )
            for each in detectors(choice.code, choice.as_at)
        ]
        show(rows(lines), note("What could not be looked for is not evidenced: it never reads as none."))
