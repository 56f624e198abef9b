"""The control chart of a trend, and events on every chart over time."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from charts.chart import Chart
from charts.control_chart import SHAPES, control_chart
from charts.ghost_recording import ghost_recording
from charts.theme import DARK, LIGHT, SCREEN, Palette, coloured
from charts.trajectory import trajectory
from charts.trend import trend
from metrics.catalogue import indicator
from metrics.events import Event
from metrics.ghosts.recording import Recording, Year
from metrics.periods import quarter_ends_to
from metrics.reading import Quarter, Reading
from metrics.trends import Rebase, Trend, quarterly
from metrics.trends.rows import EVERY_LINE
from tests.builders import complaint, event, records, row

AS_AT = date(2025, 12, 31)
ENDS = quarter_ends_to(AS_AT, 7)
EVENTS = (
    Event(on=date(2024, 8, 1), title="A <b>new</b> contractor", kind="contractor change", reference="E1"),
    Event(on=date(2025, 1, 1), title="A new system", kind="system migration", reference="E2"),
)
REBASE = Rebase(event_ref="E2", line=EVERY_LINE, reason="x", author="y", decided_on=AS_AT)


@cache
def line(key: str, *, rebased: bool = False) -> Trend:
    """A landlord whose complaints double in 2025 and are then refused more often."""
    rows = [
        complaint(received_on=date(year, month, 1 + place % 27), status="refused" if place % late == 0 else "closed")
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
        for late in ((4,) if year == 2025 else (9,))
        for place in range(80 if year == 2025 else 40)
    ]
    happened = [event(event_ref=each.reference, happened_on=each.on, title=each.title) for each in EVENTS]
    held = records(landlords=[row("landlords")], complaints=rows, events=happened)
    found = quarterly(held, AS_AT, rebases=(REBASE,) if rebased else ()).row(key)
    assert found is not None
    return found


def over_time() -> dict[str, Chart]:
    share = indicator("refused")
    readings = tuple(
        Reading(
            indicator=share, as_at=end, numerator=2, denominator=50, value=0.04, low=0.01, high=0.1, threshold=None,
            probability=None, state=None,
        )
        for end in ENDS
    )  # fmt: skip
    years = tuple(Year(end=end, recorded=400, hidden=50, staged=9) for end in ENDS)
    quarters = tuple(
        Quarter(as_at=end, position="operational", probability={"operational": 1.0}, states={}) for end in ENDS
    )
    return {
        "control chart": control_chart(line("refused"), EVENTS),
        "trend": trend(readings, EVENTS),
        "ghost recording": ghost_recording(Recording(years=years, split=None, why_not="x"), EVENTS),
        "trajectory": trajectory(quarters, EVENTS),
    }


@pytest.mark.parametrize("name", over_time())
def test_events_are_marked_by_number_and_said(name: str) -> None:
    chart = over_time()[name]
    assert {"1", "2"} <= {note.text for note in chart.figure.layout.annotations}
    assert len([shape for shape in chart.figure.layout.shapes if shape.line.dash == "dot"]) >= 2
    assert all(event.title in chart.alt for event in EVENTS)


def test_an_event_lies_between_the_quarter_ends_it_lies_between() -> None:
    shapes = over_time()["trajectory"].figure.layout.shapes
    first, second = (shape.x0 for shape in shapes)
    assert ENDS.index(date(2024, 6, 30)) < first < ENDS.index(date(2024, 9, 30))
    assert ENDS.index(date(2024, 12, 31)) < second < ENDS.index(date(2024, 12, 31)) + 0.1


def marks(found: Trend) -> tuple[list[str], list[str]]:
    course = next(trace for trace in control_chart(found, EVENTS).figure.data if trace.name == found.title)
    return list(course.marker.symbol), list(course.marker.color)


def test_signals_differ_by_shape_and_size_not_by_colour_alone() -> None:
    found = line("stage_1_per_1000_homes")
    symbols, colours = marks(found)
    flagged = [bool(point.signals) for point in found.points]
    assert any(flagged)
    assert [symbol == SHAPES["changed"] for symbol in symbols] == flagged
    assert {SCREEN.met, SCREEN.not_met}.isdisjoint(colours)


def test_worse_is_square_and_better_round() -> None:
    worse = replace(line("refused"), indicator=replace(line("refused").indicator, better="lower"))
    better = replace(worse, indicator=replace(worse.indicator, better="higher"))
    assert marks(worse)[0][-1] == "square"
    assert marks(better)[0][-1] == "circle" and marks(better)[1][-1] == SCREEN.met


def test_limits_break_where_they_begin_anew() -> None:
    def bands(found: Trend) -> int:
        traces = control_chart(found, EVENTS).figure.data
        return sum(trace.name == "what chance gives" for trace in traces)

    key = "stage_1_per_1000_homes"
    assert (bands(line(key)), bands(line(key, rebased=True))) == (1, 2)


def test_events_before_the_line_keep_their_numbers() -> None:
    early = Event(on=date(2019, 1, 1), title="Long ago", kind=None)
    chart = control_chart(line("refused"), (early, *EVENTS))
    texts = {note.text for note in chart.figure.layout.annotations}
    assert {"2", "3"} <= texts and "1" not in texts


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chart_has_colours_of_its_palette_only(palette: Palette) -> None:
    chart = control_chart(line("refused"), EVENTS)
    assert len(chart.rows) == len(line("refused").points)
    assert all(len(cells) == len(chart.columns) for cells in chart.rows)
    assert not any(placeholder in coloured(chart.figure, palette).to_json() for placeholder in SCREEN)
