"""One complaint with what belongs to it: stages with clocks, hidden stages, contacts, commitments, learning, money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import polars as pl

from metrics.commitments.standing import standing_on
from metrics.ghosts.queue import of_complaint
from metrics.ghosts.words import NOT_A_GHOST
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records
from metrics.working_days import working_days

Row = Mapping[str, object]
ALWAYS = date(1, 1, 1)
CONTACTS_SHOWN = 200
WITHOUT_ORDER = "closed without the work order"
INTEGRITY_WORDS = {"on time": "kept", "late": "done late", "phantom": "contractor not engaged that day"}


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One complaint as it was known on `as_at`: what happened later is left out, plans stand.

    stages        one row per stage begun, with due dates, and `acknowledged_after` and `responded_after`, the working
                  days taken (to as_at while open)
    contacts      with the household, filed under this complaint or under none, oldest first (the newest
                  `CONTACTS_SHOWN`)
    commitments   with `integrity`: kept, late, open, overdue, or the reason why a completion does not count
    actions       the learning actions linked to it
    determinations, payments, apologies   of this complaint
    episodes      its hidden stages of every grade, oldest first (`metrics.ghosts.queue`), also those that a reviewer
                  turned down, with `in_queue`: the first signal, or the complaint, lies in the twelve months that
                  the review queue is about
    """

    as_at: date
    complaint: Row
    stages: tuple[Row, ...]
    contacts: tuple[Row, ...]
    contacts_left_out: int
    commitments: tuple[Row, ...]
    actions: tuple[Row, ...]
    determinations: tuple[Row, ...]
    payments: tuple[Row, ...]
    apologies: tuple[Row, ...]
    episodes: tuple[Row, ...] = ()

    @property
    def fired(self) -> dict[str, tuple[str, ...]]:
        """The contacts that fired in an episode that stands, by reference, with their detectors."""
        found: dict[str, list[str]] = {}
        for episode in self.episodes:
            if episode["verdict"] == NOT_A_GHOST:
                continue
            for signal in episode["signals"]:  # type: ignore[attr-defined]  # a row's values are objects
                detectors = found.setdefault(signal["ref"], []) if signal["table"] == "contacts" else []
                detectors += [signal["detector"]] if signal["detector"] not in detectors else []
        return {ref: tuple(detectors) for ref, detectors in found.items()}


def case_file(records: Records, complaint_ref: str, as_at: date) -> CaseFile | None:
    """The complaint of that reference, or None where none is held or it was received after as_at."""
    found = (
        records.frame("complaints")
        .filter((pl.col("complaint_ref") == complaint_ref) & (pl.col("received_on") <= as_at))
        .collect()
    )
    if found.is_empty():
        return None
    complaint = _hide_later(found, as_at).row(0, named=True)
    household_ref = str(complaint["household_ref"])
    contacts = _contacts(records, complaint_ref, household_ref, as_at)
    return CaseFile(
        as_at=as_at,
        complaint=complaint,
        stages=_stages(records, complaint_ref, as_at),
        contacts=tuple(contacts[-CONTACTS_SHOWN:]),
        contacts_left_out=max(0, len(contacts) - CONTACTS_SHOWN),
        commitments=_commitments(records, complaint_ref, as_at),
        actions=_actions(records, complaint_ref, as_at),
        determinations=_of(records, "determinations", complaint_ref, "decided_on", as_at),
        payments=_of(records, "payments", complaint_ref, "paid_on", as_at),
        apologies=_of(records, "apologies", complaint_ref, "made_on", as_at),
        episodes=_episodes(records, complaint, as_at),
    )


def _episodes(records: Records, complaint: Row, as_at: date) -> tuple[Row, ...]:
    found = of_complaint(records, str(complaint["complaint_ref"]), str(complaint["household_ref"]), as_at).frame
    received_on = complaint["received_on"]
    assert isinstance(received_on, date)
    signalled = pl.col("first_signal_on").is_between(*window(as_at))
    return tuple(found.with_columns(in_queue=signalled | (window(as_at)[0] <= received_on)).to_dicts())


# Beside dates of what happened, a stage's outcome is known once its response is.
_OUTCOMES = {"stage_1_outcome": "stage_1_responded_on", "stage_2_outcome": "stage_2_responded_on"}
_PLANS = ("due_on", "extended_to", "engaged_to")


def _hide_later(rows: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """Blank the dates of what had not happened by as_at, and the outcomes that hang on them."""
    dates = [name for name, kind in rows.schema.items() if kind == pl.Date and not name.endswith(_PLANS)]
    hidden = rows.with_columns(pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in dates)
    return hidden.with_columns(
        pl.when(pl.col(when).is_not_null()).then(pl.col(outcome)).alias(outcome)
        for outcome, when in _OUTCOMES.items()
        if outcome in rows.columns
    )


def _stages(records: Records, complaint_ref: str, as_at: date) -> tuple[Row, ...]:
    rows = (
        population(records, "stages")
        .filter((pl.col("complaint_ref") == complaint_ref) & (pl.col("began_on") <= as_at))
        .sort("stage")
        .collect()
    )
    responded = pl.col("responded_on")
    hidden = _hide_later(rows, as_at).with_columns(
        outcome=pl.when(responded.is_not_null()).then(pl.col("outcome")),
        handler=pl.when(responded.is_not_null()).then(pl.col("handler")),
    )
    return tuple(
        hidden.with_columns(
            acknowledged_after=_taken("acknowledged_on", as_at), responded_after=_taken("responded_on", as_at)
        ).to_dicts()
    )


def _taken(until: str, as_at: date) -> pl.Expr:
    return working_days(pl.col("began_on"), pl.col(until).fill_null(as_at))


def _contacts(records: Records, complaint_ref: str, household_ref: str, as_at: date) -> list[Row]:
    filed = pl.col("complaint_ref")
    end_of_day = datetime.combine(as_at, time.max)
    rows = (
        records.frame("contacts")
        .filter(
            (filed == complaint_ref) | (filed.is_null() & (pl.col("household_ref") == household_ref)),
            pl.col("occurred_at") <= end_of_day,
        )
        .sort("occurred_at", "contact_ref")
        .collect()
        .to_dicts()
    )
    return list(rows)


def _commitments(records: Records, complaint_ref: str, as_at: date) -> tuple[Row, ...]:
    rows = (
        population(records, "commitments")
        .filter((pl.col("complaint_ref") == complaint_ref) & (pl.col("promised_on") <= as_at))
        .sort("promised_on", "commitment_ref")
        .collect()
    )
    known = _hide_later(rows, as_at).with_columns(integrity=standing_on(as_at))
    by_order = (pl.col("integrity") == "phantom") & pl.col("phantom_by_order")
    words = pl.when(by_order).then(pl.lit(WITHOUT_ORDER)).otherwise(pl.col("integrity").replace(INTEGRITY_WORDS))
    return tuple(known.with_columns(integrity=words).to_dicts())


def _actions(records: Records, complaint_ref: str, as_at: date) -> tuple[Row, ...]:
    linked = records.frame("learning_links").filter(pl.col("complaint_ref") == complaint_ref).select("action_ref")
    rows = (
        records.frame("learning_actions")
        .join(linked, on="action_ref", how="semi")
        .filter(pl.col("opened_on") <= as_at)
        .sort("opened_on", "action_ref")
        .collect()
    )
    return tuple(_hide_later(rows, as_at).to_dicts())


def _of(records: Records, table: str, complaint_ref: str, dated: str, as_at: date) -> tuple[Row, ...]:
    rows = (
        records.frame(table)
        .filter((pl.col("complaint_ref") == complaint_ref) & (pl.col(dated) <= as_at))
        .sort(dated)
        .collect()
    )
    return tuple(_hide_later(rows, as_at).to_dicts())
