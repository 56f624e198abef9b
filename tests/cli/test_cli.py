"""The command line's interface: standard output is JSON of the documented shape, and exit codes mean what they say."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import cli
from intake.mapping import Mapping as ColumnMapping
from metrics.catalogue import INDICATORS
from metrics.words import LEVELS, NOT_STATED, POSITIONS, STATES
from store.database import open_store
from store.mappings import save_mapping
from tests.builders import frame, row

LANDLORDS = "landlord_code,name,homes_lcra\nL1,Riverbank Homes,5000\n"
HEAD = "landlord_code,complaint_ref,household_ref,stock,category,received_on\n"
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command against a store of the test's own; gives exit code, JSON (None without output) and messages."""
    url = f"sqlite:///{tmp_path / 'store.db'}"

    def command(*arguments: object) -> tuple[int, Any, str]:
        code = cli.main([*map(str, arguments), "--db", url])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else None, told.err

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of exports: one landlord, two years of complaints acknowledged in time except each tenth."""
    place = tmp_path / "exports"
    place.mkdir()
    (place / "landlords.csv").write_text(LANDLORDS)
    first = date(2023, 4, 3)
    rows = []
    for number in range(240):
        received = first + timedelta(days=3 * number)
        answered = received + timedelta(days=40 if number % 10 == 0 else 9)
        stage_1 = {"stage_1_acknowledged_on": received + timedelta(days=1), "stage_1_responded_on": answered}
        outcome = {"stage_1_outcome": "upheld", "complaint_ref": f"C{number:03}", "household_ref": f"H{number}"}
        rows.append(row("complaints", received_on=received, **stage_1, **outcome))
    frame("complaints", rows).write_csv(place / "complaints.csv")
    return place


@pytest.fixture
def loaded(run: Run, folder: Path) -> Run:
    """The same store with the folder loaded."""
    code, _, messages = run("load", folder, "--extract-date", "2025-04-30")
    assert code == 0, messages
    return run


def test_init_makes_the_store_and_may_be_repeated(run: Run) -> None:
    assert [run("init")[0], run("init")[0]] == [0, 0]
    assert run("landlords", "--json") == (0, [], "")


def test_load_tells_what_became_of_every_row(run: Run, folder: Path) -> None:
    with (folder / "complaints.csv").open("a") as file:
        file.write("L1,BAD,H1,LCRA,repairs,2031-01-01\n".replace("L1,BAD", "BAD,L1"))
    code, told, messages = run("load", folder, "--extract-date", "2025-04-30", "--json")
    assert code == 0
    assert told["tables"]["landlords"] == {"kept": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert told["tables"]["complaints"] == {"kept": 240, "changed": 0, "unchanged": 0, "refused": 1}
    assert {refusal.keys() == {"file", "row", "column", "found", "wanted"} for refusal in told["refused"]} == {True}
    assert {(refusal["file"], refusal["row"]) for refusal in told["refused"]} == {("complaints.csv", 242)}
    assert "stored 241 of 241 rows" in messages
    again = run("load", folder, "--extract-date", "2025-04-30", "--json")
    assert again[1]["tables"]["complaints"] == {"kept": 0, "changed": 0, "unchanged": 240, "refused": 1}


def test_load_strict_and_dry_run_store_nothing(run: Run, folder: Path) -> None:
    (folder / "complaints.csv").write_text(HEAD + "L1,C1,H1,LCRA,repairs,2024-01-01\nL1,C2,H1,LCRA,repairs,soon\n")
    for flag, expected in (("--strict", 1), ("--dry-run", 0)):
        code, told, _ = run("load", folder, flag, "--json")
        assert (code, told["committed"]) == (expected, False)
        assert told["tables"]["complaints"] == {"kept": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert run("landlords")[1] == []


def test_load_by_a_mapping_from_a_file_or_saved_under_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "landlords.csv").write_text(LANDLORDS)
    (tmp_path / "export.csv").write_text("Ref,Who,Tenure,Service,Logged\n1,H1,LCRA,repairs,02/04/2024\n")
    columns = {"Ref": "complaint_ref", "Who": "household_ref", "Tenure": "stock", "Service": "category"}
    mapping = ColumnMapping(table="complaints", columns=columns | {"Logged": "received_on"})
    (tmp_path / "case system.json").write_text(mapping.as_json())
    run("load", tmp_path / "landlords.csv")
    asked = ("load", tmp_path / "export.csv", "--landlord", "L1", "--json", "--mapping")
    assert run(*asked, tmp_path / "case system.json")[1]["tables"]["complaints"]["kept"] == 1
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    save_mapping(store, mapping, name="Case system", saved_by="tester")
    store.engine.dispose()
    assert run(*asked, "Case system")[1]["tables"]["complaints"]["unchanged"] == 1
    code, told, messages = run(*asked, "Other system")
    assert (code, told) == (1, None)
    assert "found 'Other system'; wanted a JSON file or the name of a saved mapping (Case system)" in messages


def test_landlords(loaded: Run) -> None:
    code, told, _ = loaded("landlords", "--json")
    assert code == 0
    assert told == [
        {
            "code": "L1",
            "name": "Riverbank Homes",
            "homes": 5000,
            "homes_lcra": 5000,
            "homes_lcho": None,
            "landlord_type": None,
            "region": None,
            "tables": {"landlords": 1, "complaints": 240},
            "data_through": "2025-03-20",
        }
    ]


def test_indicators(loaded: Run) -> None:
    code, told, _ = loaded("indicators", "--landlord", "L1", "--as-at", "2024-12-31", "--json")
    assert code == 0
    declared = {each.key: each for each in INDICATORS}
    assert [each["key"] for each in told] == list(declared)
    numbers = ("numerator", "denominator", "value", "low", "high", "threshold", "probability")
    for each in told:
        indicator = declared[each["key"]]
        assert ("gate" in each) == (indicator.gate is not None)
        assert (each["level"], each["kind"], each.get("gate")) == (indicator.level, indicator.kind, indicator.gate)
        assert each["state"] in (STATES if indicator.gate else (*STATES, None))
        assert all(each[name] is None or isinstance(each[name], int | float) for name in numbers)
    acknowledged = next(each for each in told if each["key"] == "acknowledged_on_time")
    assert (acknowledged["state"], acknowledged["value"]) == ("met", 1.0)
    assert next(each for each in told if each["key"] == "actions_on_time")["state"] == "not evidenced"


def test_position(loaded: Run) -> None:
    code, told, _ = loaded("position", "--landlord", "L1", "--as-at", "2024-12-31", "--json")
    assert code == 0
    keys = {each.key for each in INDICATORS}
    assert told["position"] in POSITIONS
    assert set(told["secured"]) <= set(LEVELS)
    assert told["probability"].keys() <= {*POSITIONS, NOT_STATED}
    assert sum(told["probability"].values()) == pytest.approx(1)
    assert [cap.keys() >= {"cap", "to", "reason"} for cap in told["caps"]] == [True] * len(told["caps"])
    assert "operational" in {cap["to"] for cap in told["caps"]}
    for name in ("for", "against", "not_evidenced"):
        assert set(told[name]) <= keys
    assert told["route_up"] and all(step.keys() >= {"key", "further"} for step in told["route_up"])
    assert told["method_version"]


def test_without_a_date_it_is_the_last_quarter_end_the_data_covers(loaded: Run) -> None:
    assert loaded("position", "--landlord", "L1")[1]["as_at"] == "2024-12-31"


def test_trajectory(loaded: Run) -> None:
    code, told, _ = loaded("trajectory", "--landlord", "L1", "--as-at", "2024-12-31", "--json")
    assert code == 0
    assert [each["as_at"] for each in told][-2:] == ["2024-09-30", "2024-12-31"]
    assert len(told) == 8
    for each in told:
        assert each["position"] in (*POSITIONS, NOT_STATED)
        assert set(each["states"].values()) <= set(STATES)
        assert isinstance(each["probability"], Mapping)


def test_cases_are_as_many_as_the_figure_says(loaded: Run) -> None:
    asked = ("--landlord", "L1", "--as-at", "2024-12-31")
    figures = {each["key"]: each for each in loaded("indicators", *asked)[1]}
    figure = figures["stage_1_on_time"]
    listed = {
        flag: loaded("cases", *asked, "--indicator", "stage_1_on_time", *flag, "--json")[1]
        for flag in ((), ("--numerator",), ("--attention",))
    }
    assert len(listed[()]) == figure["denominator"]
    assert len(listed[("--numerator",)]) == figure["numerator"]
    assert len(listed[("--attention",)]) == figure["denominator"] - figure["numerator"] > 0
    assert all(date.fromisoformat(case["responded_on"] or "2024-12-31") for case in listed[()])


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("position", "--landlord", "L9"), "--landlord: found 'L9'"),
        (("cases", "--landlord", "L1", "--indicator", "luck"), "--indicator: found 'luck'; wanted one of acknowledged"),
        (("load", "no such file.csv"), "no such file.csv"),
        (("load-tsm", "no such file.xlsx"), "no such file.xlsx"),
    ],
)
def test_wrong_input_is_1_with_a_message_and_nothing_on_standard_output(
    loaded: Run, arguments: tuple[str, ...], wanted: str
) -> None:
    code, told, messages = loaded(*arguments)
    assert (code, told) == (1, None)
    assert wanted in messages and "Traceback" not in messages


def test_a_landlord_without_dated_records_needs_a_date(run: Run, tmp_path: Path) -> None:
    (tmp_path / "landlords.csv").write_text(LANDLORDS)
    run("load", tmp_path / "landlords.csv")
    code, _, messages = run("position", "--landlord", "L1")
    assert code == 1 and "give a date" in messages
    assert run("position", "--landlord", "L1", "--as-at", "2024-12-31")[1]["position"] == NOT_STATED


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("position",), ("position", "--landlord", "L1", "--as-at", "31/12/2024"), ("load",)],
)
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_a_store_that_is_none_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["landlords", "--db", "mysql://host/db"]) == 1
    assert "SQLite" in capsys.readouterr().err


@pytest.mark.slow
def test_seed_loads_the_fictional_landlords_once(run: Run) -> None:
    first = run("seed", "--json")
    assert first[0] == 0 and first[1]["refused"] == []
    again = run("seed", "--json")
    assert {(each["kept"], each["changed"]) for each in again[1]["tables"].values()} == {(0, 0)}
    assert {name: each["kept"] for name, each in first[1]["tables"].items()} == {
        name: each["unchanged"] for name, each in again[1]["tables"].items()
    }
    assert len(run("landlords")[1]) >= 6


def test_ghosts_names_episodes_their_records_and_what_could_not_be_looked_for(run: Run, folder: Path) -> None:
    complaint = row("complaints", complaint_ref="G1", household_ref="HG", received_on=date(2025, 2, 3), team="North")
    informal = row(
        "contacts",
        contact_ref="K1",
        household_ref="HG",
        category="repairs",
        occurred_at=datetime(2025, 1, 6, 9, 30),
        label="Informal complaint",
    )
    frame("complaints", [complaint]).write_csv(folder / "complaints.csv")
    frame("contacts", [informal]).write_csv(folder / "contacts.csv")
    assert run("load", folder, "--extract-date", "2025-04-30")[0] == 0
    code, told, messages = run("ghosts", "--landlord", "L1", "--as-at", "2025-03-31", "--json")
    assert code == 0
    assert told == [
        {
            "household_ref": "HG",
            "complaint_ref": "G1",
            "window": "before",
            "detectors": ["label"],
            "families": ["label"],
            "grade": "A",
            "first_signal_on": "2025-01-06",
            "hidden_working_days": 20,
            "team": "North",
            "channel": None,
            "category": "repairs",
            "signals": [{"detector": "label", "table": "contacts", "ref": "K1", "on": "2025-01-06"}],
        }
    ]
    assert "payment could not be looked for: Payments are not held." in messages
