"""Where the recount and the engine first read the definitions differently: what was settled on."""

from datetime import date

from metrics.assessment import read_indicators
from metrics.catalogue import GATES
from metrics.placement.route import route_up
from metrics.reading import Cap, LevelResult
from metrics.words import LEVELS
from tests import builders
from tests.recount.known import known

AS_AT = date(2024, 3, 31)


def test_a_link_to_an_action_not_yet_opened_does_not_make_the_table_held() -> None:
    """Any past quarter can be worked out again: cut by hand to that day no link would be left, and the figure would
    not be evidenced."""
    complaints = [
        builders.upheld_complaint(responded_on=date(2024, 2, day), complaint_ref=f"C{day}") for day in range(1, 9)
    ]
    tables = {
        "complaints": complaints,
        "learning_actions": [
            builders.action(opened_on=date(2024, 1, 15), action_ref="A1"),
            builders.action(opened_on=date(2024, 5, 15), action_ref="A2"),
        ],
        "learning_links": [builders.link(action_ref="A2", complaint_ref="C1")],
    }
    whole = read_indicators(builders.records(**tables), AS_AT)["learning_recorded"]
    by_hand = read_indicators(builders.records(**known(tables, AS_AT)), AS_AT)["learning_recorded"]
    assert by_hand.state == "not evidenced"
    assert whole.state == by_hand.state


def test_only_the_cap_stops_the_next_level_where_every_gate_of_it_is_open() -> None:
    """The way up is told for each gate that stops the next level: capped at operational with strategic secured, no gate
    of cultural stops strategic."""
    readings = read_indicators(builders.records(), AS_AT)
    resolved = {gate.key: "not met" if gate.key == "proactive" else "met" for gate in GATES}
    levels = {
        level: LevelResult(
            level=level,
            secured=level != "cultural",
            musts_met=1,
            musts=1,
            shoulds_met=0,
            shoulds_evidenced=0,
            shoulds=0,
        )
        for level in LEVELS
    }
    cap = Cap(cap="self_assessment_stale", to="operational", reason="None approved.", count=1)
    steps = route_up(readings=readings, resolved=resolved, levels=levels, caps=[cap], position="operational")
    assert [step.key for step in steps] == ["self_assessment_stale"]
