"""Learning or looping (design §9): what became of complaints on a theme after the actions taken on it."""

from metrics.effects.engine import Effects, effects
from metrics.effects.theme_counts import ThemeCounts
from metrics.effects.theme_verdicts import themes

__all__ = ["Effects", "ThemeCounts", "effects", "themes"]
