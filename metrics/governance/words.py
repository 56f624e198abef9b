"""Governance in sentences: what was received, what was done with it, and three questions."""

from metrics.governance.picture import SCRUTINISED, DutyKept, GovernancePicture
from metrics.learning.words import latency_words
from metrics.phrasing import listed


def heading(found: GovernancePicture) -> str:
    """Did the governing body receive what the Code says, and did it act on it?"""
    if found.why_not:
        return "What the governing body received is not evidenced"
    missing = [kept for kept in found.duties if kept.evidenced < kept.wanted]
    act = f"it challenged or decided {_times(len(found.acted))}" if found.acted else "it challenged or decided nothing"
    if not missing:
        return f"The governing body received what the Code asks for; {act}"
    paragraphs = listed([kept.duty.paragraph for kept in missing])
    return f"Not evidenced as the Code asks: {paragraphs}; {act}"


def lead(found: GovernancePicture) -> str:
    """How sure, and how long a theme takes."""
    if found.why_not:
        return f"{found.why_not} Nothing on record is not the same as nothing received."
    quarters = f"In {found.scrutinised} of the last {SCRUTINISED} quarters"
    scrutiny = f"{quarters} it took a, b and c and challenged or decided at least one."
    return f"{scrutiny} {latency_words(found.voice)}."


def kept_words(kept: DutyKept) -> str:
    """3 of 4 quarters; in twelve months, once."""
    if kept.duty.regular:
        return f"{kept.evidenced} of {kept.wanted} quarters"
    return "received" if kept.evidenced else "not evidenced"


def questions(found: GovernancePicture) -> tuple[str, ...]:
    """What a member could ask, by what the records show."""
    missing = [kept.duty for kept in found.duties if kept.evidenced < kept.wanted]
    first = (
        f"When will the governing body receive what {listed([duty.paragraph for duty in missing])} asks for, and who "
        "answers for it?"
        if missing
        else "Which of the papers we received changed what we decided?"
    )
    second = (
        "What did we do with what we only noted, and what would have made us challenge it?"
        if found.noted >= len(found.acted)
        else "What came of what we challenged or decided, and when do we see it?"
    )
    waiting = [each.theme for each in found.voice.themes if each.reached_on is None]
    third = (
        f"Why has {waiting[0]} not reached us, although residents complain of it?"
        if waiting
        else "Which theme that residents raise now will we hear of next, and from whom?"
    )
    return first, second, third


def _times(count: int) -> str:
    return {1: "one item", 2: "two items", 3: "three items"}.get(count, f"{count:,} items")
