"""Backup and restore on the command line."""

import hashlib
import json
from pathlib import Path

import pytest

import cli

RECORDS = "landlord_code,name,homes_lcra\nL1,Riverbank Homes,5000\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, object], str]:
    code = cli.main([*map(str, arguments)])
    told = capsys.readouterr()
    return code, json.loads(told.out or "{}"), told.err


def test_a_store_is_backed_up_checked_and_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "landlords.csv").write_text(RECORDS)
    one, other = (("--db", f"sqlite:///{tmp_path / name}.db") for name in ("one", "other"))
    file = tmp_path / "kept.zip"
    run(capsys, "load", tmp_path / "landlords.csv", *one)
    code, told, said = run(capsys, "backup", file, *one)
    assert code == 0 and "keep it as safe as the records" in said
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert told["rows"]["landlords"] == 1  # type: ignore[index]
    assert run(capsys, "backup", file, *one)[0] == 1
    assert run(capsys, "restore", file, "--check", *other)[0] == 0
    assert run(capsys, "landlords", *other)[1] == []
    assert run(capsys, "restore", file, *other)[0] == 0
    assert run(capsys, "landlords", *other)[1] == run(capsys, "landlords", *one)[1] != []
    refused = run(capsys, "restore", file, *other)
    assert refused[0] == 1 and "--replace" in refused[2]
    code, told, _ = run(capsys, "restore", file, "--replace", *other)
    assert code == 0 and str(told["replaced_seal"]) in run(capsys, "audit", *other)[1]["newest"][0]["detail"]  # type: ignore[index]


def test_what_is_no_backup_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.zip").write_text("no zip")
    db = ("--db", f"sqlite:///{tmp_path / 'store.db'}")
    for arguments in (("restore", tmp_path / "notes.zip"), ("restore", tmp_path / "notes.zip", "--check")):
        code, _, said = run(capsys, *arguments, *db)
        assert code == 1 and "notes.zip is no backup" in said
    assert run(capsys, "restore", tmp_path / "missing.zip", *db)[0] == 1
