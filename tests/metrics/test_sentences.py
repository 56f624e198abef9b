"""The sentences screens and papers open with: they change with the data and never say more than is known."""

import pytest

from metrics.catalogue import GATES, indicator
from metrics.phrasing import listed
from metrics.reading import Assessment
from metrics.sentences.figures import (
    interval_words,
    n_of_m,
    reading_in_words,
    share_words,
    threshold_words,
    value_words,
)
from metrics.sentences.phrases import SHORTFALL
from metrics.sentences.position import blocking, heading, how_sure, hundredths, level_above, what_stops, why_words
from metrics.sentences.supporting import (
    caps_words,
    profile_words,
    sensitivity_words,
    shaky,
    trajectory_words,
)
from metrics.words import FOUNDATIONS_NOT_SECURE, LEVELS, NOT_STATED, POSITIONS
from tests.charts.invented import AS_AT, OVERDUE, STALE, area, assessment, placement, quarter, reading, states_for


def said(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (
            "transactional",
            "Transactional: complaints are answered and put right, but little is learned from upheld complaints",
        ),
        ("operational", "Operational: changes are made, but root causes are seldom analysed"),
        ("strategic", "Strategic: causes are known and owned at the top, but learning waits for pressure from outside"),
        ("cultural", "Cultural: learning is proactive, and complaints test the culture"),
    ],
)
def test_the_heading_says_the_position_and_what_stops_it(position: str, expected: str) -> None:
    assert heading(assessment(position)) == expected


def test_the_heading_changes_with_what_is_missing() -> None:
    states = {**states_for("operational"), "root_cause_analysed": "met"}
    assert (
        heading(assessment("operational", states=states))
        == "Operational: changes are made, but officers own them alone"
    )


def test_unsecured_foundations_are_told_with_two_reasons_at_most() -> None:
    states = {
        **states_for("transactional"),
        "commitments_honoured": "not met",
        "complaints_without_ghost": "not evidenced",
    }
    told = heading(assessment(FOUNDATIONS_NOT_SECURE, states=states))
    assert told == (
        "Transactional, foundations not secure: promises are not kept, and nobody has looked for hidden stages yet"
    )


def test_a_figure_in_doubt_is_not_told_as_a_fault() -> None:
    resolved = {**states_for("transactional"), "acknowledged_on_time": "not met"}
    found = assessment(FOUNDATIONS_NOT_SECURE, states=resolved)
    gate = indicator("acknowledged_on_time")
    doubtful = Assessment(
        placement=found.placement, readings={**found.readings, gate.key: reading(gate, "too close to call")}
    )
    assert heading(doubtful) == "Transactional, foundations not secure: “Acknowledged on time” is too close to call"


def test_what_must_be_met_comes_before_what_supports() -> None:
    shoulds = [gate.key for gate in GATES if gate.level == "transactional" and gate.gate == "should"]
    states = {**states_for("transactional"), **dict.fromkeys(shoulds, "not met"), "commitments_honoured": "not met"}
    assert "secure: promises are not kept, and " in heading(assessment(FOUNDATIONS_NOT_SECURE, states=states))


def test_a_cap_that_holds_the_position_down_is_the_reason_given() -> None:
    capped = assessment("operational", states=states_for("strategic"), caps=(OVERDUE,))
    assert heading(capped) == "Operational: changes are made, but 2 Ombudsman orders are overdue"
    assert what_stops(capped.placement) == "Its figures would carry it higher."


def test_a_cap_that_does_not_bind_is_not_the_reason_given() -> None:
    assert "overdue" not in heading(assessment("transactional", caps=(OVERDUE,)))


def test_no_position_says_so_and_why() -> None:
    stale = placement(NOT_STATED, states=states_for(FOUNDATIONS_NOT_SECURE), caps=(STALE,))
    assert heading(Assessment(placement=stale, readings={})) == "No position can be stated"
    assert said(how_sure(stale)) == STALE.reason
    assert why_words(stale) == "Why no position is stated"


def test_how_sure_in_hundredths() -> None:
    firm = placement("operational", probability={"transactional": 0.19, "operational": 0.78, "strategic": 0.03})
    assert said(how_sure(firm)) == (
        "If the same year were run again, 78 in 100 times the answer would be the same; "
        "19 in 100 times it would be transactional, 3 in 100 it would be strategic."
    )


def test_below_six_in_ten_it_lies_between_two() -> None:
    doubtful = placement("operational", probability={"transactional": 0.45, "operational": 0.55})
    assert said(how_sure(doubtful)).startswith("The records put it between transactional and operational. ")


def test_a_likeliest_position_other_than_the_one_held_is_admitted() -> None:
    held = placement("operational", probability={"strategic": 0.7, "operational": 0.3})
    assert said(how_sure(held)).startswith("Close to strategic. ")


def test_certainty_is_said_without_numbers() -> None:
    assert said(how_sure(placement("cultural"))) == (
        "If the same year were run again, the answer would be the same every time."
    )


@pytest.mark.parametrize(
    ("share", "words"), [(0.999, "more than 99"), (1.0, "100"), (0.004, "fewer than 1"), (0.0, "0")]
)
def test_hundredths_claim_no_false_certainty(share: float, words: str) -> None:
    assert hundredths(share) == words


def test_facts_that_stop_it_are_counted_in_letters() -> None:
    states = {**states_for("strategic"), "senior_owned": "not met", "board_scrutiny": "not met"}
    assert what_stops(placement("operational", states=states)) == "Two facts keep it from strategic."


def test_unmet_shoulds_stop_a_level_only_where_too_few_are_met() -> None:
    shoulds = [gate.key for gate in GATES if gate.level == "transactional" and gate.gate == "should"]
    one = placement("transactional", states={**states_for("transactional"), shoulds[0]: "not met"})
    assert blocking(one, "transactional") == ()
    three = placement("transactional", states={**states_for("transactional"), **dict.fromkeys(shoulds[:3], "not met")})
    assert [gate.key for gate in blocking(three, "transactional")] == shoulds[:3]


def test_the_next_level_up() -> None:
    assert [level_above(position) for position in POSITIONS] == [*LEVELS, None]


def test_every_gate_has_words() -> None:
    assert {gate.key for gate in GATES} == set(SHORTFALL)


def test_the_course_in_words() -> None:
    held = [quarter(AS_AT, each) for each in ("transactional", "transactional", "operational", "operational")]
    assert trajectory_words(held) == "Operational for two quarters, transactional before"
    assert trajectory_words(held[:2]) == "Transactional in each of two quarters"
    assert trajectory_words([quarter(AS_AT, NOT_STATED)]) == "No position could be stated in these two years"


def test_service_areas_that_differ_are_named() -> None:
    areas = [area("Repairs", "transactional", 10), area("Damp", "operational", 5), area("Noise", "strategic", 5)]
    assert profile_words(areas, "operational") == "Repairs stands lower than the whole, Noise stands higher"
    assert profile_words(areas[1:2], "operational") == "Every large service area stands at operational"


def test_only_figures_in_doubt_are_shaky() -> None:
    found = assessment("operational", states={**states_for("operational"), "learning_recorded": "too close to call"})
    assert [each.key for each in shaky(found)] == ["learning_recorded"]


def test_sensitivity_gives_the_smallest_push_once() -> None:
    told = sensitivity_words(assessment("operational"))
    assert told[0] == "With the threshold of “Learning recorded” 5 points higher, it would be transactional."
    assert len([each for each in told if "Learning recorded" in each]) == 1


def test_a_cap_says_what_it_does() -> None:
    assert caps_words((OVERDUE,)) == (
        "2 Ombudsman orders are overdue. This holds the position at operational at most.",
    )


@pytest.mark.parametrize(
    ("value", "n", "words"),
    [
        (0.943, 400, "94%"),
        (0.9433, 4000, "94.3%"),
        (0.9999, 400, "over 99%"),
        (0.0001, 400, "under 1%"),
        (1, 400, "100%"),
        (0, 9, "0%"),
    ],
)
def test_a_share_has_no_more_digits_than_the_cases_hold(value: float, n: float, words: str) -> None:
    assert share_words(value, n) == words


def test_a_reading_in_words() -> None:
    met = reading(indicator("learning_recorded"), "met")
    assert (value_words(met), n_of_m(met)) == ("55%", "220 of 400")
    assert interval_words(met) == "likely between 51% and 59%"
    assert threshold_words(met) == "at least 50%"
    assert reading_in_words(met) == "55% (220 of 400; likely between 51% and 59%)"


def test_what_is_not_evidenced_is_a_dash_and_its_reason_never_zero() -> None:
    unseen = reading(indicator("complaints_without_ghost"), "not evidenced")
    assert (value_words(unseen), n_of_m(unseen), interval_words(unseen)) == ("–", "", "")
    assert reading_in_words(unseen) == "No contacts are held."


def test_a_counted_fact_reads_as_a_count() -> None:
    scrutiny = reading(indicator("board_scrutiny"), "not met")
    assert (value_words(scrutiny), n_of_m(scrutiny), threshold_words(scrutiny)) == ("2", "of 4", "at least 3 of 4")


def test_lists_are_joined_as_one_speaks() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed([])] == [
        "a",
        "a and b",
        "a, b and c",
        "",
    ]
