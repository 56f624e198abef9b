"""What the board is told of hidden stages: the finding, how sure it is, and three questions to ask."""

from collections.abc import Sequence
from typing import Any

from metrics.ghosts.audit import Standing
from metrics.ghosts.flow import AFTER, BEFORE, BETWEEN, NEVER
from metrics.ghosts.picture import HiddenPicture
from metrics.ghosts.plain_words import WINDOW_WORDS
from metrics.ghosts.survey import CAUTIONS, SurveyGap
from metrics.phrasing import day, listed
from metrics.small_numbers import FEWER, is_few, told

QUESTION_OF = {
    BEFORE: "Who may settle a complaint before it is logged, and how do residents learn that they could have made one?",
    BETWEEN: "What happens between our answer at stage 1 and stage 2, and who decides when stage 2 begins?",
    AFTER: "What do we do for residents after stage 2, and why is it not done at stage 2?",
    NEVER: "Which dissatisfaction never becomes a complaint here, and who decides that it is none?",
}


def heading(found: HiddenPicture) -> str:
    """How much is hidden, and where most of it."""
    likely = found.ladder.likely.value
    if likely is None:
        return "How much is hidden is not evidenced"
    if not likely:
        return "No hidden stage was found where we could look"
    if is_few(likely):
        return f"{FEWER.capitalize()} households met a hidden stage"
    most = largest(found)
    return f"About {likely:,.0f} households met a hidden stage" + (f", most {WINDOW_WORDS[most]}" if most else "")


def largest(found: HiddenPicture) -> str | None:
    """The window with the most hidden stages; None where there is none, or no single largest."""
    counts = sorted(
        ((node.count, node.key) for node in found.flow.nodes if node.is_hidden and node.count), reverse=True
    )
    if not counts or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return counts[0][1]


def how_sure(found: HiddenPicture, detectors: Sequence[dict[str, Any]]) -> str:
    """From at least to at most, and how much could be looked for."""
    floor, likely, upper = found.ladder.rungs
    ran = sum(bool(each["could_run"]) for each in detectors)
    said = []
    if likely.value is None:
        said.append(likely.why_not)
    elif floor.value is not None and floor.value >= 1 and not is_few(floor.value):
        said.append(f"At least {floor.value:,.0f} are on record as such.")
    if upper.value is not None and upper.low is not None and upper.high is not None:
        low, high = rounded(upper.low), rounded(upper.high)
        said.append(f"By what tenants say in the survey it may be {low:,} to {high:,}.")
    said.append(f"{ran} of {len(detectors)} signs could be looked for.")
    return " ".join(said)


def rounded(value: float) -> int:
    """No more digits than a survey holds: two."""
    digits = len(f"{value:.0f}") - 2
    return int(round(value, -max(0, digits)))


def questions(found: HiddenPicture, detectors: Sequence[dict[str, Any]], *, unread: int) -> tuple[str, ...]:
    """Three questions for the executive, by what the records show."""
    alarms = [place.name for place in found.funnels["team"].alarms]
    where = (
        f"{listed(alarms[:2])} {'logs' if len(alarms) == 1 else 'log'} few complaints for the contacts taken: where "
        "are they logged, and would a resident agree?"
        if alarms
        else "Which team would hear of dissatisfaction first, and how do we know that it logs it?"
    )
    way = QUESTION_OF[largest(found) or NEVER]
    missing = sorted({str(each["why_not"]) for each in detectors if not each["could_run"]})
    if missing:
        sure = f"{missing[0]} When will we be able to look there?"
    elif unread:
        sure = "When will the complaints team have read the hidden stages that are counted, and what did it turn down?"
    else:
        sure = "What did reading the hidden stages teach the complaints team, and what changed because of it?"
    return where, way, sure


def audit_words(audit: Standing | None) -> str:
    """What the audit says of all contacts, with how many were read and when."""
    if audit is None:
        return "No sample of contacts has been audited: how often the detectors are wrong here is not evidenced."
    if audit.corrected is None:
        return f"The audit is not evidenced yet: {audit.why_not}"
    found = audit.corrected
    read = day(audit.last_on) if audit.last_on else "no day"
    return (
        f"By an audit of {found.flagged.answered + found.unflagged.answered:,} contacts (last answer {read}), "
        f"{found.value:.1%} of all contacts ({found.low:.1%} to {found.high:.1%}) were handled outside the stages; the "
        f"detectors alone say {found.raw:.1%}. The likely rung is corrected by it."
    )


def survey_cautions(gap: SurveyGap) -> tuple[str, ...]:
    """What to hold against the survey gap before reading it."""
    left_out = f"No survey figure for {' and '.join(gap.left_out)} homes." if gap.left_out else ""
    return (CAUTIONS[0], left_out)


def beside_recorded(found: HiddenPicture) -> str:
    """What is hidden beside the complaints recorded in the same twelve months."""
    recorded = found.recording.years[-1].recorded
    volume = "what was recorded" if recorded is None else f"{told(recorded)} recorded complaints"
    floor, likely = found.ladder.floor, found.ladder.likely
    if likely.value is None:
        return f"Beside {volume}, how much is hidden is not evidenced. {likely.why_not}"
    if not likely.value:
        return f"Beside {volume}, no household was found that met a hidden stage."
    if is_few(likely.value):
        return f"Beside {volume}, {FEWER} households met a hidden stage."
    surely = "" if floor.value is None or is_few(floor.value) else f"; {floor.value:,.0f} of them are on record as such"
    about = "likely" if likely.low is None else "by an audit about"
    return f"Beside {volume}, {about} {likely.value:,.0f} households met a hidden stage{surely}."


def hidden_by_window(found: HiddenPicture) -> tuple[tuple[str, int | None], ...]:
    """Hidden stages along the way in the order of the way, those that occur: words, and a count or None."""
    return tuple((node.words, node.count) for node in found.flow.nodes if node.is_hidden and node.count != 0)
