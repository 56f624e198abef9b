"""The main job on published data: the regulator's workbooks and the Ombudsman's decisions, through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

import cli

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared/data"
MAPPINGS = ROOT / "docs/mappings"
WORKBOOKS = (
    SHARED / "rsh_tsm/2024_TSM_Full_Data_v1.1_FINAL.xlsx",
    SHARED / "rsh_tsm/2025_TSM_Full_Data_v1.0_FINAL.xlsx",
)
FINDINGS = SHARED / "ombudsman/findings_2020_2026.csv.gz"
OTHER = SHARED / "other_complaints/comcast_2015.csv"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not beside the checkout")


def _run(url: str, capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert cli.main([*map(str, arguments), "--db", url]) == 0
    out = capsys.readouterr().out
    return json.loads(out) if out else None


@pytest.fixture
def published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A store that holds both workbooks."""
    url = f"sqlite:///{tmp_path / 'published.db'}"
    _run(url, capsys, "init")
    for workbook in WORKBOOKS:
        _run(url, capsys, "load-tsm", workbook)
    return url


def test_the_workbooks_give_some_360_landlords_and_no_position(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    landlords = {each["code"]: each for each in _run(published, capsys, "landlords")}
    assert len(landlords) == 366
    placed = _run(published, capsys, "position", "--landlord", "4878", "--as-at", "2025-12-31")
    assert placed["position"] == "not stated"
    readings = _run(published, capsys, "indicators", "--landlord", "4878", "--as-at", "2025-12-31")
    states = {each["key"]: each["state"] for each in readings}
    assert states["acknowledged_on_time"] == "not evidenced"
    assert states["listens"] in ("met", "not met", "too close to call")


def test_published_findings_become_determinations_of_three_landlords(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("load", FINDINGS, "--mapping", MAPPINGS / "ombudsman_findings.json", "--extract-date", "2026-06-30")
    result = _run(published, capsys, *command, "--json")
    assert result["tables"]["determinations"] == {"kept": 3401, "changed": 0, "unchanged": 0, "refused": 12}
    assert {each["column"] for each in result["refused"]} == {"decided_on"}
    again = _run(published, capsys, *command, "--json")
    assert again["tables"]["determinations"]["unchanged"] == 3401
    readings = _run(published, capsys, "indicators", "--landlord", "LH4087", "--as-at", "2025-12-31")
    accepted = next(each for each in readings if each["key"] == "decisions_accepted")
    cases = _run(
        published, capsys, "cases", "--landlord", "LH4087", "--as-at", "2025-12-31", "--indicator", "decisions_accepted"
    )
    assert accepted["denominator"] == len(cases) > 100


def test_complaints_of_another_sector_load_as_far_as_they_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    landlords = tmp_path / "landlords.csv"
    landlords.write_text("landlord_code,name\nFCC,Complaints of another sector\n")
    _run(url, capsys, "init")
    _run(url, capsys, "load", landlords)
    bare = _run(url, capsys, "load", OTHER, "--table", "complaints", "--landlord", "FCC", "--json")
    assert {each["column"] for each in bare["refused"]} == {"household_ref", "stock", "category"}
    assert bare["tables"]["complaints"]["refused"] == 2224
    mapped = ("--mapping", MAPPINGS / "other_complaints.json", "--landlord", "FCC", "--extract-date", "2016-01-31")
    assert _run(url, capsys, "load", OTHER, *mapped, "--json")["tables"]["complaints"]["kept"] == 2224
    readings = _run(url, capsys, "indicators", "--landlord", "FCC", "--as-at", "2015-12-31")
    acknowledged = next(each for each in readings if each["key"] == "acknowledged_on_time")
    assert acknowledged["numerator"] == 0
    assert "recorded" in acknowledged["note"]
