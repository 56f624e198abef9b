"""The lexicons: which words name a hidden stage, sound dissatisfied, call a payment goodwill, or say who is speaking.

They are data files of their own version, beside this module; a landlord adds words of its own in the same form.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from metrics.ghosts.spelling import pattern

FOLDER = Path(__file__).parent / "lexicons"
FILES = ("labels", "phrases", "payments", "channels", "families")
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Family:
    """Ways to say one thing by words put together: its name, what they say in plain words, and its patterns."""

    name: str
    says: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One thing notes are searched for: what it says in plain words, and its regular expression."""

    says: str
    pattern: str


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Lists of entries by name (`labels.any_window`, `phrases.negators` …), and the patterns made from them.

    `version` names the versions of the files it was read from, with a plus where a landlord has added words.
    """

    version: str
    words: Words
    families: tuple[Family, ...] = ()

    def pattern(self, name: str) -> str:
        """The regular expression of one list. Raises KeyError for a list that does not exist."""
        return _pattern(self.words[name], self.words.get(f"{name.split('.', maxsplit=1)[0]}.may_slip"))

    @cached_property
    def classes(self) -> Words:
        """The small classes of words by the name that patterns use."""
        return {
            name.removeprefix("families."): entries
            for name, entries in self.words.items()
            if name.startswith("families.")
        }

    @cached_property
    def sayings(self) -> tuple[Saying, ...]:
        """What notes are searched for, one by one: phrases said outright, then each family. Each by itself:
        joined into one expression they have too many ways to go on at every letter of a natural note."""
        outright = Saying(says="dissatisfaction said outright", pattern=self.pattern("phrases.phrases"))
        may_slip = frozenset(self.words["phrases.may_slip"])
        said = (pattern(each.patterns, may_slip=may_slip, classes=self.classes) for each in self.families)
        of_families = (Saying(says=each.says, pattern=one) for each, one in zip(self.families, said, strict=True))
        return (outright, *of_families)

    @cached_property
    def negators(self) -> tuple[str, ...]:
        """Negators as they stand among a note's words: in lower case, without apostrophes."""
        return tuple(word.lower().replace("'", "") for word in self.words["phrases.negators"])

    def extended_with(self, additions: Mapping[str, Sequence[str]]) -> "Lexicon":
        """The same with a landlord's own entries added, by list (`{"labels.any_window": ["stage nil"]}`).

        Raises ValueError for a list that does not exist.
        """
        unknown = sorted(set(additions) - set(self.words))
        if unknown:
            raise ValueError(f"found the list {unknown[0]!r}; wanted one of {', '.join(sorted(self.words))}")
        added = {name: (*self.words[name], *additions[name]) for name in additions}
        return replace(self, version=f"{self.version}+", words={**self.words, **added})


@cache
def _pattern(entries: tuple[str, ...], may_slip: tuple[str, ...] | None) -> str:
    return pattern(entries, may_slip=None if may_slip is None else frozenset(may_slip))


def load(additions: str = "") -> Lexicon:
    """The lexicons as delivered, with a landlord's additions where their TOML text is given:

        [labels]
        any_window = ["stage nil"]

    Raises ValueError where the text is no TOML, or names a list that does not exist.
    """
    read = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in FILES}
    words = {f"{file}.{name}": entries for file, content in read.items() for name, entries in _lists(content).items()}
    version = " ".join(f"{file} {content['version']}" for file, content in read.items())
    families = tuple(
        Family(name=name, says=told["says"], patterns=tuple(told["patterns"]))
        for name, told in read["families"]["families"].items()
    )
    lexicon = Lexicon(version=version, words=words, families=families)
    return lexicon.extended_with(_additions(additions)) if additions.strip() else lexicon


def _lists(content: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Every list of a file; one outside `[words]` whose name is taken carries its section's name too."""
    found: dict[str, tuple[str, ...]] = {}
    for section, lists in content.items():
        if isinstance(lists, dict) and section != "families":
            for name, entries in lists.items():
                found[f"{section}_{name}" if name in found else name] = tuple(entries)
    return found


def _additions(text: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for file, lists in tomllib.loads(text).items():
        for name, entries in (lists if isinstance(lists, dict) else {file: lists}).items():
            if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
                raise ValueError(f"{file}.{name}: found {entries!r}; wanted a list of words in quotation marks")
            found[f"{file}.{name}"] = tuple(entries)
    return found


DEFAULT = load()
