"""What the numbers at the top of a chart over time stand for."""

from collections.abc import Sequence

from metrics.events import Event
from metrics.phrasing import short_day
from ui.markup import element, show


def event_list(events: Sequence[Event]) -> None:
    """The events in the order of their numbers; nothing where there are none."""
    if events:
        said = [element("li", f"{event.title}, {short_day(event.on)}") for event in events]
        show(element("ol", *said, class_="lp-note", aria_label="What happened meanwhile, by number"))
