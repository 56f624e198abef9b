"""Each learning action with its trial, the hidden share of its theme before and after, and how far its evidence
goes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import polars as pl

from metrics.effects import effects
from metrics.effects.trials import AFTER_DAYS
from metrics.effects.verdicts import FELL, TESTED
from metrics.learning.hidden_share import GhostShare, ghost_shares
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records

Rung = Literal["stated", "done", "residents told", "tested", "fell", "sustained"]
RUNGS: tuple[Rung, ...] = ("stated", "done", "residents told", "tested", "fell", "sustained")
MONTHS = 36  # as far back as `sustained` looks
_MORE = ("strength", "owner_directorate", "told_residents_on", "root_cause", "trigger", "minute_ref")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the complaints on an action's theme came to before and after it (design §9).

    first_before … last_after    the windows, both ends in
    before, after                complaints received on the theme
    comparison                   other themes, or time alone; others_before and others_after count those other themes
    ratio, ratio_low, ratio_high rate after over rate before, the comparison taken out, with its exact 95% interval;
                                 None where it has no value, the upper bound also where it has no end
    power                        chance that a halving would have read *fell*
    firm                         fell or rose against other themes would stand by Fisher's exact test, which allows
                                 for the comparison's own chance; None for any other verdict
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
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    power: float
    firm: bool | None
    records_cover_before: bool
    ghosts_before: GhostShare | None
    ghosts_after: GhostShare | None

    @property
    def hidden_rose(self) -> bool:
        """Did the hidden share rise by more than chance?"""
        return bool(self.ghosts_before and self.ghosts_after and self.ghosts_after.is_above(self.ghosts_before))


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """One learning action (no individual remedy) as known on the day; `trial` is None until it can be tested."""

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
    trial: Trial | None
    has: tuple[Rung, ...]

    @property
    def reached(self) -> Rung:
        """The highest rung there is evidence for."""
        return self.has[-1]


def action_lines(records: Records, as_at: date, *, hidden: pl.DataFrame | None) -> tuple[ActionLine, ...]:
    """The changes that are still open or were done in the thirty-six months to as_at, latest done first, open ones
    last.

    `hidden`: what `metrics.ghosts.hidden.hidden_stages` gives `whenever` for as_at, or None where hidden stages could
    not be looked for: hidden shares are then not known.
    """
    more = population(records, "actions").select("action_ref", *_MORE).collect()
    found = (
        effects(records, as_at)
        .filter(pl.col("kind") != "individual remedy")
        .filter(pl.col("done_on").is_null() | (pl.col("done_on") >= window(as_at, MONTHS)[0]))
        .join(more, on="action_ref", how="left")
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
    named |= {name: _number(row[name]) for name in ("ratio", "ratio_low", "ratio_high")}
    named |= {
        "others_before": row["comparison_before"],
        "others_after": row["comparison_after"],
        "ghosts_before": _share(row, "before"),
        "ghosts_after": _share(row, "after"),
    }
    return Trial(**named)


def _number(value: float | None) -> float | None:
    return value if value is not None and value == value and value != float("inf") else None


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
