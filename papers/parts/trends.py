"""What changed and what only moved: the icon matrix, the few signals, the noise, and what happened meanwhile."""

from metrics.events import Event
from metrics.periods import window
from metrics.phrasing import day
from metrics.small_numbers import is_few
from metrics.small_readings import counts_people
from metrics.trends import QuarterlyTrends, Trend
from metrics.trends.rows import Assurance, Point, Variation
from metrics.trends.words import (
    ASSURANCE_WORDS,
    VARIATION_WORDS,
    heading,
    lead,
    limits_words,
    lines_listed,
    period_words,
    value_words,
)
from papers.material import Material
from papers.model import Block, Chart, Paragraph, Section, Series, Table

# Making Data Count's letters and a shape beside them: never colour alone.
VARIATION_ICONS: dict[Variation, str] = {
    "better, high": "▲ H better",
    "better, low": "▼ L better",
    "worse, high": "▲ H worse",
    "worse, low": "▼ L worse",
    "changed, high": "▲ H changed",
    "changed, low": "▼ L changed",
    "only chance": "– only chance",
}
ASSURANCE_ICONS: dict[Assurance, str] = {
    "passes": "P passes",
    "fails": "F fails",
    "hit or miss": "? hit or miss",
    "no line": "– no line",
}
SIGNAL_SAYS: dict[Variation, str] = {
    variation: words.partition(": ")[2] or words for variation, words in VARIATION_WORDS.items()
}
SIGNAL_MEANS: dict[Variation, str] = {
    variation: {"better": ", which is better", "worse": ", which is worse"}.get(
        variation.partition(",")[0], ", which in itself is neither better nor worse"
    )
    for variation in VARIATION_WORDS
}
MOST_CHARTS = 3


def in_short(found: QuarterlyTrends) -> tuple[Block, ...]:
    """How many signals there are, and how many chance would give."""
    return (Paragraph(text=f"{heading(found)}.", lead=True), Paragraph(text=lead(found)))


def matrix(found: QuarterlyTrends) -> Section:
    """Every line with its two icons."""
    rows = tuple(
        (row.title, _latest(row), period_words(row.latest.end, row.period), VARIATION_ICONS[row.variation],
         ASSURANCE_ICONS[row.assurance])
        for group in found.groups.values()
        for row in group
    )  # fmt: skip
    blocks: list[Block] = [
        Table(
            key="matrix",
            title="Has it changed, and can it be counted on?",
            columns=("Figure", "Latest", "Of", "Change", "Against its line"),
            rows=rows,
            note="H and L: higher or lower than before by more than chance. P, F and ?: sure to reach its line, sure "
            "to miss it, or now and then, as things go.",
        )
        if rows
        else Paragraph(text="There is too little to tell change from chance yet.")
    ]
    return Section(key="matrix", heading="The figures at a glance", blocks=tuple(blocks))


def signals(found: QuarterlyTrends) -> Section:
    """The few lines that changed by more than chance, each with its chart where no small count would show."""
    blocks: list[Block] = []
    for row in found.signals:
        since = row.signal_since
        blocks.append(
            Paragraph(
                text=f"{row.title}: {SIGNAL_SAYS[row.variation]}"
                + (f" since {period_words(since, row.period)}" if since else "")
                + f"{SIGNAL_MEANS[row.variation]}. {ASSURANCE_WORDS[row.assurance]}."
            )
        )
    blocks += [chart for row in found.signals if (chart := line_chart(row))][:MOST_CHARTS]
    return Section(
        key="signals",
        heading="The few signals that matter",
        blocks=tuple(blocks) or (Paragraph(text="No figure changed by more than chance."),),
    )


def noise(found: QuarterlyTrends) -> Section:
    """What moved no more than chance moves it: no reason to ask, to praise or to act."""
    quiet = [row.title for row in found.rows if not row.is_signal]
    said = (
        f"{lines_listed(quiet)} moved no more than chance moves them. A figure that went up or down among these is no "
        "reason to ask, to praise or to act."
        if quiet
        else "Every line that could be drawn shows a signal."
    )
    blocks: list[Block] = [Paragraph(text=said)]
    if found.left_out:
        blocks.append(
            Paragraph(
                text=f"{len(found.left_out)} more figures have too few cases in a month or quarter to draw, or are "
                "counted as a whole."
            )
        )
    return Section(key="noise", heading="What is only noise", blocks=tuple(blocks))


def what_happened(of: Material) -> Section:
    """Events of the twelve months that may explain a change."""
    first, _ = window(of.as_at)
    recent: list[Event] = [event for event in of.trends.events if event.on >= first]
    blocks: tuple[Block, ...] = (
        (
            Table(
                key="events",
                title="Events recorded in the twelve months",
                columns=("Day", "What happened", "Kind"),
                rows=tuple((day(each.on), each.title, each.kind or "–") for each in recent),
            ),
        )
        if recent
        else (Paragraph(text="No event is recorded in these twelve months."),)
    )
    return Section(key="events", heading="What happened meanwhile", blocks=blocks)


def line_chart(row: Trend) -> Chart | None:
    """One line with its limits; None where a point counts one to four people."""
    if any(_tells(row, point) for point in row.points):
        return None
    scale = 1.0 if row.indicator.per_homes else 100.0
    unit = ("per 1,000 homes" if row.per_homes else "complaints") if row.indicator.per_homes else "%"
    points = row.points[-24:]
    names = tuple(f"{point.end:%b %y}" for point in points)
    said = f"{row.title}: latest {_latest(row)}; limits {limits_words(row, row.latest) or 'none yet'}"
    return Chart(
        key=f"line-{row.key}",
        kind="course",
        title=f"{row.title} ({unit}); the band is where chance alone keeps it",
        alt=f"Control chart of {len(points)} points. {said}. {VARIATION_WORDS[row.variation]}.",
        categories=names,
        series=(
            Series(
                name=row.title,
                values=tuple(scale * point.value for point in points),
                low=tuple(None if point.low is None else scale * point.low for point in points),
                high=tuple(None if point.high is None else scale * point.high for point in points),
            ),
        ),
        unit=unit,
    )


def _tells(row: Trend, point: Point) -> bool:
    """Would the point tell of one to four people, counted or not counted?"""
    if not counts_people(row.indicator):
        return False
    left = 0 if point.denominator is None else point.denominator - point.numerator
    return is_few(point.numerator) or is_few(left)


def _latest(row: Trend) -> str:
    return "not shown" if _tells(row, row.latest) else value_words(row, row.latest.value, row.latest.denominator)
