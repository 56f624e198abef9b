"""Markup escapes every value, and is the only way HTML reaches the screen."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.phrasing import table_words
from metrics.words import STATES
from ui.markup import SHAPE_OF, definitions, element, state_shape, state_word, table, together
from ui.wording import cell, column_words

CHECKOUT = Path(__file__).resolve().parents[2]


@given(st.text())
def test_text_never_opens_or_closes_a_tag(text: str) -> None:
    inner = element("p", text).html.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inner
    assert ">" not in inner


@given(st.text())
def test_an_attribute_never_ends_early(text: str) -> None:
    assert element("div", title=text).html.count('"') == 2


def test_markup_is_kept_and_text_beside_it_escaped() -> None:
    assert together(element("b", "a & b"), "<i>").html == "<b>a &amp; b</b>&lt;i&gt;"


def test_attributes_are_spelled_as_html_spells_them() -> None:
    assert element("p", "x", class_="a", aria_label="b", title=None).html == '<p class="a" aria-label="b">x</p>'


def test_a_table_has_a_caption_and_column_heads_and_can_be_scrolled_by_keyboard() -> None:
    drawn = table(("Name", "Count"), [("<x>", "12"), ("y", "3")], caption="All of them").html
    assert '<th scope="col" class="n">Count</th>' in drawn
    assert "<caption>All of them</caption>" in drawn
    assert 'tabindex="0"' in drawn
    assert "&lt;x&gt;" in drawn


def test_definitions_pair_names_and_meanings() -> None:
    assert definitions([("a", "b")]).html == '<dl class="lp-defs"><dt>a</dt><dd>b</dd></dl>'


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_a_shape_and_a_word(state: str) -> None:
    assert SHAPE_OF[state] in state_shape(state).html  # type: ignore[index, arg-type]
    assert state.capitalize() in state_word(state).html  # type: ignore[arg-type]


def test_shapes_tell_the_states_apart_without_colour() -> None:
    assert len(set(SHAPE_OF.values())) == len(STATES)


def test_html_is_put_on_screen_in_one_place_beside_the_style_sheet() -> None:
    found = {
        path.relative_to(CHECKOUT).as_posix()
        for room in ("ui", "pages")
        for path in (CHECKOUT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("html", "iframe") and ast.unparse(node.value) == "st"
    }
    assert found == {"ui/markup.py", "ui/shell.py"}


def test_values_are_written_as_people_write_them() -> None:
    assert [cell(None), cell(True), cell(False), cell(1234.5), cell("x")] == ["–", "yes", "no", "1,234.5", "x"]
    assert column_words("acknowledge_due_on") == "Acknowledge due"
    assert table_words("learning_actions") == "learning actions"
