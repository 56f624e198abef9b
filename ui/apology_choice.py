"""Which apologies: made at which stage, by whom, in which form, by which team; kept in the address."""

from collections.abc import Mapping, Sequence

from metrics.apologies.book import FilterBy
from ui.filter_row import Filter, filter_row
from ui.selector import EVERY

PARAMETER: dict[FilterBy, str] = {"stage": "stage", "made_by_role": "role", "form": "form", "team": "of_team"}
WORDS: dict[FilterBy, str] = {"stage": "stage", "made_by_role": "role", "form": "form", "team": "team"}
Only = dict[FilterBy, str | None]


def choose_apologies(choices: Mapping[FilterBy, Sequence[str]]) -> Only:
    """Draw the four selectors."""
    filters = [
        Filter(name=parameter, label=WORDS[by].capitalize(), choices=choices[by]) for by, parameter in PARAMETER.items()
    ]
    found = filter_row(filters)
    return {by: found[parameter] for by, parameter in PARAMETER.items()}


def asked(**further: str) -> dict[str, str]:
    """The parameters of a link to every apology but for what `further` says."""
    return dict.fromkeys(PARAMETER.values(), EVERY) | further
