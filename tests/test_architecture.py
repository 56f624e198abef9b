"""Holds the layout of the project: which room may import what, how large a module may be, what a page may do."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
ROOMS = (
    "metrics",
    "intake",
    "store",
    "charts",
    "papers",
    "publishing",
    "ui",
    "pages",
    "seed_data",
    "app",
    "cli",
    "commands",
)
LONGEST_MODULE = 400
LONGER_BY_DECISION = {"metrics/records.py": 600}
"""The one declaration of every table reads as a single list, top to bottom; cutting it in two would hide the whole."""
LONGEST_PAGE = 120
LONGEST_FUNCTION = 60
FUNCTION_IN_A_PAGE = 40

MAY_IMPORT: dict[str, frozenset[str]] = {
    "metrics": frozenset({"metrics", "polars", "numpy", "scipy", "dateutil", "holidays"}),
    "intake": frozenset(
        {
            "intake",
            "metrics",
            "polars",
            "pyarrow",
            "fastexcel",
            "rapidfuzz",
            "xlsxwriter",
            "dateutil",
            "phonenumbers",
            "names",
            "defusedxml",
        },
    ),
    "store": frozenset(
        {
            "store",
            "intake",
            "metrics",
            "polars",
            "pyarrow",
            "sqlmodel",
            "sqlalchemy",
            "alembic",
            "psycopg",
            "pydantic",
            "pydantic_settings",
        },
    ),
    "charts": frozenset({"charts", "metrics", "plotly"}),
    "papers": frozenset(
        {
            "papers",
            "metrics",
            "polars",
            "docx",
            "typst",
            "vl_convert",
            "xlsxwriter",
            "font_source_sans_pro",
            "font_source_serif_pro",
        },
    ),
    "publishing": frozenset({"publishing", "store", "papers", "metrics"}),
    "ui": frozenset(
        {
            "ui",
            "publishing",
            "store",
            "intake",
            "metrics",
            "charts",
            "papers",
            "streamlit",
            "starlette",
            "uvicorn",
            "pythonjsonlogger",
        }
    ),
    "pages": frozenset({"ui", "metrics", "streamlit"}),
    "seed_data": frozenset({"seed_data", "metrics", "polars", "numpy", "dateutil"}),
    "app": frozenset({"ui", "streamlit"}),
    "commands": frozenset({"commands", "publishing", "store", "intake", "metrics", "papers", "seed_data", "polars"}),
    "cli": frozenset({"commands", "store", "metrics"}),
}
"""What each room may import beside the standard library: the direction of ARCHITECTURE.md. Tests, benchmarks and the
migrations' own environment are outside the rooms."""

STANDARD_LIBRARY = frozenset(sys.stdlib_module_names)
DATABASE_IN_THE_STANDARD_LIBRARY = frozenset({"sqlite3", "dbm", "shelve"})


def modules(room: str) -> list[Path]:
    """Every Python file of a room, the schema's migrations left out."""
    single = CHECKOUT / f"{room}.py"
    if single.exists():
        return [single]
    return sorted(path for path in (CHECKOUT / room).rglob("*.py") if "versions" not in path.parts)


def every_module() -> list[Path]:
    return [path for room in ROOMS for path in modules(room)]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever in the file it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            argument = node.args[0] if node.args else None
            yield node.lineno, argument.value if isinstance(argument, ast.Constant) else "a name made up at run time"


def breaches(room: str, source: str, where: str) -> list[str]:
    """Each import of a source text that its room may not make, as a sentence."""
    allowed = MAY_IMPORT[room]
    found = []
    for line, name in imported(ast.parse(source)):
        top = name.partition(".")[0]
        if top in allowed:
            continue
        if top in STANDARD_LIBRARY and not (room != "store" and top in DATABASE_IN_THE_STANDARD_LIBRARY):
            continue
        found.append(f"{where}:{line}: {room} may not import {name}")
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a well explained function is not a long one."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_exists_and_imports_only_what_it_may(room: str) -> None:
    files = modules(room)
    assert files, f"the room {room} holds no Python file"
    found = [breach for path in files for breach in breaches(room, path.read_text("utf-8"), name(path))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("metrics", "import streamlit"),
        ("metrics", "def late():\n    from store.snapshot import read_records"),
        ("metrics", "import sqlite3"),
        ("metrics", "from . import records"),
        ("intake", "import sqlmodel"),
        ("charts", "import polars as pl"),
        ("ui", "import plotly.graph_objects as go"),
        ("pages", "import polars as pl"),
        ("pages", "import plotly"),
        ("pages", "from sqlmodel import Session"),
        ("pages", "from store.database import open_store"),
        ("pages", "import importlib\nimportlib.import_module('store.database')"),
        ("app", "from metrics.assessment import assess"),
        ("cli", "import streamlit"),
        ("seed_data", "from store.loading import load"),
    ],
)
def test_a_planted_breach_is_caught(room: str, source: str) -> None:
    assert breaches(room, source, "planted.py")


def test_a_lawful_import_is_let_through() -> None:
    assert (
        breaches("pages", "import streamlit as st\nfrom datetime import date\nfrom ui.choice import chosen", "x") == []
    )


def test_rooms_do_not_import_one_another_in_a_circle() -> None:
    def reaches(start: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        onward = (MAY_IMPORT[start] & set(ROOMS)) - {start} - seen
        return frozenset(onward).union(*(reaches(room, seen | onward) for room in onward))

    assert [room for room in ROOMS if room in reaches(room)] == []


def test_no_module_is_too_long() -> None:
    found = {name(path): len(path.read_text("utf-8").splitlines()) for path in every_module()}
    too_long = {
        where: lines for where, lines in found.items() if lines >= LONGER_BY_DECISION.get(where, LONGEST_MODULE)
    }
    assert too_long == {}


def test_no_function_is_too_long() -> None:
    found = [
        f"{name(path)}:{node.lineno}: {node.name} has {length(node)} lines"
        for path in every_module()
        for node in functions(ast.parse(path.read_text("utf-8")))
        if length(node) > LONGEST_FUNCTION
    ]
    assert not found, "\n".join(found)


def test_pages_lie_in_their_readers_folder() -> None:
    """Streamlit turns every file directly in pages/ into a page of its own, past the navigation of app.py."""
    assert sorted(path.name for path in (CHECKOUT / "pages").glob("*.py")) == []


def test_pages_are_thin() -> None:
    found = []
    for path in modules("pages"):
        source = path.read_text("utf-8")
        if (lines := len(source.splitlines())) > LONGEST_PAGE:
            found.append(f"{name(path)} has {lines} lines, at most {LONGEST_PAGE} wanted")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef):
                found.append(f"{name(path)}:{node.lineno}: a page declares no class ({node.name})")
        found += [
            f"{name(path)}:{node.lineno}: {node.name} has {length(node)} lines"
            for node in functions(ast.parse(source))
            if length(node) > FUNCTION_IN_A_PAGE
        ]
    assert not found, "\n".join(found)


def test_no_page_writes_raw_html() -> None:
    """What landlords load reaches the screen as text: nothing may switch Streamlit's escaping off."""
    found = [
        f"{name(path)}:{node.value.lineno}"
        for path in every_module()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg in {"unsafe_allow_html", "unsafe_allow_javascript"}
        and not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    assert not found, "\n".join(found)


def test_no_module_is_a_drawer_for_anything() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}
    assert [name(path) for path in every_module() if vague & {path.stem, *path.relative_to(CHECKOUT).parts}] == []
