"""From the entries of a lexicon to one regular expression that survives case, punctuation, plural and a slip of the
pen.

An entry is words in order; `a/b` are alternatives (`_` joins the words of one), `...` stands for up to two words,
`...4` for up to four of the same sentence, `<name>` for any entry of the class of that name.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence

# Written out in ASCII: classes of all scripts make the pattern too large to compile.
BETWEEN_WORDS = "[ \\t\\r\\n_.,:;'/-]{0,2}"
SKIPPED_WORDS = "[ \\t\\r\\n_.,'/-]+(?:[a-z0-9'’]+[ \\t\\r\\n_.,'/-]+){0,2}"
WITHIN_SENTENCE = "[ \\t_,'’\"“”()&/-]+"
_SKIPPED, _NAMED = re.compile(r"\.\.\.(\d*)"), re.compile(r"<(\w+)>")
EDGE = r"(?-u:\b)"
APOSTROPHE = "['’`]?"
PLURAL = "(?:e?s)?"
LONG_ENOUGH_TO_SLIP = 6
VOWELS = "aeiou"
# One slip away from a word of the lexicons, and words of their own.
REAL_WORDS = frozenset({"address", "cased", "casing", "chase", "complain", "contact", "restored", "revise", "though"})


def pattern(
    entries: Iterable[str],
    *,
    may_slip: Container[str] | None = None,
    classes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """One alternation for all entries, bounded by word edges, blind to case. Without entries it matches nothing.

    `may_slip` names the words for which misspellings are let through; None is every long word, which makes a large
    pattern, for short texts only. `classes` holds what `<name>` stands for; a name it lacks raises KeyError.
    """
    spelled = {_Spelled(entry, may_slip, classes or {}).pattern() for entry in entries if entry.strip()}
    if not spelled:
        return r"[^\s\S]"
    return rf"(?i){EDGE}(?:{'|'.join(sorted(spelled))}){EDGE}"


class _Spelled:
    """One entry and the words in it that may be misspelled."""

    def __init__(self, entry: str, may_slip: Container[str] | None, classes: Mapping[str, Sequence[str]]) -> None:
        self.words, self.may_slip, self.classes = entry.lower().split(), may_slip, classes

    def pattern(self) -> str:
        found, joined = "", True
        for place, word in enumerate(self.words):
            if skipped := _SKIPPED.fullmatch(word):
                found += SKIPPED_WORDS if not skipped[1] else _up_to(int(skipped[1]))
            else:
                found += ("" if joined else BETWEEN_WORDS) + self._alternatives(word, last=place == len(self.words) - 1)
            joined = skipped is not None
        return found

    def _alternatives(self, word: str, *, last: bool) -> str:
        if named := _NAMED.fullmatch(word):
            spelled = [_Spelled(each, self.may_slip, self.classes).pattern() for each in self.classes[named[1]]]
        else:
            spelled = [self._joined(each.split("_"), last=last) for each in word.split("/")]
        return spelled[0] if len(spelled) == 1 else f"(?:{'|'.join(spelled)})"

    def _joined(self, parts: list[str], *, last: bool) -> str:
        *others, final = parts
        return BETWEEN_WORDS.join([*(self._word(part) for part in others), self._word(final, plural=last)])

    def _word(self, word: str, *, plural: bool = False) -> str:
        variants = [word]
        if self.may_slip is None or word in self.may_slip:
            variants += slips(word)
        if plural and word.endswith("y") and len(word) > 3:
            variants.append(f"{word[:-1]}ies")
        spelled = "|".join(re.escape(each).replace("'", APOSTROPHE) for each in variants)
        ending = PLURAL if plural and word.isalpha() and len(word) > 3 and not word.endswith(("s", "ed", "ing")) else ""
        return f"(?:{spelled}){ending}" if len(variants) > 1 else f"{spelled}{ending}"


def _up_to(words: int) -> str:
    return f"{WITHIN_SENTENCE}(?:[a-z0-9£%'’]+{WITHIN_SENTENCE}){{0,{words}}}"


def slips(word: str) -> tuple[str, ...]:
    """Common misspellings of a long word: a letter dropped or doubled, two swapped, one vowel for another. The first
    letter is never wrong, and a slip that is a word of its own is none."""
    if len(word) < LONG_ENOUGH_TO_SLIP or not word.isalpha():
        return ()
    places = range(1, len(word))
    found = {word[:i] + word[i + 1 :] for i in places}
    found |= {word[:i] + word[i] + word[i:] for i in places}
    found |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in places[:-1]}
    found |= {
        word[:i] + other + word[i + 1 :] for i in places if word[i] in VOWELS for other in VOWELS if other != word[i]
    }
    return tuple(sorted(found - {word} - REAL_WORDS))
