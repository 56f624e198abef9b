"""`effects` and `themes` on the command line: the keys and words of the interface."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

import cli
from tests.builders import action, complaint, frame

OPENED, DONE = date(2024, 1, 8), date(2024, 2, 5)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A landlord whose complaints about damp fell after the action, and one action too young to be tested."""
    days = [OPENED - timedelta(days=200)] * 14 + [DONE + timedelta(days=30)] * 3
    complaints = [complaint(complaint_ref=f"C{n}", category="Damp", received_on=day) for n, day in enumerate(days)]
    actions = [
        action(action_ref="A1", theme="Damp", opened_on=OPENED, done_on=DONE),
        action(action_ref="A2", theme="Lifts", opened_on=date(2025, 2, 3), done_on=date(2025, 3, 3)),
    ]
    (tmp_path / "landlords.csv").write_text("landlord_code,name\nL1,One\n")
    frame("complaints", complaints).write_csv(tmp_path / "complaints.csv")
    frame("learning_actions", actions).write_csv(tmp_path / "learning_actions.csv")
    url = f"sqlite:///{tmp_path / 'store.db'}"
    assert cli.main(["load", str(tmp_path), "--extract-date", "2025-04-30", "--db", url]) == 0
    return url


def _said(store: str, command: str, capsys: pytest.CaptureFixture[str]) -> object:
    capsys.readouterr()
    asked = [command, "--landlord", "L1", "--as-at", "2025-03-31", "--json", "--db", store]
    assert cli.main(asked) == 0
    return json.loads(capsys.readouterr().out)


def test_effects_gives_a_row_per_action(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    tested = {
        "action_ref": "A1",
        "before": 14,
        "after": 3,
        "comparison": "time alone",
        "comparison_before": 0,
        "comparison_after": 0,
        "verdict_6_months": "no change seen",
        "verdict": "fell",
    }
    counts = ("before", "after", "comparison", "comparison_before", "comparison_after")
    young = {"action_ref": "A2", **dict.fromkeys(counts), "verdict_6_months": "not yet", "verdict": "not yet"}
    assert _said(store, "effects", capsys) == [tested, young]


def test_themes_gives_a_row_per_theme(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = [0, 0, 0, 0]
    assert _said(store, "themes", capsys) == [
        {"theme": "Damp", "verdict": "learning", "upheld_by_quarter": nothing, "actions": 1, "latest_verdict": "fell"},
        {"theme": "Lifts", "verdict": "untested", "upheld_by_quarter": nothing, "actions": 1, "latest_verdict": None},
    ]
