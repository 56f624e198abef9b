"""Which service area, team and channel complaints are of: chosen on the page, kept in the address."""

from collections.abc import Mapping, Sequence

from metrics.narrowing import By, Only
from ui.filter_row import Filter, filter_row, kept_in

PARAMETER: dict[By, str] = {"service_area": "area", "team": "team", "channel": "channel"}
WORDS: dict[By, str] = {"service_area": "service area", "team": "team", "channel": "channel"}


def choose_only(choices: Mapping[By, Sequence[str]]) -> Only:
    """Draw a selector for each of the three that there is anything to choose from."""
    filters = [
        Filter(name=name, label=WORDS[by].capitalize(), choices=choices[by])
        for by, name in PARAMETER.items()
        if choices.get(by)
    ]
    picked = filter_row(filters)
    return Only(**{by: picked.get(name) for by, name in PARAMETER.items()})


def only_words(only: Only) -> str:
    """`Damp and mould, by email`, as part of a sentence; empty for every complaint."""
    parts = [each for each in (only.service_area, only.team) if each]
    return ", ".join([*parts, *([f"by {only.channel}"] if only.channel else [])])


def asked(only: Only) -> dict[str, str]:
    """The parameters of a link that keeps these complaints."""
    return kept_in(PARAMETER, only)
