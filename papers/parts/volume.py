"""Volume, categories, outcomes and handling performance: what Code 9.7 (a) wants the governing body to have."""

from collections.abc import Mapping
from datetime import date

from metrics.choices import OUTCOMES
from metrics.outcomes import NOT_SAID
from metrics.small_numbers import WHY_NOT_SHOWN, is_few, one_way
from metrics.volumes import Timeliness
from metrics.volumes_words import heading as volume_heading
from metrics.volumes_words import lead as volume_lead
from papers.material import Material
from papers.model import Block, Cell, Chart, Number, Paragraph, Section, Series, Table
from papers.parts.wording import figures_table, short_quarter
from papers.people import counted, masked_rows

HANDLING = (
    "acknowledged_on_time",
    "stage_1_on_time",
    "stage_2_on_time",
    "stage_1_extended",
    "apology_given",
    "independent_stage_2",
    "refused",
    "withdrawn",
    "escalated_to_stage_2",
    "overturned_at_stage_2",
)
WELCOME = (
    "More complaints are not worse, and fewer are not better: the Code asks landlords to see complaints as welcome "
    "(3.3)."
)


THE_CODES_TIMES = (
    "The Code's rule is that every complaint is acknowledged within 5 working days, and answered within 10 more at "
    "stage 1 and 20 more at stage 2 (6.2, 6.3, 6.11, 6.14). “Our line” is our own judgement of when that is secure."
)


def volume(of: Material) -> Section:
    """The section as Code 9.7 (a) orders it."""
    blocks: list[Block] = [*_how_many(of)]
    blocks += [*_what_about(of), *_how_it_came_out(of), *_how_handled(of)]
    return Section(
        key="volume",
        heading="Volume, categories, outcomes and how complaints were handled",
        blocks=tuple(blocks),
        code="Code 9.7 (a)",
    )


def _how_many(of: Material) -> list[Block]:
    found = of.volumes
    if is_few(found.year.count):
        return [Paragraph(text="Fewer than five complaints were received in these twelve months.", lead=True)]
    blocks: list[Block] = [
        Paragraph(text=f"{volume_heading(found)}.", lead=True),
        Paragraph(text=f"{volume_lead(found)} {WELCOME}"),
    ]
    chart = course_chart(of)
    return [*blocks, chart] if chart else blocks


def course_chart(of: Material) -> Chart | None:
    """Complaints received by quarter, with the band of chance; None where fewer than two quarters can be shown.

    The four quarters of the year add up to its total, so where one of them is small another is left out with it.
    """
    quarters = of.volumes.quarters
    per_homes = of.volumes.homes is not None
    counts: list[int | None] = []
    for start in range(len(quarters) % 4, len(quarters), 4):
        counts += one_way([quarter.stage_1.count for quarter in quarters[start : start + 4]]).counts
    shown = quarters[len(quarters) % 4 :]
    if sum(count is not None for count in counts) < 2:
        return None
    rates = [(quarter.stage_1 if count is not None else None) for quarter, count in zip(shown, counts, strict=True)]
    values = tuple(None if rate is None else rate.value if per_homes else float(rate.count) for rate in rates)
    edges = [rate.interval if rate is not None and per_homes else None for rate in rates]
    names = tuple(short_quarter(quarter.end) for quarter in shown)
    told = "; ".join(
        f"{name}: {'not shown' if value is None else f'{value:.1f}' if per_homes else f'{value:.0f}'}"
        for name, value in zip(names, values, strict=True)
    )
    unit = "per 1,000 homes" if per_homes else "complaints"
    return Chart(
        key="course",
        kind="course",
        title=f"Complaints received each quarter ({unit}); the band is how far a quarter moves by chance alone",
        alt=f"Complaints received each quarter, {unit}. {told}.",
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
        marks=_marks(of, {quarter.end: name for quarter, name in zip(shown, names, strict=True)}),
    )


def _marks(of: Material, names: Mapping[date, str]) -> tuple[tuple[str, str], ...]:
    """The last two events, in the quarter they fell into."""
    found: list[tuple[str, str]] = []
    for event in of.volumes.events:
        end = next((end for end in names if event.on <= end), None)
        if end is not None and (not found or found[-1][0] != names[end]):
            found.append((names[end], event.title if len(event.title) <= 34 else f"{event.title[:33]}…"))
    return tuple(found[-2:])


def _what_about(of: Material) -> list[Block]:
    slices = of.volumes.slices["service_area"]
    before = all(each.before is not None for each in slices) and bool(slices)
    if not slices:
        return []
    now = one_way([each.now.count for each in slices])
    then = one_way([each.before.count if each.before else 0 for each in slices])
    rows: list[tuple[Cell, ...]] = [
        (each.name, counted(now.counts[place]), *((counted(then.counts[place]), _change(of, place)) if before else ()))
        for place, each in enumerate(slices)
    ]
    rows.append(("All", counted(now.total), *((counted(then.total), "–") if before else ())))
    columns = (
        "Service area",
        "Twelve months",
        *(("Twelve months before", "Changed by more than chance") if before else ()),
    )
    return [
        Table(
            key="service-areas",
            title="What complaints were about",
            columns=columns,
            rows=tuple(rows),
            note=WHY_NOT_SHOWN if now.hides or (before and then.hides) else "",
        )
    ]


def _change(of: Material, place: int) -> str:
    each = of.volumes.slices["service_area"][place]
    if each.before is None or is_few(each.now.count) or is_few(each.before.count):
        return "–"
    return each.now.told_apart(each.before) or "no"


def _how_it_came_out(of: Material) -> list[Block]:
    by_stage = of.outcomes.by_stage
    names = [*OUTCOMES, NOT_SAID] if any(stage[NOT_SAID] for stage in by_stage.values()) else list(OUTCOMES)
    counts = [[by_stage[stage][name] for stage in (1, 2)] for name in names]
    if not any(map(any, counts)):
        return []
    rows = masked_rows([name.capitalize() for name in names], counts)
    hides = any(isinstance(cell, Number) and cell.value is None for row in rows for cell in row)
    return [
        Table(
            key="outcomes",
            title="How complaints answered in the twelve months came out",
            columns=("Outcome", "Stage 1", "Stage 2", "Both stages"),
            rows=rows,
            note=WHY_NOT_SHOWN if hides else "",
        )
    ]


def _how_handled(of: Material) -> list[Block]:
    table = figures_table("handling", "How complaints were handled", [of.figures[key] for key in HANDLING])
    chart = timeliness_chart(of)
    return [Paragraph(text=THE_CODES_TIMES), table, *([chart] if chart else [])]


def timeliness_chart(of: Material) -> Chart | None:
    """Stage 1 answers in time, in time with an extension, and late, over the last four quarters; None where a part of a
    quarter is small, since its bar would show it."""
    recent: tuple[Timeliness, ...] = tuple(each for each in of.volumes.timeliness if each.stage == 1)[-4:]
    parts = [count for each in recent for count in (each.on_time, each.extended, each.late)]
    if not recent or any(map(is_few, parts)) or not any(parts):
        return None
    names = tuple(short_quarter(each.end) for each in recent)
    told = "; ".join(
        f"{name}: {each.on_time} in time, {each.extended} with an extension, {each.late} late"
        for name, each in zip(names, recent, strict=True)
    )
    return Chart(
        key="timeliness",
        kind="stack",
        title="Stage 1 answers falling due each quarter",
        alt=f"Stage 1 answers falling due each quarter. {told}.",
        categories=names,
        series=(
            Series(name="In time", values=tuple(float(each.on_time) for each in recent), colour="met"),
            Series(name="In time with an extension", values=tuple(float(each.extended) for each in recent),
                   colour="muted"),
            Series(name="Late", values=tuple(float(each.late) for each in recent), colour="not met"),
        ),
        unit="answers",
    )  # fmt: skip
