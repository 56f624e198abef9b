"""How much of what happened on a theme was hidden, before and after an action: fewer recorded complaints may be hidden
ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import scipy  # scipy.stats takes a second to import: SciPy itself loads it at its first use

from metrics.counting.judge import wilson
from metrics.effects.counting import Counter, days
from metrics.effects.verdicts import CHANCE
from metrics.ghosts.hidden import counted
from metrics.ghosts.recording import FIRST_DAYS
from metrics.records import Records


@dataclass(frozen=True, kw_only=True)
class GhostShare:
    """Hidden stages of grade A or B that never became a complaint (`hidden`), and complaints received (`recorded`)."""

    hidden: int
    recorded: int

    @property
    def value(self) -> float | None:
        """Hidden of all dissatisfaction that left a trace; None where there was none."""
        together = self.hidden + self.recorded
        return self.hidden / together if together else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% interval."""
        together = self.hidden + self.recorded
        return wilson(self.hidden, together) if together else None

    def is_above(self, other: "GhostShare") -> bool:
        """Is this share higher by more than chance (Fisher's exact test, one chance in ten)?"""
        total = self.hidden + self.recorded + other.hidden + other.recorded
        chance = scipy.stats.hypergeom.sf(
            self.hidden - 1, total, self.hidden + other.hidden, self.hidden + self.recorded
        )
        return self.hidden > 0 and bool(chance <= CHANCE)


def ghost_shares(records: Records, actions: pl.DataFrame, hidden: pl.DataFrame | None) -> pl.DataFrame:
    """`actions` (service_area, first_before … last_after) beside hidden_before, recorded_before, hidden_after and
    recorded_after: those of the whole theme, because what was hidden names no area. Null where nobody could look,
    where contacts do not reach back to the day, or where the action has no windows."""
    themes = actions.select(category="service_area").unique().sort("category").with_row_index("scope")
    first_contact = records.frame("contacts").select(pl.col("occurred_at").dt.date().min()).collect().item()
    if hidden is None or not isinstance(first_contact, date) or actions.is_empty():
        names = [f"{what}_{when}" for what in ("hidden", "recorded") for when in ("before", "after")]
        return actions.with_columns(pl.lit(None, pl.Int64).alias(name) for name in names)
    never = counted(hidden).filter(pl.col("window") == "never").lazy()
    received = records.frame("complaints").select("category", day="received_on")
    counters = {
        "hidden": _counter(never.select("category", day="first_signal_on"), themes),
        "recorded": _counter(received, themes),
    }
    scopes = actions.select(category="service_area").join(themes, on="category", how="left", maintain_order="left")
    at = scopes["scope"].cast(pl.Int64).to_numpy()
    return actions.with_columns(
        _within(actions, counter, at, name=name, when=when, since=first_contact)
        for name, counter in counters.items()
        for when in ("before", "after")
    )


def _counter(rows: pl.LazyFrame, themes: pl.DataFrame) -> Counter:
    return Counter.of(rows.join(themes.lazy(), on="category").select("scope", "day"))


def _within(actions: pl.DataFrame, counter: Counter, at: Any, *, name: str, when: str, since: date) -> pl.Expr:
    """The count in one window of each action, null where the contacts begin later."""
    first, last = (days(actions[f"{end}_{when}"].fill_null(date(1970, 1, 1))) for end in ("first", "last"))
    found = pl.lit(pl.Series(counter.within(np.asarray(at), first, last)))
    known = pl.col(f"first_{when}") >= since - FIRST_DAYS
    return pl.when(known).then(found).alias(f"{name}_{when}")
