"""Complaints and answers by quarter, drawn to the nearest five.

What came in less what went out between two papers is the difference of their totals: an exact count of one quarter
would tell the counts of all that follow, small ones too.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from metrics.small_numbers import is_few, to_fives
from metrics.volumes import Timeliness
from papers.material import Material
from papers.model import Chart, Series
from papers.parts.wording import short_quarter

NEAREST = "counted to the nearest five"


def course_chart(of: Material) -> Chart | None:
    """Complaints received by quarter, with the band of chance; None where fewer than two quarters can be shown."""
    quarters = of.volumes.quarters
    shown = quarters[len(quarters) % 4 :]
    rates = [None if is_few(each.stage_1.count) else replace(each.stage_1, count=to_fives(each.stage_1.count))
             for each in shown]  # fmt: skip
    if sum(rate is not None for rate in rates) < 2:
        return None
    per_homes = of.volumes.homes is not None
    values = tuple(None if rate is None else rate.value if per_homes else float(rate.count) for rate in rates)
    edges = [rate.interval if rate is not None and per_homes else None for rate in rates]
    names = tuple(short_quarter(quarter.end) for quarter in shown)
    told = "; ".join(
        f"{name}: {'not shown' if value is None else f'{value:.1f}' if per_homes else f'{value:.0f}'}"
        for name, value in zip(names, values, strict=True)
    )
    unit = "per 1,000 homes" if per_homes else "complaints"
    marks = _marks(of, {quarter.end: name for quarter, name in zip(shown, names, strict=True)})
    meanwhile = "".join(f". {number}: {what}" for number, (_, what) in enumerate(marks, start=1))
    marked = "".join(f" {number}, {name}: {what}." for number, (name, what) in enumerate(marks, start=1))
    band = "the band is how far chance alone moves it"
    return Chart(
        key="course",
        kind="course",
        title=f"Complaints received each quarter ({unit}, {NEAREST}); {band}{meanwhile}",
        alt=f"Complaints received each quarter, {unit}, {NEAREST}. {told}.{marked}",
        categories=names,
        series=(
            Series(
                name="Stage 1",
                values=values,
                low=tuple(edge[0] if edge else None for edge in edges) if per_homes else (),
                high=tuple(edge[1] if edge else None for edge in edges) if per_homes else (),
            ),
        ),
        unit=unit,
        marks=marks,
    )


def _marks(of: Material, names: Mapping[date, str]) -> tuple[tuple[str, str], ...]:
    """The last two events, in the quarter they fell into."""
    found: list[tuple[str, str]] = []
    for event in of.volumes.events:
        end = next((end for end in names if event.on <= end), None)
        if end is not None and (not found or found[-1][0] != names[end]):
            found.append((names[end], event.title))
    return tuple(found[-2:])


def timeliness_chart(of: Material) -> Chart | None:
    """Stage 1 answers in time, in time with an extension, and late, over the last four quarters; None where a part of a
    quarter is small, since its bar would show it."""
    recent: tuple[Timeliness, ...] = tuple(each for each in of.volumes.timeliness if each.stage == 1)[-4:]
    parts = [count for each in recent for count in (each.on_time, each.extended, each.late)]
    if not recent or any(map(is_few, parts)) or not any(parts):
        return None
    names = tuple(short_quarter(each.end) for each in recent)
    drawn = [tuple(map(to_fives, (each.on_time, each.extended, each.late))) for each in recent]
    told = "; ".join(
        f"{name}: {on_time} in time, {extended} with an extension, {late} late"
        for name, (on_time, extended, late) in zip(names, drawn, strict=True)
    )
    on_time, extended, late = (tuple(map(float, counts)) for counts in zip(*drawn, strict=True))
    return Chart(
        key="timeliness",
        kind="stack",
        title=f"Stage 1 answers falling due each quarter, {NEAREST}",
        alt=f"Stage 1 answers falling due each quarter, {NEAREST}. {told}.",
        categories=names,
        series=(
            Series(name="In time", values=on_time, colour="met"),
            Series(name="In time with an extension", values=extended, colour="muted"),
            Series(name="Late", values=late, colour="not met"),
        ),
        unit="answers",
    )
