"""What changed between two papers, and whether it is the records, the method, or what really happened.

The earlier paper said something of its own day. Worked out again today, for that same day, the figure may differ: then
the records were corrected or completed since, or the method changed. What is left of the difference happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from metrics.reading import Reading
from papers.model import Figure, Paper
from papers.people import figure


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure in two papers. `before` as the earlier paper had it, `again` the same day worked out from today's
    records, `now`; `why` names what moved it: `records`, `method`, `records or method`, `what happened`."""

    key: str
    title: str
    before: Figure
    again: Figure
    now: Figure
    why: tuple[str, ...]

    @property
    def changed_state(self) -> bool:
        """Whether it counts as met, or not met, where it did not before."""
        return self.before.state != self.now.state


HAPPENED = "what happened"


def changes(earlier: Paper, now: Paper, history: Mapping[str, tuple[Reading, ...]]) -> tuple[Change, ...]:
    """Every figure that reads differently, in reading order. `history` holds the readings of earlier days as today's
    records give them (`metrics.reading.Assessment.history`); a day it does not hold is taken as the paper had it."""
    known = {each.key: each for each in earlier.figures}
    again = {key: _on(readings, earlier.as_at) for key, readings in history.items()}
    revised, found = _what_was_revised(earlier, now), []
    for after in now.figures:
        before = known.get(after.key)
        if before is None or _same(before, after):
            continue
        recount = again.get(after.key) or before
        found.append(
            Change(
                key=after.key,
                title=after.title,
                before=before,
                again=recount,
                now=after,
                why=_why(before, recount, after, revised=revised),
            )
        )
    return tuple(found)


def _on(readings: tuple[Reading, ...], day: date) -> Figure | None:
    return next((figure(reading) for reading in readings if reading.as_at == day), None)


def _same(one: Figure, other: Figure) -> bool:
    return (one.value, one.count, one.state) == (other.value, other.count, other.state)


def _why(before: Figure, again: Figure, now: Figure, *, revised: str) -> tuple[str, ...]:
    moved = () if _same(before, again) else (revised,)
    return moved if _same(again, now) else (*moved, HAPPENED)


def _what_was_revised(earlier: Paper, now: Paper) -> str:
    """What can have moved a figure of a day gone by: the records where the method is the same, and the other way."""
    same_method = (earlier.method_version, earlier.settings) == (now.method_version, now.settings)
    if same_method:
        return "records"
    return "method" if earlier.data_hash == now.data_hash else "records or method"
