"""Attacks every table of every landlord's papers: is there a count of one to four people, or can one be worked out?"""

import re
from collections.abc import Mapping

import polars as pl
import pytest

from metrics.ghosts.few import picture_without_few
from metrics.ghosts.picture import HiddenPicture, hidden_picture
from metrics.records import TABLES, Records
from metrics.small_readings import counts_people
from papers.composing import composed
from papers.material import Material
from papers.model import KINDS, Kind, Number, Paper, Paragraph, Points, Table, text_of
from tests.papers.conftest import AS_AT

OF_PEOPLE = ("service-areas", "outcomes", "refusals")
K_OF_N = re.compile(r"(?:about )?([\d,]+) of ([\d,]+)")
FOR_OTHERS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "self-check")


def words_of(paper: Paper) -> list[str]:
    """Every text of a paper, cell by cell."""
    found = [paper.finding]
    for section in paper.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    found.append(block.text)
                case Points():
                    found += block.items
                case Table():
                    found += [text_of(cell) for row in block.rows for cell in row]
                case _:
                    found += [block.title, block.alt]
    return found


def few_told(table: Table) -> list[str]:
    """Counts of one to four people that a table of counts shows, or that its totals give back."""
    found = []
    for column in range(1, len(table.columns)):
        cells = [row[column] for row in table.rows]
        if not all(isinstance(cell, Number) for cell in cells):
            continue
        counts = [cell.value for cell in cells if isinstance(cell, Number)]
        found += [f"{table.key}: {count:g} shown" for count in counts if count is not None and 0 < count < 5]
        *parts, total = counts
        missing = [part for part in parts if part is None]
        if total is not None and missing:
            left = total - sum(part for part in parts if part is not None)
            if len(missing) == 1 or 0 < left < 5 or left == len(missing):
                found.append(f"{table.key}: {left:g} left for {len(missing)} cells")
    return found


@pytest.mark.parametrize("kind", FOR_OTHERS)
def test_no_table_tells_of_one_to_four_people(materials: Mapping[str, Material], kind: Kind) -> None:
    papers = [composed(of, kind) for of in materials.values()]
    tables = [table for paper in papers for table in paper.tables if table.key in OF_PEOPLE]
    assert tables or kind == "quarterly", "the quarterly review counts no people in a table"
    assert [found for table in tables for found in few_told(table)] == []


def test_the_attack_finds_what_it_looks_for() -> None:
    def table(*counts: int | None) -> Table:
        rows = tuple((str(place), Number(text="", value=count)) for place, count in enumerate(counts))
        return Table(key="planted", title="", columns=("", "n"), rows=rows)

    assert few_told(table(3, 50, 53)) and few_told(table(None, 50, 53)) and few_told(table(None, None, 40, 44))
    assert not few_told(table(None, None, 40, 60))


def test_no_figure_of_people_tells_of_one_to_four(materials: Mapping[str, Material]) -> None:
    """Neither those counted nor those left, neither as written nor as numbers for the workbook."""
    hidden = 0
    for of in materials.values():
        for key, figure in of.figures.items():
            if not counts_people(of.reading(key).indicator):
                continue
            hidden += figure.hidden
            if figure.numerator is not None:
                left = (figure.denominator or 0) - figure.numerator if not of.reading(key).indicator.per_homes else 0
                assert not 0 < figure.numerator < 5 and not 0 < left < 5, key
            for counted, among in K_OF_N.findall(figure.count):
                k, n = (int(each.replace(",", "")) for each in (counted, among))
                if "fewer than" not in figure.count and not of.reading(key).indicator.per_homes:
                    assert not 0 < k < 5 and not 0 < n - k < 5, key
    assert hidden > 10


def test_a_hidden_figure_gives_nothing_to_work_back_from(materials: Mapping[str, Material]) -> None:
    for of in materials.values():
        for figure in of.figures.values():
            if figure.hidden:
                assert {figure.numerator, figure.denominator, figure.share, figure.low, figure.high} == {None}
                assert figure.interval == ""


def test_stocks_do_not_give_each_other_away(materials: Mapping[str, Material]) -> None:
    """All complaints less those of one stock are those of the other."""
    for of in materials.values():
        for stage in ("1", "2"):
            shown = [of.figures[f"ch01_{stage}_{stock}"].numerator for stock in ("lcra", "lcho")]
            assert shown.count(None) != 1 or of.reading(f"ch01_{stage}_lcho").numerator in (None, 0)


@pytest.mark.parametrize("kind", FOR_OTHERS)
def test_no_household_and_no_free_text(materials: Mapping[str, Material], kind: Kind) -> None:
    for code, of in materials.items():
        said = "\n".join(words_of(composed(of, kind)))
        for table in TABLES:
            private = [c.name for c in table.columns if c.free_text or c.name in ("household_ref", "complaint_ref")]
            for column in private:
                values = of.records.frame(table.name).select(pl.col(column).drop_nulls().unique()).collect()
                told = [each for each in values[column].to_list() if len(each) > 3 and each in said]
                assert told == [], f"{code}: {table.name}.{column}"


def test_the_day_is_the_one_asked_for(materials: Mapping[str, Material]) -> None:
    assert {of.as_at for of in materials.values()} == {AS_AT}


def counts_of_places(found: HiddenPicture) -> list[tuple[object, ...]]:
    """Everything counted of teams, areas and channels, and what is said of it."""
    places = [(by, place) for by, funnel in found.funnels.items() for place in funnel.places]
    return [(by, each.name, each.complaints, each.contacts, each.hidden, each.why) for by, each in places]


def test_hidden_stages_are_told_as_the_board_may_see_them(
    seeds: Mapping[str, Records], materials: Mapping[str, Material]
) -> None:
    left_out = 0
    for code, records in seeds.items():
        whole = hidden_picture(records, AS_AT)
        shown = counts_of_places(materials[code].hidden)
        assert shown == counts_of_places(picture_without_few(whole)), code
        left_out += shown != counts_of_places(whole)
    assert left_out, "no landlord has a count to leave out"
