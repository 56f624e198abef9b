"""The check of a draft: real published words with their source, words to avoid, what cannot be told, and odd texts.

The sentences quoted are those the Housing Ombudsman or others published as examples; each names where.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.apologies.check import LONGEST, ApologyCheck, check_apology
from metrics.apologies.lexicon import DEFAULT, pattern
from metrics.populations.apologies import CRITERIA

WHOLE = """Dear Ms Okafor,

I am sorry. We left you without heating for 102 weeks, and we did not answer your calls. You told us that your son could
not sleep, and I understand how frightening that winter was for you both. This happened because we closed the repair on
our system before anyone had been to your home.

We now ring every resident before we close a repair, so that this does not happen to anyone else. I have booked the new
boiler for 12 May, and we will pay you £850. I will visit you on Monday to see that it works.
"""


def state(found: ApologyCheck, key: str) -> str:
    return next(each.state for each in found.criteria if each.key == key)


def kinds(text: str) -> list[str]:
    return [mark.kind for mark in check_apology(text).avoid]


def words(text: str) -> list[str]:
    return [mark.words for mark in check_apology(text).avoid]


# Housing Ombudsman, Apologies guidance: examples of a forced apology and of one that belittles.
FORCED = "The Housing Ombudsman ordered us to apologise."
BELITTLES = (
    "You were the only resident to bring the problem to our attention, but I am sorry if it has impacted your mental "
    "health."
)
# The same guidance, what to write instead.
BETTER = "I am so sorry to read about the difficulties you experienced as a result to the delayed repairs."
# A council's standard words, which the Ombudsman said risked being insincere (BBC News, September 2025).
FELT = "We are sorry you felt the need to complain."
# NHS Resolution, Saying sorry: words to leave, and words to use.
FEEL_LIKE_THAT = "I'm sorry you feel like that."
TRULY = "We're truly sorry for the distress caused."


def test_the_ombudsmans_example_of_a_forced_apology() -> None:
    assert kinds(FORCED) == ["forced"]
    assert check_apology(FORCED).says_sorry is False


def test_the_ombudsmans_example_that_belittles() -> None:
    found = check_apology(BELITTLES)
    assert words(BELITTLES) == ["only resident", "but", "if"]
    assert all(mark.in_apology for mark in found.avoid)
    assert found.met == 0, "nothing said on a condition counts"


def test_what_the_ombudsman_says_to_write_instead() -> None:
    found = check_apology(BETTER)
    assert found.avoid == ()
    assert state(found, "personal") == "met by its words"
    assert state(found, "empathetic") == "met in part"


@pytest.mark.parametrize("text", [FELT, FEEL_LIKE_THAT])
def test_published_apologies_for_the_residents_feelings(text: str) -> None:
    assert kinds(text) == ["feelings"]


def test_published_words_to_use() -> None:
    found = check_apology(TRULY)
    assert (found.says_sorry, found.avoid) == (True, ())


def test_a_whole_apology_meets_what_words_can_show() -> None:
    found = check_apology(WHOLE)
    assert (found.met, found.to_tell) == (5, 5)
    assert found.avoid == ()
    assert state(found, "timely") == "cannot be told"
    assert any("sincere" in each for each in found.cannot_tell)


@pytest.mark.parametrize("word", ["if", "but", "however", "any"])
def test_the_reports_four_words_are_marked_wherever_they_stand(word: str) -> None:
    for text in (f"We are sorry {word} we were late.", f"{word.capitalize()} you call, I answer.", f"So {word}, then."):
        (mark,) = (each for each in check_apology(text).avoid if each.words.lower() == word)
        assert text[mark.start : mark.end] == mark.words
        assert "February 2026" in mark.source
    assert kinds(f"We are sorry{word}ly x{word} {word}x.") == [], "only whole words"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mistakes were made.", "passive"),
        ("The repair was not completed.", "passive"),
        ("You were left without water.", "passive"),
        ("Our contractor did not attend.", "blame"),
        ("A member of staff forgot.", "blame"),
        ("This was due to staff shortages.", "blame"),
        ("You did not report it.", "blame"),
        ("Dear Sir/Madam", "stock"),
        ("Dear [INSERT NAME]", "placeholder"),
        ("This may have upset you.", "condition"),
        ("This was an isolated incident.", "belittles"),
    ],
)
def test_phrases_to_avoid(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text", ["The delay was caused by us.", "I was ashamed to read it.", "We are committed to you."]
)
def test_what_looks_passive_and_is_not(text: str) -> None:
    assert "passive" not in kinds(text)


def test_a_condition_or_a_turn_takes_responsibility_away() -> None:
    own = "We failed you, because we lost your letter."
    assert state(check_apology(f"I am sorry. {own}"), "takes_responsibility") == "met by its words"
    for taken_back in ("I am sorry, but it was cold.", "I am sorry. But it was cold."):
        assert state(check_apology(f"{taken_back} {own}"), "takes_responsibility") == "met in part"


@pytest.mark.parametrize(
    "text",
    [
        "We do not accept that we failed you. We are not sorry.",
        "We found no evidence that we failed you.",
        "We dispute that it was our fault.",
        "It was not because we forgot.",
    ],
)
def test_words_turned_round_show_nothing(text: str) -> None:
    found = check_apology(text)
    assert found.says_sorry is False
    assert state(found, "takes_responsibility") == "missed"


def test_what_was_not_done_and_why_shows_responsibility() -> None:
    for text in (
        "I am sorry we did not call because we lost your number.",
        "I am sorry we did not call, as we forgot.",
    ):
        assert state(check_apology(text), "takes_responsibility") != "missed"
    assert (
        state(check_apology("We did not call because we lost it. Sorry."), "takes_responsibility") == "met by its words"
    )


def test_a_typed_apostrophe_is_the_same_as_a_curly_one() -> None:
    straight, curly = (check_apology(f"I{each}m sorry we didn{each}t come.") for each in ("'", "’"))
    assert [each.state for each in straight.criteria] == [each.state for each in curly.criteria]
    assert curly.text.count("’") == 2


def test_a_text_that_is_no_letter_is_refused_with_what_is_wanted() -> None:
    with pytest.raises(ValueError, match=f"wanted at most {LONGEST:,}"):
        check_apology("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "<script>alert('sorry')</script>",
        "sorry " * 1900,
        "we " * 3900,
        "was not " * 1400,
        "[" * 9000,
        "🙂 sorry 🙂",
    ],
)
def test_odd_texts_are_read_and_kept_whole(text: str) -> None:
    assert "".join(piece for piece, _ in check_apology(text).pieces()) == text


FRAGMENTS = st.sampled_from(
    (
        "I am sorry",
        "if",
        "but",
        "we failed you",
        " ",
        ". ",
        "\n",
        "any",
        "the contractor",
        "<b>",
        "’",
        "because",
        "£20",
        "é",
    )
)


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=30).map(" ".join))
def test_marks_lie_in_the_text_without_overlap_and_pieces_give_it_back(text: str) -> None:
    found = check_apology(text)
    assert "".join(piece for piece, _ in found.pieces()) == text
    assert [each.key for each in found.criteria] == list(CRITERIA)
    ends = 0
    for mark in found.avoid:
        assert ends <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.words
        ends = mark.end
    for each in found.criteria:
        assert all(text[mark.start : mark.end] == mark.words for mark in each.shown_by)
        assert (each.state == "met by its words") == (each.advice == "")
    assert check_apology(text) == found


@given(st.text(max_size=60))
def test_a_condition_put_before_never_betters_a_draft(text: str) -> None:
    whole = text.replace(".", " ").replace("!", " ").replace("?", " ").replace("\n", " ")
    assert check_apology(f"if {whole}").met <= check_apology(whole).met


def test_the_lexicon_names_only_what_the_criteria_need() -> None:
    parts = {(each.criterion, each.part) for each in DEFAULT.shows}
    needed = {(each.key, part) for each in DEFAULT.criteria for part in each.needs}
    assert needed <= parts
    assert {key for key, _ in parts} == set(CRITERIA)
    assert DEFAULT.version


def test_the_notation_of_the_lexicon() -> None:
    assert pattern([]) == "(?!)"
    assert "our" in pattern(["our/my fault"])
