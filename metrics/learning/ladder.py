"""The evidence ladder in total, how strong the actions are, and whose they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from metrics.choices import OWNER_ROLES, STRENGTHS
from metrics.effects.verdicts import NOT_YET, TOO_FEW
from metrics.learning.actions import NOT_SAID, RUNGS, ActionLine, Rung
from metrics.learning.picked import Picked


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """How many actions there is evidence for at each rung. Of those done and not tested: `too_early` were done less
    than six months before, `too_few` had too few complaints before and after."""

    counts: Mapping[Rung, int]
    too_early: int
    too_few: int

    @property
    def activity_not_impact(self) -> int:
        """Done, and not tested."""
        return self.counts["done"] - self.counts["tested"]


@dataclass(frozen=True, kw_only=True)
class Strength:
    """Actions of one strength, and those of them that were tested and fell."""

    strength: str
    actions: int
    tested: int
    fell: int


@dataclass(frozen=True, kw_only=True)
class Ownership:
    """Who owns the actions.

    by_directorate      actions by the directorate that owns them, most first; not said where none is given
    by_role             actions by the role that owns them, officers first
    effective_number    directorates that share the actions, as if they shared them evenly: exp of Shannon's entropy;
                        None where no action names one
    complaints_alone    actions owned by a directorate whose name says complaints, of `named` with a directorate
    """

    by_directorate: Mapping[str, int]
    by_role: Mapping[str, int]
    effective_number: float | None
    complaints_alone: int
    named: int


def ladder(lines: Sequence[ActionLine]) -> Ladder:
    """The actions on each rung."""
    done = Picked(evidence="done").among(lines)
    return Ladder(
        counts={rung: len(Picked(evidence=rung).among(lines)) for rung in RUNGS},
        too_early=sum(line.verdict == NOT_YET for line in done),
        too_few=sum(line.verdict == TOO_FEW for line in done),
    )


def strengths(lines: Sequence[ActionLine]) -> tuple[Strength, ...]:
    """The actions by strength, weak first; those without one only where there are any."""
    named = [*STRENGTHS, *([NOT_SAID] if any(line.strength_said == NOT_SAID for line in lines) else [])]
    return tuple(_strength(each, lines) for each in named)


def _strength(name: str, lines: Sequence[ActionLine]) -> Strength:
    def counted(evidence: Rung) -> int:
        return len(Picked(strength=name, evidence=evidence).among(lines))

    return Strength(strength=name, actions=counted("stated"), tested=counted("tested"), fell=counted("fell"))


def ownership(lines: Sequence[ActionLine]) -> Ownership:
    """The spread of ownership."""
    directorates = {
        name: len(Picked(directorate=name).among(lines)) for name in {each.directorate_said for each in lines}
    }
    named = {name: count for name, count in directorates.items() if name != NOT_SAID}
    return Ownership(
        by_directorate=dict(sorted(directorates.items(), key=lambda each: (-each[1], each[0]))),
        by_role={role: len(Picked(role=role).among(lines)) for role in OWNER_ROLES},
        effective_number=effective_number(list(named.values())) if named else None,
        complaints_alone=sum(count for name, count in named.items() if "complaint" in name.lower()),
        named=sum(named.values()),
    )


def effective_number(counts: Sequence[int]) -> float:
    """How many, shared evenly, would be as spread out: 1 where one owns everything."""
    return float(np.exp(scipy.stats.entropy(counts)))
