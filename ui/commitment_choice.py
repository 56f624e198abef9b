"""Which commitments: of which owner, team, contractor and service area, what was promised and where; kept in the
address."""

from collections.abc import Mapping, Sequence

from metrics.commitments.book import FilterBy, Only
from ui.filter_row import Filter, filter_row, kept_in

# The address says `of_team` and `area` as the other pages do.
PARAMETER: dict[FilterBy, str] = {
    "owner": "owner",
    "team": "of_team",
    "contractor": "contractor",
    "service_area": "area",
    "kind": "promise",
    "made_at": "made_at",
}
WORDS: dict[FilterBy, str] = {
    "owner": "owner",
    "team": "team",
    "contractor": "contractor",
    "service_area": "service area",
    "kind": "promise",
    "made_at": "stage",
}

IN_A_ROW = 3


def choose_commitments(choices: Mapping[FilterBy, Sequence[str]]) -> Only:
    """Draw the selectors, three in a row."""
    filters = [
        Filter(name=parameter, label=WORDS[by].capitalize(), choices=choices[by]) for by, parameter in PARAMETER.items()
    ]
    found = filter_row(filters[:IN_A_ROW]) | filter_row(filters[IN_A_ROW:])
    return Only(**{by: found[parameter] for by, parameter in PARAMETER.items()})


def only_words(only: Only) -> str:
    """`Officer 9, Damp and mould`; empty for every commitment."""
    return ", ".join(each for by in PARAMETER if (each := getattr(only, by)))


def asked(only: Only, **further: str) -> dict[str, str]:
    """The parameters of a link that keeps these commitments; `further` narrows or says which list."""
    return kept_in(PARAMETER, only) | further
