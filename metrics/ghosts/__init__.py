"""Ghost stages (design §7): dissatisfaction handled before, between, after or instead of the two formal stages."""

from metrics.ghosts.episodes import episodes, signals
from metrics.ghosts.ghosted import ghosted_complaints
from metrics.ghosts.lexicon import DEFAULT, Lexicon, load
from metrics.ghosts.runnable import runnable

__all__ = ["DEFAULT", "Lexicon", "episodes", "ghosted_complaints", "load", "runnable", "signals"]
