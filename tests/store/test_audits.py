"""Samples for an audit and their answers; a landlord's own words; the register of deviations over time."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from metrics.ghosts.audit import SAMPLE, standing
from metrics.ghosts.lexicon import load
from metrics.ghosts.own_words import as_toml, read_toml, with_added, without
from store.audits import Answer, answers, audit_for, keep_answer, keep_sample, samples
from store.database import Store
from store.deviations import Deviation, register
from store.ghost_words import OwnWords, keep_words, word_versions, words_in_force
from store.newest import newest_decisions, newest_words

DRAWN = date(2024, 5, 2)


def _drawn(store: Store, *, landlord: str = "L1", n: int = 4) -> int:
    rows = [
        {"contact_ref": f"K{i}", "household_ref": f"H{i}", "on": date(2024, 1, i + 1), "flagged": i % 2 == 0,
         "drawn_from": 2 if i % 2 == 0 else 40}
        for i in range(n)
    ]  # fmt: skip
    return keep_sample(
        store, pl.DataFrame(rows, schema=SAMPLE), landlord_code=landlord, as_at=date(2024, 3, 31), seed=7,
        drawn_by="A. Reader", drawn_on=DRAWN,
    )  # fmt: skip


def _answer(sample: int, **change: object) -> Answer:
    plain = Answer(
        sample=sample, contact_ref="K0", is_ghost=True, reason="Chased.", reviewer="A. Reader", answered_on=DRAWN
    )
    return replace(plain, **change)  # type: ignore[arg-type]


def test_a_sample_is_kept_in_its_order_and_the_last_answer_counts(store: Store) -> None:
    number = _drawn(store)
    assert [(each.sample, each.seed) for each in samples(store, "L1")] == [(number, 7)]
    for answer in (_answer(number), _answer(number, contact_ref="K3", is_ghost=None), _answer(number, is_ghost=False)):
        keep_answer(store, answer)
    found = answers(store, number)
    assert found["place"].to_list() == [1, 2, 3, 4]
    assert found["contact_ref"].to_list() == ["K0", "K1", "K2", "K3"]
    assert found["is_ghost"].to_list() == [False, None, None, None]
    assert found["answered"].to_list() == [True, False, False, True]
    assert samples(store, "L2") == []


def test_an_audit_is_evidenced_once_every_contact_of_a_kind_or_fifty_are_answered(store: Store) -> None:
    number = _drawn(store)
    before = standing(answers(store, number))
    assert (before.asked, before.answered, before.last_on, before.corrected) == (4, 0, None, None)
    assert before.why_not.startswith("0 of 4 contacts")
    for ref in ("K0", "K2", "K1"):
        keep_answer(store, _answer(number, contact_ref=ref))
    assert standing(answers(store, number)).corrected is None, "forty were not flagged, and one is answered"


@pytest.mark.parametrize("blank", ["reason", "reviewer"])
def test_an_answer_has_a_reason_and_a_name(blank: str) -> None:
    with pytest.raises(ValueError, match=f"{blank}: found nothing"):
        _answer(1, **{blank: " "})


def test_a_sample_of_nothing_or_by_nobody_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="found no contact"):
        _drawn(store, n=0)


OWN = OwnWords(
    landlord_code="L1", words=as_toml({"labels.any_window": ["Stage nil"]}), reason="Our desk says so.",
    author="A. Head", decided_on=DRAWN,
)  # fmt: skip


def test_words_are_kept_in_versions_and_the_last_counts(store: Store) -> None:
    assert words_in_force(store, "L1") == ""
    later = replace(OWN, words="", reason="It was a mistake.")
    for each in (OWN, replace(OWN, landlord_code="L2"), later):
        keep_words(store, each)
    assert word_versions(store, "L1") == [OWN, later]
    assert words_in_force(store, "L1") == ""
    assert words_in_force(store, "L2") == OWN.words


def test_words_the_lexicons_cannot_take_are_refused() -> None:
    with pytest.raises(ValueError, match="wanted one of"):
        replace(OWN, words="[labels]\nno_such_list = ['x']")
    with pytest.raises(ValueError, match="author"):
        replace(OWN, author="")


def test_words_as_typed_come_back_from_what_is_written() -> None:
    words = with_added({}, "labels.any_window", ['  Stage "nil" ', "stage  nil", "", "STAGE NIL", "back\\slash ✓"])
    words = with_added(words, "phrases.phrases", ["at my wits end"])
    assert words["labels.any_window"] == ('Stage "nil"', "STAGE NIL", "back\\slash ✓")
    assert read_toml(as_toml(words)) == words
    assert load(as_toml(words)).version.endswith("+")
    assert without(words, "labels.any_window", words["labels.any_window"]) == {"phrases.phrases": ("at my wits end",)}


@pytest.mark.parametrize("typed", [["a"], ["!!!"], ["x" * 61], [" "], []])
def test_a_word_that_would_fire_everywhere_or_nowhere_is_refused(typed: list[str]) -> None:
    with pytest.raises(ValueError, match="words: found"):
        with_added({}, "phrases.phrases", typed)
    with pytest.raises(ValueError, match="list: found"):
        with_added({}, "phrases.negators", ["never"])


def test_the_register_ends_an_entry_where_the_next_begins() -> None:
    first = Deviation(
        landlord_code="L1", deviation="stage_before_stage_1", owner="A. Head", reason="Pilot.",
        accepted_on=date(2024, 1, 1), expires_on=date(2025, 1, 1),
    )  # fmt: skip
    other = replace(first, deviation="stage_between")
    withdrawn = replace(first, accepted_on=date(2024, 6, 1), expires_on=date(2024, 6, 1), reason="It is over.")
    rows = register([first, other, withdrawn]).select("deviation", "accepted_on", "expires_on").rows()
    assert rows == [
        ("stage_before_stage_1", date(2024, 1, 1), date(2024, 6, 1)),
        ("stage_between", date(2024, 1, 1), date(2025, 1, 1)),
    ]
    assert withdrawn.withdraws and not first.withdraws
    assert register([first, replace(first, reason="Again.")]).height == 1, "one taken back the same day never stood"


def test_every_decision_changes_the_numbers_caches_go_by(store: Store) -> None:
    seen = [newest_decisions(store, "L1")]
    number = _drawn(store)
    seen.append(newest_decisions(store, "L1"))
    keep_answer(store, _answer(number))
    seen.append(newest_decisions(store, "L1"))
    keep_words(store, OWN)
    seen.append(newest_decisions(store, "L1"))
    assert len(set(seen)) == len(seen)
    assert newest_words(store, "L1") == 1
    assert newest_decisions(store, "L2") == (0,) * 6


def test_an_audit_speaks_for_the_twelve_months_after_it(store: Store) -> None:
    number = _drawn(store)
    found = {day: audit_for(store, "L1", day) for day in (date(2023, 12, 31), date(2024, 3, 31), date(2025, 3, 30))}
    assert [each and each.sample for each in found.values()] == [None, number, number]
    assert audit_for(store, "L1", date(2025, 3, 31)) is None
