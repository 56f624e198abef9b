"""The charts of commitments, the Ombudsman and apologies: what they draw, say and hold as a table."""

from datetime import date

import pytest

from charts.apology_criteria import apology_criteria
from charts.chart import Chart
from charts.maladministration import maladministration
from charts.overdue_grid import MOST_ROWS, overdue_grid
from charts.theme import DARK, LIGHT, SCREEN, Palette, coloured
from metrics.apologies.picture import Criterion, Quality
from metrics.choices import FINDINGS
from metrics.commitments.picture import Group
from metrics.commitments.standing import AGES
from metrics.events import Event
from metrics.ombudsman.context import NATIONAL, Context
from metrics.ombudsman.findings import Findings
from metrics.ombudsman.picture import Challenges, OmbudsmanPicture
from metrics.populations.apologies import CRITERIA
from metrics.volumes import Part

NONE = Part(k=0, n=0)


def group(number: int, overdue: int) -> Group:
    return Group(
        name=f"<b>Officer {number}</b>",
        overdue=overdue,
        oldest=400 if overdue else None,
        ages={age: overdue if age == "over a year" else 0 for age in AGES},
        phantoms=0,
        honoured=Part(k=1, n=2),
    )


def year(until: date, upheld: int, others: int) -> Findings:
    counts = dict.fromkeys(FINDINGS, 0) | {"maladministration": upheld, "no maladministration": others}
    return Findings(since=until, until=until, determinations=None, by_finding=counts)


def ombudsman(*years: Findings) -> OmbudsmanPicture:
    return OmbudsmanPicture(
        as_at=date(2026, 9, 30),
        is_held=True,
        years=years,
        areas=(),
        challenges=Challenges(is_recorded=False, asked=NONE, accepted=NONE, changed=0, refused=0, open=0),
        money=None,
        orders=None,
        learned_first=None,
    )


AROUND = Context(national=NATIONAL[::-1], group="all", group_year=None, peers=None, caveats=())
QUALITY = Quality(
    made=12,
    good=Part(k=3, n=10),
    criteria=tuple(Criterion(key=key, met=Part(k=at + 2, n=10), blank=0) for at, key in enumerate(CRITERIA)),
)
CHARTS = {
    "overdue": overdue_grid([group(at, 20 - at) for at in range(16)], name="owner"),
    "nothing overdue": overdue_grid([group(1, 0)], name="team"),
    "rate": maladministration(ombudsman(year(date(2026, 9, 30), 8, 2), year(date(2025, 9, 30), 1, 3)), AROUND),
    "no finding": maladministration(ombudsman(year(date(2026, 9, 30), 0, 0)), AROUND),
    "criteria": apology_criteria(QUALITY, None),
    "criteria and before": apology_criteria(QUALITY, QUALITY),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=list(CHARTS))
def test_every_chart_says_what_it_shows_and_holds_it_as_a_table(chart: Chart) -> None:
    assert chart.headline
    assert len(chart.alt) > 40
    assert chart.rows
    assert all(len(row) == len(chart.columns) for row in chart.rows)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("chart", CHARTS.values(), ids=list(CHARTS))
def test_every_colour_has_its_twin(chart: Chart, palette: Palette) -> None:
    drawn = coloured(chart.figure, palette).to_json()
    assert [each for each in SCREEN if each in drawn] == []


def test_the_grid_shows_the_most_overdue_first_and_escapes_names() -> None:
    chart = CHARTS["overdue"]
    labels = chart.figure.layout.yaxis.ticktext
    assert len(labels) == MOST_ROWS
    assert labels[-1] == "&lt;b&gt;Officer 0&lt;/b&gt;"
    assert len(chart.rows) == 16
    assert "4 more in the figures" in chart.headline


def test_the_rate_stands_beside_the_nations() -> None:
    chart = CHARTS["rate"]
    assert list(chart.figure.data[0].y) == [0.25, 0.8]
    assert chart.headline == "Here 80.0% (8 of 10); all landlords 71% in 2024-25, as the Ombudsman published it"
    assert chart.rows[-1][0] == "All landlords, 2022-23"


def test_the_criteria_tell_the_most_and_the_least_often_met() -> None:
    assert CHARTS["criteria"].headline == "Most often met: remedy (70%); least often: timely (20%)"


def test_what_happened_stands_where_its_day_lies_between_the_years() -> None:
    years = year(date(2026, 9, 30), 8, 2), year(date(2025, 9, 30), 1, 3)
    events = (
        Event(on=date(2026, 4, 1), title="A new system", kind="system migration"),
        Event(on=date(2025, 9, 30), title="A new policy", kind="policy change"),
    )
    chart = maladministration(ombudsman(*years), AROUND, events)
    at = [shape.x0 for shape in chart.figure.layout.shapes if shape.yref == "paper"]
    assert at == pytest.approx([0.5, 0.0], abs=0.01)
    assert "A new system, 1 April 2026" in chart.alt
