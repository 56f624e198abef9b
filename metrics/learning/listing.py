"""The complaints behind any figure of learning: one question to the records, the same windows as the engine counts
in."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import polars as pl

from metrics.effects import effects
from metrics.ghosts.hidden import counted, hidden_stages
from metrics.populations import population
from metrics.populations.complaints import first_upheld_on
from metrics.records import Records
from metrics.systemic.own import NO_CAUSE, late_stages

Dated = Literal["received", "upheld", "late", "hidden"]
DATED: tuple[Dated, ...] = get_args(Dated)
_NARROWER = ("area", "team", "root_cause")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which complaints: of one theme, area, team and root cause (None: of every one), received or first upheld from
    `first` to `last`, both in; or, for `hidden`, the hidden stages of grade A or B that never became a complaint, by
    their first signal (of one theme, or team: they name no area and no cause); or, for `late`, acknowledgements and
    answers not given in time, by the day they were due (the cause is then what came late). `others_of` is the
    reference of an action: then the complaints on the themes it was compared with."""

    theme: str | None = None
    area: str | None = None
    team: str | None = None
    root_cause: str | None = None
    first: date | None = None
    last: date | None = None
    dated: Dated = "received"
    others_of: str | None = None


def complaints_on(records: Records, as_at: date, asked: Asked) -> pl.DataFrame:
    """The rows, oldest first. complaint_ref, service_area, area, team, root_cause, status, received_on, upheld_on; for
    `hidden` household_ref, service_area, team, grade, detectors, first_signal_on."""
    if asked.dated == "hidden":
        return _hidden(records, as_at, asked)
    if asked.dated == "late":
        return _late(records, as_at, asked)
    upheld = first_upheld_on()
    day = pl.col("received_on") if asked.dated == "received" else pl.col("upheld_on")
    rows = records.frame("complaints").select(
        "complaint_ref",
        "category",
        *_NARROWER,
        "status",
        "received_on",
        upheld_on=pl.when(upheld <= as_at).then(upheld),
    )
    rows = rows.filter(_between(day, asked, as_at))
    for name in _NARROWER:
        wanted = getattr(asked, name)
        if wanted is not None:
            rows = rows.filter(pl.col(name).fill_null(NO_CAUSE if name == "root_cause" else "") == wanted)
    if asked.theme is not None:
        rows = rows.filter(pl.col("category") == asked.theme)
    if asked.others_of is not None:
        rows = rows.filter(~pl.col("category").is_in(treated_themes(records, as_at, asked.others_of)))
    return rows.rename({"category": "service_area"}).sort(day, "complaint_ref").collect()


def _between(day: pl.Expr, asked: Asked, as_at: date) -> pl.Expr:
    last = min(asked.last or as_at, as_at)
    return (day <= last) & (day >= asked.first if asked.first is not None else pl.lit(value=True))


def treated_themes(records: Records, as_at: date, action_ref: str) -> list[str]:
    """The themes with a change opened or done from the first day of an action's year before to the last of its year
    after: what it cannot be compared with."""
    every = effects(records, as_at)
    windows = every.filter((pl.col("action_ref") == action_ref) & pl.col("is_tried"))
    if windows.is_empty():
        return []
    first, last = windows["first_before"].item(), windows["last_after"].item()
    acted = pl.col("opened_on").is_between(first, last) | pl.col("done_on").is_between(first, last)
    changes = population(records, "actions").filter(pl.col("is_change") & acted.fill_null(value=False))
    found: list[str] = changes.select("service_area").unique().sort("service_area").collect()["service_area"].to_list()
    return found


def _late(records: Records, as_at: date, asked: Asked) -> pl.DataFrame:
    """complaint_ref, service_area, area, team, what_came_late, due_on."""
    wanted = {"service": asked.theme, "area": asked.area, "team": asked.team, "cause": asked.root_cause}
    rows = late_stages(records, min(asked.last or as_at, as_at), asked.first or date.min)
    for name, value in wanted.items():
        rows = rows if value is None else rows.filter(pl.col(name) == value)
    return rows.select("complaint_ref", "area", "team", service_area="service", what_came_late="cause", due_on="on")


def _hidden(records: Records, as_at: date, asked: Asked) -> pl.DataFrame:
    rows = counted(hidden_stages(records, [as_at], whenever=True)).filter(
        (pl.col("window") == "never") & _between(pl.col("first_signal_on"), asked, as_at)
    )
    if asked.theme is not None:
        rows = rows.filter(pl.col("category") == asked.theme)
    if asked.team is not None:
        rows = rows.filter(pl.col("team") == asked.team)
    shown = rows.select(
        "household_ref",
        "team",
        "grade",
        "first_signal_on",
        service_area="category",
        detectors=pl.col("detectors").cast(pl.List(pl.String)).list.join(", "),
    )
    return shown.sort("first_signal_on", "household_ref")


def offered(records: Records, as_at: date) -> dict[str, list[str]]:
    """What can be asked for: theme, area, team and root_cause as complaints known at as_at carry them, by name;
    last of the causes, that none is coded."""
    known = records.frame("complaints").filter(pl.col("received_on") <= as_at)
    names = {"theme": "category", **{name: name for name in _NARROWER}}
    found = known.select(pl.col(column).drop_nulls().unique().sort().implode() for column in names.values()).collect()
    given = {name: found[column].item().to_list() if found.height else [] for name, column in names.items()}
    return given | {"root_cause": [*given["root_cause"], NO_CAUSE]}
