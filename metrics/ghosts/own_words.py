"""A landlord's own words for the lexicons: which lists take them, how they are written down, and which are refused."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence

LISTS: Mapping[str, str] = {
    "labels.any_window": "Labels and statuses that name a hidden stage",
    "labels.after_only": "Labels that name a third stage, after stage 2 only",
    "labels.except": "Labels that look like one of these and are none",
    "phrases.phrases": "Words of dissatisfaction in notes",
    "phrases.except": "Words that sound dissatisfied and are not",
    "families.trades": "Whom you send: contractors and teams by name",
    "payments.goodwill": "Reasons of goodwill payments",
    "payments.except": "Reasons of payments that are owed anyway",
    "channels.third_party": "Channels of councillors, MPs, advocates and solicitors",
}
"""The lists a landlord may add to, and what they hold in plain words; `metrics.ghosts.lexicon` has them all."""

Words = Mapping[str, Sequence[str]]
FEWEST_LETTERS, MOST_SIGNS = 3, 60
_LETTER = re.compile(r"[^\W\d_]")


def as_toml(words: Words) -> str:
    """Words by list, as `metrics.ghosts.lexicon.load` reads them; empty where there are none."""
    files: dict[str, list[str]] = {}
    for name, entries in words.items():
        if entries:
            file, _, place = name.partition(".")
            # A JSON string is a TOML string: the same quotation marks and the same escapes.
            written = ", ".join(json.dumps(entry) for entry in entries)
            files.setdefault(file, []).append(f"{place} = [{written}]")
    return "\n".join(line for file, lines in files.items() for line in (f"[{file}]", *lines))


def read_toml(text: str) -> dict[str, tuple[str, ...]]:
    """The words of a text that `as_toml` wrote, by list."""
    return {
        f"{file}.{name}": tuple(entries)
        for file, lists in tomllib.loads(text).items()
        for name, entries in lists.items()
    }


def with_added(words: Words, name: str, entries: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words with more in one list, each once. Raises ValueError, in words for whoever typed them, for a list that
    takes none, for nothing new, and for a word that would fire everywhere or nowhere."""
    if name not in LISTS:
        raise ValueError(f"list: found {name!r}; wanted one of {', '.join(LISTS)}")
    wanted = [" ".join(entry.split()) for entry in entries]
    held = {each.casefold() for each in words.get(name, ())}
    fresh = list({each.casefold(): each for each in wanted if each and each.casefold() not in held}.values())
    if not fresh:
        raise ValueError("words: found nothing new; wanted one word or phrase a line")
    for each in fresh:
        if len(_LETTER.findall(each)) < FEWEST_LETTERS or len(each) > MOST_SIGNS:
            raise ValueError(
                f"words: found {each!r}; wanted {FEWEST_LETTERS} letters or more, {MOST_SIGNS} signs at most"
            )
    return {**{key: tuple(value) for key, value in words.items()}, name: (*words.get(name, ()), *fresh)}


def without(words: Words, name: str, entries: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The words with some taken out of one list. Raises ValueError where none of them is in it."""
    left = tuple(each for each in words.get(name, ()) if each not in entries)
    if len(left) == len(words.get(name, ())):
        raise ValueError("words: found none to take out; wanted one of those added before")
    return {key: value for key, value in {**{k: tuple(v) for k, v in words.items()}, name: left}.items() if value}
