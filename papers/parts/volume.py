"""Volume, categories, outcomes and handling performance: what Code 9.7 (a) wants the governing body to have."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.choices import OUTCOMES
from metrics.outcomes import NOT_SAID
from metrics.small_numbers import WHY_NOT_SHOWN, is_few, one_way
from metrics.volumes import Rate, Slice
from metrics.volumes_words import compared, how_sure
from metrics.volumes_words import heading as volume_heading
from papers.material import Material
from papers.model import Block, Cell, Number, Paragraph, Section, Table
from papers.parts.volume_charts import course_chart, timeliness_chart
from papers.parts.wording import figures_table
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
FEWEST_TO_BREAK_DOWN = 30
"""With fewer complaints a year, successive papers side by side pin single ones down, whatever each leaves out."""
NOT_BROKEN_DOWN = (
    f"With fewer than {FEWEST_TO_BREAK_DOWN} complaints in a year, what they were about and when they came is left "
    "out: it would tell of single people."
)
FEW_BEFORE = "There were fewer than five in the twelve months before."
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
    few_before = found.year_before is not None and is_few(found.year_before.count)
    before = FEW_BEFORE if few_before else compared(found.year, found.year_before)
    blocks: list[Block] = [
        Paragraph(text=f"{volume_heading(found)}.", lead=True),
        Paragraph(text=f"{how_sure(found)} {before} {WELCOME}"),
    ]
    if not can_break_down(found.year):
        return [*blocks, Paragraph(text=NOT_BROKEN_DOWN)]
    chart = course_chart(of) if found.year_before is None or can_break_down(found.year_before) else None
    return [*blocks, chart] if chart else blocks


def can_break_down(year: Rate) -> bool:
    """Whether a year's complaints may be told by service area and by quarter."""
    return year.count >= FEWEST_TO_BREAK_DOWN


def _what_about(of: Material) -> list[Block]:
    slices = of.volumes.slices["service_area"]
    now = _masked({each.name: each.now.count for each in slices})
    # Where even the total must be left out, the sentence above would tell it.
    if not can_break_down(of.volumes.year) or now.total is None:
        return []
    then = _masked({each.name: each.before.count for each in slices if each.before})
    year_before = of.volumes.year_before
    before = then.total is not None and year_before is not None and can_break_down(year_before)
    rows: list[tuple[Cell, ...]] = [
        (name, counted(shown), *((counted(earlier), _change(each)) if before else ()))
        for each in slices
        for name, shown, earlier in [(each.name, now.counts[each.name], then.counts.get(each.name))]
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


@dataclass(frozen=True)
class _Masked:
    """Counts by name, None where left out."""

    counts: Mapping[str, int | None]
    total: int | None

    @property
    def hides(self) -> bool:
        return None in (*self.counts.values(), self.total)


def _masked(counts: Mapping[str, int]) -> _Masked:
    """Always in the order of the names: the same counts hide the same in a paper a year later, where they stand beside
    newer ones."""
    names = sorted(counts)
    shown = one_way([counts[name] for name in names])
    return _Masked(dict(zip(names, shown.counts, strict=True)), shown.total)


def _change(each: Slice) -> str:
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
    if any(isinstance(cell, Number) and cell.value is None for cell in rows[-1]):  # totals that figures stand on
        return []
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
