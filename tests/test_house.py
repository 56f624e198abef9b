"""Holds the documents, the requirements and the licences to what the code really is and does."""

import ast
import os
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

import cli

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = ("metrics", "intake", "store", "charts", "papers", "publishing", "ui", "pages", "seed_data", "commands")
OWN = {*ROOMS, "app", "cli", "tests", "benchmarks"}
SHOWN = {".ci", ".streamlit"}
LOADED_BY_NAME = {
    "psycopg": "SQLAlchemy loads it for postgresql+psycopg addresses",
    "pyarrow": "Polars and Streamlit hand frames over in its form",
}
MADE_AT_RUN_TIME = ("data/", ".venv/", "exports/", "../shared")


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project: not the store, not .venv, not what tools keep for themselves."""
    found = []
    for folder, inner, names in os.walk(CHECKOUT):
        at_top = Path(folder) == CHECKOUT
        inner[:] = [
            n for n in inner if (n in SHOWN or n[0] != ".") and n != "__pycache__" and not (at_top and n == "data")
        ]
        found += [Path(folder) / name for name in names]
    return tuple(sorted(found))


def documents() -> list[Path]:
    return [path for path in files() if path.suffix == ".md"]


def runtime_modules() -> list[Path]:
    return [CHECKOUT / "app.py", CHECKOUT / "cli.py", *(p for room in ROOMS for p in (CHECKOUT / room).rglob("*.py"))]


def development_modules() -> list[Path]:
    return [path for room in ("tests", "benchmarks") for path in (CHECKOUT / room).rglob("*.py")]


def requirement_lines(file: str) -> list[str]:
    lines = ((CHECKOUT / file).read_text("utf-8")).splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def plain(distribution: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[~=<>!; ]", distribution)[0]).lower()


def required(*files: str) -> set[str]:
    return {plain(line) for file in files for line in requirement_lines(file) if not line.startswith("-")}


def third_party(path: Path) -> set[str]:
    """Top-level names a file imports that are neither ours nor Python's."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names} - OWN - sys.stdlib_module_names


@cache
def distribution_names() -> dict[str, set[str]]:
    return {module: {plain(name) for name in names} for module, names in packages_distributions().items()}


def missing(paths: list[Path], wanted: set[str]) -> list[str]:
    return [
        f"{path.relative_to(CHECKOUT)} imports {name}"
        for path in paths
        for name in sorted(third_party(path))
        if not distribution_names().get(name, {plain(name)}) & wanted
    ]


def test_every_library_the_product_imports_is_required() -> None:
    assert missing(runtime_modules(), required("requirements.txt")) == []


def test_every_library_the_tests_import_is_required() -> None:
    assert missing(development_modules(), required("requirements.txt", "requirements-dev.txt")) == []


def test_an_unlisted_library_would_be_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import polars.selectors\nimport openpyxl\nimport json\n", "utf-8")
    assert third_party(planted) == {"polars", "openpyxl"}
    assert not distribution_names()["openpyxl"] & required("requirements.txt")


def test_every_library_required_is_used() -> None:
    used = {name for path in runtime_modules() for name in third_party(path)}
    distributions_used = {name for module in used for name in distribution_names().get(module, set())}
    assert required("requirements.txt") - distributions_used - set(LOADED_BY_NAME) == set()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_compatible_releases(file: str) -> None:
    lines = [line for line in requirement_lines(file) if line != "-r requirements.txt"]
    assert [
        line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+(\[\w+\])?~=\d+(\.\d+)+(\.post\d+)?", line)
    ] == []


def test_no_installed_library_is_under_the_agpl() -> None:
    found = []
    for distribution in distributions():
        metadata = distribution.metadata
        words = [metadata.get("License-Expression") or "", (metadata.get("License") or "")[:200]]
        words += [line for line in metadata.get_all("Classifier") or [] if line.startswith("License")]
        if re.search(r"AGPL|Affero", " ".join(words), re.IGNORECASE):
            found.append(metadata["Name"])
    assert found == []


def commands(document: str) -> list[list[str]]:
    """The words of each line of a document's sh blocks that calls `./run` or `cli.py`, cut before the comment."""
    text = (CHECKOUT / document).read_text("utf-8")
    lines = [
        line.partition("#")[0]
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.split("\n")
    ]
    return [line.split() for line in lines if "./run" in line or "cli.py" in line]


def script_help() -> str:
    answer = subprocess.run([CHECKOUT / "run", "--help"], capture_output=True, text=True, timeout=60, check=True)
    return answer.stdout


def command_help(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command of cli.py says of itself. Fails the test if there is no such command."""
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0, f"cli.py {name} does not exist"
    return capsys.readouterr().out


@pytest.mark.parametrize("document", ["README.md", "DEVELOPERS.md"])
def test_the_commands_of_the_documents_exist(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = commands(document)
    assert found
    for words in found:
        place = next(number for number, word in enumerate(words) if word.endswith(("./run", "cli.py")))
        name, options = words[place + 1], [word for word in words[place + 2 :] if word.startswith("--")]
        of_script = words[place] == "./run"
        says = script_help() if of_script else command_help(name, capsys)
        assert not of_script or f"./run {name} " in says, f"{document}: ./run {name} does not exist"
        assert [option for option in options if option not in says] == [], f"{document}: {' '.join(words)}"


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_documents_name_files_that_exist(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    quoted = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text)
    ending = re.compile(r"\.(py|md|toml|txt|css|csv|parquet)$")
    named = [
        word for word in quoted if ending.search(word) or ("/" in word and (CHECKOUT / word.split("/")[0]).is_dir())
    ]
    gone = [
        word
        for word in {*filter(None, links), *named}
        if not word.startswith(MADE_AT_RUN_TIME)
        and not any((folder / word).exists() for folder in (CHECKOUT, document.parent))
    ]
    assert gone == []


@pytest.mark.parametrize("name", ["README", "ARCHITECTURE", "GLOSSARY", "CHANGELOG", "DEVELOPERS"])
def test_the_documents_of_the_house_are_there(name: str) -> None:
    assert (CHECKOUT / f"{name}.md").stat().st_size > 500


def test_nothing_names_a_place_on_somebodys_machine() -> None:
    kinds = {".py", ".md", ".toml", ".txt", ".ini", ".css", ""}
    private = re.compile(rf"(?<![\w.:/-])(/(home|root|Users)/\w|{re.escape(str(CHECKOUT))})")
    found = [
        f"{path.relative_to(CHECKOUT)}: {match.group()}"
        for path in files()
        if path.suffix in kinds and path != Path(__file__).resolve()
        for match in private.finditer(path.read_text("utf-8", "replace"))
    ]
    assert found == []


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_scripts_can_be_run_and_read_by_any_shell(script: str) -> None:
    path = CHECKOUT / script
    assert path.stat().st_mode & 0o111
    assert path.read_text("utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["/bin/sh", "-n", str(path)], check=True, timeout=30)


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    assert "exec ./run tests" in (CHECKOUT / ".ci" / "run").read_text("utf-8")
    assert "./run tests" in (CHECKOUT / "README.md").read_text("utf-8")


def test_a_new_store_is_made_on_asking_and_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`./run app` asks this before it seeds."""
    assert cli.main(["landlords", "--json", "--db", f"sqlite:///{tmp_path / 'new.db'}"]) == 0
    assert capsys.readouterr().out.split() == ["[]"]
