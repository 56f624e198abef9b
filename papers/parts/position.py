"""Where the landlord stands on the pyramid, why, how firm that is, and what would lift it."""

from metrics.catalogue import GATES, indicator
from metrics.reading import Step
from metrics.sentences.position import heading, how_sure, in_sentence, position_words, sentence, what_stops
from metrics.sentences.supporting import caps_words, profile_words, sensitivity_words, trajectory_words
from metrics.words import LEVEL_MEANING, LEVELS, NOT_STATED, POSITIONS, STATES
from papers.material import Material
from papers.model import Block, Chart, Paragraph, Points, Section, Series
from papers.parts.wording import figures_table, short_quarter

MOST_STEPS = 5


def in_short(of: Material) -> tuple[Block, ...]:
    """The finding, how sure it is, and the picture of the four levels."""
    placement = of.assessment.placement
    sure = "".join(text for text, _ in how_sure(placement))
    said = " ".join(part for part in (sure, what_stops(placement)) if part)
    return (
        Paragraph(text=sentence(heading(of.assessment)), lead=True),
        Paragraph(text=said),
        *(Paragraph(text=each.strip()) for each in caps_words(placement.caps) if placement.position != NOT_STATED),
        gates_chart(of),
    )


def gates_chart(of: Material) -> Chart:
    """How many gates of each level are met, not met, too close to call, not evidenced."""
    states = {gate.key: of.reading(gate.key).state for gate in GATES}
    levels = tuple(reversed(LEVELS))
    counts = {
        state: tuple(sum(gate.level == level and states[gate.key] == state for gate in GATES) for level in levels)
        for state in STATES
    }
    told = "; ".join(
        f"{level}: " + ", ".join(f"{counts[state][place]} {state}" for state in STATES if counts[state][place])
        for place, level in enumerate(levels)
    )
    return Chart(
        key="gates",
        kind="stack",
        title="What each level of the pyramid asks for, and how much of it is met",
        alt=f"Bars of the four levels of the learning pyramid, in numbers of gates. {told}.",
        categories=tuple(level.capitalize() for level in levels),
        series=tuple(
            Series(name=state.capitalize(), values=tuple(map(float, counts[state])), colour=state)
            for state in STATES
            if any(counts[state])
        ),
        unit="gates",
    )


def course(of: Material) -> Section:
    """The position over eight quarters, by service area, and what would change it."""
    chart = trajectory_chart(of)
    blocks: list[Block] = [chart or Paragraph(text=sentence(trajectory_words(of.assessment.trajectory)))]
    blocks.append(Paragraph(text=sentence(profile_words(of.assessment.profile, of.assessment.placement.position))))
    if doubt := sensitivity_words(of.assessment):
        blocks.append(Points(items=doubt[:4]))
    return Section(key="course", heading="How the position has moved, and what would change it", blocks=tuple(blocks))


def trajectory_chart(of: Material) -> Chart | None:
    """The position at each of the last eight quarter ends; None where too few could be stated to draw a course."""
    quarters = of.assessment.trajectory
    if sum(quarter.position in POSITIONS for quarter in quarters) < 2:
        return None
    told = "; ".join(f"{short_quarter(each.as_at)}: {position_words(each.position)}" for each in quarters)
    places = tuple(float(POSITIONS.index(each.position)) if each.position in POSITIONS else None for each in quarters)
    return Chart(
        key="trajectory",
        kind="steps",
        title=trajectory_words(quarters),
        alt=f"The position at the end of each quarter. {told}.",
        categories=tuple(short_quarter(each.as_at) for each in quarters),
        series=(Series(name="Position", values=places),),
        heights=tuple(each.capitalize() for each in POSITIONS),
    )


def way_up(of: Material) -> Section:
    """The fewest steps to the next level."""
    steps = of.assessment.placement.route_up
    if not steps:
        blocks: tuple[Block, ...] = (Paragraph(text="Nothing stands above this position."),)
    else:
        blocks = (
            Paragraph(text="The next level asks for each of these; numbers are of the cases there are now:"),
            Points(items=tuple(step_words(of, step) for step in steps[:MOST_STEPS])),
        )
    return Section(key="way-up", heading="What would lift it", blocks=blocks)


def step_words(of: Material, step: Step) -> str:
    """One step; where its count may not be shown, without the number that would give it away."""
    found = of.figures.get(step.key)
    if found is None:
        return step.words
    if found.hidden:
        return sentence(f"“{found.title}”: more {indicator(step.key).counted}")
    return f"“{found.title}”: {in_sentence(step.words)}"


def every_gate(of: Material) -> Section:
    """Every gate of every level with its figure."""
    blocks: list[Block] = []
    for level in LEVELS:
        blocks.append(Paragraph(text=f"{level.capitalize()}. {LEVEL_MEANING[level]}", lead=True))
        keys = [gate.key for gate in GATES if gate.level == level]
        blocks.append(figures_table(f"gates-{level}", f"{level.capitalize()} gates", [of.figures[key] for key in keys]))
    return Section(key="gates", heading="Every gate", blocks=tuple(blocks))
