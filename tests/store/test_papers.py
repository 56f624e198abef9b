"""Papers are kept as they were made; what is written and answered beside them comes back; a sealed score stays."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from metrics.access import Reader, RefusedError
from store.database import Store, writing
from store.paper_words import (
    Answer,
    Commentary,
    OwnQuestions,
    answers_of,
    commentary_of,
    own_questions,
    record_answer,
    write_commentary,
    write_questions,
)
from store.papers import KeptPaper, content_of, keep_paper, kept_papers, last_before
from store.sealed_scores import SealedScore, seal_score, sealed_score
from store.tables import metadata

JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)
BOARD: dict[str, Any] = {"landlord_code": "L1", "kind": "board"}


def kept(store: Store, *, as_at: date = JUNE, says: str = "one") -> KeptPaper:
    about = {"kept_by": "A. Clerk", "finding": "Found.", "method_version": "1.0", "data_hash": "d"}
    return keep_paper(store, as_at=as_at, content=json.dumps({"says": says}), **BOARD, **about)


def test_a_paper_comes_back_as_it_was_made(store: Store) -> None:
    paper = kept(store)
    assert kept_papers(store, "L1") == [paper] and kept_papers(store, "L2") == []
    assert json.loads(content_of(store, paper)) == {"says": "one"}


def test_the_same_paper_is_kept_once_and_another_beside_it(store: Store) -> None:
    first, again, other = kept(store), kept(store), kept(store, says="two")
    assert again == first
    assert kept_papers(store, "L1") == [other, first]


def test_a_paper_that_was_tampered_with_is_noticed(store: Store) -> None:
    paper = kept(store)
    with writing(store) as connection:
        connection.execute(update(metadata.tables["papers"]).values(content="{}"))
    with pytest.raises(ValueError, match="other content than was kept"):
        content_of(store, paper)


def test_the_last_paper_before_is_of_an_earlier_day(store: Store) -> None:
    june, september = kept(store), kept(store, as_at=SEPTEMBER)
    assert last_before(store, "L1", "board", SEPTEMBER) == june
    assert last_before(store, "L1", "board", date(2026, 12, 31)) == september
    assert last_before(store, "L1", "board", JUNE) is None
    assert last_before(store, "L1", "quarterly", SEPTEMBER) is None


def test_the_last_commentary_counts(store: Store) -> None:
    for text in ("first", "second"):
        write_commentary(store, Commentary(commentary=text, author="A. Member"), **BOARD, as_at=JUNE)
    assert commentary_of(store, "L1", "board", JUNE) == "second"
    assert commentary_of(store, "L1", "board", SEPTEMBER) == ""
    with pytest.raises(ValueError, match="author: found nothing"):
        write_commentary(store, Commentary(commentary="third", author=" "), **BOARD, as_at=JUNE)


def test_the_last_answer_to_each_question_counts(store: Store) -> None:
    for text in ("Not yet.", "In May."):
        record_answer(store, Answer(question="When?", answer=text, answered_by="A. Head"), **BOARD, as_at=JUNE)
    record_answer(store, Answer(question="Who?", answer="Repairs.", answered_by="A. Head"), **BOARD, as_at=JUNE)
    found = answers_of(store, "L1", "board", JUNE)
    assert {question: each.answer for question, each in found.items()} == {"When?": "In May.", "Who?": "Repairs."}
    with pytest.raises(ValueError, match="answer: found nothing"):
        record_answer(store, Answer(question="Who?", answer="", answered_by="A. Head"), **BOARD, as_at=JUNE)


def test_a_sealed_score_is_not_changed(store: Store) -> None:
    score = SealedScore(
        landlord_code="L1", as_at=JUNE, position="operational", reason="We learn.", name="A. Head", made_on=SEPTEMBER
    )
    assert sealed_score(store, "L1", JUNE) is None
    seal_score(store, score)
    with pytest.raises(ValueError, match="sealed score is not changed"):
        seal_score(store, score)
    assert sealed_score(store, "L1", JUNE) == score


def test_a_score_needs_a_position_a_reason_and_a_name() -> None:
    with pytest.raises(ValueError, match="wanted one of foundations not secure"):
        SealedScore(landlord_code="L1", as_at=JUNE, position="good", reason="r", name="n", made_on=JUNE)
    with pytest.raises(ValueError, match="reason: found nothing"):
        SealedScore(landlord_code="L1", as_at=JUNE, position="cultural", reason=" ", name="n", made_on=JUNE)


def test_a_self_check_is_for_those_who_see_cases_and_no_paper_for_strangers(store: Store) -> None:
    about = {"kept_by": "A. Head", "finding": "F.", "method_version": "1.0", "data_hash": "d", "content": "{}"}
    check = keep_paper(store, landlord_code="L1", kind="self-check", as_at=JUNE, **about)
    board = kept(store)
    member = store.opened_for(Reader(name="A. Member", roles=frozenset({"MRC"}), landlords=frozenset({"L1"})))
    assert content_of(member, board)
    with pytest.raises(RefusedError):
        content_of(member, check)
    stranger = store.opened_for(Reader(name="B", roles=frozenset({"MRC"}), landlords=frozenset({"L2"})))
    for asked in (lambda: kept_papers(stranger, "L1"), lambda: content_of(stranger, board)):
        with pytest.raises(RefusedError):
            asked()
    with pytest.raises(RefusedError):
        write_commentary(stranger, Commentary(commentary="x", author="B"), **BOARD, as_at=JUNE)


def test_the_last_questions_of_ones_own_count_one_a_line(store: Store) -> None:
    assert own_questions(store, "L1", "board", JUNE) == OwnQuestions()
    for text in ("When?", " Who pays?\n\nWho answers? "):
        write_questions(store, OwnQuestions(questions=text, author="A. Member, MRC"), **BOARD, as_at=JUNE)
    found = own_questions(store, "L1", "board", JUNE)
    assert (found.lines, found.author) == (("Who pays?", "Who answers?"), "A. Member, MRC")
    assert own_questions(store, "L1", "board", SEPTEMBER) == OwnQuestions()
    with pytest.raises(ValueError, match="author: found nothing"):
        write_questions(store, OwnQuestions(questions="Why?", author=" "), **BOARD, as_at=JUNE)
