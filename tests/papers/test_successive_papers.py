"""Attacks the papers of successive days together: what one table leaves out must not come back from another, from the
paper of the quarter before, or from that of a year before. Linear programming finds how far each count left out is
known; a reader takes every number shown at its word and knows the rules by which numbers are left out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog

from metrics.outcomes import outcomes
from metrics.periods import quarter_ends_to
from metrics.records import Records
from metrics.small_numbers import is_few
from metrics.volumes import volumes
from papers.material import Material
from papers.model import Chart, Number, Paragraph, Section, Table, text_of
from papers.parts import volume
from tests.papers.conftest import AS_AT

DAYS = (date(2025, 9, 30), date(2026, 3, 31), date(2026, 6, 30), AS_AT)
ENDS = quarter_ends_to(AS_AT, 17)
Row = dict[tuple[str, date], float]
Fact = tuple[Row, float, float]
"""A sum of counts by service area and quarter, at least, at most."""


def thinned(records: Records, *, keep: int) -> Records:
    """The same landlord with one complaint of `keep` left: small numbers everywhere."""
    number = pl.col("complaint_ref").str.extract(r"(\d+)$").cast(pl.Int64)
    complaints = records.frame("complaints").filter(number % keep == 0)
    return replace(records, frames={**records.frames, "complaints": complaints}, derived={})


def section_of(of: Material, records: Records, day: date) -> Section:
    """The section on volume of that day's paper."""
    found = replace(of, records=records, as_at=day, volumes=volumes(records, day), outcomes=outcomes(records, day))
    return volume.volume(found)


def quarters_to(day: date, *, years_before: int = 0) -> list[date]:
    place = ENDS.index(day) + 1 - 4 * years_before
    return ENDS[place - 4 : place]


def facts(of: Material, records: Records, areas: list[str], day: date) -> Iterator[Fact]:
    """Everything a paper tells of complaints by service area and quarter."""
    homes = of.volumes.homes or 0
    section = section_of(of, records, day)
    found = volumes(records, day)
    lead = next(block.text for block in section.blocks if isinstance(block, Paragraph))
    if lead.startswith("Fewer than five"):
        yield {(area, end): 1 for area in areas for end in quarters_to(day)}, 1, 4
        return
    yield {(area, end): 1 for area in areas for end in quarters_to(day)}, found.year.count, found.year.count
    for table in (each for each in section.blocks if isinstance(each, Table) and each.key == "service-areas"):
        for name, *cells in table.rows:
            for column, cell in zip((0, 1), cells, strict=False):
                named = areas if name == "All" else [text_of(name)]
                row: Row = {(a, end): 1 for a in named for end in quarters_to(day, years_before=column)}
                if isinstance(cell, Number):
                    yield (row, cell.value, cell.value) if cell.value is not None else (row, 1, np.inf)
    for chart in (each for each in section.blocks if isinstance(each, Chart) and each.key == "course"):
        ends = ENDS[ENDS.index(day) + 1 - len(chart.categories) : ENDS.index(day) + 1]
        for end, value in zip(ends, chart.series[0].values, strict=True):
            row = {(area, end): 1 for area in areas}
            count = None if value is None else round(value * homes / 1000)
            yield (row, 1, 4) if count is None else (row, max(0, count - 2), count + 2)


def how_far_known(told: list[Fact], wanted: Row, areas: list[str]) -> tuple[float, float]:
    """The least and the most the sum can be, with everything that is told."""
    place = {(area, end): n for n, (area, end) in enumerate((a, e) for a in areas for e in ENDS)}
    matrix, limits = [], []
    for row, low, high in told:
        line = np.zeros(len(place))
        for each, weight in row.items():
            line[place[each]] = weight
        matrix += [-line] + ([line] if np.isfinite(high) else [])
        limits += [-low] + ([high] if np.isfinite(high) else [])
    aim = np.zeros(len(place))
    for each, weight in wanted.items():
        aim[place[each]] = weight
    found = [linprog(sign * aim, A_ub=np.array(matrix), b_ub=limits, method="highs") for sign in (1, -1)]
    assert all(each.status == 0 for each in found), "what the papers tell contradicts itself"
    return found[0].fun, -found[1].fun


def counted(records: Records) -> Mapping[tuple[str, date], int]:
    rows = records.frame("complaints").select("category", "received_on").collect()
    return {
        (area, end): sum(start < day <= end for day in rows.filter(pl.col("category") == area)["received_on"])
        for area in rows["category"].unique()
        for start, end in zip(ENDS, ENDS[1:], strict=False)
    }


@pytest.mark.parametrize(
    ("code", "keep"), [("MALLO", 1), ("MALLO", 3), ("QUILL", 8), ("QUILL", 14), ("SORRE", 9), ("TARRO", 20)]
)
def test_what_is_left_out_stays_unknown_with_every_paper_side_by_side(
    seeds: Mapping[str, Records], materials: Mapping[str, Material], code: str, keep: int
) -> None:
    records = thinned(seeds[code], keep=keep)
    of = replace(materials[code], volumes=volumes(records, AS_AT))
    true = counted(records)
    areas = sorted({area for area, _ in true})
    told = [fact for day in DAYS for fact in facts(of, records, areas, day)]
    for row, low, high in told:  # the reader is told nothing false
        known = [true[each] for each in row if each in true]
        assert len(known) < len(row) or low <= sum(known) <= high
    attacked = 0
    for day in DAYS:
        years: list[Row] = [{(area, end): 1 for end in quarters_to(day)} for area in areas]
        quarter: list[Row] = [{(area, day): 1 for area in areas}]
        for wanted in (*years, *quarter):
            count = sum(true[each] for each in wanted)
            if is_few(count):
                attacked += 1
                least, most = how_far_known(told, wanted, areas)
                assert most - least >= 1 - 1e-6, f"{code} to {day}: {count} is known from {least:g} to {most:g}"
    assert attacked > 0


def test_the_attack_finds_a_count_that_two_papers_give_away() -> None:
    """One paper draws last quarter exactly, the next leaves the new quarter out: its total less the rest is known."""
    areas, (a, b, c, d, e) = ["Damp"], ENDS[-5:]
    shown: list[Fact] = [({("Damp", end): 1}, 6, 6) for end in (a, b, c, d)]
    total: Fact = ({("Damp", end): 1 for end in (b, c, d, e)}, 21, 21)
    assert how_far_known([*shown, total], {("Damp", e): 1}, areas) == (3, 3)
    fuzzy: list[Fact] = [(row, low - 2, high + 2) for row, low, high in shown]
    least, most = how_far_known([*fuzzy, total], {("Damp", e): 1}, areas)
    assert most - least > 4
