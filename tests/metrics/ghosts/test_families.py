"""Words put together: what a family hears, what it leaves alone, and what it says it heard."""

import polars as pl
import pytest

from metrics.ghosts import DEFAULT, load
from metrics.ghosts.matching import dissatisfied, heard_in
from metrics.ghosts.plain_words import fired_words
from metrics.ghosts.spelling import pattern

HEARD = {
    "nobody_came": "Rang last Tuesday, was told to wait, and not one of them could mend it",
    "not_put_right": "Leak under the bath has not been properly repaired",
    "asked_before": "Has reported the fence on four separate occasions",
    "long_wait": "It has taken five whole months to get a surveyor",
    "without": "No lift in the block for seven weeks",
    "broken_promise": "Was assured of a visit on Monday but nothing came of it",
    "no_answer": "Cannot ever get hold of anybody in the office",
    "blamed": "Keeps being told the damp is her own fault",
    "harm": "The family have been eating off the living room floor",
    "poor_work": "Plastering in the hall is really badly done",
    "came_back": "The mould has returned worse than it was",
    "staff_conduct": "The engineer he met was abrupt and dismissive",
    "feeling": "She feels quite forgotten",
    "demand": "Is going to the ombudsman",
    "closed_wrongly": "Job was closed although the tap drips",
    "charges": "Paying a service charge for cleaning she says is unreasonable",
}
FIRST_REPORTS = (
    "Tap is leaking, please send someone",
    "Boiler stopped working today",
    "No heating since this morning, has a baby",
    "Toilet blocked, only one in the property",
    "Reports damp in bedroom, has had it for a few months. Survey raised",
    "Black mould in bathroom ceiling, child has been coughing",
    "Lift out of order, engineer called",
    "Neighbours have been shouting again and left rubbish in the hall",
    "Wants to know when her kitchen is due",
    "Thank you for coming so quickly, the plumber did a lovely job",
    "Cannot make Friday, wants another appointment",
    "Query about service charge statement",
)


@pytest.mark.parametrize("family", [each.name for each in DEFAULT.families])
def test_each_family_hears_words_put_together_and_says_so(family: str) -> None:
    says = {each.name: each.says for each in DEFAULT.families}[family]
    assert says in heard_in(HEARD[family], DEFAULT)
    assert dissatisfied(pl.Series([HEARD[family]]), DEFAULT).to_list() == [True]


def test_a_first_report_meets_no_family() -> None:
    misheard = {note: heard_in(note, DEFAULT) for note in FIRST_REPORTS}
    assert misheard == dict.fromkeys(FIRST_REPORTS, ())


@pytest.mark.parametrize(
    ("note", "heard"),
    [
        ("Nobody has ever rung her back.", True),
        ("It is not that nobody rang her.", False),
        ('Our letter says "nobody rang you back".', False),
        ("> nobody rang her back\nAsked for the date.", False),
        ("No one in when the engineer called.", False),
        ("Waiting list of several months explained.", False),
    ],
)
def test_the_guards_of_phrases_hold_for_families(note: str, heard: bool) -> None:
    assert dissatisfied(pl.Series([note]), DEFAULT).to_list() == [heard]


def test_words_stand_no_further_apart_than_said_and_in_one_sentence() -> None:
    near = pattern(["<who> ...2 came"], classes={"who": ("nobody", "no one/soul")})
    texts = ["nobody at all came", "No soul ever came", "nobody of all those came", "Nobody. He came", "nobody camel"]
    assert pl.Series(texts).str.contains(near).to_list() == [True, True, False, False, False]


def test_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="whom"):
        pattern(["<whom> came"], classes={"who": ("nobody",)})


def test_a_landlord_names_its_own_contractors() -> None:
    note = "Brightfix somehow never did look in"
    own = load('[families]\ntrades = ["brightfix"]\n')
    assert dissatisfied(pl.Series([note]), own).to_list() == [True]
    assert dissatisfied(pl.Series([note]), DEFAULT).to_list() == [False]


def test_what_was_heard_is_told_beside_what_fired() -> None:
    assert fired_words(["phrase"], ["a long wait"]) == "Words of dissatisfaction (heard: a long wait)"
    assert fired_words(["label"], []) == "Label of a contact"
