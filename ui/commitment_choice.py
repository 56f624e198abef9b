"""Which commitments: of which owner, team, contractor and service area; kept in the address."""

from collections.abc import Mapping, Sequence

from metrics.commitments.book import FilterBy, Only
from ui.filter_row import Filter, filter_row
from ui.selector import EVERY

# The address says `of_team` and `area` as the other pages do.
PARAMETER: dict[FilterBy, str] = {
    "owner": "owner",
    "team": "of_team",
    "contractor": "contractor",
    "service_area": "area",
}
WORDS: dict[FilterBy, str] = {
    "owner": "owner",
    "team": "team",
    "contractor": "contractor",
    "service_area": "service area",
}


def choose_commitments(choices: Mapping[FilterBy, Sequence[str]]) -> Only:
    """Draw the four selectors."""
    filters = [
        Filter(name=parameter, label=WORDS[by].capitalize(), choices=choices[by]) for by, parameter in PARAMETER.items()
    ]
    found = filter_row(filters)
    return Only(
        owner=found["owner"],
        team=found["of_team"],
        contractor=found["contractor"],
        service_area=found["area"],
    )


def only_words(only: Only) -> str:
    """`Officer 9, Damp and mould`; empty for every commitment."""
    return ", ".join(each for each in (only.owner, only.team, only.contractor, only.service_area) if each)


def asked(only: Only, **further: str) -> dict[str, str]:
    """The parameters of a link that keeps these commitments; `further` narrows or says which list."""
    kept = {
        "owner": only.owner,
        "of_team": only.team,
        "contractor": only.contractor,
        "area": only.service_area,
    }
    return {name: value or EVERY for name, value in kept.items()} | further
