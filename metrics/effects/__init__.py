"""Learning or looping (design §9): what became of complaints on a theme after the actions taken on it."""

from metrics.effects.engine import Effects, effects
from metrics.effects.theme_counts import Counted, ThemeCounts, theme_rows
from metrics.effects.theme_verdicts import themes
from metrics.effects.verdicts import FEWEST

__all__ = ["FEWEST", "Counted", "Effects", "ThemeCounts", "effects", "theme_rows", "themes"]
