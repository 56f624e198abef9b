"""Sentences beside the position: its course, the service areas, what is in doubt, what would change it."""

from collections.abc import Iterable, Sequence

from metrics.catalogue import indicator
from metrics.phrasing import capital, listed
from metrics.placement.route import level_above
from metrics.reading import AreaPlacement, Assessment, Cap, Quarter, Reading
from metrics.sentences.position import number_word, position_words, sentence
from metrics.words import LEVELS, NOT_STATED, POSITIONS, Position


def trajectory_words(quarters: Sequence[Quarter]) -> str:
    """What two years of positions come to: `Operational for three quarters, transactional before`."""
    stated = [quarter.position for quarter in quarters if quarter.position != NOT_STATED]
    if not stated:
        return "No position could be stated in these two years"
    now = stated[-1]
    lasted = next((place for place, position in enumerate(reversed(stated)) if position != now), len(stated))
    words = position_words(now)
    if lasted == len(stated):
        return f"{capital(words)} in {_every(len(stated))}"
    before = position_words(stated[-lasted - 1])
    return f"{capital(words)} for {number_word(lasted)} {_quarters(lasted)}, {before} before"


def _every(count: int) -> str:
    return "the one quarter there is" if count == 1 else f"each of {number_word(count)} quarters"


def _quarters(count: int) -> str:
    return "quarter" if count == 1 else "quarters"


def profile_words(profile: Sequence[AreaPlacement], position: Position) -> str:
    """Whether the service areas stand together: `Repairs stands lower than the whole`."""
    stated = [area for area in profile if area.position in POSITIONS]
    if not stated or position not in POSITIONS:
        return "No service area holds enough complaints to stand by itself"
    here = POSITIONS.index(position)
    lower = [area.area for area in stated if POSITIONS.index(area.position) < here]
    higher = [area.area for area in stated if POSITIONS.index(area.position) > here]
    parts = []
    if lower:
        parts.append(f"{listed(lower)} {_stand(lower)} lower than the whole")
    if higher:
        parts.append(f"{listed(higher)} {_stand(higher)} higher")
    if not parts:
        return f"Every large service area stands at {position_words(position)}"
    return f"{', '.join(parts)}"[:1].upper() + f"{', '.join(parts)}"[1:]


def _stand(areas: Sequence[str]) -> str:
    return "stands" if len(areas) == 1 else "stand"


def shaky(assessment: Assessment) -> tuple[Reading, ...]:
    """The gates up to the next level whose state the data leave in doubt, the most doubtful first."""
    stop = level_above(assessment.placement.position)
    levels = LEVELS if stop is None else LEVELS[: LEVELS.index(stop) + 1]
    found = [
        reading
        for reading in assessment.readings.values()
        if reading.indicator.level in levels and reading.probability is not None and 0.05 < reading.probability < 0.95
    ]
    return tuple(sorted(found, key=lambda reading: abs((reading.probability or 0) - 0.5)))


def sensitivity_words(assessment: Assessment) -> tuple[str, ...]:
    """What would change our mind, one sentence a fact, those that move the position with the least push first."""
    found = assessment.sensitivity
    if found is None or assessment.placement.position == NOT_STATED:
        return ()
    said = [
        f"With the threshold of {listed(titles, joined_by='or')} {abs(shift) * 100:.0f} points "
        f"{'higher' if shift > 0 else 'lower'}, it would be {position_words(position)}."
        for (shift, position), titles in _by_push(found.shifts).items()
    ]
    said += [
        f"Without “{indicator(key).title}”, it would be {position_words(position)}." for key, position in found.dropped
    ]
    lifts = [
        (key, position)
        for key, _, position in found.missing
        if position in POSITIONS and POSITIONS.index(position) > POSITIONS.index(assessment.placement.position)
    ]
    said += [
        f"Were “{indicator(key).title}” shown to be met, it would be {position_words(position)}."
        for key, position in lifts
    ]
    return tuple(said)


def _by_push(shifts: Iterable[tuple[str, float, Position]]) -> dict[tuple[float, Position], list[str]]:
    """The titles that a push of that size and direction takes to a position; each at its smallest push only."""
    seen: set[tuple[str, Position]] = set()
    found: dict[tuple[float, Position], list[str]] = {}
    for key, shift, position in sorted(shifts, key=lambda each: abs(each[1])):
        if (key, position) not in seen:
            seen.add((key, position))
            found.setdefault((shift, position), []).append(f"“{indicator(key).title}”")
    return found


def caps_words(caps: Sequence[Cap]) -> tuple[str, ...]:
    """Each cap with what it does."""
    return tuple(
        f"{sentence(cap.reason)} "
        + ("" if cap.to == NOT_STATED else f"This holds the position at {position_words(cap.to)} at most.")
        for cap in caps
    )
