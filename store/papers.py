"""Papers as they were made, with the commentary, questions and answers beside them, and sealed scores.

Nothing kept here is ever changed or removed: what a meeting was given can be shown again. Every function raises
RefusedError where the store's reader may not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select

from metrics.words import POSITIONS, Position
from store import audit
from store.database import Store, reading, writing
from store.tables import metadata


@dataclass(frozen=True, kw_only=True)
class KeptPaper:
    """One paper as it was made, without its content. `entry` is its number in the store."""

    entry: int
    landlord_code: str
    kind: str
    as_at: date
    kept_at: datetime
    kept_by: str
    finding: str
    method_version: str
    data_hash: str
    paper_hash: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered to a question of the last paper."""

    question: str
    answer: str
    answered_by: str


@dataclass(frozen=True, kw_only=True)
class OwnQuestions:
    """What readers ask beside the questions that the figures raise, and who asks it."""

    questions: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class SealedScore:
    """Where a team expects to stand, why, and who says so. Raises ValueError for a position that is none, and for a
    missing reason or name."""

    landlord_code: str
    as_at: date
    position: Position
    reason: str
    name: str
    made_on: date

    def __post_init__(self) -> None:
        if self.position not in POSITIONS:
            raise ValueError(f"position: found {self.position!r}; wanted one of {', '.join(POSITIONS)}")
        for what in ("reason", "name"):
            _wanted(what, getattr(self, what))


NAMES_CASES = {"self-check"}
"""Papers for the complaints team alone."""
_KEPT = [metadata.tables["papers"].c[name] for name in KeptPaper.__dataclass_fields__]


def keep_paper(
    store: Store,
    *,
    landlord_code: str,
    kind: str,
    as_at: date,
    kept_by: str,
    finding: str,
    method_version: str,
    data_hash: str,
    content: str,
) -> KeptPaper:
    """Keep a paper; one that says the same as the last of its kind and day is not kept twice."""
    _may(store, kind, landlord_code)
    _wanted("kept_by", kept_by)
    paper_hash = seal_of(content)
    same = [each for each in kept_papers(store, landlord_code) if (each.kind, each.as_at) == (kind, as_at)]
    if same and same[0].paper_hash == paper_hash:
        return same[0]
    values: dict[str, Any] = {
        "landlord_code": landlord_code, "kind": kind, "as_at": as_at, "kept_at": _now(), "kept_by": kept_by.strip(),
        "finding": finding, "method_version": method_version, "data_hash": data_hash, "paper_hash": paper_hash,
    }  # fmt: skip
    with writing(store) as connection:
        made = connection.execute(insert(metadata.tables["papers"]).values(**values, content=content))
        entry = made.inserted_primary_key
        audit.append(connection, store, "exported", landlord_code=landlord_code, detail=f"{kind} paper to {as_at}")
    assert entry is not None
    return KeptPaper(entry=entry[0], **values)


def seal_of(content: str) -> str:
    """The SHA-256 by which a paper's content is known to be what was kept."""
    return hashlib.sha256(content.encode()).hexdigest()


def kept_papers(store: Store, landlord_code: str) -> list[KeptPaper]:
    """A landlord's papers: newest day first, of one day the last kept first."""
    store.reader.require("figures", landlord_code)
    table = metadata.tables["papers"]
    newest_first = (table.c.as_at.desc(), table.c.entry.desc())
    asked = select(*_KEPT).where(table.c.landlord_code == landlord_code).order_by(*newest_first)
    kept = [KeptPaper(**row) for row in _rows(store, asked)]
    sees_cases = store.reader.may("cases", landlord_code)
    return [each for each in kept if sees_cases or each.kind not in NAMES_CASES]


def content_of(store: Store, kept: KeptPaper) -> str:
    """A kept paper's content, as it was handed over. Raises ValueError where it is not what was kept."""
    _may(store, kept.kind, kept.landlord_code)
    table = metadata.tables["papers"]
    found = _rows(store, select(table.c.content).where(table.c.entry == kept.entry))
    content: str = found[0]["content"] if found else ""
    if seal_of(content) != kept.paper_hash:
        raise ValueError(f"paper {kept.entry}: found other content than was kept; wanted {kept.paper_hash[:16]}")
    return content


def last_before(store: Store, landlord_code: str, kind: str, as_at: date) -> KeptPaper | None:
    """The last paper of a kind kept for an earlier day; None where there is none."""
    return next((e for e in kept_papers(store, landlord_code) if e.kind == kind and e.as_at < as_at), None)


def write_commentary(store: Store, *, landlord_code: str, kind: str, as_at: date, commentary: str, author: str) -> None:
    """Keep what an author writes into a paper. Raises ValueError without an author."""
    _may(store, kind, landlord_code)
    _wanted("author", author)
    values = {"landlord_code": landlord_code, "kind": kind, "as_at": as_at, "commentary": commentary.strip()}
    with writing(store) as connection:
        connection.execute(
            insert(metadata.tables["paper_commentaries"]).values(**values, author=author.strip(), written_at=_now())
        )


def commentary_of(store: Store, landlord_code: str, kind: str, as_at: date) -> str:
    """The last commentary written into a paper; empty where there is none."""
    _may(store, kind, landlord_code)
    table = metadata.tables["paper_commentaries"]
    asked = select(table.c.commentary).where(
        table.c.landlord_code == landlord_code, table.c.kind == kind, table.c.as_at == as_at
    )
    found = _rows(store, asked.order_by(table.c.entry.desc()).limit(1))
    return str(found[0]["commentary"]) if found else ""


def write_questions(store: Store, *, landlord_code: str, kind: str, as_at: date, questions: str, author: str) -> None:
    """Keep the questions that a reader adds to a paper, one a line, in place of those before. Raises ValueError without
    an author."""
    _may(store, kind, landlord_code)
    _wanted("author", author)
    values = {"landlord_code": landlord_code, "kind": kind, "as_at": as_at, "questions": questions.strip()}
    with writing(store) as connection:
        connection.execute(
            insert(metadata.tables["paper_questions"]).values(**values, author=author.strip(), written_at=_now())
        )


def own_questions(store: Store, landlord_code: str, kind: str, as_at: date) -> OwnQuestions:
    """The questions last added to a paper, and by whom; none where nobody added any."""
    _may(store, kind, landlord_code)
    table = metadata.tables["paper_questions"]
    asked = select(table.c.questions, table.c.author).where(
        table.c.landlord_code == landlord_code, table.c.kind == kind, table.c.as_at == as_at
    )
    found = _rows(store, asked.order_by(table.c.entry.desc()).limit(1))
    if not found:
        return OwnQuestions()
    lines = (each.strip() for each in found[0]["questions"].splitlines())
    return OwnQuestions(questions=tuple(each for each in lines if each), author=found[0]["author"])


def record_answer(store: Store, answer: Answer, *, landlord_code: str, kind: str, as_at: date) -> None:
    """Keep an answer to a question that the paper of that day asked. Raises ValueError for a missing part."""
    _may(store, kind, landlord_code)
    for what in ("question", "answer", "answered_by"):
        _wanted(what, getattr(answer, what))
    values = {name: getattr(answer, name).strip() for name in Answer.__dataclass_fields__}
    about = {"landlord_code": landlord_code, "kind": kind, "as_at": as_at, "answered_at": _now()}
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["paper_answers"]).values(**values, **about))


def answers_of(store: Store, landlord_code: str, kind: str, as_at: date) -> Mapping[str, Answer]:
    """The last answer to each question of a paper, by question."""
    _may(store, kind, landlord_code)
    table = metadata.tables["paper_answers"]
    columns = [table.c[name] for name in Answer.__dataclass_fields__]
    asked = select(*columns).where(table.c.landlord_code == landlord_code, table.c.kind == kind, table.c.as_at == as_at)
    return {row["question"]: Answer(**row) for row in _rows(store, asked.order_by(table.c.entry))}


def seal_score(store: Store, score: SealedScore) -> None:
    """Seal where a team expects to stand. Raises ValueError where it is sealed already: it cannot be changed."""
    store.reader.require("cases", score.landlord_code)
    if sealed_score(store, score.landlord_code, score.as_at):
        raise ValueError(f"as_at: found a score sealed for {score.as_at} already; a sealed score is not changed")
    values = {name: getattr(score, name) for name in SealedScore.__dataclass_fields__}
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["sealed_scores"]).values(**values))


def sealed_score(store: Store, landlord_code: str, as_at: date) -> SealedScore | None:
    """The score sealed for a day; None where there is none."""
    store.reader.require("figures", landlord_code)
    table = metadata.tables["sealed_scores"]
    columns = [table.c[name] for name in SealedScore.__dataclass_fields__]
    asked = select(*columns).where(table.c.landlord_code == landlord_code, table.c.as_at == as_at)
    found = _rows(store, asked.order_by(table.c.entry).limit(1))
    return SealedScore(**found[0]) if found else None


def _may(store: Store, kind: str, landlord_code: str) -> None:
    """A self-check names cases; the other papers hold figures alone."""
    store.reader.require("cases" if kind in NAMES_CASES else "figures", landlord_code)


def _rows(store: Store, asked: Select[tuple[object, ...]]) -> list[RowMapping]:
    with reading(store) as connection:
        return list(connection.execute(asked).mappings())


def _wanted(what: str, value: str) -> None:
    if not value.strip():
        raise ValueError(f"{what}: found nothing; wanted the {what.replace('_', ' ')}")


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
