"""Everything *Learning or looping* shows of one landlord on one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.effects import themes
from metrics.effects.theme_verdicts import LEARNING, LOOPING, QUARTERS, UNTESTED
from metrics.ghosts.hidden import hidden_stages
from metrics.learning.actions import ActionLine, action_lines
from metrics.learning.half_life import HalfLife, half_life, returns
from metrics.learning.ladder import Ladder, Ownership, Strength, ladder, ownership, strengths
from metrics.learning.turnover import Turnover, turnover
from metrics.learning.voice import Latency, voice_to_board
from metrics.periods import last_quarter_end, quarter_ends_to
from metrics.records import Records


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """One theme: looping, learning or untested (design §9).

    upheld_by_quarter   complaints first upheld in each quarter of `LearningPicture.quarters`
    actions             changes known, however long ago
    latest              its most recently done tested action; None where none is tested, or where that was done more
                        than thirty-six months before
    owned_at_the_top    the open action the executive or the governing body owns; None where there is none
    """

    theme: str
    verdict: str
    upheld_by_quarter: tuple[int, ...]
    actions: int
    latest_verdict: str | None
    latest: ActionLine | None
    owned_at_the_top: str | None

    @property
    def upheld(self) -> int:
        """In the four quarters together."""
        return sum(self.upheld_by_quarter)


@dataclass(frozen=True, kw_only=True)
class LearningPicture:
    """quarters: the ends of the last four complete quarters, oldest first. actions: changes still open or done in the
    thirty-six months. why_not: what is missing where nothing can be said."""

    as_at: date
    quarters: tuple[date, ...]
    themes: tuple[ThemeLine, ...]
    actions: tuple[ActionLine, ...]
    ladder: Ladder
    strengths: tuple[Strength, ...]
    ownership: Ownership
    half_life: HalfLife
    turnover: tuple[Turnover, ...]
    voice: Latency
    why_not: str = ""

    def of(self, verdict: str) -> Sequence[ThemeLine]:
        """The themes of one verdict, most upheld first."""
        return [each for each in self.themes if each.verdict == verdict]


_ORDER: Mapping[str, int] = {LOOPING: 0, LEARNING: 1, UNTESTED: 2}


def learning_picture(records: Records, as_at: date) -> LearningPicture:
    """The picture on one day. Hidden stages are looked for once, and only where contacts are held."""
    hidden = hidden_stages(records, [as_at], whenever=True) if "contacts" in records.frames else None
    returned = returns(records, as_at)
    lines = action_lines(records, as_at, hidden=hidden, returned=returned)
    by_ref = {line.action_ref: line for line in lines}
    found = [_theme(row, by_ref) for row in themes(records, as_at).to_dicts()]
    found.sort(key=lambda each: (_ORDER[each.verdict], -each.upheld, each.theme))
    learned = [each.latest for each in found if each.verdict == LEARNING and each.latest is not None]
    return LearningPicture(
        as_at=as_at,
        quarters=tuple(quarter_ends_to(last_quarter_end(as_at), QUARTERS - 1)),
        themes=tuple(found),
        actions=lines,
        ladder=ladder(lines),
        strengths=strengths(lines),
        ownership=ownership(lines),
        half_life=half_life(returned),
        turnover=turnover(records, as_at, learned),
        voice=voice_to_board(records, as_at, hidden=hidden),
        why_not=_why_not(records, as_at),
    )


def _theme(row: Mapping[str, object], by_ref: Mapping[str, ActionLine]) -> ThemeLine:
    kept = {name: row[name] for name in ("theme", "verdict", "actions", "latest_verdict")}
    quarters = row["upheld_by_quarter"]
    assert isinstance(quarters, list)
    return ThemeLine(
        **kept,  # type: ignore[arg-type]  # the columns of `themes`
        upheld_by_quarter=tuple(quarters),
        latest=by_ref.get(str(row["latest_action_ref"])),
        owned_at_the_top=row["owner_action_ref"],  # type: ignore[arg-type]
    )


def _why_not(records: Records, as_at: date) -> str:
    known = {"complaints": "received_on", "learning_actions": "opened_on"}
    for table, day in known.items():
        if records.frame(table).filter(pl.col(day) <= as_at).head(1).collect().is_empty():
            return f"No {table.replace('_', ' ')} are held up to this day."
    return ""
