"""Who may see what: the same addresses asked for by readers of every role, and nothing comes out that should not."""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from metrics.access import LOCAL, Reader, RefusedError, Role
from metrics.narrowing import EVERYTHING
from metrics.records import TABLE_BY_NAME
from store import history
from store.database import Store, open_store
from store.snapshot import current, read_records, records_to_count, version
from tests.pages.conftest import CHECKOUT, Visit
from ui import case_loading, loading, opened
from ui.navigation import ADMINISTRATION, GHOST_WORDS, PLACES, TEAM

AS_AT = date(2026, 9, 30)
OURS, THEIRS = "QUILL", "BRACK"
PICTURES = {"landlord": OURS, "as_at": AS_AT.isoformat()}
Signing = Callable[[Reader | None], None]


def somebody(*roles: Role, landlords: frozenset[str] | None = frozenset({OURS}), mrc: bool = False) -> Reader:
    return Reader(
        name="r.reader@example.org",
        roles=frozenset(roles),
        landlords=landlords,
        mrc_sees_cases=frozenset({OURS}) if mrc else frozenset(),
    )


BOARD, MRC = somebody("governing body"), somebody("MRC")
MRC_WITH_CASES = somebody("MRC", mrc=True)
EXECUTIVE, TEAM_MEMBER = somebody("executive"), somebody("complaints team")
ADMINISTRATOR, NOBODY = somebody("administrator", landlords=None), somebody()
WITHOUT_CASES = [BOARD, MRC, ADMINISTRATOR, NOBODY]
EVERYBODY = [*WITHOUT_CASES, MRC_WITH_CASES, EXECUTIVE, TEAM_MEMBER]


def called(reader: Reader) -> str:
    return ", ".join(reader.roles) + (" with cases" if reader.mrc_sees_cases else "")


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Signing:
    """Let somebody be signed in, past the provider (tests/browser signs in through a real one)."""

    def signed_in(reader: Reader | None) -> None:
        monkeypatch.setattr(opened, "current_reader", lambda _store: reader)

    return signed_in


@pytest.fixture
def references(database: str) -> frozenset[str]:
    """Every reference of our landlord by which its own systems find a person, and residents' words."""
    records = records_to_count(open_store(database), OURS)
    found: set[str] = set()
    for table, columns in {
        "complaints": ("complaint_ref", "household_ref"),
        "contacts": ("household_ref", "contact_ref", "note"),
        "commitments": ("description",),
        "payments": ("payment_ref",),
        "apologies": ("text",),
    }.items():
        if table in records.frames:
            frame = records.frame(table).select(columns).collect()
            for column in columns:
                found |= {each for each in frame[column].drop_nulls().to_list() if len(each) > 5}
    assert len(found) > 1000
    return frozenset(found)


def words(app: AppTest) -> str:
    """Everything that a run sent to the browser: text, HTML, tables, figures, alternative text, labels, links."""
    assert not app.exception, app.exception
    sent = [proto for node in app if (proto := getattr(node, "proto", None)) is not None]
    return " ".join(proto.SerializeToString().decode("utf-8", "replace") for proto in sent)


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text))


@pytest.mark.parametrize("reader", EVERYBODY, ids=called)
def test_every_page_shows_what_is_part_of_the_view_and_refuses_the_rest(
    reader: Reader, visit: Visit, sign_in: Signing, references: frozenset[str]
) -> None:
    """Every address by hand; and whoever has no view of whole cases meets no reference and no words of a resident."""
    sign_in(reader)
    app = visit(**PICTURES)
    for place in PLACES:
        shown = words(opened_at(app, place.file, **PICTURES))
        assert ("Not for your view" in shown) != place.opens_to(reader, OURS), place.title
        if not reader.may("cases"):
            leaked = references & tokens(shown)
            assert not leaked, f"{place.title}: {sorted(leaked)[:5]}"
            assert not [each for each in references if " " in each and each in shown], place.title


def opened_at(app: AppTest, file: str, **query: str) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(file).run()


@pytest.mark.parametrize("reader", [BOARD, TEAM_MEMBER], ids=called)
def test_another_landlords_code_in_the_address_shows_nothing_of_it(
    reader: Reader, visit: Visit, sign_in: Signing, database: str
) -> None:
    theirs = next(row for row in _landlords(database) if row[0] == THEIRS)
    sign_in(reader)
    app = visit(landlord=THEIRS)
    for place in PLACES:
        if place.opens_to(reader, OURS):
            assert theirs[1] not in words(opened_at(app, place.file, landlord=THEIRS)), place.title


def _landlords(database: str) -> list[tuple[str, str]]:
    frame = records_to_count(open_store(database), THEIRS).frame("landlords").select("landlord_code", "name").collect()
    return frame.rows()


def test_links_lead_only_where_the_reader_may_go(visit: Visit, sign_in: Signing) -> None:
    sign_in(BOARD)
    shown = words(visit("pages/board/position.py", **PICTURES))
    assert "Review queue" not in shown
    assert "Our records" not in shown
    assert ADMINISTRATION not in shown


def test_nobody_signed_in_sees_the_door_and_nothing_else(visit: Visit, sign_in: Signing) -> None:
    sign_in(None)
    app = visit(**PICTURES)
    for place in PLACES:
        shown = words(opened_at(app, place.file, **PICTURES))
        assert "Sign in" in shown
        assert "Quill" not in shown


def test_a_reader_of_the_pseudonymous_view_sees_cases_without_references_or_words(
    visit: Visit, sign_in: Signing, references: frozenset[str]
) -> None:
    for reader in (MRC_WITH_CASES,):
        sign_in(reader)
        shown = words(visit("pages/complaints_team/cases.py", **PICTURES, which="all"))
        assert not references & tokens(shown)
        pseudonym = re.search(r"C-[0-9a-f]{10}", shown)
        assert pseudonym, "the list names its cases by pseudonyms"
        one = words(visit("pages/complaints_team/case.py", **PICTURES, ref=pseudonym.group()))
        assert pseudonym.group() in one
        assert not references & tokens(one)


@pytest.mark.parametrize("reader", [*WITHOUT_CASES, None], ids=lambda each: called(each) if each else "nobody")
def test_the_store_refuses_rows_whatever_a_page_forgets(reader: Reader | None, visit: Visit, sign_in: Signing) -> None:
    visit()  # points the app at the small store
    sign_in(reader)
    for asked in (
        lambda: loading.cases(OURS, "acknowledged_on_time", AS_AT, "all"),
        lambda: case_loading.complaint(OURS, "C1", AS_AT),
        lambda: loading.review_queue(OURS, AS_AT),
        lambda: history.refused_workbook(loading.store(), 1),
        loading.visits,
    ):
        with pytest.raises(RefusedError):
            asked()


def test_no_reader_is_handed_what_was_kept_for_another(database: str, visit: Visit, sign_in: Signing) -> None:
    """Every cache is warmed by the team; then the board asks for the same."""
    sign_in(TEAM_MEMBER)
    visit("pages/complaints_team/cases.py", **PICTURES)
    warm = loading.cases(OURS, "acknowledged_on_time", AS_AT, "attention")
    sign_in(EXECUTIVE)
    cold = loading.cases(OURS, "acknowledged_on_time", AS_AT, "attention")
    assert len(cold) == len(warm)
    assert not set(cold.frame["complaint_ref"]) & set(warm.frame["complaint_ref"])
    store = open_store(database)
    scopes = {each.scope for each in EVERYBODY}
    assert len({version(store.opened_for(reader)) for reader in [LOCAL, *EVERYBODY]}) == 1 + len(scopes)


FIGURES = {
    "assessment": lambda: loading.assessment(OURS, AS_AT),
    "volumes": lambda: loading.volumes(OURS, AS_AT, EVERYTHING),
    "measures": lambda: loading.measures(OURS, AS_AT),
    "filled": lambda: loading.filled(OURS),
    "hidden_stages": lambda: loading.hidden_stages(OURS, AS_AT),
    "detectors": lambda: loading.detectors(OURS, AS_AT),
    "precision": lambda: loading.precision(OURS),
    "learning": lambda: loading.learning(OURS, AS_AT),
    "governance": lambda: loading.governance(OURS, AS_AT),
    "ombudsman": lambda: loading.ombudsman(OURS, AS_AT),
    "signals": lambda: loading.signals(OURS, AS_AT),
    "theme_choices": lambda: loading.theme_choices(OURS, AS_AT),
    "counted_unread": lambda: loading.counted_unread(OURS, AS_AT),
}
"""Every figure a screen can ask for, by the function of `ui.loading` that gives it."""
ORDERED_BY_REFERENCE = {"ombudsman"}
"""Holds references that its page does not draw for a reader without cases, as the walk over every page shows."""


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_for_every_reader_and_names_no_case(
    name: str, visit: Visit, sign_in: Signing, references: frozenset[str]
) -> None:
    visit()  # points the app at the small store
    sign_in(TEAM_MEMBER)
    whole = written(FIGURES[name]())
    sign_in(EXECUTIVE)
    theirs = written(FIGURES[name]())
    assert theirs == whole
    assert name in ORDERED_BY_REFERENCE or not references & tokens(theirs)


def written(value: object) -> str:
    """Every value inside, whatever the shape."""
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(f"{each.name}={written(getattr(value, each.name))}" for each in fields(value))
    if isinstance(value, pl.DataFrame):
        return " ".join(str(row) for row in sorted(map(str, value.rows())))
    if isinstance(value, dict):
        return " ".join(f"{key}={written(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return " ".join(map(written, value))
    return "function" if callable(value) else str(value)


def test_whole_records_are_used_only_where_figures_are_counted() -> None:
    """Who adds a figure names it in FIGURES above, so that the tests above look at it."""
    tree = ast.parse(inspect.getsource(loading))
    named = {node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    uses = {name for name, source in named.items() if "_counted(" in source and name != "_counted"}
    listing = {
        "_cases",
        "_theme_cases",
        "_off_path",
        "_unread",
    }  # held to the reader by `listed`, by `review_queue`
    assert uses - listing - {"records_of"} <= {f"_{name}" for name in FIGURES}
    users = {path.name for path in (CHECKOUT / "ui").rglob("*.py") if "records_of" in path.read_text("utf-8")}
    assert users == {"loading.py", "trend_loading.py", "paper_loading.py", "published_loading.py"}


KEYED_BY_SCOPE = {"of", "of_version"}
"""Parameters that hold `loading.key_of` or `loading.store_version`: numbers that differ between readers of different
scope."""
KEPT_FOR_EVERYBODY = {"opened.whole_store": "the store itself, which is opened for a reader each time it is asked for"}


def test_whatever_the_screens_keep_is_kept_by_the_readers_scope() -> None:
    """Found in the source, so that a new one cannot be forgotten."""
    kept: dict[str, set[str]] = {}
    for folder in ("ui", "pages"):
        for path in (CHECKOUT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in node.decorator_list):
                    kept[f"{path.stem}.{node.name}"] = {each.arg for each in node.args.args}
    assert len(kept) > 20
    assert {name for name, arguments in kept.items() if not arguments & KEYED_BY_SCOPE} == set(KEPT_FOR_EVERYBODY)


LISTS_CASES = re.compile(
    r"\b(_records|records_shown|_listed|_cases|_theme_cases|_commitments|_apologies|_unread|_off_path|_complaint)\("
)
COUNTS_ONLY = {"counted_unread"}


def test_whoever_fetches_cases_is_told_to_the_audit() -> None:
    """Every function that fetches cases for the screens calls `seen`, and nothing else fetches them."""
    silent = []
    for path in [*(CHECKOUT / "ui").rglob("*loading.py"), CHECKOUT / "ui" / "ghost_decisions.py"]:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != "records_shown":
                source = ast.unparse(node)
                if LISTS_CASES.search(source) and "seen(" not in source and node.name not in COUNTS_ONLY:
                    silent.append(f"{path.name}: {node.name}")
    assert silent == []
    users = {path.name for path in (CHECKOUT / "ui").rglob("*.py") if "records_shown" in path.read_text("utf-8")}
    assert users == {"loading.py", "case_loading.py", "ghost_decisions.py"}


def test_files_are_handed_out_in_one_place_only() -> None:
    """`ui/download.py` tells the audit who took what, and looks the reader up anew."""
    hands_out = [
        path.name for path in (CHECKOUT / "ui").rglob("*.py") if "st.download_button" in path.read_text("utf-8")
    ]
    assert hands_out == ["download.py"]
    assert not [path.name for path in (CHECKOUT / "pages").rglob("*.py") if "download" in path.read_text("utf-8")]


def test_a_screen_opens_the_store_in_one_place_only() -> None:
    opens = [
        path.name
        for folder in ("ui", "pages")
        for path in (CHECKOUT / folder).rglob("*.py")
        if {"open_store", "whole_store"} & set(re.findall(r"\w+", path.read_text("utf-8")))
    ]
    assert opens == ["opened.py"]


@pytest.fixture
def held(database: str) -> Store:
    return open_store(database)


@pytest.mark.parametrize("reader", EVERYBODY, ids=called)
def test_rows_of_another_landlord_never_come_out(reader: Reader, held: Store) -> None:
    store = held.opened_for(reader)
    if reader.landlords is not None:
        for read in (read_records, records_to_count):
            with pytest.raises(RefusedError, match="no access"):
                read(store, THEIRS)
    if reader.may("cases"):
        for table in TABLE_BY_NAME.values():
            codes = current(store).scan(table).select("landlord_code").unique().collect().to_series().to_list()
            assert set(codes) <= {OURS}, table.name


def test_team_pages_are_closed_by_default() -> None:
    assert all(not place.opens_to(BOARD, OURS) for place in PLACES if place.reader in (TEAM, ADMINISTRATION))


def test_an_administrator_without_the_teams_role_changes_the_words_that_count(
    visit: Visit, sign_in: Signing, own: str, at_store: Callable[[str], None]
) -> None:
    at_store(own)
    sign_in(ADMINISTRATOR)
    app = visit(GHOST_WORDS, landlord=OURS)
    app.text_area(key="words-typed").set_value("chat at the counter")
    app.text_area(key="words-reason").set_value("Our desk calls it so.")
    app.text_input(key="words-by").set_value("A. Administrator")
    next(each for each in app.button if each.label == "Add").click()
    app.run()
    assert not app.exception
    said = app.success[0].value.replace("\\", "")
    assert said == "Version 1 counts.", "counts are not part of the administrator's view"
    assert "chat at the counter" in words(app)
