"""Each learning action with its trial, the hidden share of its theme before and after, and how far its evidence
goes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import polars as pl

from metrics.effects import effects
from metrics.effects.size import Compared, Ratio, power, ratio
from metrics.effects.trials import AFTER_DAYS
from metrics.effects.verdicts import FELL, OTHER_THEMES, TESTED
from metrics.learning.hidden_share import GhostShare, ghost_shares
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records

Rung = Literal["stated", "done", "residents told", "tested", "fell", "sustained"]
NOT_SAID = "not said"
RUNGS: tuple[Rung, ...] = ("stated", "done", "residents told", "tested", "fell", "sustained")
MONTHS = 36  # as far back as `sustained` looks
_MORE = ("strength", "owner_directorate", "told_residents_on", "root_cause", "trigger", "minute_ref")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the complaints on an action's theme came to before and after it (design §9).

    first_before … last_after    the windows, both ends in
    before, after                complaints received on the theme
    comparison                   other themes, or time alone; others_before and others_after count those other themes
    expected                     share of them that would have come after if nothing had changed
    ghosts_before, ghosts_after  the hidden share of the theme in the same windows; None where it cannot be known
    """

    first_before: date
    last_before: date
    first_after: date
    last_after: date
    before: int
    after: int
    comparison: str
    others_before: int
    others_after: int
    expected: float
    records_cover_before: bool
    ghosts_before: GhostShare | None
    ghosts_after: GhostShare | None

    @property
    def _compared(self) -> Compared:
        others = (self.others_before, self.others_after) if self.comparison == OTHER_THEMES else None
        return Compared(before=self.before, after=self.after, others=others, expected=self.expected)

    @cached_property
    def ratio(self) -> Ratio:
        """Rate after over rate before, the comparison taken out, with its exact 95% interval."""
        return ratio(self._compared)

    @cached_property
    def power(self) -> float:
        """Chance that a halving would have read *fell*."""
        return power(self._compared)

    @property
    def days_after(self) -> int:
        """How long the after window is so far."""
        return (self.last_after - self.first_after).days + 1

    @property
    def is_whole_year(self) -> bool:
        """Does the after window hold every season?"""
        return self.days_after >= AFTER_DAYS

    @property
    def hidden_rose(self) -> bool:
        """Did the hidden share rise by more than chance?"""
        return bool(self.ghosts_before and self.ghosts_after and self.ghosts_after.is_above(self.ghosts_before))


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """One learning action (no individual remedy) as known on the day; `trial` is None until it can be tested.
    `upheld_again_on`: the next complaint of its kind upheld after it was done (`metrics.learning.half_life.returns`);
    None where there was none."""

    action_ref: str
    title: str
    theme: str
    area: str | None
    team: str | None
    kind: str
    strength: str | None
    owner_role: str
    owner_directorate: str | None
    root_cause: str | None
    minute_ref: str | None
    opened_on: date
    done_on: date | None
    told_residents_on: date | None
    verdict: str
    verdict_6_months: str
    upheld_again_on: date | None
    trial: Trial | None
    has: tuple[Rung, ...]

    @property
    def strength_said(self) -> str:
        """Its strength, or that none is said."""
        return self.strength or NOT_SAID

    @property
    def directorate_said(self) -> str:
        """The directorate that owns it, or that none is said."""
        return (self.owner_directorate or "").strip() or NOT_SAID

    @property
    def reached(self) -> Rung:
        """The highest rung there is evidence for."""
        return self.has[-1]


def action_lines(
    records: Records, as_at: date, *, hidden: pl.DataFrame | None, returned: pl.DataFrame
) -> tuple[ActionLine, ...]:
    """The changes that are still open or were done in the thirty-six months to as_at, latest done first, open ones
    last.

    `hidden`: what `metrics.ghosts.hidden.hidden_stages` gives `whenever` for as_at, or None where hidden stages could
    not be looked for: hidden shares are then not known. `returned`: what `metrics.learning.half_life.returns` gives.
    """
    more = population(records, "actions").select("action_ref", *_MORE).collect()
    found = (
        effects(records, as_at)
        .filter(pl.col("kind") != "individual remedy")
        .filter(pl.col("done_on").is_null() | (pl.col("done_on") >= window(as_at, MONTHS)[0]))
        .join(more, on="action_ref", how="left")
        .join(returned.select("action_ref", upheld_again_on="returned_on"), on="action_ref", how="left")
        .with_columns(pl.when(pl.col("told_residents_on") <= as_at).then("told_residents_on"))
    )
    rows = ghost_shares(records, found, hidden).sort("done_on", "action_ref", descending=True, nulls_last=True)
    return tuple(_line(row, as_at) for row in rows.to_dicts())


def _line(row: dict[str, Any], as_at: date) -> ActionLine:
    taken = {name: row[name] for name in ActionLine.__dataclass_fields__ if name in row}
    theme = row["service_area"]
    return ActionLine(**taken, theme=theme, trial=_trial(row) if row["is_tried"] else None, has=_rungs(row, as_at))


def _trial(row: dict[str, Any]) -> Trial:
    named = {name: row[name] for name in Trial.__dataclass_fields__ if name in row}
    named |= {
        "others_before": row["comparison_before"],
        "others_after": row["comparison_after"],
        "ghosts_before": _share(row, "before"),
        "ghosts_after": _share(row, "after"),
    }
    return Trial(**named)


def _share(row: dict[str, Any], when: str) -> GhostShare | None:
    hidden, recorded = row[f"hidden_{when}"], row[f"recorded_{when}"]
    return None if hidden is None or recorded is None else GhostShare(hidden=hidden, recorded=recorded)


def _rungs(row: dict[str, Any], as_at: date) -> tuple[Rung, ...]:
    """The rungs there is evidence for, in order. Telling residents is a rung of its own: an action can be tested
    without it. Sustained: fell at six and at twelve months."""
    done = row["done_on"] is not None
    tested = row["verdict"] in TESTED
    fell = row["verdict"] == FELL
    lasted = fell and row["verdict_6_months"] == FELL and row["done_on"] <= as_at - timedelta(days=AFTER_DAYS)
    held = {
        "stated": True,
        "done": done,
        "residents told": done and row["told_residents_on"] is not None,
        "tested": tested,
        "fell": fell,
        "sustained": lasted,
    }
    return tuple(rung for rung in RUNGS if held[rung])
