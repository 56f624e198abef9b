"""Learning or looping and Governance through the app: the answer, its doubt, the way to the cases, what is not
evidenced."""

import re
from datetime import date
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from metrics.governance.words import heading as governance_heading
from metrics.learning.listing import Asked
from metrics.learning.picked import NOT_TESTED, UPHELD_AGAIN, Picked
from metrics.learning.words import QUESTION, heading
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.action_parts import PARAMETERS
from ui.loading import governance, learning, theme_cases
from ui.navigation import GOVERNANCE, LEARNING, LEARNING_ACTIONS, THEME_CASES

AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)


def _links(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Label and query of every link to complaints on a theme."""
    found = [(link.proto.label, parse_qs(link.proto.query_string)) for link in app.get("page_link")]
    return [(label, {name: value[0] for name, value in query.items()}) for label, query in found if "dated" in query]


@pytest.mark.parametrize("landlord", ["BRACK", "TARRO", "LARKS", "MALLO"])
def test_the_question_is_answered_first(visit: Visit, landlord: str) -> None:
    app = visit(LEARNING, landlord=landlord, as_at=AS_AT)
    assert not app.exception
    assert h1(app) == heading(learning(landlord, DAY))
    assert text(app).index(QUESTION) < text(app).index(h1(app))
    assert all(len(chart.proto.alt) > 40 for chart in app.get("plotly_chart"))


def test_the_stories_come_out(visit: Visit) -> None:
    visit(LEARNING, landlord="BRACK", as_at=AS_AT)
    assert h1(visit(LEARNING, landlord="BRACK", as_at=AS_AT)).startswith("Round the loop again: seven themes loop")
    assert h1(visit(LEARNING, landlord="LARKS", as_at=AS_AT)) == "Learned on six themes, and none is looping"


def test_each_figure_opens_as_many_complaints_as_it_says(visit: Visit) -> None:
    app = visit(LEARNING, landlord="TARRO", as_at=AS_AT)
    asked = 0
    for label, query in _links(app):
        number = next(word for word in label.split() if word.replace(",", "").isdigit())
        if "other themes" in label:
            first, second = (int(word.replace(",", "")) for word in label.split() if word[0].isdigit())
            trial = next(line.trial for line in learning("TARRO", DAY).actions if line.action_ref == query["others_of"])
            assert trial is not None
            windows = ((trial.first_before, trial.last_before, first), (trial.first_after, trial.last_after, second))
            for begin, end, wanted in windows:
                only = Asked(first=begin, last=end, others_of=query["others_of"])
                assert len(theme_cases("TARRO", DAY, only)) == wanted
            continue
        only = Asked(
            theme=query["theme"],
            area=None if query["in_area"] == "every" else query["in_area"],
            team=None if query["of_team"] == "every" else query["of_team"],
            first=date.fromisoformat(query["first"]),
            last=date.fromisoformat(query["last"]),
            dated=query["dated"],  # type: ignore[arg-type]
        )
        assert len(theme_cases("TARRO", DAY, only)) == int(number.replace(",", "")), label
        asked += 1
    assert asked > 10


def test_a_theme_in_the_address_shows_its_actions_alone(visit: Visit) -> None:
    app = visit(LEARNING_ACTIONS, landlord="QUILL", as_at=AS_AT, theme="Damp and mould")
    assert app.selectbox(key="select_theme").value == "Damp and mould"
    assert "Damp and mould. Still open, or done" in text(app)
    app.selectbox(key="select_theme").select("Gas and heating").run()
    assert not app.exception
    assert app.query_params["theme"] in ("Gas and heating", ["Gas and heating"])


def test_each_count_of_actions_opens_as_many_as_it_says(visit: Visit) -> None:
    """Rungs, strengths, directorates, roles, half-life and themes: the list is picked as the count was."""
    app = visit(LEARNING, landlord="TARRO", as_at=AS_AT)
    lines = learning("TARRO", DAY).actions
    asked = set()
    for link in app.get("page_link"):
        query = {name: value[0] for name, value in parse_qs(link.proto.query_string).items()}
        if "owner_role" not in query:
            continue
        picked = Picked(**{name: None if query[at] == "every" else query[at] for name, at in PARAMETERS.items()})
        number = next(int(each.replace(",", "")) for each in re.findall(r"[\d,]+", link.proto.label))
        assert len(picked.among(lines)) == number > 0, link.proto.label
        asked |= {name for name in PARAMETERS if getattr(picked, name) is not None}
        if picked.evidence in (UPHELD_AGAIN, NOT_TESTED):
            asked.add(picked.evidence)
    assert asked == {*PARAMETERS, UPHELD_AGAIN, NOT_TESTED}


def test_the_list_of_actions_shows_those_picked(visit: Visit) -> None:
    app = visit(LEARNING_ACTIONS, landlord="TARRO", as_at=AS_AT, evidence=NOT_TESTED)
    assert not app.exception
    shown = Picked(evidence=NOT_TESTED).among(learning("TARRO", DAY).actions)
    assert h1(app) == f"{len(shown)} learning actions"
    assert all(line.action_ref in text(app) for line in shown[:8])
    assert h1(visit(LEARNING_ACTIONS, landlord="SORRE", as_at=AS_AT)) == "No learning actions loaded"


def test_power_comparison_and_hidden_share_stand_beside_each_verdict(visit: Visit) -> None:
    written = text(visit(LEARNING, landlord="LARKS", as_at=AS_AT))
    for words in ("of the rate before (", "against other themes (", "a halving would have been seen", "hidden "):
        assert words in written
    assert "Evidence: stated → done" in written


@pytest.mark.parametrize("landlord", ["SORRE", "NAME"])
def test_without_actions_nothing_is_evidenced(visit: Visit, landlord: str) -> None:
    app = visit(LEARNING, landlord=landlord)
    assert not app.exception
    assert h1(app) == "Whether anything was learned is not evidenced"


def test_complaints_on_a_theme_are_listed_and_can_be_narrowed(visit: Visit) -> None:
    query = {"landlord": "TARRO", "as_at": AS_AT, "theme": "Damp and mould", "dated": "upheld", "first": "2026-01-01"}
    app = visit(THEME_CASES, **query)
    assert not app.exception
    only = Asked(theme="Damp and mould", dated="upheld", first=date(2026, 1, 1))
    assert h1(app) == f"{len(theme_cases('TARRO', DAY, only)):,} complaints upheld"
    app.selectbox(key="select_in_area").select("Moorside").run()
    assert not app.exception
    narrower = Asked(theme="Damp and mould", area="Moorside", dated="upheld", first=date(2026, 1, 1))
    assert h1(app) == f"{len(theme_cases('TARRO', DAY, narrower)):,} complaints upheld"
    assert not visit(THEME_CASES, landlord="OLD", dated="hidden", first="yesterday").exception


@pytest.mark.parametrize("landlord", ["BRACK", "QUILL", "MALLO", "SORRE", "NAME"])
def test_governance_says_what_was_received_and_what_is_not_evidenced(visit: Visit, landlord: str) -> None:
    app = visit(GOVERNANCE, landlord=landlord, as_at=AS_AT)
    assert not app.exception
    assert h1(app) == governance_heading(governance(landlord, DAY))
    if landlord in ("SORRE", "NAME"):
        assert "not evidenced" in h1(app)
    else:
        assert text(app).count('class="number"') == 3
        assert all(len(chart.proto.alt) > 40 for chart in app.get("plotly_chart"))


def test_a_quarter_without_an_item_is_not_evidenced_never_zero(visit: Visit) -> None:
    written = text(visit(GOVERNANCE, landlord="BRACK", as_at=AS_AT))
    assert "not evidenced; the MRC or the executive had it" in written
    assert "not evidenced to have reached it" in written
