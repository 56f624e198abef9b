"""Which learning actions a figure counts: the same words count them and list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.learning.actions import RUNGS, ActionLine

NOT_TESTED = "done, not tested"
UPHELD_AGAIN, NOT_UPHELD_AGAIN = "done, upheld again since", "done, not upheld again"
EVIDENCE = (*RUNGS, NOT_TESTED, UPHELD_AGAIN, NOT_UPHELD_AGAIN)
"""What an action can be asked for: a rung of the evidence ladder, or what it lacks."""


@dataclass(frozen=True, kw_only=True)
class Picked:
    """Actions of one theme, with one kind of evidence, of one strength, owned by one directorate and role; None: of
    any. Where a record leaves strength or directorate out, it is `not said`."""

    theme: str | None = None
    evidence: str | None = None
    strength: str | None = None
    directorate: str | None = None
    role: str | None = None

    def among(self, lines: Sequence[ActionLine]) -> tuple[ActionLine, ...]:
        """Those of them that are meant, in their order."""
        return tuple(line for line in lines if self._holds(line))

    def _holds(self, line: ActionLine) -> bool:
        asked = (
            (self.theme, line.theme),
            (self.strength, line.strength_said),
            (self.directorate, line.directorate_said),
            (self.role, line.owner_role),
        )
        return all(wanted in (None, said) for wanted, said in asked) and self._shown(line)

    def _shown(self, line: ActionLine) -> bool:
        if self.evidence is None:
            return True
        if self.evidence == NOT_TESTED:
            return "done" in line.has and "tested" not in line.has
        if self.evidence in (UPHELD_AGAIN, NOT_UPHELD_AGAIN):
            return "done" in line.has and (line.upheld_again_on is not None) == (self.evidence == UPHELD_AGAIN)
        return self.evidence in line.has
