"""The charts of ghost stages: heard, read, themed, and true to their figures."""

from datetime import date, datetime, timedelta

import pytest

from charts.chart import Chart
from charts.ghost_flow import ghost_flow
from charts.ghost_funnel import ghost_funnel
from charts.ghost_ladder import ghost_ladder
from charts.ghost_recording import ghost_recording
from charts.theme import DARK, LIGHT
from metrics.ghosts.estimates import ladder
from metrics.ghosts.flow import flow
from metrics.ghosts.recording import recording
from metrics.ghosts.where import where
from metrics.records import Records
from tests import builders

AS_AT = date(2025, 3, 31)


def landlord() -> Records:
    """Six teams, one of which logs little; hidden stages before and instead of complaints; a survey."""
    days = [date(2022, 6, 6) + timedelta(days=n) for n in range(0, 1020, 2)]
    complaints, contacts = [], []
    for n, day in enumerate(days):
        team = "<b>Quiet</b>" if n % 6 == 0 else f"Team {n % 6}"
        at = datetime(day.year, day.month, day.day, 10)
        asked = [builders.contact(occurred_at=at, household_ref=f"Q{n}-{k}", team=team) for k in range(5)]
        contacts += asked
        if n % 6 or n % 60 == 0:
            asked_on = day + timedelta(days=30) if n % 10 == 3 else None
            complaints.append(
                builders.complaint(
                    received_on=day,
                    household_ref=f"H{n}",
                    team=team,
                    stage_1_responded_on=day + timedelta(days=9),
                    stage_2_requested_on=asked_on,
                )  # fmt: skip
            )
        if n % 15 == 0:
            contacts.append(builders.contact(occurred_at=at, household_ref=f"N{n}", label="Informal complaint"))
        if n % 20 == 1:
            earlier = at - timedelta(days=30)
            contacts.append(builders.contact(occurred_at=earlier, household_ref=f"H{n}", label="Stage 0"))
    survey = [builders.tsm(measure="complained", value=25.0, base=400, year="2023-24")]
    homes = [builders.row("landlords", homes_lcra=2000, homes_lcho=None)]
    return builders.records(complaints=complaints, contacts=contacts, tsm=survey, landlords=homes)


def bare() -> Records:
    """Complaints alone: nothing to look for hidden stages in."""
    return builders.records(complaints=[builders.complaint(received_on=date(2024, 9, 2))])


def charts_of(held: Records) -> dict[str, Chart]:
    return {
        "ladder": ghost_ladder(ladder(held, AS_AT)),
        "funnel": ghost_funnel(where(held, AS_AT, "team")),
        "flow": ghost_flow(flow(held, AS_AT)),
        "recording": ghost_recording(recording(held, AS_AT)),
    }


@pytest.fixture(scope="module")
def full() -> dict[str, Chart]:
    return charts_of(landlord())


@pytest.fixture(scope="module")
def empty() -> dict[str, Chart]:
    return charts_of(bare())


NAMES = ("ladder", "funnel", "flow", "recording")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_can_be_heard_and_read(name: str, full: dict[str, Chart], empty: dict[str, Chart]) -> None:
    for chart in (full[name], empty[name]):
        assert chart.headline
        assert len(chart.alt) > 40
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(chart.columns)}
        assert all(isinstance(cell, str) and cell for row in chart.rows for cell in row)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_follows_the_theme_and_escapes_a_landlords_words(name: str, full: dict[str, Chart]) -> None:
    drawn = full[name].figure.to_json()
    assert not [colour for colour in {*LIGHT, *DARK} if colour in drawn]
    assert "<b>Quiet" not in drawn.replace("\\u003c", "<").replace("\\u003e", ">")


def test_the_funnel_names_who_logs_little(full: dict[str, Chart]) -> None:
    chart = full["funnel"]
    assert chart.headline == "Few complaints are logged for the contacts taken: <b>Quiet</b>"
    points = next(trace for trace in chart.figure.data if trace.name == "places")
    assert points.marker.symbol[0] == "triangle-down"
    assert list(points.marker.symbol).count("triangle-down") == 1


def test_the_flow_shows_every_stage_with_its_number(full: dict[str, Chart]) -> None:
    labels = [annotation.text for annotation in full["flow"].figure.layout.annotations]
    stages = next(trace for trace in full["flow"].figure.data if trace.name == "stages")
    assert list(stages.customdata) == ["came", "never", "before", "stage_1", "stage_2"]
    assert len(labels) == 5
    assert "before stage 1" in full["flow"].headline and "never logged" in full["flow"].headline


def test_what_nobody_could_look_for_is_not_drawn_as_none(empty: dict[str, Chart]) -> None:
    assert "not evidenced" in empty["ladder"].alt and " 0 " not in empty["ladder"].headline
    assert "No contacts" in empty["funnel"].headline
    assert "nobody has looked" in empty["flow"].headline
    assert {row[2] for row in empty["recording"].rows} == {"not evidenced"}


def test_the_ladder_places_its_rungs(full: dict[str, Chart]) -> None:
    found = ladder(landlord(), AS_AT)
    drawn = list(full["ladder"].figure.data[0].x)
    assert drawn == [found.upper.value, found.likely.value, found.floor.value]
