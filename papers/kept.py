"""Between a paper and what is kept of it: to JSON and back, and what stands beside the next paper."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from metrics.words import Position
from papers.board import Beside, SelfScore
from papers.model import Paper, Question
from papers.plain import as_plain, from_plain


def said(paper: Paper) -> str:
    """The paper as JSON, always the same for the same paper."""
    return json.dumps(as_plain(paper), sort_keys=True, ensure_ascii=False)


def read(content: str) -> Paper:
    """The paper back from `said`."""
    return from_plain(json.loads(content))


def answered(paper: Paper, answers: Mapping[str, tuple[str, str]]) -> tuple[Question, ...]:
    """What a paper asked, with the answer and who gave it, by question; questions without one stay open."""
    return tuple(
        replace(each, answer=answers[each.text][0], answered_by=answers[each.text][1]) if each.text in answers else each
        for each in paper.questions
    )


def beside_of(
    *,
    earlier: str | None,
    answers: Mapping[str, tuple[str, str]],
    commentary: str = "",
    own: tuple[Sequence[str], str] = ((), ""),
    score: tuple[Position, str, str, date] | None = None,
    refused: Sequence[tuple[str, int]] = (),
) -> Beside:
    """What stands beside the next paper: `earlier` is the last one's content, `answers` those given to its questions
    (question to answer and name), `own` questions of the readers and who asks them, `score` a sealed position with
    reason, name and day."""
    last = read(earlier) if earlier else None
    return Beside(
        earlier=last,
        asked=answered(last, answers) if last else (),
        own=tuple(Question(text=each, asked_by=own[1]) for each in own[0]),
        commentary=commentary,
        self_score=score and SelfScore(position=score[0], reason=score[1], name=score[2], made_on=score[3]),
        refused=refused,
    )
