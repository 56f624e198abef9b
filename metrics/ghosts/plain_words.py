"""Ghost stages as a person says them: windows, detectors, grades, and the sentences of one episode."""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.phrasing import listed

WINDOW_WORDS: Mapping[str, str] = {
    "before": "before stage 1",
    "between": "between the stages",
    "after": "after stage 2",
    "never": "instead of a complaint",
}
DETECTOR_WORDS: Mapping[str, str] = {
    "label": "Label of a contact",
    "status_label": "Status of the complaint",
    "phrase": "Words of dissatisfaction",
    "stage_2_lag": "Stage 2 acknowledged late",
    "repeat_contacts": "Three contacts in 28 days",
    "reset": "Begun again as a new complaint",
    "payment": "Payment without a complaint",
    "third_party": "Councillor, MP or solicitor wrote",
}
GRADE_WORDS: Mapping[str, str] = {
    "A": "somebody recorded it",
    "B": "two kinds of evidence agree",
    "C": "one kind of evidence alone",
}


def detectors_words(detectors: Sequence[str]) -> str:
    """Label of a contact and words of dissatisfaction."""
    words = [DETECTOR_WORDS[each] for each in detectors]
    return listed([words[0], *(f"{each[:1].lower()}{each[1:]}" for each in words[1:])]) if words else ""


def fired_words(detectors: Sequence[str], heard: Sequence[str]) -> str:
    """Words of dissatisfaction (heard: a long wait; the same trouble came back after it was seen to)."""
    words = detectors_words(detectors)
    return f"{words} (heard: {'; '.join(heard)})" if heard else words


def episode_heading(episode: Mapping[str, Any]) -> str:
    """31 working days hidden before stage 1; only where, if it was no working day."""
    days = episode["hidden_working_days"]
    where = WINDOW_WORDS[episode["window"]]
    if not days:
        return f"Hidden {where}"
    return f"{days:,} working {'day' if days == 1 else 'days'} hidden {where}"
