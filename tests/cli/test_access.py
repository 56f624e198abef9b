"""The command line held to a scope: the settings of an account say what its commands may reach."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cli
from store import settings as settings_module

Run = Callable[..., tuple[int, Any, str]]
FILES = {
    "landlords.csv": "landlord_code,name\nL1,Riverbank Homes\nL2,Hilltop Homes\n",
    "complaints.csv": (
        "landlord_code,complaint_ref,household_ref,stock,category,received_on\n"
        "L1,C1,H1,LCRA,Repairs,2024-05-01\nL2,C2,H2,LCRA,Repairs,2024-05-01\n"
    ),
}
OF_L2 = "landlord_code,complaint_ref,household_ref,stock,category,received_on\nL2,C9,H9,LCRA,Repairs,2024-06-01\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as an account of some roles and landlords."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    url = f"sqlite:///{tmp_path / 'store.db'}"

    def command(*arguments: object, roles: str | None = None, landlords: str | None = None) -> tuple[int, Any, str]:
        for name, value in (("ROLES", roles), ("LANDLORDS", landlords)):
            variable = f"LEARNING_PYRAMID_COMMAND_LINE_{name}"
            monkeypatch.delenv(variable, raising=False)
            if value is not None:
                monkeypatch.setenv(variable, value)
        settings_module.settings.cache_clear()
        code = cli.main([*map(str, arguments), "--db", url])
        told = capsys.readouterr()
        settings_module.settings.cache_clear()
        return code, json.loads(told.out) if told.out else None, told.err

    code, _, said = command("load", tmp_path / "landlords.csv", tmp_path / "complaints.csv")
    assert code == 0, said
    return command


CASES = ("cases", "--indicator", "complaints_received", "--as-at", "2024-06-30")


def test_another_landlord_is_not_there(run: Run) -> None:
    code, held, _ = run("landlords", landlords="L1")
    assert (code, [each["code"] for each in held]) == (0, ["L1"])
    for command in (("position",), ("indicators",), ("trajectory",), ("ghosts",), ("effects",), ("themes",), CASES):
        code, told, said = run(*command, "--landlord", "L2", landlords="L1")
        assert (code, told) == (1, None)
        assert "Hilltop" not in said


def test_rows_of_another_landlord_are_not_loaded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text(OF_L2)
    code, told, said = run("load", tmp_path / "theirs.csv", "--table", "complaints", "--json", landlords="L1")
    assert code == 1 or told["tables"]["complaints"]["refused"] == 1, said
    assert run("landlords")[1][0]["tables"]["complaints"] == 1


@pytest.mark.parametrize("role", ["governing body", "MRC", "administrator"])
def test_an_account_without_cases_lists_none(run: Run, role: str) -> None:
    for command in (("ghosts",), ("cases", "--indicator", "acknowledged_on_time")):
        code, told, said = run(*command, "--landlord", "L1", "--as-at", "2024-06-30", roles=role)
        assert (code, told) == (1, None)
        assert "C1" not in said


def test_an_account_of_executives_lists_pseudonyms(run: Run) -> None:
    asked = ("cases", "--indicator", "acknowledged_on_time", "--landlord", "L1", "--as-at", "2024-06-30")
    whole, theirs = run(*asked)[1], run(*asked, roles="executive")[1]
    assert len(whole) == len(theirs) == 1
    assert whole[0]["complaint_ref"] == "C1"
    assert theirs[0]["complaint_ref"].startswith("C-")


def test_the_audit_is_for_the_administrator_and_verifies(run: Run) -> None:
    assert run("audit", roles="executive")[0] == 1
    code, told, _ = run("audit")
    assert (code, told["fault"], [each["what"] for each in told["newest"]]) == (0, None, ["loaded"])


def test_a_role_that_is_none_is_told_by_the_name_of_its_variable(run: Run) -> None:
    code, _, said = run("landlords", roles="king")
    assert code == 1
    assert "LEARNING_PYRAMID_COMMAND_LINE_ROLES" in said
