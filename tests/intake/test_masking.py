"""Masking of free text: how much of what names a person is found, on notes written by hand, and what must stay."""

import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.masking import KINDS, masked
from metrics.ghosts.lexicon import DEFAULT

NOTES = Path(__file__).with_name("notes_to_mask")
MARK = re.compile(r"\{(name|email|phone|address)\|([^}]*)\}")
WORD = re.compile(r"[\w@.+'’-]+")
# What may stay of a marked name: it says nobody's name.
TITLES = {"mr", "mrs", "ms", "miss", "dr", "and", "councillor", "pc", "lady", "no"}


def found_and_said(file: str) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """Per kind: how many marked spans are wholly gone, of how many; how many signs were right, of how many."""
    marked = (NOTES / f"{file}.txt").read_text("utf-8").splitlines()
    results = masked(pl.Series([MARK.sub(r"\2", line) for line in marked]))["text"]
    gone: dict[str, tuple[int, int]] = {}
    right: dict[str, tuple[int, int]] = {}
    for line, result in zip(marked, results, strict=True):
        left, spans = set(WORD.findall(result)), MARK.findall(line)
        for kind in ("name", "email", "phone", "address"):
            own = [span for each, span in spans if each == kind]
            telling = [{w for w in WORD.findall(s) if len(w) > 1 and w.lower().strip(".") not in TITLES} for s in own]
            hidden = sum(not words & left for words in telling)
            signs = result.count(f"[{kind}]")
            gone[kind] = (gone.get(kind, (0, 0))[0] + hidden, gone.get(kind, (0, 0))[1] + len(own))
            right[kind] = (right.get(kind, (0, 0))[0] + min(signs, len(own)), right.get(kind, (0, 0))[1] + signs)
    return gone, right


def test_what_the_documents_say_of_notes_it_was_not_tuned_on() -> None:
    gone, right = found_and_said("held_out")
    assert gone == {"name": (30, 32), "email": (2, 2), "phone": (4, 4), "address": (7, 8)}
    assert right == {"name": (30, 31), "email": (2, 2), "phone": (4, 4), "address": (8, 9)}


def test_every_mark_of_the_notes_it_was_tuned_on() -> None:
    gone, right = found_and_said("tuned")
    assert all(found == of for found, of in (*gone.values(), *right.values()))


def spelt(entry: str) -> set[str]:
    """Texts that an entry of the lexicons stands for, each of its choices (a/b) in one of them, gaps (...) left out."""
    words = [word.split("/") for word in entry.replace("_", " ").split() if not word.startswith("...")]
    return {" ".join(each[turn % len(each)] for each in words) for turn in range(max(map(len, words)))}


def test_no_word_that_ghost_stages_are_found_by_is_masked() -> None:
    entries = {entry for entries in DEFAULT.words.values() for entry in entries}
    plain = pl.Series(sorted(entry for entry in entries if "/" not in entry))
    put_together = pl.Series(sorted({text for entry in entries for text in spelt(entry)}))
    capital = put_together.str.slice(0, 1).str.to_uppercase() + put_together.str.slice(1)
    for written in (plain, plain.str.to_titlecase(), plain.str.to_uppercase(), put_together, capital):
        noted = "Resident: " + written + "."
        assert masked(noted)["text"].to_list() == noted.to_list()


@pytest.mark.parametrize(
    "text",
    [
        "Reference 712345678, WO 4471920, account 00412345",
        "Paid £1,250.00 on 12/03/2024 at 14:22",
        "Stage 1 response due 20 June, 28 days, Code 6.3",
        "Ring before each visit. Will call in May. Mark on wall.",
    ],
)
def test_numbers_dates_and_plain_words_stay(text: str) -> None:
    assert masked(pl.Series([text]))["text"].to_list() == [text]


def test_blank_stays_blank_and_each_row_is_counted_for_itself() -> None:
    found = masked(pl.Series(["Ring Sarah on 07700 900123", None, "Ring Sarah on 07700 900123", "no"]))
    assert found["text"].to_list() == ["Ring [name] on [phone]", None, "Ring [name] on [phone]", "no"]
    assert found.select("names", "phones").rows() == [(1, 1), (0, 0), (1, 1), (0, 0)]


@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_text_at_all_is_taken_and_masking_again_changes_nothing(texts: list[str]) -> None:
    once = masked(pl.Series(texts, dtype=pl.String))
    assert once.height == len(texts)
    again = masked(once["text"])
    assert again["text"].to_list() == once["text"].to_list()
    assert again.select(pl.sum_horizontal(KINDS)).to_series().sum() == 0
