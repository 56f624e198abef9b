"""What was known at as_at: later records do not exist, later dates have not happened, plans stand."""

from datetime import date, datetime
from typing import Any

from metrics.records import TABLES

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def _as_date(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def known(tables: Tables, as_at: date) -> Tables:
    """The records as they stood at as_at.

    A learning link has no date: it is known once the action and the complaint it joins are.
    """
    cut: Tables = {}
    for table in TABLES:
        happened = [c.name for c in table.columns if c.kind in ("date", "moment") and not c.plan]
        rows = []
        for row in tables.get(table.name, []):
            first = row[table.known_on] if table.known_on else None
            if first is not None and _as_date(first) > as_at:
                continue
            rows.append(
                {
                    name: None if name in happened and value is not None and _as_date(value) > as_at else value
                    for name, value in row.items()
                }
            )
        cut[table.name] = rows
    actions = {row["action_ref"] for row in cut["learning_actions"]}
    complaints = {row["complaint_ref"] for row in cut["complaints"]}
    cut["learning_links"] = [
        row for row in cut["learning_links"] if row["action_ref"] in actions and row["complaint_ref"] in complaints
    ]
    return cut


def newest_record(cut: Tables) -> date | None:
    """The newest first date of the dated tables that show the records are kept up."""
    newest: date | None = None
    for table in TABLES:
        if table.known_on is None or table.name in ("events", "self_assessment", "tsm"):
            continue
        for row in cut[table.name]:
            if row[table.known_on] is None:
                continue
            first = _as_date(row[table.known_on])
            if newest is None or first > newest:
                newest = first
    return newest
