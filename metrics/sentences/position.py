"""What is worked out, said in plain English. Every sentence a screen or a paper opens with is made here, from values.

Nothing is judged here: positions, states and reasons come from the placement; this module only finds the words.
"""

from collections.abc import Iterable, Mapping, Sequence

from metrics.indicator import Indicator
from metrics.phrasing import capital, listed
from metrics.placement import route
from metrics.placement.route import level_above
from metrics.reading import Assessment, Cap, LevelResult, Placement
from metrics.sentences.phrases import FIRST_HALF, SHORTFALL, UNSEEN
from metrics.words import FOUNDATIONS_NOT_SECURE, LEVELS, NOT_STATED, POSITIONS, Level, Position

SURE_ENOUGH = 0.6  # below this the likeliest position is given as "between" two (design §6)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(number: int) -> str:
    """Small numbers in letters, as in a report; 11 and more in figures."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def sentence(text: str) -> str:
    """With a capital first letter and a full stop."""
    return f"{capital(text)}{'' if text.endswith(('.', '?', '!')) else '.'}"


def position_words(position: Position) -> str:
    """A position as it is said on screen."""
    return f"transactional, {FOUNDATIONS_NOT_SECURE}" if position == FOUNDATIONS_NOT_SECURE else position


def heading(assessment: Assessment) -> str:
    """The finding in one line: `Operational: changes are made, but officers own them alone`."""
    placement = assessment.placement
    position = placement.position
    if position == NOT_STATED:
        return "No position can be stated"
    if position == FOUNDATIONS_NOT_SECURE:
        return f"Transactional, foundations not secure: {_two(shortfalls(assessment, 'transactional'))}"
    first = f"{capital(position)}: {FIRST_HALF[position]}"
    cap = binding_cap(placement)
    if cap is not None:
        return f"{first}, but {_capped(cap)}"
    stop = level_above(position)
    if stop is None:
        return first
    found = shortfalls(assessment, stop)
    return f"{first}, but {found[0]}" if found else first


def why_words(placement: Placement) -> str:
    """The heading above all the reasons."""
    if placement.position == NOT_STATED:
        return "Why no position is stated"
    return f"Why it stands at {position_words(placement.position)}"


def _capped(cap: Cap) -> str:
    reason = cap.reason.rstrip(".")
    return f"{reason[0].lower()}{reason[1:]}" if not reason.startswith("Ombudsman") else reason


def _two(reasons: Sequence[str]) -> str:
    return ", and ".join(reasons[:2]) if reasons else "too little is known"


def binding_cap(placement: Placement) -> Cap | None:
    """The cap that holds the position below what its levels secure, if one does."""
    earned = 0
    for level in LEVELS:
        if not placement.levels[level].secured:
            break
        earned += 1
    return next(
        (cap for cap in placement.caps if cap.to == placement.position and POSITIONS.index(cap.to) < earned), None
    )


def blocking(placement: Placement, level: Level) -> tuple[Indicator, ...]:
    """The gates that keep a level from being secured."""
    return route.blocking(level, placement.levels[level], placement.resolved)


def shortfalls(assessment: Assessment, level: Level) -> list[str]:
    """Why a level is not secured, in a few words each: what is not met first, then what nobody has evidence for, then
    what is too close to call; what must be met before what supports. A figure in doubt is never told as a fault."""
    gates = sorted(blocking(assessment.placement, level), key=lambda gate: gate.gate != "must")
    states = {gate.key: assessment.readings[gate.key].state for gate in gates}
    unmet = [SHORTFALL[gate.key] for gate in gates if states[gate.key] == "not met"]
    unseen = [
        UNSEEN.get(gate.key, f"{in_sentence(gate.title)} is not evidenced")
        for gate in gates
        if states[gate.key] == "not evidenced"
    ]
    close = [f"“{gate.title}”" for gate in gates if states[gate.key] == "too close to call"]
    doubtful = [f"{listed(close)} {'is' if len(close) == 1 else 'are'} too close to call"] if close else []
    return [*unmet, *unseen, *doubtful]


def in_sentence(title: str) -> str:
    """A title in the middle of a sentence: small letters but for names."""
    return title if title[:2].isupper() or title.startswith("Ombudsman") else f"{title[0].lower()}{title[1:]}"


def how_sure(placement: Placement) -> tuple[tuple[str, bool], ...]:
    """How firm the position is, as pieces of a paragraph: (text, whether it matters most)."""
    if placement.position == NOT_STATED:
        return ((sentence(placement.caps[0].reason) if placement.caps else "There are no records to go by.", False),)
    ranked = sorted(placement.probability.items(), key=lambda item: -item[1])
    rest = [(position, hundredths(share)) for position, share in ranked if share >= 0.005]
    likeliest, share = ranked[0]
    if share < SURE_ENOUGH and len(rest) > 1:
        between = " and ".join(position_words(position) for position, _ in _in_order(rest[:2]))
        return (
            (f"The records put it between {between}. ", True),
            (f"If the same year were run again, {_spread(rest)}.", False),
        )
    if likeliest != placement.position:
        return (
            (f"Close to {position_words(likeliest)}. ", True),
            (f"If the same year were run again, {_spread(rest)}. ", False),
            (
                f"It stands at {position_words(placement.position)} because a figure too close to call keeps the state "
                "it had a quarter ago.",
                False,
            ),
        )
    if share == 1:
        return (("If the same year were run again, the answer would be the same every time", True), (".", False))
    again = f"If the same year were run again, {hundredths(share)} in 100 times the answer would be the same"
    others = [item for item in rest if item[0] != placement.position]
    return ((again, True), (f"; {_spread(others)}." if others else ".", False))


def _in_order(found: Sequence[tuple[Position, str]]) -> list[tuple[Position, str]]:
    return sorted(found, key=lambda item: POSITIONS.index(item[0]))


def _spread(found: Iterable[tuple[Position, str]]) -> str:
    parts = [
        f"{times} in 100 {'times ' if place == 0 else ''}it would be {position_words(position)}"
        for place, (position, times) in enumerate(found)
    ]
    return ", ".join(parts)


def hundredths(share: float) -> str:
    """A probability as times in a hundred; never a false certainty."""
    if 0.995 <= share < 1:
        return "more than 99"
    return "fewer than 1" if 0 < share < 0.005 else f"{100 * share:.0f}"


def what_stops(placement: Placement) -> str:
    """Two facts keep it from strategic."""
    if placement.position == NOT_STATED:
        return ""
    level = level_above(placement.position)
    if level is None:
        return "Nothing stands above it."
    if binding_cap(placement):
        return "Its figures would carry it higher."
    count = len(blocking(placement, level))
    to = "secure foundations" if placement.position == FOUNDATIONS_NOT_SECURE else level
    if not count:
        return ""
    return f"{number_word(count)} {'fact keeps' if count == 1 else 'facts keep'} it from {to}.".capitalize()


def band_words(stands: LevelResult) -> str:
    """What a band of the pyramid says below its name: 5 of 8 gates met."""
    return f"{stands.musts_met + stands.shoulds_met} of {stands.musts + stands.shoulds} gates met"


def probability_by_position(probability: Mapping[Position, float]) -> list[tuple[Position, float]]:
    """The positions that came out at least once, from the lowest up."""
    return [(position, probability[position]) for position in POSITIONS if probability.get(position, 0) > 0]
