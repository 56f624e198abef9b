"""Decisions to work a trend's limits out anew from a recorded event on. None is ever changed: a later one undoes it."""

from dataclasses import asdict, dataclass
from datetime import date

from metrics.trends.rows import Rebase
from store.database import Store
from store.ledger import enter, entries, require_words

TABLE = "trend_rebases"


@dataclass(frozen=True, kw_only=True)
class RebaseDecision:
    """Somebody decides that limits begin anew at an event (`stands`), or that they do no longer.

    `line` is an indicator's key, or `metrics.trends.rows.EVERY_LINE`. Raises ValueError for a missing event, line,
    reason or author.
    """

    landlord_code: str
    event_ref: str
    line: str
    stands: bool
    reason: str
    author: str
    decided_on: date

    def __post_init__(self) -> None:
        require_words(
            self,
            event_ref="the recorded event that explains the change",
            line="the line it is for",
            reason="the reason of the decision",
            author="the name of who decides",
        )

    @property
    def rebase(self) -> Rebase:
        """The decision as the trends read it."""
        return Rebase(
            event_ref=self.event_ref,
            line=self.line,
            reason=self.reason,
            author=self.author,
            decided_on=self.decided_on,
        )


def record_rebase(store: Store, decision: RebaseDecision) -> None:
    """Keep a decision; earlier ones on the same event and line stay on record. Raises RefusedError for all
    but executives and the complaints team."""
    store.reader.require("small numbers", decision.landlord_code)
    detail = f"limits of {decision.line} {'anew from' if decision.stands else 'no longer from'} {decision.event_ref}"
    enter(store, TABLE, asdict(decision), what="setting", detail=detail)


def rebase_decisions(store: Store, landlord_code: str) -> list[RebaseDecision]:
    """Every decision of a landlord, newest first. Raises RefusedError for a landlord out of reach."""
    store.reader.require("figures", landlord_code)
    return entries(store, TABLE, RebaseDecision, landlord_code=landlord_code)[::-1]


def standing_rebases(decisions: list[RebaseDecision]) -> tuple[Rebase, ...]:
    """The rebases that stand, of decisions newest first: the last word on an event and a line counts."""
    last: dict[tuple[str, str], RebaseDecision] = {}
    for decision in decisions:
        last.setdefault((decision.event_ref, decision.line), decision)
    return tuple(decision.rebase for decision in last.values() if decision.stands)
