"""What changed since the last paper, and the questions of the last meeting with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.phrasing import day, plural
from metrics.reading import Reading
from papers.comparison import Change, changes
from papers.material import Material
from papers.model import Block, Paper, Paragraph, Question, Section, Table
from papers.parts.wording import state_words
from papers.people import figures

MOST_SHOWN = 6


def what_changed(of: Material, draft: Paper, earlier: Paper | None) -> Section:
    """Against the paper before; where none was kept, against the quarter before as today's records give it."""
    compared = earlier or _quarter_before(of, draft)
    if compared is None:
        blocks: tuple[Block, ...] = (Paragraph(text="There is no earlier quarter to compare with."),)
    else:
        found = changes(compared, draft, of.assessment.history)
        kept = [each for each in found if each.now.state is not None]
        told = [each for each in kept if each.changed_state or each.before.value != each.now.value]
        blocks = (
            Paragraph(text=_lead(compared, kept, method=draft.method_version, was_kept=earlier is not None)),
            *_table(told),
        )
    return Section(key="changed", heading="What changed since the last paper", blocks=blocks)


def _quarter_before(of: Material, draft: Paper) -> Paper | None:
    before: Mapping[str, Reading] = {
        key: earlier[-1]
        for key, readings in of.assessment.history.items()
        if (earlier := [reading for reading in readings if reading.as_at < of.as_at])
    }
    if not before:
        return None
    last = max(reading.as_at for reading in before.values())
    return replace(draft, as_at=last, figures=tuple(figures(before.values()).values()))


def _lead(earlier: Paper, found: Sequence[Change], *, method: str, was_kept: bool) -> str:
    since = (
        f"Compared with the paper of {day(earlier.as_at)}"
        if was_kept
        else f"No earlier paper was kept; compared with {day(earlier.as_at)} as the records give it today"
    )
    moved = [each for each in found if each.changed_state]
    said = f"{since}, {_number(len(moved))} changed {'their' if len(moved) > 1 else 'its'} state."
    revised = [each for each in found if set(each.why) != {"what happened"}]
    if revised:
        said += (
            f" {plural(len(revised), 'figure')} of that day "
            f"{'reads' if len(revised) == 1 else 'read'} otherwise today, because records or method were changed since."
        )
    if earlier.method_version != method:
        said += f" The method went from version {earlier.method_version} to {method}."
    return said + " A figure that moved without changing its state may have moved by chance."


def _number(count: int) -> str:
    return f"{plural(count, 'gate')}" if count else "no gate"


def _table(found: Sequence[Change]) -> tuple[Table, ...]:
    first = sorted(found, key=lambda each: not each.changed_state)[:MOST_SHOWN]
    if not first:
        return ()
    return (
        Table(
            key="changed",
            title="Gates that changed their state first, then others that moved",
            columns=("Gate", "Before", "Now", "State before", "State now", "Because of"),
            rows=tuple(
                (
                    each.title,
                    each.before.value,
                    each.now.value,
                    state_words(each.before.state),
                    state_words(each.now.state),
                    " and ".join(each.why),
                )
                for each in first
            ),
        ),
    )


def last_questions(asked: Sequence[Question]) -> tuple[Section, ...]:
    """What the last meeting asked, and what was answered; nothing where nothing was asked."""
    if not asked:
        return ()
    rows = tuple((each.text, each.answer or "Not answered yet", each.answered_by or "–") for each in asked)
    return (
        Section(
            key="last-questions",
            heading="What the last meeting asked",
            blocks=(
                Table(
                    key="answers",
                    title="Questions of the last meeting",
                    columns=("Question", "Answer", "By"),
                    rows=rows,
                ),
            ),
        ),
    )
