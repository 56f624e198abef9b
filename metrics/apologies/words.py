"""Apologies in sentences."""

from collections.abc import Mapping

from metrics.apologies.picture import ApologiesPicture, Prompt
from metrics.volumes import Part
from metrics.volumes_words import part_interval_words, part_words

CRITERION_WORDS: Mapping[str, str] = {
    "timely": "Timely",
    "personal": "Personal and sincere",
    "empathetic": "Empathetic",
    "takes_responsibility": "Responsibility and regret",
    "shares_learning": "What was learned",
    "offers_remedy": "Remedy",
}


def heading(found: ApologiesPicture) -> str:
    """How many of the apologies that were read are good ones."""
    year = found.year
    if not found.is_held:
        return "How good our apologies are is not evidenced"
    if not year.made:
        return "No apology was recorded in these twelve months"
    if not year.good.n:
        return f"None of {year.made:,} apologies has been read against the six criteria"
    return f"{year.good.k:,} of {year.good.n:,} apologies read meet at least five of the six criteria"


def lead(found: ApologiesPicture) -> str:
    """How sure that is, what is weakest, and how many nobody has read."""
    year, sentences = found.year, []
    if year.good.n:
        sentences.append(f"That is {part_words(year.good)}, {part_interval_words(year.good)}.")
    if year.weakest:
        weak = year.weakest
        sentences.append(f"Least often met: {CRITERION_WORDS[weak.key].lower()}, {part_words(weak.met)}.")
    if year.unread:
        sentences.append(f"{year.unread:,} of {year.made:,} have not been read: of them nothing is known.")
    return " ".join(sentences)


def prompt_words(found: Prompt) -> str:
    """How soon an apology follows an upheld complaint."""
    if not found.given.n:
        return "No complaint was upheld whose five working days for an apology ended in the twelve months."
    return (
        f"{part_words(found.given)} of upheld complaints had their apology within five working days of the answer; "
        f"{found.late:,} later, {found.none:,} none so far."
    )


def only_at_1_words(found: Part) -> str:
    """Apology at stage 1 and none at stage 2."""
    if not found.n:
        return "No complaint was upheld at both stages after an apology at stage 1."
    return (
        f"{part_words(found)} of complaints upheld at both stages had an apology at stage 1 and none at stage 2: what "
        "went wrong in between stays without one."
    )
