"""Small numbers in a flow: links and stages that one to four people passed are left out with what would give them away.

What comes into a stage leaves it, so a count left out can be worked out unless it lies on a ring of counts left out
along which one person more or less could have gone. See `metrics.small_numbers` for what is held and what is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from metrics.small_numbers import is_few

Link = tuple[str, str]
_Vertex = tuple[str, str]
_OUTSIDE: _Vertex = ("", "outside")


@dataclass(frozen=True)
class NotShown:
    """The links and the stages whose counts are left out."""

    links: frozenset[Link]
    stages: frozenset[str]


@dataclass(frozen=True)
class _Edge:
    """A link, or a stage from its entrance to its exit, with the count that passed."""

    of: Link | str
    begin: _Vertex
    end: _Vertex
    count: int


def not_shown(links: Mapping[Link, int]) -> NotShown:
    """Which counts of a flow to leave out. `links` are all of them by source and target, none of them 0; a stage's
    count is what comes in, or at the beginning what goes out. Raises ValueError for a count below 1."""
    if any(count < 1 for count in links.values()):
        raise ValueError("found a link that nobody took; wanted counts of 1 or more")
    edges = _edges(links)
    hidden = {edge for edge in edges if is_few(edge.count)}
    while more := _still_needed(edges, hidden):
        hidden |= more
    return NotShown(
        frozenset(edge.of for edge in hidden if isinstance(edge.of, tuple)),
        frozenset(edge.of for edge in hidden if isinstance(edge.of, str)),
    )


def _edges(links: Mapping[Link, int]) -> list[_Edge]:
    edges = [_Edge((s, t), (s, "exit"), (t, "entrance"), count) for (s, t), count in links.items()]
    for stage in sorted({name for link in links for name in link}):
        into = sum(count for (_, target), count in links.items() if target == stage)
        out = sum(count for (source, _), count in links.items() if source == stage)
        begin = (stage, "entrance") if into else _OUTSIDE
        end = (stage, "exit") if out else _OUTSIDE
        edges.append(_Edge(stage, begin, end, into or out))
    return edges


def _still_needed(edges: list[_Edge], hidden: set[_Edge]) -> set[_Edge]:
    for edge in sorted(hidden, key=lambda each: (each.count, str(each.of))):
        rings = [ring for more in (True, False) if (ring := _ring(edge, edges, hidden, more=more)) is not None]
        if not rings:
            return set(edges) - hidden  # nothing less leaves a doubt
        cheapest = min(rings, key=lambda ring: (sum(each.count for each in ring - hidden), len(ring - hidden)))
        if cheapest - hidden:
            return cheapest - hidden
    return _too_few_together(edges, hidden)


def _ring(edge: _Edge, edges: list[_Edge], hidden: set[_Edge], *, more: bool) -> set[_Edge] | None:
    """The cheapest way from the edge's end back to its beginning, against or along other edges, on which one person
    more (or less) on the edge is made up for; None where there is none."""
    if not more and edge.count < 2:
        return None
    found: dict[_Vertex, int] = {}
    queue: list[tuple[int, int, _Vertex, tuple[_Edge, ...]]] = [(0, 0, edge.end, ())]
    turn = 0
    while queue:
        cost, _, place, way = heappop(queue)
        if place == edge.begin:
            return set(way)
        if place in found:
            continue
        found[place] = cost
        for each in edges:
            if each == edge:
                continue
            for start, end, gains in ((each.begin, each.end, more), (each.end, each.begin, not more)):
                if start == place and end not in found and (gains or each.count > 1):
                    turn += 1
                    heappush(queue, (cost + (0 if each in hidden else each.count), turn, end, (*way, each)))
    return None


def _too_few_together(edges: list[_Edge], hidden: set[_Edge]) -> set[_Edge]:
    """Where what is shown at an entrance or exit leaves one to four: the smallest count shown beside them."""
    for place in sorted({vertex for edge in edges for vertex in (edge.begin, edge.end)}):
        for side in ([e for e in edges if e.end == place], [e for e in edges if e.begin == place]):
            other = [e for e in edges if (e.begin if side and side[0].end == place else e.end) == place]
            shown = [edge for edge in side if edge not in hidden]
            left = sum(edge.count for edge in side if edge in hidden)
            if is_few(left) and not set(other) & hidden and shown:
                return {min(shown, key=lambda edge: (edge.count, str(edge.of)))}
    return set()
