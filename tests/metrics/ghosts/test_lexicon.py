"""The lexicons: a landlord's own words, what survives in writing, what turns a phrase round."""

import polars as pl
import pytest

from metrics.ghosts import DEFAULT, Lexicon, load
from metrics.ghosts.matching import dissatisfied, distinct_held_in
from metrics.ghosts.spelling import pattern, slips


def _labels(*labels: str, lexicon: Lexicon = DEFAULT, name: str = "labels.any_window") -> set[str]:
    return set(distinct_held_in(pl.Series(labels, dtype=pl.String), lexicon, name, but_for="labels.except"))


def _hears(note: str, lexicon: Lexicon = DEFAULT) -> bool:
    return bool(dissatisfied(pl.Series([note]), lexicon)[0])


@pytest.mark.parametrize(
    "label",
    [
        "informal",
        "INFORMAL COMPLAINTS",
        "Infromal",
        "informel",
        "stage-0",
        "Stage: 0",
        "stage0",
        "Concerns",
        "pre_complaint",
    ],
)
def test_a_label_survives_case_punctuation_plural_and_a_slip(label: str) -> None:
    assert _labels(label) == {label}


@pytest.mark.parametrize(
    "label", ["formal complaint", "Stage 01", "stage 1", "Safeguarding concern", "information", ""]
)
def test_other_labels_are_left_alone(label: str) -> None:
    assert _labels(label) == set()


def test_solar_panels_are_no_third_stage() -> None:
    assert _labels("Solar panels", "Appeals panel", "Stage 2 review", name="labels.after_only") == {"Appeals panel"}


@pytest.mark.parametrize(
    ("note", "heard"),
    [
        ("She is not unhappy.", False),
        ("Not one two three unhappy.", False),
        ("Not one two three four unhappy.", True),
        ("Did not answer. Unhappy.", True),
        ("No heating and fed up.", True),
        ("Isn’t unhappy", False),
        ("Not only unhappy but furious.", True),
        ("no complaint, still waiting", True),
        ('Said "I am fed up".', True),
        ('Our letter says "you are unhappy with us".', False),
        ("> I am unhappy\nAsked for the date.", False),
        ("Thanks. -----Original Message----- I am unhappy", False),
        ("Outlet downpipe loose", False),
        ("", False),
    ],
)
def test_a_phrase_is_the_residents_own_and_not_turned_round(note: str, heard: bool) -> None:
    assert _hears(note) is heard


def test_blank_notes_hold_nothing() -> None:
    assert dissatisfied(pl.Series([None, "fed up"], dtype=pl.String), DEFAULT).to_list() == [False, True]


def test_a_landlord_adds_words_and_keeps_ours() -> None:
    own = load('[labels]\nany_window = ["amber case"]\n[phrases]\nphrases = ["proper vexed"]\n')
    assert _labels("Amber cases", "Triage", lexicon=own) == {"Amber cases", "Triage"}
    assert _hears("He is proper vexed", own)
    assert not _hears("He is proper vexed")
    assert own.version != DEFAULT.version


@pytest.mark.parametrize("text", ['[labels]\nnonsense = ["x"]', '[labels]\nany_window = "x"', "[labels"])
def test_additions_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"found|wanted|Expected|expected"):
        load(text)


def test_a_slip_is_no_other_word() -> None:
    assert "complain" not in slips("complaint")
    assert "contact" not in slips("contract")
    assert "casing" not in slips("chasing")
    assert {"compaint", "complaintt", "complainnt", "complaitn", "compleint"} <= set(slips("complaint"))
    assert slips("panel") == ()


def test_an_empty_list_matches_nothing() -> None:
    assert not pl.Series(["", "anything"]).str.contains(pattern([])).any()
