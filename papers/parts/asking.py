"""What the reader is asked to do: questions with the evidence that would answer each, and recommendations."""

from collections.abc import Iterator, Sequence

from metrics.catalogue import GATES, indicator
from metrics.effects.theme_verdicts import LOOPING
from metrics.ghosts.board_words import questions as hidden_questions
from metrics.indicator import Indicator
from metrics.phrasing import day, listed, table_words
from metrics.sentences.position import in_sentence, position_words
from metrics.words import LEVELS, NOT_STATED
from papers.material import Material
from papers.model import Figure, Paragraph, Points, Question, Recommendation, Section
from papers.parts.wording import held_against

MOST_QUESTIONS = 6
VERBS = {"note": "Note", "challenge": "Challenge", "decide": "Decide"}


def every_question(of: Material, *, own: Sequence[Question], last: Sequence[Question]) -> tuple[Question, ...]:
    """What the figures raise, what the readers ask of their own, and what the last meeting asked and nobody answered
    yet: each once."""
    still_open = [each for each in last if not each.answer]
    first: dict[str, Question] = {}
    for each in (*own, *questions(of), *still_open):
        first.setdefault(each.text, each)
    return tuple(first.values())


def questions(of: Material) -> tuple[Question, ...]:
    """The few questions that matter most now: what stops the next level, what loops, what is hidden, what is unseen."""
    found = [*_on_gates(of), *_on_loops(of), *_on_orders(of), *_on_hidden(of), *_on_the_unseen(of)]
    return tuple({each.text: each for each in found}.values())[:MOST_QUESTIONS]


def _on_gates(of: Material) -> Iterator[Question]:
    against = [gate for gate in GATES if gate.key in of.assessment.placement.why_against]
    for gate in sorted(against, key=lambda each: (LEVELS.index(each.level or "cultural"), each.gate != "must"))[:3]:
        figure = of.figures[gate.key]
        count = f" ({figure.count})" if figure.count and gate.bound_on == "share" else ""
        stands = f"“{gate.title}” stands at {figure.value}{count}; {in_sentence(held_against(figure))}."
        yield Question(text=gate.question, evidence=f"{_would_answer(gate, figure)} {stands}")


def _would_answer(gate: Indicator, figure: Figure) -> str:
    if figure.state == "too close to call":
        return "More cases, or another quarter: this is too close to call."
    if gate.bound_on == "count":
        return "The minutes of the meetings that took it."
    return f"The {gate.unit} that fell short, read by somebody outside the team."


def _on_loops(of: Material) -> Iterator[Question]:
    looping = [each.theme for each in of.learning.of(LOOPING)]
    if looping:
        yield Question(
            text=f"What will be done differently about {listed(looping[:2])}, since the last action did not help?",
            evidence="The root cause analysis of the theme, its owner, and fewer complaints in the quarters after.",
        )


def _on_orders(of: Material) -> Iterator[Question]:
    orders = of.ombudsman.orders
    if orders and orders.overdue:
        yield Question(
            text="Who answers for the Ombudsman's orders that are overdue, and by what day will each be done?",
            evidence="The order, its day, and proof of completion that the Ombudsman has accepted.",
        )


def _on_hidden(of: Material) -> Iterator[Question]:
    where, way, _ = hidden_questions(of.hidden, list(map(dict, of.detectors)), unread=0)
    yield Question(text=where, evidence="Contacts and complaints of the same households, read together by the team.")
    yield Question(text=way, evidence="A sample of such contacts, and the words staff use when they take them.")


def _on_the_unseen(of: Material) -> Iterator[Question]:
    held = of.assessment.placement.coverage
    missing = sorted(
        {table for key in of.assessment.placement.not_evidenced for table in indicator(key).needs if table not in held}
    )
    if missing:
        yield Question(
            text=f"When will the board see {listed([table_words(each) for each in missing[:3]])}?",
            evidence="The records themselves, loaded; until then what needs them stays not evidenced.",
        )


def questions_section(asked: tuple[Question, ...]) -> Section:
    """Each question with what would answer it."""
    return Section(
        key="questions",
        heading="Questions to ask, and what would answer each",
        blocks=(Points(items=tuple(_question(each) for each in asked), numbered=True),)
        if asked
        else (Paragraph(text="No question follows from these figures."),),
    )


def _question(asked: Question) -> str:
    said = [asked.text]
    if asked.asked_by:
        said.append(f"Asked by {asked.asked_by}.")
    if asked.evidence:
        said.append(f"What would answer it: {asked.evidence[:1].lower()}{asked.evidence[1:]}")
    return " ".join(said)


def recommendations(of: Material) -> tuple[Recommendation, ...]:
    """To note, to challenge, to decide: from the position, what stops the next level, and the caps."""
    placement = of.assessment.placement
    found = [
        Recommendation(
            verb="note",
            text="that no position can be stated, and why."
            if placement.position == NOT_STATED
            else f"the position on {day(of.as_at)}: {position_words(placement.position)}, and how sure that is.",
        )
    ]
    unmet = [gate for gate in GATES if gate.key in placement.why_against and of.reading(gate.key).state == "not met"]
    for gate in unmet[:2]:
        figure = of.figures[gate.key]
        found.append(
            Recommendation(
                verb="challenge",
                text=f"why “{in_sentence(gate.title)}” stands at {figure.value}: {in_sentence(held_against(figure))}.",
            )
        )
    found += _to_decide(of)
    return tuple(found)


def _to_decide(of: Material) -> Iterator[Recommendation]:
    caps = {cap.cap for cap in of.assessment.placement.caps}
    if "order_overdue" in caps:
        yield Recommendation(verb="decide", text="who answers for each overdue order of the Ombudsman, and by when.")
    if "self_assessment_stale" in caps:
        yield Recommendation(verb="decide", text="the day by which the self-assessment against the Code is approved.")
    looping = [each for each in of.learning.of(LOOPING) if not each.owned_at_the_top]
    if looping:
        names = listed([each.theme for each in looping[:3]])
        yield Recommendation(verb="decide", text=f"which executive owns the action on {names}.")
    if of.self_assessment.contradicted:
        numbers = listed([each.number for each in of.self_assessment.contradicted])
        yield Recommendation(
            verb="decide", text=f"whether the self-assessment still stands on {numbers}, which the records contradict."
        )
    if not caps and not looping:
        yield Recommendation(verb="decide", text="which of the questions below it wants answered at its next meeting.")


def recommendations_section(found: tuple[Recommendation, ...], *, heading: str) -> Section:
    """What the reader is asked to do, up front."""
    return Section(
        key="recommendations",
        heading=heading,
        blocks=(Points(items=tuple(f"{VERBS[each.verb]} {each.text}" for each in found), numbered=True),),
    )
