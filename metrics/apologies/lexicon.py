"""The words of apologies, read from the versioned `lexicon.toml` beside this file."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SKIPPED = r"(?:[\w'£-]+[\s,]{1,3}){0,3}?"
SPACE = r"\s{1,3}"
NOTHING = r"(?!)"
SOURCES = {
    "report": "Housing Ombudsman, Learning from severe maladministration: apologies, February 2026",
    "guidance": "Housing Ombudsman, Apologies guidance",
    "ours": "our own list",
}


@dataclass(frozen=True, kw_only=True)
class Avoid:
    """One list of words to avoid: what kind of fault they are, what is wrong with them, whose list it is."""

    kind: str
    name: str
    why: str
    source: str
    found_by: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class Shows:
    """One list of words that show a part of a criterion."""

    criterion: str
    part: str
    found_by: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One of the six criteria: the parts its words must show, and what to do where they do not."""

    key: str
    title: str
    needs: tuple[str, ...]
    advice: str


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Everything the check of a draft looks for."""

    version: str
    avoid: tuple[Avoid, ...]
    shows: tuple[Shows, ...]
    criteria: tuple[Criterion, ...]
    apology: re.Pattern[str]
    no_apology: re.Pattern[str]
    passive: re.Pattern[str]
    passive_except: frozenset[str]
    says_who: re.Pattern[str]


def pattern(entries: Iterable[str]) -> str:
    """One expression for all entries, the longest first, so that of two that begin alike the fuller one is found."""
    spelled = sorted({_entry(entry) for entry in entries}, key=lambda each: (-len(each), each))
    return rf"\b(?:{'|'.join(spelled)})\b" if spelled else NOTHING


def _entry(entry: str) -> str:
    words, found = entry.split(), ""
    for place, word in enumerate(words):
        if word == "...":
            found += SKIPPED
            continue
        options = [SPACE.join(re.escape(part) for part in each.split("_")) for each in word.split("/")]
        found += options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
        if place < len(words) - 1:
            found += r"[\s,]{1,3}" if words[place + 1] == "..." else SPACE
    return found


def _compiled(entries: Iterable[str]) -> re.Pattern[str]:
    return re.compile(pattern(entries), re.IGNORECASE)


def _passive(words: Mapping[str, Any]) -> re.Pattern[str]:
    be, between, irregular = (pattern(words[name]) for name in ("be", "between", "irregular"))
    return re.compile(rf"{be}(?:{SPACE}{between}){{0,2}}{SPACE}(?P<done>{irregular}|\b\w{{3,20}}ed\b)", re.IGNORECASE)


def load(text: str) -> Lexicon:
    """The lexicon of a TOML text of that form. Raises KeyError or ValueError where something is missing."""
    read = tomllib.loads(text)
    return Lexicon(
        version=read["version"],
        avoid=tuple(
            Avoid(
                kind=each["kind"],
                name=each["name"],
                why=each["why"],
                source=SOURCES[each["source"]],
                found_by=_compiled(each["entries"]),
            )
            for each in read["avoid"]
        ),
        shows=tuple(
            Shows(criterion=each["criterion"], part=each["part"], found_by=_compiled(each["entries"]))
            for each in read["shows"]
        ),
        criteria=tuple(
            Criterion(key=each["key"], title=each["title"], needs=tuple(each["needs"]), advice=each["advice"])
            for each in read["criteria"]
        ),
        apology=_compiled(read["apology"]["entries"]),
        no_apology=_compiled(read["apology"]["except"]),
        passive=_passive(read["passive"]),
        passive_except=frozenset(read["passive"]["except"]),
        says_who=_compiled(read["passive"]["who"]),
    )


DEFAULT = load((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))
