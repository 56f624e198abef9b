"""Papers as pages ask for them: kept in the manner of `ui.loading`, with what the store holds beside the records."""

from datetime import date

import streamlit as st

from papers.fingerprint import data_hash
from papers.material import Material, gather
from papers.model import Format, Kind, Paper, Question
from publishing import made
from store.paper_words import (
    Answer,
    Commentary,
    OwnQuestions,
    commentary_of,
    own_questions,
    record_answer,
    write_commentary,
    write_questions,
)
from store.papers import KeptPaper, kept_papers
from store.sealed_scores import SealedScore, seal_score, sealed_score
from ui import loading
from ui.loading import Key
from ui.trend_loading import whole_trends


def paper(landlord_code: str, as_at: date, kind: Kind) -> Paper:
    """The paper as it stands now: the day's findings, and what was written and answered beside them. Raises
    RefusedError for a self-check asked for by a reader who does not see cases."""
    return made.paper(loading.store(), _material(loading.key_of(landlord_code), landlord_code, as_at), kind)


def last_asked(landlord_code: str, as_at: date, kind: Kind) -> tuple[date, tuple[Question, ...]] | None:
    """The day of the last paper kept before, and what it asked with the answers so far; None where none was kept."""
    return made.last_asked(loading.store(), landlord_code, as_at, kind)


def commentary(landlord_code: str, as_at: date, kind: Kind) -> str:
    """What was last written into a paper."""
    return commentary_of(loading.store(), landlord_code, kind, as_at)


def keep_commentary(landlord_code: str, as_at: date, kind: Kind, *, text: str, author: str) -> None:
    """Keep what was written into a paper. Raises ValueError without an author."""
    said = Commentary(commentary=text, author=author)
    write_commentary(loading.store(), said, landlord_code=landlord_code, kind=kind, as_at=as_at)


def keep_answer(answer: Answer, *, landlord_code: str, kind: Kind, as_at: date) -> None:
    """Keep an answer to what the paper of that day asked. Raises ValueError for a missing part."""
    record_answer(loading.store(), answer, landlord_code=landlord_code, kind=kind, as_at=as_at)


def questions(landlord_code: str, as_at: date, kind: Kind) -> OwnQuestions:
    """The questions last added to a paper."""
    return own_questions(loading.store(), landlord_code, kind, as_at)


def keep_questions(landlord_code: str, as_at: date, kind: Kind, *, text: str, author: str) -> None:
    """Keep the questions a reader adds, one a line. Raises ValueError without an author."""
    asked = OwnQuestions(questions=text, author=author)
    write_questions(loading.store(), asked, landlord_code=landlord_code, kind=kind, as_at=as_at)


def keep(found: Paper, *, kept_by: str) -> KeptPaper:
    """Keep a paper as it stands. Raises ValueError without a name."""
    return made.keep(loading.store(), found, kept_by=kept_by)


def kept(landlord_code: str) -> list[KeptPaper]:
    """The papers kept so far, newest first; without self-checks, which name cases and are for the team alone."""
    return [each for each in kept_papers(loading.store(), landlord_code) if each.kind != "self-check"]


def reopened(one: KeptPaper) -> Paper:
    """A kept paper as it was made. Raises ValueError where it is not what was kept."""
    return made.reopened(loading.store(), one)


def file_of(found: Paper, as_a: Format, *, template: bytes | None = None, is_of_today: bool = True) -> bytes:
    """A paper's file; with the rows behind its figures where it was made from today's records. Raises ValueError where
    the template is no Word document."""
    code = found.landlord_code
    of = _material(loading.key_of(code), code, found.as_at) if is_of_today else None
    return made.file(found, as_a, of=of, template=template)


def seal(landlord_code: str, as_at: date, *, position: str, reason: str, name: str) -> None:
    """Seal where the team expects to stand. Raises ValueError for a missing part, or where it is sealed already."""
    about = {"position": position, "reason": reason, "name": name, "made_on": date.today()}
    seal_score(loading.store(), SealedScore(landlord_code=landlord_code, as_at=as_at, **about))  # type: ignore[arg-type]


def sealed(landlord_code: str, as_at: date) -> SealedScore | None:
    """What the team sealed for a day."""
    return sealed_score(loading.store(), landlord_code, as_at)


@st.cache_resource(max_entries=16, show_spinner="Putting the paper together …")
def _material(of: Key, landlord_code: str, as_at: date) -> Material:
    return gather(
        loading.records_of(of, landlord_code),
        as_at,
        assessment=loading.whole_assessment(landlord_code, as_at),
        found_volumes=loading.whole_volumes(landlord_code, as_at),
        hidden=loading.hidden_stages(landlord_code, as_at),
        trends=whole_trends(landlord_code, as_at, screened=True),
        hashed=_hashed(of, landlord_code),
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _hashed(of: Key, landlord_code: str) -> str:
    return data_hash(loading.records_of(of, landlord_code))
