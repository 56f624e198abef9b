"""A draft apology read against the six criteria: which its words show, which they miss, and which words to avoid.

Nothing here remembers, writes or logs: a text goes in, a result comes out. What is found are words. Whether they are
true, meant and given in time, no list of words can tell, and the result says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.apologies.lexicon import DEFAULT, Avoid, Criterion, Lexicon

State = Literal["met by its words", "met in part", "missed", "cannot be told"]
LONGEST = 12_000  # characters: longer than any letter of apology
CANNOT_TELL = (
    "Whether it is sincere, and whether what it says is true: only people can tell.",
    "Whether it comes in time, from somebody senior enough, and in the form the resident chose (in writing or in "
    "person).",
    "Whether it answers everything that went wrong: the draft is read without the case.",
)
CONDITION, TURN = "condition", "turn"
WEAKENS = (CONDITION, TURN)  # an apology in the same sentence takes no responsibility
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_DENIAL = re.compile(
    r"\b(?:not|never|no|don't|doesn't|cannot|can't)\s(?:\w+\s){0,2}?"
    r"(?:accept|agree|believe|think|consider|evidence|find|admit|acknowledge|recognise|feel)\b"
    r"|\b(?:deny|denies|dispute|disputes|refute|reject)\b|\bnot\sbecause\b|\b(?:not|never)\s+$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,40}\]|\{\{?[^{}\n]{1,40}\}?\}|<<[^<>\n]{1,40}>>|\bX{3,}\b|_{4,}")
_DATE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\b(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|several)\s"
    r"(?:working\s)?(?:days|weeks|months|years|visits|times|appointments|calls|emails|hours)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"£\s?\d[\d,]*(?:\.\d\d)?")
_BY_SHAPE = {
    ("personal", "names what it is about"): (_DATE, _HOW_MANY),
    ("offers_remedy", "says when, how much or who"): (_DATE, _MONEY),
}
DENIED_WITHIN = 60  # characters before


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Some words of the draft, from character `start` up to `end`: to avoid (`kind` says how they fail), or (kind
    `shows`) the sign of a criterion."""

    start: int
    end: int
    words: str
    kind: str
    name: str
    why: str
    source: str = ""
    criterion: str = ""
    in_apology: bool = False


@dataclass(frozen=True, kw_only=True)
class CriterionFound:
    """One criterion in the draft: its state, the words that show it, the parts that are missing, and what to do."""

    key: str
    title: str
    state: State
    shown_by: tuple[Mark, ...]
    missing: tuple[str, ...]
    advice: str


@dataclass(frozen=True, kw_only=True)
class ApologyCheck:
    """What a draft's words show. `avoid` holds the words to avoid in their order, none overlapping another."""

    text: str
    says_sorry: bool
    criteria: tuple[CriterionFound, ...]
    avoid: tuple[Mark, ...]
    cannot_tell: tuple[str, ...]
    lexicon_version: str

    @property
    def met(self) -> int:
        """Criteria that the words meet."""
        return sum(each.state == "met by its words" for each in self.criteria)

    @property
    def to_tell(self) -> int:
        """Criteria that words can show at all."""
        return sum(each.state != "cannot be told" for each in self.criteria)

    def pieces(self) -> Iterator[tuple[str, Mark | None]]:
        """The whole draft in order, cut into pieces with the mark on each; where two overlap the word to avoid wins."""
        place = 0
        for mark in self._shown():
            if mark.start > place:
                yield self.text[place : mark.start], None
            yield self.text[mark.start : mark.end], mark
            place = mark.end
        if place < len(self.text):
            yield self.text[place:], None

    def _shown(self) -> list[Mark]:
        signs = [mark for each in self.criteria for mark in each.shown_by]
        return sorted(_without_overlap([*self.avoid, *signs]), key=lambda mark: mark.start)


def check_apology(text: str, lexicon: Lexicon = DEFAULT) -> ApologyCheck:
    """Read a draft. Raises ValueError where it is longer than `LONGEST` characters."""
    if len(text) > LONGEST:
        raise ValueError(f"found {len(text):,} characters; wanted at most {LONGEST:,}")
    plain = text.replace("’", "'").replace("\u00a0", " ")  # as long as the draft: places stay true
    sentences = _sentences(plain, lexicon)
    avoid = tuple(sorted(_without_overlap(_to_avoid(text, plain, sentences, lexicon)), key=lambda mark: mark.start))
    return ApologyCheck(
        text=text,
        says_sorry=any(each.says_sorry for each in sentences),
        criteria=tuple(_criterion(each, text, plain, sentences, lexicon) for each in lexicon.criteria),
        avoid=avoid,
        cannot_tell=CANNOT_TELL,
        lexicon_version=lexicon.version,
    )


class _Sentence:
    """One sentence: whether it says sorry, and whether a condition or a turn takes that back. A sentence that begins
    with a turn ("But you were out") takes back the one before it (`previous`)."""

    def __init__(self, plain: str, start: int, end: int, lexicon: Lexicon, previous: "_Sentence | None") -> None:
        self.start, self.end = start, end
        words = plain[start:end]
        no_apology = [found.span() for found in lexicon.no_apology.finditer(words)]
        self.says_sorry = any(
            not any(first < found.end() and found.start() < last for first, last in no_apology)
            for found in lexicon.apology.finditer(words)
        )
        weak = [each for each in lexicon.avoid if each.kind in WEAKENS and each.found_by.search(words)]
        self.is_conditional = any(each.kind == CONDITION for each in weak)
        turns = any(each.found_by.match(words.lstrip()) for each in weak if each.kind == TURN)
        self.is_of_the_apology = self.says_sorry or (turns and previous is not None and previous.says_sorry)
        self.is_weakened = self.is_of_the_apology and bool(weak)


def _sentences(plain: str, lexicon: Lexicon) -> list[_Sentence]:
    found: list[_Sentence] = []
    for each in _SENTENCE.finditer(plain):
        found.append(_Sentence(plain, *each.span(), lexicon, found[-1] if found else None))
    return found


def _of(sentences: Sequence[_Sentence], place: int) -> _Sentence | None:
    return next((each for each in sentences if each.start <= place < each.end), None)


def _to_avoid(text: str, plain: str, sentences: Sequence[_Sentence], lexicon: Lexicon) -> list[Mark]:
    found = []
    for declared in lexicon.avoid:
        searched = _PLACEHOLDER if declared.kind == "placeholder" else declared.found_by
        found += [_avoid(text, each.span(), declared, sentences) for each in searched.finditer(plain)]
    passive = next(each for each in lexicon.avoid if each.kind == "passive")
    for each in lexicon.passive.finditer(plain):
        after = plain[each.end() : each.end() + 12]
        if each["done"].lower() not in lexicon.passive_except and not lexicon.says_who.match(after.lstrip()):
            found.append(_avoid(text, each.span(), passive, sentences))
    return found


def _avoid(text: str, span: tuple[int, int], declared: Avoid, sentences: Sequence[_Sentence]) -> Mark:
    return Mark(
        start=span[0],
        end=span[1],
        words=text[span[0] : span[1]],
        kind=declared.kind,
        name=declared.name,
        why=declared.why,
        source=declared.source,
        in_apology=any(each.start <= span[0] < each.end and each.is_of_the_apology for each in sentences),
    )


def _without_overlap(marks: Sequence[Mark]) -> list[Mark]:
    """Words to avoid before signs, the longest first; of two that overlap the first stays."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.kind == "shows", each.start - each.end, each.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return kept


def _criterion(
    declared: Criterion, text: str, plain: str, sentences: Sequence[_Sentence], lexicon: Lexicon
) -> CriterionFound:
    signs = [
        Mark(
            start=first,
            end=last,
            words=text[first:last],
            kind="shows",
            name=part,
            why=declared.title,
            criterion=declared.key,
        )
        for part, first, last in _signs(declared.key, plain, sentences, lexicon)
    ]
    shown = {mark.name for mark in signs}
    missing = tuple(part for part in declared.needs if part not in shown)
    state = _state(declared, missing)
    # Who apologises on a condition, or takes it back, has not taken responsibility.
    takes_back = declared.key == "takes_responsibility" and any(each.is_weakened for each in sentences)
    if takes_back and state == "met by its words":
        state, missing = "met in part", ("an apology without a condition and without a “but”",)
    return CriterionFound(
        key=declared.key,
        title=declared.title,
        state=state,
        shown_by=tuple(_without_overlap(signs)),
        missing=missing,
        advice="" if state == "met by its words" else declared.advice,
    )


def _state(declared: Criterion, missing: Sequence[str]) -> State:
    if not declared.needs:
        return "cannot be told"
    if not missing:
        return "met by its words"
    return "missed" if len(missing) == len(declared.needs) else "met in part"


def _signs(key: str, plain: str, sentences: Sequence[_Sentence], lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    """part, start and end of the words that show a criterion: not where they are turned round ("we do not accept that
    we failed"), and not on a condition ("sorry if this caused distress")."""
    for declared in (each for each in lexicon.shows if each.criterion == key):
        for searched in (declared.found_by, *_BY_SHAPE.get((key, declared.part), ())):
            for found in searched.finditer(plain):
                sentence = _of(sentences, found.start())
                turned_round = lexicon.no_apology.search(found.group())
                if sentence is not None and not turned_round and not _is_void(plain, found.start(), sentence):
                    yield declared.part, *found.span()


def _is_void(plain: str, start: int, sentence: _Sentence) -> bool:
    before = plain[max(sentence.start, start - DENIED_WITHIN) : start]
    return sentence.is_conditional or bool(_DENIAL.search(before))
