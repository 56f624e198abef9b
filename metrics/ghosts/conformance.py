"""The Code's path and how complaints left it: steps skipped, repeated, out of order, and stages the Code does not know.

The path: received, acknowledged, answered at stage 1; then, if asked for, stage 2 acknowledged and answered; then the
Ombudsman. A landlord may accept a deviation for a time (who owns it, why, until when): that takes it out of the alarm
and never out of the count.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.ghosts.hidden import hidden_stages
from metrics.ghosts.path_rules import BY_KEY, RULES, known_complaints, known_decisions
from metrics.phrasing import day
from metrics.records import Records

Kind = Literal["skipped", "repeated", "out of order", "extra stage"]
KINDS: tuple[Kind, ...] = ("skipped", "repeated", "out of order", "extra stage")
ACCEPTED = {"deviation": pl.String, "owner": pl.String, "reason": pl.String, "expires_on": pl.Date}
DEVIATIONS = {"deviation": pl.String, "kind": pl.String, "complaint_ref": pl.String}


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Whose an accepted deviation is, why, and the day it stops being accepted."""

    owner: str
    reason: str
    expires_on: date


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """One way of leaving the path, and how many complaints did.

    count       complaints, accepted or not; None where it could not be checked, and why_not says why
    accepted    the acceptance in force, if any
    """

    key: str
    kind: str
    words: str
    count: int | None
    why_not: str = ""
    accepted: Acceptance | None = None

    @property
    def is_alarm(self) -> bool:
        """Found, and not accepted."""
        return bool(self.count) and self.accepted is None


@dataclass(frozen=True, kw_only=True)
class Conformance:
    """Complaints received in the twelve months against the path.

    complaints      how many were looked at (refused and withdrawn ones are not)
    on_path         how many did not leave it, by what could be checked; accepted deviations count as leaving it
    deviations      every rule, in the order of `KINDS`
    lapsed          acceptances that no longer hold or lack an owner, a reason or an end
    """

    complaints: int
    on_path: int
    deviations: tuple[Deviation, ...]
    lapsed: tuple[str, ...] = ()

    @property
    def alarms(self) -> tuple[Deviation, ...]:
        """Deviations found and not accepted, most frequent first."""
        return tuple(sorted((each for each in self.deviations if each.is_alarm), key=lambda each: -(each.count or 0)))


def conformance(
    records: Records, as_at: date, *, accepted: pl.DataFrame | None = None, hidden: pl.DataFrame | None = None
) -> Conformance:
    """How complaints kept to the path. `accepted` is the register (`ACCEPTED`; more columns may stand beside); an entry
    holds before its expires_on. `hidden`: what `hidden_stages` gives for as_at."""
    complaints = known_complaints(records, as_at)
    left = deviations(records, as_at, hidden=hidden)
    counts = dict(left.group_by("deviation").len().iter_rows())
    unchecked = unchecked_rules(records, as_at)
    in_force, lapsed = _register(accepted, as_at)
    found = tuple(
        Deviation(
            key=rule.key,
            kind=rule.kind,
            words=rule.words,
            count=None if rule.key in unchecked else counts.get(rule.key, 0),
            why_not=unchecked.get(rule.key, ""),
            accepted=in_force.get(rule.key),
        )
        for rule in RULES
    )
    on_path = complaints.height - left["complaint_ref"].n_unique()
    return Conformance(complaints=complaints.height, on_path=on_path, deviations=found, lapsed=lapsed)


def deviations(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> pl.DataFrame:
    """The complaints behind each deviation: deviation, kind, complaint_ref (`DEVIATIONS`), in the order of the rules,
    then by complaint. Complaints received in the twelve months to as_at, refused and withdrawn ones left out."""
    complaints = known_complaints(records, as_at).join(
        known_decisions(records, as_at, on_merit=True), on="complaint_ref", how="left"
    )
    unchecked = unchecked_rules(records, as_at)
    by_date = [
        complaints.filter(rule.left_path).select("complaint_ref", deviation=pl.lit(rule.key))
        for rule in RULES
        if rule.left_path is not None and rule.key not in unchecked
    ]
    found = hidden_stages(records, [as_at]) if hidden is None else hidden
    of_window = complaints.select("complaint_ref").join(found, on="complaint_ref")
    by_episode = [
        of_window.filter(rule.in_episodes).select("complaint_ref", deviation=pl.lit(rule.key)).unique()
        for rule in RULES
        if rule.in_episodes is not None and rule.key not in unchecked
    ]
    kinds = pl.DataFrame({"deviation": list(BY_KEY), "kind": [rule.kind for rule in RULES]}).with_row_index("place")
    none = pl.DataFrame(schema={"complaint_ref": pl.String, "deviation": pl.String})
    every = pl.concat([none, *by_date, *by_episode], how="vertical")
    return every.join(kinds, on="deviation").sort("place", "complaint_ref").select(pl.col(list(DEVIATIONS)))


def complaints_off_path(records: Records, as_at: date, deviation: str) -> pl.DataFrame:
    """The complaints behind one deviation, oldest first: complaint_ref, service_area, team, area, status,
    received_on."""
    left = deviations(records, as_at).filter(pl.col("deviation") == deviation)["complaint_ref"]
    told = ("complaint_ref", "category", "team", "area", "status", "received_on")
    rows = records.frame("complaints").filter(pl.col("complaint_ref").is_in(left.implode())).select(told).collect()
    return rows.rename({"category": "service_area"}).sort("received_on", "complaint_ref")


def unchecked_rules(records: Records, as_at: date) -> dict[str, str]:
    """Rules that nothing held can check, and why: a date column that no complaint known at as_at fills says nothing of
    steps skipped; without contacts and payments nobody has looked for stages beside the path."""
    columns = sorted({name for rule in RULES for name in rule.reads})
    filled = (
        records.frame("complaints").filter(pl.col("received_on") <= as_at).select(pl.col(columns).count()).collect()
    )
    empty = {name for name in columns if not filled[name][0]}
    reasons = {rule.key: f"No complaint fills {name}." for rule in RULES for name in rule.reads if name in empty}
    missing = {
        rule.key: f"{table.replace('_', ' ').capitalize()} are not held."
        for rule in RULES
        for table in rule.needs
        if _is_missing(records, table, as_at)
    }
    return reasons | missing


_DATED = {"contacts": "occurred_at", "determinations": "decided_on"}


def _is_missing(records: Records, table: str, as_at: date) -> bool:
    known = records.frame(table).filter(pl.col(_DATED[table]).cast(pl.Date) <= as_at)
    return not known.select(pl.len()).collect().item()


def _register(accepted: pl.DataFrame | None, as_at: date) -> tuple[dict[str, Acceptance], tuple[str, ...]]:
    """The acceptance in force of each deviation (the last to expire), and sentences on those that are not."""
    rows = pl.DataFrame(schema=ACCEPTED) if accepted is None else accepted
    in_force: dict[str, Acceptance] = {}
    lapsed: list[str] = []
    ended: dict[str, str] = {}
    for row in rows.sort("expires_on", nulls_last=False).iter_rows(named=True):
        words = BY_KEY[row["deviation"]].words if row["deviation"] in BY_KEY else row["deviation"]
        begun = row.get("accepted_on") is None or row["accepted_on"] <= as_at
        blank = [name for name in ("owner", "reason", "expires_on") if not row[name]]
        if blank:
            lapsed.append(f"“{words}” is not accepted: the register gives no {' and no '.join(blank)}.")
        elif row["expires_on"] <= as_at:
            ended[row["deviation"]] = f"“{words}” was accepted until {day(row['expires_on'])}."
        elif row["deviation"] not in BY_KEY:
            lapsed.append(f"“{words}” is no deviation this tool looks for.")
        elif begun:
            in_force[row["deviation"]] = Acceptance(
                owner=row["owner"], reason=row["reason"], expires_on=row["expires_on"]
            )
    return in_force, (*lapsed, *(said for deviation, said in ended.items() if deviation not in in_force))
