"""Which service area, team and channel the volumes are of: chosen on the page, kept in the address."""

from collections.abc import Mapping, Sequence

from metrics.volumes import By, Only
from ui.filter_row import Filter, filter_row

# The address says `area` for a service area, as it does on the page of cases.
PARAMETER: dict[By, str] = {"service_area": "area", "team": "team", "channel": "channel"}
WORDS: dict[By, str] = {"service_area": "service area", "team": "team", "channel": "channel"}


def choose_only(choices: Mapping[By, Sequence[str]]) -> Only:
    """Draw the three selectors; `choices` lists what there is to choose from."""
    filters = [
        Filter(name=PARAMETER[by], label=WORDS[by].capitalize(), choices=choices.get(by, ())) for by in PARAMETER
    ]
    picked = filter_row(filters)
    return Only(**{by: picked[name] for by, name in PARAMETER.items()})


def filter_words(only: Only) -> str:
    """`Damp and mould, by email`, as part of a sentence; empty for every complaint."""
    parts = [each for each in (only.service_area, only.team) if each]
    return ", ".join([*parts, *([f"by {only.channel}"] if only.channel else [])])
