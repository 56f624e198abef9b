"""The charts of volumes, satisfaction and published figures: what they draw, say and hold as a table."""

from dataclasses import replace
from datetime import date

import pytest

from charts.chart import Chart
from charts.escalation import escalation
from charts.quartiles import Strip, quartiles
from charts.theme import DARK, LIGHT, SCREEN, Palette, coloured
from charts.timeliness import timeliness
from charts.volume_course import volume_course
from charts.volume_split import MOST_ROWS, volume_split
from metrics.events import Event
from metrics.periods import quarter_ends_to
from metrics.published.satisfaction import Spread
from metrics.volumes import Flow, Part, QuarterVolume, Rate, Slice, Timeliness, Volumes

AS_AT = date(2026, 9, 30)
HOMES = 10_000
ENDS = quarter_ends_to(AS_AT, 7)
EVENTS = (
    Event(on=date(2025, 2, 1), title="A <b>new</b> contractor", kind="contractor change"),
    Event(on=date(2025, 2, 10), title="A new system", kind="system migration"),
    Event(on=date(2026, 1, 5), title="Frost", kind="weather"),
)


def rate(count: int, homes: int | None = HOMES) -> Rate:
    return Rate(count=count, homes=homes)


SLICES = tuple(Slice(name=f"<i>Team {at}</i>", now=rate(60 - at), before=rate(20)) for at in range(14))
FLOW = Flow(first=date(2025, 10, 1), last=AS_AT, received=100, stage_2=Part(k=20, n=100), ombudsman=Part(k=2, n=100))
TIMELY = tuple(
    Timeliness(end=end, stage=stage, on_time=8, extended=1, late=1 if at else 0)
    for stage in (1, 2)
    for at, end in enumerate(ENDS)
)
FOUND = Volumes(
    as_at=AS_AT,
    homes=HOMES,
    year=rate(200),
    year_before=rate(190),
    quarters=tuple(QuarterVolume(end=end, stage_1=rate(50 + at), stage_2=rate(at)) for at, end in enumerate(ENDS)),
    slices={"service_area": SLICES, "team": SLICES, "channel": SLICES},
    flows=(FLOW,),
    timeliness=TIMELY,
    refused=Part(k=2, n=200),
    refusal_reasons=(("Over 12 months old", 2),),
    withdrawn=Part(k=1, n=200),
    events=EVENTS,
)
STRIP = Strip(
    title="Listens",
    code="TP06",
    value=48.0,
    low=44.0,
    high=52.0,
    among=Spread(group="all", n=353, q1=55.0, median=61.6, q3=68.0),
    unit="%",
    verdict="below the middle half of landlords",
)


def every_chart() -> dict[str, Chart]:
    return {
        "course": volume_course(FOUND),
        "split": volume_split(SLICES, name="team"),
        "escalation": escalation((FLOW, FLOW)),
        "timeliness": timeliness(TIMELY, EVENTS, stage=1),
        "quartiles": quartiles([STRIP, STRIP], headline="What tenants said", who="all landlords"),
    }


@pytest.mark.parametrize("name", every_chart())
def test_a_chart_is_said_in_words_and_stands_as_a_table(name: str) -> None:
    chart = every_chart()[name]
    assert chart.headline
    assert len(chart.alt) > 60
    assert chart.rows
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert len(set(chart.columns)) == len(chart.columns)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", every_chart())
def test_a_chart_has_colours_of_its_palette_only(name: str, palette: Palette) -> None:
    drawn = coloured(every_chart()[name].figure, palette).to_json()
    assert not any(placeholder in drawn for placeholder in SCREEN)


@pytest.mark.parametrize("name", ["course", "split", "escalation"])
def test_volume_has_no_colour_of_judgement(name: str) -> None:
    drawn = every_chart()[name].figure.to_json()
    assert not any(getattr(SCREEN, state) in drawn for state in ("met", "not_met", "close"))


def test_late_is_told_by_hatching_beside_its_colour() -> None:
    bars = {trace.name: trace for trace in timeliness(TIMELY, (), stage=2).figure.data}
    assert bars["late"].marker.pattern.shape == "/"
    assert bars["on time"].marker.pattern.shape is None


def test_shares_of_a_quarter_add_up_and_a_quarter_without_any_leaves_a_gap() -> None:
    none_due = replace(TIMELY[0], on_time=0, extended=0, late=0)
    chart = timeliness((none_due, *TIMELY[1:]), (), stage=1)
    heights = [trace.y for trace in chart.figure.data]
    assert [height[0] for height in heights] == [None, None, None]
    assert sum(height[1] for height in heights) == pytest.approx(1)


def test_events_close_together_share_a_label_and_are_all_said() -> None:
    chart = volume_course(FOUND)
    labels = [note.text for note in chart.figure.layout.annotations]
    assert {"1, 2", "3"} <= set(labels)
    assert all(event.title in chart.alt for event in EVENTS)


def test_words_of_a_landlord_reach_plotly_as_text() -> None:
    drawn = volume_split(SLICES, name="team").figure
    assert all("<i>" not in label for label in drawn.layout.yaxis.ticktext)


def test_what_does_not_fit_is_in_the_table() -> None:
    chart = volume_split(SLICES, name="team")
    assert len(chart.rows) == len(SLICES) > MOST_ROWS
    assert f"{len(SLICES) - MOST_ROWS} more in the table" in chart.headline


def test_few_complaints_are_drawn_hollow() -> None:
    markers = {trace.name: trace.marker for trace in volume_course(FOUND).figure.data if trace.name != "range"}
    assert set(markers["stage 2"].color[:5]) == {SCREEN.card}
    assert SCREEN.card not in markers["received"].color


def test_without_homes_counts_are_drawn_and_no_range() -> None:
    quarters = tuple(replace(each, stage_1=rate(3, None), stage_2=rate(0, None)) for each in FOUND.quarters)
    chart = volume_course(replace(FOUND, homes=None, year=rate(20, None), quarters=quarters))
    assert [trace.name for trace in chart.figure.data] == ["received", "stage 2"]
    assert list(chart.figure.data[0].y) == [3] * len(ENDS)


def test_the_ombudsman_without_determinations_is_not_evidenced() -> None:
    chart = escalation((replace(FLOW, ombudsman=None),))
    assert "not evidenced" in [note.text for note in chart.figure.layout.annotations]
    assert chart.rows[0][4] == "not evidenced"


def test_nothing_at_all_can_be_drawn() -> None:
    nothing = replace(FOUND, quarters=(), timeliness=(), events=(), year=rate(0), year_before=None)
    for chart in (volume_course(nothing), volume_split((), name="team"), timeliness((), (), stage=1)):
        assert chart.rows == ()


def test_a_full_count_has_no_interval_and_another_mark() -> None:
    full = replace(STRIP, low=None, high=None)
    drawn = quartiles([full], headline="x", who="all landlords").figure
    assert drawn.data[0].marker.symbol == ("diamond",)
    assert full.said() == "48%"
