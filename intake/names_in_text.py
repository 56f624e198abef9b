"""Finding people's names in a note without a language model: titles, words that announce a name, known first names.

What none of the three gives away is not found. How much that is, is measured in `tests/intake/test_masking.py`.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import names
import polars as pl

TITLES = "mr|mrs|ms|miss|mx|dr|prof|rev|cllr|councillor|pc|sgt|lady|dame"
# After these any capitalised word is a name; after the weaker ones only a word known as one.
STRONG = (
    "my name is|name is|name:|i am|i'm|im|this is|signed|regards|wishes|sincerely|faithfully|thanks|cheers|spoke to|"
    "spoke with|speaking to|speaking with|caller:|neighbour|son|daughter|husband|wife|partner|mother|father|mum|dad|"
    "brother|sister|carer|worker:?|behalf of"
)
WEAK = (
    "from|to|by|tenant|resident|complainant|officer|operative|surveyor|engineer|manager|contact:?|advised|rang|ring|"
    "call|called|contacted|emailed|dear|with|for|of|told"
)
_WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = r"[A-ZÀ-Þ][\w'’-]*"
_FURTHER = rf"(?:\s+(?:[A-Z]\.?\s+)?{_CAPITAL}){{0,2}}"
_TITLED = re.compile(
    rf"\b(?P<lead>(?i:{TITLES})\b\.?\s+(?:(?:and|&)\s+(?i:{TITLES})\b\.?\s+)?)(?P<name>(?:[A-Z]\.?\s+)?{_WORD}{_FURTHER})"
)
_ANNOUNCED = re.compile(
    rf"\b(?P<lead>(?i:{STRONG})\b,?\s+\(?)(?P<name>(?:[A-Z]\.?\s+)?{_WORD}(?:\s+(?:[A-Z]\.\s+)?{_CAPITAL}){{0,2}})"
)
_PERHAPS = re.compile(rf"\b(?P<lead>(?i:{WEAK})\b,?\s+)(?P<name>{_WORD}(?:\s+{_WORD})?)")
_RUN = re.compile(rf"(?P<lead>)(?P<name>\b(?:[A-Z]\.?\s+)?{_CAPITAL}{_FURTHER})")
_PAIR = re.compile(rf"(?P<lead>)(?P<name>\b{_WORD}\s+{_WORD})")
_INITIAL = r"\b[A-Z]\.?\s[A-Z]"
SIGN = "[name]"
SURNAMES_KNOWN = 5000  # the most frequent ones; rarer ones are plain words too often
COMMONEST_SURNAMES = 400


@dataclass(frozen=True, kw_only=True)
class Known:
    """Words in lower case: `first` names that are no plain words, `ambiguous` ones that are, surnames, and the words
    that rule a name out."""

    first: frozenset[str]
    ambiguous: frozenset[str]
    surnames: frozenset[str]
    common_surnames: frozenset[str]
    names: frozenset[str]
    never: frozenset[str]
    places: frozenset[str]


@cache
def known() -> Known:
    """The words, read once."""
    own = tomllib.loads(Path(__file__).with_name("name_words.toml").read_text("utf-8"))
    ambiguous, never, places = (frozenset(own[each]) for each in ("ambiguous", "never", "places"))
    first = {*_listed("first:male"), *_listed("first:female"), *own["more_first_names"]} - ambiguous - never
    last = _listed("last")[:SURNAMES_KNOWN]
    surnames = frozenset(last) - never - places
    return Known(
        first=frozenset(first),
        ambiguous=ambiguous,
        surnames=surnames,
        common_surnames=frozenset(last[:COMMONEST_SURNAMES]) - never - places - ambiguous,
        names=surnames | first,
        never=never | {"name"},
        places=places,
    )


def _listed(which: str) -> list[str]:
    return [line.split()[0].lower() for line in Path(names.FILES[which]).read_text("ascii").splitlines()]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to find names. Only texts that pass `gate`, a test of whole columns, are searched for `pattern`; of what
    it finds `which` says the words (from, up to) that are a name."""

    gate: Callable[[pl.Expr], pl.Expr]
    pattern: re.Pattern[str]
    which: Callable[[Sequence[str]], tuple[int, int]]

    def applied(self, text: str) -> tuple[str, int]:
        """The text with `[name]` in place of each name, and how many there were."""
        count = 0

        def replaced(found: re.Match[str]) -> str:
            nonlocal count
            words = re.split(r"(\s+)", found["name"])
            begins, ends = self.which(words[::2])
            if begins == ends:
                return found[0]
            count += 1
            return f"{found['lead']}{''.join(words[: 2 * begins])}{SIGN}{''.join(words[2 * ends - 1 :])}"

        return self.pattern.sub(replaced, text), count


def rules() -> tuple[Rule, ...]:
    """The ways to find names, in the order to be tried."""
    first, either = known().first, known().first | known().ambiguous
    return (
        Rule(gate=_holds(TITLES), pattern=_TITLED, which=_after_title),
        Rule(gate=_holds(STRONG), pattern=_ANNOUNCED, which=_announced),
        Rule(gate=_any_word(_CAPITAL, either, or_holds=_INITIAL), pattern=_RUN, which=_known),
        Rule(gate=_any_word(_WORD, first | known().common_surnames), pattern=_PERHAPS, which=_perhaps),
        Rule(gate=_any_word(r"\b[a-z]+", first), pattern=_PAIR, which=_both_known),
    )


def _holds(words: str) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: text.str.contains(rf"(?i)\b(?:{words})")


def _any_word(word: str, listed: frozenset[str], *, or_holds: str = "") -> Callable[[pl.Expr], pl.Expr]:
    words = pl.element().str.to_lowercase().str.extract(r"^([^\W\d_]+)").is_in(sorted(listed))

    def gate(text: pl.Expr) -> pl.Expr:
        found = text.str.extract_all(word).list.eval(words).list.any()
        return found | text.str.contains(or_holds) if or_holds else found

    return gate


def _plain(word: str) -> str:
    return word.strip("'’.-").lower().removesuffix("'s").removesuffix("’s")


def _is_name(word: str) -> bool:
    plain = _plain(word)
    return bool(plain) and plain not in known().never


def _is_place(words: Sequence[str]) -> bool:
    return len(words) > 1 and _plain(words[-1]) in known().places


def _until(words: Sequence[str], begins: int) -> tuple[int, int]:
    """From `begins` on for as long as words may belong to a name."""
    ends = begins + (2 if len(words) > begins + 1 and len(words[begins].rstrip(".")) == 1 else 1)
    while ends < len(words) and _is_name(words[ends]) and words[ends][0].isupper():
        ends += 1
    return begins, ends


def _after_title(words: Sequence[str]) -> tuple[int, int]:
    if not _begins(words) or (words[0][0].islower() and _plain(words[0]) not in known().names):
        return 0, 0
    return _until(words, 0)


def _begins(words: Sequence[str]) -> bool:
    """Whether a name may begin here, after an initial where there is one."""
    initial = len(words) > 1 and len(words[0].rstrip(".")) == 1
    return _is_name(words[1 if initial else 0]) and not _is_place(words)


def _announced(words: Sequence[str]) -> tuple[int, int]:
    if not _begins(words) or (words[0][0].islower() and _plain(words[0]) not in known().first):
        return 0, 0
    return _until(words, 0)


def _known(words: Sequence[str]) -> tuple[int, int]:
    """A known first name among capitalised words, an ambiguous one before a known surname, or initial and surname."""
    if _is_place(words):
        return 0, 0
    for place, word in enumerate(words):
        plain, following = _plain(word), _plain(words[place + 1]) if place + 1 < len(words) else ""
        if plain in known().first or plain.split("-")[0] in known().first:
            return _until(words, place)
        if plain in known().ambiguous and following in known().surnames:
            return _until(words, place)
        if len(plain) == 1 and following and _is_name(following):
            initial = word.endswith(".") or (plain not in ("a", "i") and following in known().surnames)
            if initial:
                return _until(words, place)
    return 0, 0


def _perhaps(words: Sequence[str]) -> tuple[int, int]:
    """After a weak announcement: a first name known, also in lower case, or a common surname with a capital."""
    if _is_place(words):
        return 0, 0
    plain = _plain(words[0])
    if plain not in known().first and not (words[0][0].isupper() and plain in known().common_surnames):
        return 0, 0
    ends = 2 if len(words) > 1 and _plain(words[1]) in known().surnames else 1
    return 0, ends


def _both_known(words: Sequence[str]) -> tuple[int, int]:
    """First name and common surname in lower case."""
    if _is_place(words) or _plain(words[0]) not in known().first:
        return 0, 0
    return (0, 2) if _plain(words[1]) in known().common_surnames else (0, 0)
