"""Every chart: what it draws, what it says to whoever cannot see it, and its figures as a table."""

import json
import tomllib
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from charts.case_timeline import LANES, case_timeline, marks
from charts.chart import Chart
from charts.firmness import firmness
from charts.profile import profile
from charts.pyramid import band_state, pyramid
from charts.theme import DARK, LIGHT, SCREEN, Palette, coloured
from charts.trajectory import is_between, trajectory
from charts.trend import trend
from metrics.case_file import CaseFile
from metrics.words import FOUNDATIONS_NOT_SECURE, LEVELS, NOT_STATED, POSITIONS
from tests.charts.invented import AS_AT, STALE, area, assessment, placement, quarter, states_for

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = CaseFile(
    as_at=date(2026, 3, 31),
    complaint={"complaint_ref": "C1", "received_on": date(2026, 1, 5), "closed_on": None},
    stages=(
        {
            "stage": 1,
            "began_on": date(2026, 1, 5),
            "acknowledge_due_on": date(2026, 1, 12),
            "acknowledged_on": date(2026, 1, 7),
            "response_due_on": date(2026, 1, 21),
            "responded_on": None,
            "outcome": None,
        },
    ),
    contacts=(
        {
            "contact_ref": "K1",
            "occurred_at": datetime(2026, 1, 9, 10),
            "direction": "inbound",
            "channel": "<b>phone</b>",
        },
        {"contact_ref": "K2", "occurred_at": datetime(2026, 1, 2, 9), "direction": "inbound", "channel": "email"},
    ),
    contacts_left_out=0,
    commitments=(
        {"kind": "repair", "promised_on": date(2026, 1, 20), "due_on": date(2026, 2, 20), "completed_on": None},
    ),
    actions=(),
    determinations=(),
    payments=(),
    apologies=(),
    episodes=(
        {
            "window": "before",
            "grade": "B",
            "verdict": None,
            "signals": [
                {"detector": "phrase", "table": "contacts", "ref": "K2", "on": date(2026, 1, 2)},
                {"detector": "third_party", "table": "contacts", "ref": "K2", "on": date(2026, 1, 2)},
            ],
        },
    ),
)


def every_chart() -> dict[str, Chart]:
    found = assessment("operational")
    return {
        "pyramid": pyramid(found.placement),
        "firmness": firmness(found.placement),
        "trajectory": trajectory(found.trajectory),
        "profile": profile(found.profile, "operational"),
        "trend": trend(found.history["learning_recorded"]),
        "case": case_timeline(CASE),
    }


@pytest.mark.parametrize("name", every_chart())
def test_a_chart_can_be_heard_and_read(name: str) -> None:
    chart = every_chart()[name]
    assert chart.headline
    assert len(chart.alt) > 40
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.columns)}
    assert all(isinstance(cell, str) and cell for row in chart.rows for cell in row)


@pytest.mark.parametrize("name", every_chart())
def test_a_chart_uses_only_colours_that_follow_the_theme(name: str) -> None:
    drawn = every_chart()[name].figure.to_json()
    fixed = set(LIGHT) | set(DARK)
    assert not [colour for colour in fixed if colour in drawn]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_on_paper_a_palette_takes_the_place_of_every_placeholder(palette: Palette) -> None:
    drawn = coloured(every_chart()["pyramid"].figure, palette).to_json()
    assert not [placeholder for placeholder in SCREEN if placeholder in drawn]
    assert palette.ramp_4 in drawn


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_screen_replaces_placeholders_by_these_palettes(theme: str, palette: Palette) -> None:
    settings = tomllib.loads((CHECKOUT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"][theme]
    assert tuple(settings["chartCategoricalColors"] + settings["chartSequentialColors"]) == tuple(palette)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_what_they_stand_on(palette: Palette) -> None:
    on_card = [palette.ink, palette.muted, palette.met, palette.not_met, palette.close, palette.unknown]
    on_ramp = [
        (palette.on_ramp_1, palette.ramp_1),
        (palette.on_ramp_2, palette.ramp_2),
        (palette.on_ramp_3, palette.ramp_3),
        (palette.on_ramp_4, palette.ramp_4),
    ]
    faint = [pair for pair in [*((each, palette.card) for each in on_card), *on_ramp] if contrast(*pair) < 4.5]
    assert faint == []


def test_one_band_is_here_those_below_secured_those_above_not_yet() -> None:
    found = placement("operational")
    assert [band_state(found, level) for level in LEVELS] == ["secured", "you are here", "not yet", "not yet"]


def test_foundations_not_secure_hatches_the_lowest_band() -> None:
    chart = pyramid(placement(FOUNDATIONS_NOT_SECURE))
    lowest = chart.figure.data[0]
    assert (lowest.name, lowest.fillpattern.shape) == ("transactional", "/")
    assert all(band.line.dash != "solid" for band in chart.figure.data[1:])
    assert "not secure" in chart.alt


def test_a_level_met_above_a_gap_is_not_counted() -> None:
    states = {**states_for("operational"), "commitments_honoured": "not met"}
    assert band_state(placement(FOUNDATIONS_NOT_SECURE, states=states), "operational") == "met, but not counted yet"


def test_the_pyramid_narrows_to_a_point() -> None:
    bands = pyramid(placement("cultural")).figure.data
    widths = [max(band.x) for band in bands]
    assert all(lower > upper for lower, upper in pairwise(widths))
    assert min(abs(x) for x in bands[-1].x) == 0


def test_without_a_position_no_band_is_filled() -> None:
    chart = pyramid(placement(NOT_STATED, states=states_for(FOUNDATIONS_NOT_SECURE), caps=(STALE,)))
    assert chart.headline == "No position is stated"
    assert all(band.line.dash != "solid" for band in chart.figure.data)


def test_the_bar_shares_out_all_re_runs() -> None:
    found = placement("operational", probability={"transactional": 0.19, "operational": 0.78, "strategic": 0.03})
    chart = firmness(found)
    assert sum(part.x[0] for part in chart.figure.data) == pytest.approx(1)
    assert [part.text[0].strip() for part in chart.figure.data] == ["19", "<b>78 operational</b>", ""]
    assert chart.rows[1] == ("Operational", "78")


def test_a_quarter_between_two_levels_is_hollow() -> None:
    quarters = (quarter(AS_AT, "operational", 0.9), quarter(AS_AT, "operational", 0.55))
    assert [is_between(each) for each in quarters] == [False, True]
    filled = trajectory(quarters).figure.data[0].marker.color
    assert filled == (SCREEN.accent, SCREEN.card)


def test_a_quarter_without_position_leaves_a_gap() -> None:
    chart = trajectory((quarter(AS_AT, NOT_STATED), quarter(AS_AT, "strategic")))
    assert list(chart.figure.data[0].y) == [None, POSITIONS.index("strategic")]
    assert chart.rows[0][1:] == ("not stated", "–")


def test_the_profile_sets_areas_beside_the_whole() -> None:
    chart = profile((area("Repairs", "transactional", 400), area("Damp", "operational", 100)), "operational")
    assert list(chart.figure.data[0].x) == [POSITIONS.index("operational"), POSITIONS.index("transactional")]
    assert chart.rows[0] == ("Repairs", "400", "40%", "transactional")


def test_a_landlords_own_words_are_not_read_as_markup() -> None:
    hostile = profile((area('<a href="x">Repairs</a>', "operational", 400),), "operational")
    timeline = case_timeline(CASE)
    for drawn in (json.loads(hostile.figure.to_json()), json.loads(timeline.figure.to_json())):
        assert "<a href" not in str(drawn)
        assert "<b>phone" not in str(drawn).lower()


def test_the_trend_shows_threshold_and_interval() -> None:
    chart = trend(assessment("operational").history["learning_recorded"])
    assert [trace.name for trace in chart.figure.data] == ["likely range", "Learning recorded"]
    assert chart.figure.layout.shapes[0].y0 == 0.5
    assert any("at least 50%" in note.text for note in chart.figure.layout.annotations)


def test_a_trend_without_figures_says_so() -> None:
    history = assessment(
        "operational", states={**states_for("operational"), "learning_recorded": "not evidenced"}
    ).history
    assert trend(history["learning_recorded"]).headline == "Too few quarters to show a course"


def test_the_case_timeline_tells_what_happened_from_what_was_due() -> None:
    found = marks(CASE)
    assert [mark.what for mark in found if mark.kind == "due"] == [
        "Stage 1 acknowledgement due",
        "Stage 1 answer due",
        "Due: repair",
    ]
    assert "Stage 1 answered: no outcome recorded" not in [mark.what for mark in found]
    assert {mark.lane for mark in found} == set(LANES[:4])
    assert [(mark.lane, mark.what) for mark in found if mark.kind == "fired"] == [
        (
            "Hidden stages",
            "Hidden before stage 1, grade B: words of dissatisfaction and councillor, MP or solicitor wrote",
        ),
        ("Contacts", "Email from the resident"),
    ]
