"""The words of the pyramid: levels, positions and states, spelled once."""

from typing import Literal

Level = Literal["transactional", "operational", "strategic", "cultural"]
LEVELS: tuple[Level, ...] = ("transactional", "operational", "strategic", "cultural")

FOUNDATIONS_NOT_SECURE = "foundations not secure"
NOT_STATED = "not stated"
Position = str
# From the lowest to the highest; `not stated` stands outside the order.
POSITIONS: tuple[Position, ...] = (FOUNDATIONS_NOT_SECURE, *LEVELS)

State = Literal["met", "not met", "too close to call", "not evidenced"]
STATES: tuple[State, ...] = ("met", "not met", "too close to call", "not evidenced")

Basis = Literal["CODE", "TSM", "JUDGEMENT"]

# What each level means, after the Ombudsman's article of 2024 that described the pyramid.
LEVEL_MEANING: dict[Level, str] = {
    "transactional": "Each case is handled alone: recorded, answered and put right, but not learned from.",
    "operational": "Changes are made to avoid the same mistakes, but officers own them alone.",
    "strategic": "Root causes are analysed, joined to other data, and owned by the executive and the board.",
    "cultural": "Learning is proactive, and complaints are used to test culture, values and behaviour.",
}

METHOD_VERSION = "1.0"
