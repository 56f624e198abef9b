"""The board's view of hidden stages without the counts of one to four people: who they are could be guessed.

Left out with them is what would give them away (`metrics.small_numbers`, `metrics.small_flows`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from metrics.ghosts.conformance import Conformance
from metrics.ghosts.estimates import Ladder
from metrics.ghosts.flow import Flow
from metrics.ghosts.picture import HiddenPicture, hidden_picture
from metrics.ghosts.recapture import FEWEST_SHARED, Recapture
from metrics.ghosts.recording import Recording
from metrics.ghosts.where import FEWEST_CONTACTS, Funnel, Place, question
from metrics.records import Records
from metrics.small_flows import not_shown
from metrics.small_numbers import FEWER, NOT_SHOWN, is_few, one_way


def board_picture(
    records: Records, as_at: date, *, accepted: pl.DataFrame | None = None, answers: pl.DataFrame | None = None
) -> HiddenPicture:
    """What the board's screens and papers show of one day; arguments as `metrics.ghosts.picture.hidden_picture`."""
    return picture_without_few(hidden_picture(records, as_at, accepted=accepted, answers=answers))


def picture_without_few(found: HiddenPicture) -> HiddenPicture:
    """The whole picture as the board may see it."""
    return replace(
        found,
        ladder=ladder_without_few(found.ladder),
        funnels={by: funnel_without_few(funnel) for by, funnel in found.funnels.items()},
        flow=flow_without_few(found.flow),
        recapture=recapture_without_few(found.recapture),
    )


def ladder_without_few(found: Ladder) -> Ladder:
    """Without the floor where the households counted above it are one to four: they would be named by the
    difference."""
    floor, likely = found.floor, found.likely
    if floor.value is None or likely.value is None or likely.low is not None:
        return found
    parts = one_way([round(floor.value), round(likely.value - floor.value)] if likely.value >= floor.value else [])
    if not parts.hides or is_few(likely.value):
        return found
    hidden = replace(floor, value=None, why_not=f"{NOT_SHOWN.capitalize()}: it would tell fewer than five apart.")
    return replace(found, floor=hidden)


def flow_without_few(found: Flow) -> Flow:
    """The flow, counts of one to four and what would give them away being None."""
    hidden = not_shown({(link.source, link.target): link.count for link in found.links if link.count})
    nodes = tuple(replace(node, count=None) if node.key in hidden.stages else node for node in found.nodes)
    links = tuple(
        replace(link, count=None) if (link.source, link.target) in hidden.links else link for link in found.links
    )
    return replace(found, nodes=nodes, links=links)


def funnel_without_few(found: Funnel) -> Funnel:
    """The same funnel; a place whose complaints or contacts are not shown is not drawn either, because its point would
    tell them."""
    columns = [
        _shown([place.complaints for place in found.places]),
        _shown([place.contacts for place in found.places]),
        _shown([place.hidden for place in found.places]),
    ]
    places = tuple(_place(place, *counts) for place, *counts in zip(found.places, *columns, strict=True))
    return replace(found, places=places)


def _shown(counts: Sequence[int | None]) -> tuple[int | None, ...]:
    return one_way([count or 0 for count in counts]).counts


def _place(place: Place, complaints: int | None, contacts: int | None, hidden: int | None) -> Place:
    counted = replace(place, complaints=complaints, contacts=contacts, hidden=hidden)
    if complaints is None or contacts is None:
        counted = replace(counted, expected=None, ratio=None, low=None, high=None, z=None, q=None)
    if place.state == "low":
        return replace(counted, why=question(complaints, counted.expected, hidden))
    if place.state == "too small" and counted.expected is None:
        return replace(counted, why=f"Too few to compare: {FEWEST_CONTACTS} contacts are needed, and complaints.")
    return counted


def recapture_without_few(found: Recapture) -> Recapture:
    """Without how few were found by both, where they are."""
    if not is_few(found.by_both):
        return found
    why_not = f"Both families found {FEWER} households in common; {FEWEST_SHARED} are needed."
    return replace(found, why_not=why_not)


def on_path(found: Conformance) -> int | None:
    """How many complaints kept to the path; None where those that did not are one to four."""
    return one_way([found.on_path, found.complaints - found.on_path]).counts[0]


def recording_is_few(found: Recording) -> bool:
    """Is a count of one of the years one to four?"""
    return any(is_few(count) for year in found.years for count in (year.recorded, year.hidden, year.staged))
