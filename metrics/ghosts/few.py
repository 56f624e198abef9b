"""The board's view of hidden stages without the counts of one to four people: who they are could be guessed."""

import re
from dataclasses import replace

from metrics.ghosts.flow import Flow
from metrics.ghosts.where import Funnel
from metrics.small_numbers import FEW, FEWER, is_few

_HIDDEN_HERE = re.compile(r"\b[1-4] hidden stages? found here")


def flow_without_few(found: Flow) -> Flow:
    """The flow without the stages and the ways that fewer than five took."""
    nodes = tuple(node for node in found.nodes if not is_few(node.count))
    kept = {node.key for node in nodes}
    links = tuple(link for link in found.links if not is_few(link.count) and {link.source, link.target} <= kept)
    return replace(found, nodes=nodes, links=links)


def funnel_without_few(found: Funnel) -> Funnel:
    """The same funnel with small counts taken out of its sentences."""
    places = tuple(
        replace(place, why=_HIDDEN_HERE.sub(f"{FEWER} hidden stages found here", place.why)) for place in found.places
    )
    return replace(found, places=places)


def cells_without_few(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Rows of a table of counts with one to four written as fewer than five; `columns` names those that hold counts,
    the first column being a name."""
    few = {str(count) for count in range(1, FEW)}
    return tuple(
        tuple(FEWER if place and place < len(columns) and cell in few else cell for place, cell in enumerate(row))
        for row in rows
    )
