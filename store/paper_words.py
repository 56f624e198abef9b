"""What people write beside a paper: commentary, questions of their own, answers to what it asked.

The last word counts, those before it stay. Every function raises RefusedError where the store's reader may not see
papers of that kind, and ValueError where nobody is named.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from store.database import Store
from store.ledger import enter, entries, require_words
from store.papers import require_kind


@dataclass(frozen=True, kw_only=True)
class Commentary:
    """What an author writes into a paper."""

    commentary: str
    author: str


@dataclass(frozen=True, kw_only=True)
class OwnQuestions:
    """What readers ask, one a line, beside the questions that the figures raise, and who asks it."""

    questions: str = ""
    author: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The questions one by one."""
        return tuple(line.strip() for line in self.questions.splitlines() if line.strip())


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered to a question of the last paper."""

    question: str
    answer: str
    answered_by: str


def write_commentary(store: Store, said: Commentary, *, landlord_code: str, kind: str, as_at: date) -> None:
    """Keep what an author writes into a paper."""
    require_words(said, author="the author")
    _write(store, said, "commentary", landlord_code=landlord_code, kind=kind, as_at=as_at)


def commentary_of(store: Store, landlord_code: str, kind: str, as_at: date) -> str:
    """The last commentary written into a paper; empty where there is none."""
    require_kind(store, kind, landlord_code)
    written = entries(store, _TABLES[Commentary], Commentary, landlord_code=landlord_code, kind=kind, as_at=as_at)
    return written[-1].commentary if written else ""


def write_questions(store: Store, asked: OwnQuestions, *, landlord_code: str, kind: str, as_at: date) -> None:
    """Keep the questions that a reader adds to a paper, in place of those before."""
    require_words(asked, author="the author")
    _write(store, asked, "questions", landlord_code=landlord_code, kind=kind, as_at=as_at)


def own_questions(store: Store, landlord_code: str, kind: str, as_at: date) -> OwnQuestions:
    """The questions last added to a paper, and by whom; none where nobody added any."""
    require_kind(store, kind, landlord_code)
    asked = entries(store, _TABLES[OwnQuestions], OwnQuestions, landlord_code=landlord_code, kind=kind, as_at=as_at)
    return asked[-1] if asked else OwnQuestions()


def record_answer(store: Store, answer: Answer, *, landlord_code: str, kind: str, as_at: date) -> None:
    """Keep an answer to a question that the paper of that day asked."""
    require_words(answer, question="the question", answer="the answer", answered_by="the name of who answered")
    _write(store, answer, "answer", landlord_code=landlord_code, kind=kind, as_at=as_at)


def answers_of(store: Store, landlord_code: str, kind: str, as_at: date) -> Mapping[str, Answer]:
    """The last answer to each question of a paper, by question."""
    require_kind(store, kind, landlord_code)
    given = entries(store, _TABLES[Answer], Answer, landlord_code=landlord_code, kind=kind, as_at=as_at)
    return {each.question: each for each in given}


_TABLES = {Commentary: "paper_commentaries", OwnQuestions: "paper_questions", Answer: "paper_answers"}


def _write(
    store: Store, said: Commentary | OwnQuestions | Answer, what: str, *, landlord_code: str, kind: str, as_at: date
) -> None:
    require_kind(store, kind, landlord_code)
    about = {"landlord_code": landlord_code, "kind": kind, "as_at": as_at}
    when = "answered_at" if isinstance(said, Answer) else "written_at"
    words = {name: text.strip() for name, text in asdict(said).items()}
    values = about | words | {when: datetime.now().replace(microsecond=0)}
    enter(store, _TABLES[type(said)], values, what="paper", detail=f"{what} in the {kind} paper to {as_at}")
