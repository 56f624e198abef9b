"""Small builders of records for tests: each fills a whole row of its table, and takes what the test cares about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import polars as pl

from metrics.records import TABLE_BY_NAME, Records

Row = dict[str, Any]
LANDLORD = "L1"
_numbers = count(1)

_DEFAULTS: dict[str, Row] = {
    "landlords": {"name": "Riverbank Homes", "landlord_type": "PRP", "homes_lcra": 5000, "homes_lcho": 400},
    "complaints": {"household_ref": "H1", "stock": "LCRA", "category": "repairs", "status": "closed"},
    "contacts": {"household_ref": "H1", "occurred_at": datetime(2024, 6, 3, 10, 0), "direction": "inbound"},
    "commitments": {"made_at": "stage 1", "kind": "repair"},
    "work_orders": {},
    "contractors": {"contractor": "Acme"},
    "payments": {"household_ref": "H1", "amount": 50.0},
    "determinations": {"category": "repairs", "finding": "maladministration"},
    "learning_actions": {
        "title": "Ring before each visit",
        "theme": "repairs",
        "trigger": "own analysis",
        "kind": "process",
        "owner_role": "manager",
    },
    "learning_links": {},
    "apologies": {},
    "governance": {"body": "governing body", "item": "performance update", "response": "noted"},
    "self_assessment": {"provision": "6.3", "complies": True},
    "tsm": {"year": "2023-24", "stock": "LCRA", "measure": "TP06", "value": 60.0, "base": 500},
    "events": {"title": "New repairs system", "kind": "system migration"},
}


def row(table: str, **values: Any) -> Row:
    """A whole row of a table: the values given, plain defaults for what is required, nothing elsewhere.

    A reference that is the table's own key is numbered where it is not given. Raises KeyError for an unknown column.
    """
    declared = TABLE_BY_NAME[table]
    filled: Row = dict.fromkeys(declared.schema) | {"landlord_code": LANDLORD} | _DEFAULTS[table]
    own_reference = declared.key[1] if len(declared.key) == 2 else None
    if own_reference is not None and own_reference not in values:
        filled[own_reference] = f"{table[:3].upper()}{next(_numbers)}"
    for name, value in values.items():
        if name not in filled:
            raise KeyError(f"{table} has no column {name}")
        filled[name] = value
    return filled


def complaint(*, received_on: date, **values: Any) -> Row:
    """A complaint of household H1 about repairs, closed, unless said otherwise."""
    return row("complaints", received_on=received_on, **values)


def upheld_complaint(*, responded_on: date, **values: Any) -> Row:
    """A complaint received 14 days earlier, acknowledged the next day and upheld at stage 1 on `responded_on`."""
    received_on = responded_on - timedelta(days=14)
    plain = {
        "received_on": received_on,
        "stage_1_acknowledged_on": received_on + timedelta(days=1),
        "stage_1_responded_on": responded_on,
        "stage_1_outcome": "upheld",
    }
    return row("complaints", **(plain | values))


def commitment(*, complaint_ref: str, due_on: date, **values: Any) -> Row:
    """A repair promised at stage 1, a month before it is due."""
    plain = {"complaint_ref": complaint_ref, "due_on": due_on, "promised_on": due_on - timedelta(days=30)}
    return row("commitments", **(plain | values))


def order(*, complaint_ref: str, due_on: date, **values: Any) -> Row:
    """An order of the Ombudsman."""
    return commitment(complaint_ref=complaint_ref, due_on=due_on, **({"made_at": "ombudsman"} | values))


def work_order(*, raised_on: date, **values: Any) -> Row:
    """An order to a repairs contractor."""
    return row("work_orders", raised_on=raised_on, **values)


def contractor(name: str = "Acme", **values: Any) -> Row:
    """A contractor always engaged, unless dates are given."""
    return row("contractors", contractor=name, **values)


def payment(*, paid_on: date, **values: Any) -> Row:
    """A goodwill payment of £50 to household H1."""
    return row("payments", paid_on=paid_on, **values)


def contact(*, occurred_at: datetime, **values: Any) -> Row:
    """An inbound contact of household H1."""
    return row("contacts", occurred_at=occurred_at, **values)


def determination(*, decided_on: date, **values: Any) -> Row:
    """A finding of maladministration about repairs."""
    return row("determinations", decided_on=decided_on, **values)


def action(*, opened_on: date, **values: Any) -> Row:
    """A change of process about repairs, owned by a manager, set off by the landlord's own analysis."""
    return row("learning_actions", opened_on=opened_on, **values)


def link(*, action_ref: str, complaint_ref: str) -> Row:
    """A learning action that came from a complaint."""
    return row("learning_links", action_ref=action_ref, complaint_ref=complaint_ref)


def apology(*, complaint_ref: str, made_on: date, **values: Any) -> Row:
    """An apology with no criterion read."""
    return row("apologies", complaint_ref=complaint_ref, made_on=made_on, **values)


def governance_item(*, met_on: date, **values: Any) -> Row:
    """A performance update noted by the governing body."""
    return row("governance", met_on=met_on, **values)


def self_assessment(*, approved_on: date | None, **values: Any) -> Row:
    """One provision that the landlord says it complies with."""
    return row("self_assessment", approved_on=approved_on, **values)


def tsm(*, measure: str, value: float, **values: Any) -> Row:
    """A survey figure of 2023-24 for low cost rental homes, of 500 respondents."""
    return row("tsm", measure=measure, value=value, **values)


def event(*, happened_on: date, **values: Any) -> Row:
    """A new system."""
    return row("events", happened_on=happened_on, **values)


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame of the table's declared types."""
    return pl.DataFrame([dict(one) for one in rows], schema=TABLE_BY_NAME[table].schema)


def national(*rows: tuple[str, str, str, float]) -> list[Row]:
    """National figures as (year, measure, statistic, value), for low cost rental homes of all landlords."""
    return [
        {
            "year": year,
            "stock": "LCRA",
            "landlord_group": "all",
            "measure": measure,
            "statistic": statistic,
            "value": value,
        }
        for year, measure, statistic, value in rows
    ]


def records(*, national: Sequence[Mapping[str, Any]] = (), **tables: Sequence[Mapping[str, Any]]) -> Records:
    """Records of one landlord from lists of dicts by table name; an empty list is a table that is not held."""
    frames = {name: frame(name, rows).lazy() for name, rows in tables.items() if rows}
    if not national:
        return Records(landlord_code=LANDLORD, frames=frames)
    schema = {
        "year": pl.String,
        "stock": pl.String,
        "landlord_group": pl.String,
        "measure": pl.String,
        "statistic": pl.String,
        "value": pl.Float64,
    }
    return Records(
        landlord_code=LANDLORD,
        frames=frames,
        national=pl.DataFrame([dict(one) for one in national], schema=schema),
    )
