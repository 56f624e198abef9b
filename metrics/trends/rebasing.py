"""Working limits out anew: only from a recorded event on, because somebody decided so and said why.

Limits that begin anew by themselves whenever seven points lie on one side would call every change the new normal. So
nothing here looks at the points. The first point with new limits is the first period that begins on or after the event.
"""

from collections.abc import Sequence

from metrics.events import Event
from metrics.trends.rows import EVERY_LINE, Rebase, Step


def steps_of(key: str, rebases: Sequence[Rebase], events: Sequence[Event]) -> tuple[Step, ...]:
    """The rebases of one line in order of time; a decision for the line itself stands before one for every line."""
    by_reference = {event.reference: event for event in events}
    found: dict[str, Step] = {}
    for rebase in sorted(rebases, key=lambda each: each.line != EVERY_LINE):
        event = by_reference.get(rebase.event_ref)
        if event is not None and rebase.line in (key, EVERY_LINE):
            found[event.reference] = Step(start=event.on, event=event, reason=rebase.reason, author=rebase.author)
    return tuple(sorted(found.values(), key=lambda step: (step.start, step.event.reference)))
