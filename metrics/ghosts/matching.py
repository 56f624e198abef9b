"""Reading texts: does a note sound dissatisfied, which list holds a short text?

Every note is read by the pattern of phrases and by that of each family of words put together; only the few they stop at
are read word by word for what turns them round.
"""

import re

import polars as pl

from metrics.ghosts.lexicon import Lexicon, Saying

# Marks put into a note while its words are read; no note holds them.
_HIT, _CLAUSE = "\u0001", "\u0002"
_PUNCTUATION = r"[.,;:!?()\[\]\n\r]|[\s][-–—/]+[\s]|[–—]"
_WORD = rf"{_CLAUSE}|{_HIT}?[\p{{L}}\p{{N}}]+"
_QUOTED = '["“”«»][^"“”«»]*["“”«»]?'
_QUOTED_LINE = r"(?m)^\s*>.*$"
NEGATES_WITHIN = 4


def held_in(text: pl.Expr, lexicon: Lexicon, name: str, *, but_for: str = "") -> pl.Expr:
    """Does a short text hold a word of one list, once what another list excepts is taken out of it? Blank: no."""
    said = text.str.replace_all(lexicon.pattern(but_for), " ") if but_for else text
    return said.str.contains(lexicon.pattern(name)).fill_null(False)


def distinct_held_in(texts: pl.Series, lexicon: Lexicon, name: str, *, but_for: str = "") -> pl.Series:
    """The texts of a column that are held in one list; a column of labels has few different ones."""
    distinct = texts.unique().drop_nulls().to_frame("text")
    return distinct.filter(held_in(pl.col("text"), lexicon, name, but_for=but_for))["text"]


def may_be_dissatisfied(note: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """Does the note hold a phrase, or words of a family, at all?"""
    return pl.any_horizontal(note.str.contains(saying.pattern) for saying in lexicon.sayings)


def dissatisfied(notes: pl.Series, lexicon: Lexicon) -> pl.Series:
    """Which of these notes hold a phrase of dissatisfaction, or a family's words put together, that is the resident's
    own and not turned round? In their order; blank notes do not.

    Taken out first: passages quoted from a letter or an earlier message, and what the lexicon excepts. A phrase is
    turned round by a negator among the four words before it in the same clause.
    """
    # One a column, so that they are tried side by side.
    holds = {str(number): pl.col("note").str.contains(each.pattern) for number, each in enumerate(lexicon.sayings)}
    left = pl.DataFrame({"note": notes}).with_row_index("place").with_columns(**holds).filter(pl.any_horizontal(*holds))
    found = [pl.Series(dtype=pl.UInt32)]
    for name, saying in zip(holds, lexicon.sayings, strict=True):
        found.append(_places_that_say(saying, left.filter(name).select("place", "note"), lexicon))
        # What one has heard, no other need listen to.
        left = left.filter(~pl.col("place").is_in(found[-1].implode()))
    return pl.int_range(notes.len(), dtype=pl.UInt32, eager=True).is_in(pl.concat(found).implode())


def heard_in(note: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a note says, in plain words: of a phrase said outright and of each family, if nothing turns them round."""
    one = pl.DataFrame({"note": [note]}, schema={"note": pl.String}).with_row_index("place")
    return tuple(
        each.says
        for each in lexicon.sayings
        if len(_places_that_say(each, one.filter(pl.col("note").str.contains(each.pattern)), lexicon))
    )


def _places_that_say(saying: Saying, held: pl.DataFrame, lexicon: Lexicon) -> pl.Series:
    """Of the notes that hold one thing's words (place, note): the places of those that mean it."""
    # Most notes hold nothing that could turn a phrase round: those need no reading word by word.
    plain = ~pl.col("note").str.contains(_in_question(lexicon))
    marked = (
        held.filter(~plain)
        .with_columns(_own_words(pl.col("note"), lexicon))
        .with_columns(pl.col("note").str.replace_all(saying.pattern, f"{_HIT}$0"))
        .filter(pl.col("note").str.contains(_HIT, literal=True))
        .with_columns(note=_cut_into_clauses(pl.col("note"), lexicon))
    )
    # Without a negator before the phrase in its clause there is nothing to count.
    doubted = marked["note"].str.contains(_negator_before_a_phrase(lexicon))
    words = marked.filter(doubted).select("place", word=pl.col("note").str.extract_all(_WORD)).explode("word")
    stands = [held.filter(plain)["place"], marked.filter(~doubted)["place"], words.filter(_stands(lexicon))["place"]]
    return pl.concat(stands).unique()


def _in_question(lexicon: Lexicon) -> str:
    """A pattern of whatever makes a note worth reading word by word: negators, quotations, exceptions."""
    lists = ("negators", "letters", "earlier_message", "except")
    return "|".join([*(lexicon.pattern(f"phrases.{name}") for name in lists), _QUOTED_LINE])


def _negator_before_a_phrase(lexicon: Lexicon) -> str:
    """A negator and, anywhere later in its clause, the beginning of a phrase."""
    negators = "|".join(re.escape(word) for word in lexicon.negators)
    return rf"[^\p{{L}}\p{{N}}](?:{negators})[^\p{{L}}\p{{N}}{_CLAUSE}][^{_CLAUSE}]*{_HIT}"


def _own_words(note: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    letters = f'{lexicon.pattern("phrases.letters")}[^"“”«».!?\n]{{0,40}}{_QUOTED}'
    earlier = rf"{lexicon.pattern('phrases.earlier_message')}[\s\S]*"
    said = note.str.replace_all(earlier, " ").str.replace_all(_QUOTED_LINE, " ").str.replace_all(letters, " ")
    for name in ("phrases.except", "phrases.negation_except"):
        said = said.str.replace_all(lexicon.pattern(name), " ")
    return said


def _cut_into_clauses(note: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """A mark before every clause, the first too; apostrophes gone, so that `isn't` is one word."""
    bare = note.str.replace_all("['’`]", "").str.to_lowercase()
    cut = bare.str.replace_all(_PUNCTUATION, f" {_CLAUSE} ")
    return _CLAUSE + cut.str.replace_all(lexicon.pattern("phrases.clause_words"), f" {_CLAUSE} ")


def _stands(lexicon: Lexicon) -> pl.Expr:
    """A word that begins a phrase which nothing turns round; rows are the words of one note after another."""
    place, word = pl.int_range(pl.len()), pl.col("word")
    last_cut = pl.when(word == _CLAUSE).then(place).forward_fill()
    negates = word.str.strip_prefix(_HIT).is_in(list(lexicon.negators))
    last_negator = pl.when(negates).then(place).shift(1).forward_fill()
    turned = (last_negator > last_cut) & (place - last_negator <= NEGATES_WITHIN)
    return word.str.starts_with(_HIT) & ~turned.fill_null(False)
