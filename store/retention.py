"""Removing records whose time is over by the landlord's own rule, with the figures of past quarters kept before.

A case is over when nothing happened in it since the day the rule gives, it is not open, and nothing promised in it is
still to be done; `docs/decisions/0016-retention-and-erasure.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, delete, insert, update

from metrics.access import LOCAL
from metrics.assessment import days_to_keep
from metrics.kept_days import KeptDays
from metrics.periods import last_quarter_end, quarter_ends_to, window
from metrics.placement.chain import CHAIN_QUARTERS
from metrics.records import TABLE_BY_NAME
from store import audit, kept_days, rewriting
from store.database import Store, writing
from store.people import landlord_settings
from store.snapshot import records_to_count
from store.tables import metadata

REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What a landlord's rule removes: records over before `before`, rows by table, and the quarter ends whose figures
    are kept."""

    landlord_code: str
    years: int
    before: date
    rows: Mapping[str, int]
    quarters: tuple[date, ...]

    def as_json(self) -> dict[str, Any]:
        """The same by names."""
        return {
            "landlord_code": self.landlord_code, "years": self.years, "before": self.before,
            "rows": dict(self.rows), "quarters_kept": list(self.quarters),
        }  # fmt: skip


def what_is_over(store: Store, landlord_code: str, *, today: date | None = None) -> Removal | None:
    """What the landlord's rule would remove today; None where it has no rule. Raises RefusedError for all but the
    administrator."""
    store.reader.require("people and settings")
    rule = landlord_settings(store, landlord_code).get("retention_years")
    if rule is None or not rule.value.isdecimal():
        return None
    years = int(rule.value)
    before = window(today or date.today(), 12 * years)[0]
    held = rewriting.held(store, landlord_code)
    over = _over(held, before)
    return Removal(
        landlord_code=landlord_code,
        years=years,
        before=before,
        rows={name: rows.height for name, rows in over.items() if rows.height},
        quarters=_quarters(held, before, today or date.today()),
    )


def remove_what_is_over(store: Store, landlord_code: str, *, reason: str, today: date | None = None) -> Removal:
    """Remove it, once the figures of past quarters are kept. Raises RefusedError, and ValueError without a rule or a
    reason."""
    if not reason.strip():
        raise ValueError("reason: found nothing; wanted why records are removed now")
    with writing(store) as connection:
        found = what_is_over(store, landlord_code, today=today)
        if found is None:
            raise ValueError("retention_years: the landlord has no rule; set one on the page Settings first")
        held = rewriting.held(store, landlord_code)
        over = _over(held, found.before)
        if found.quarters and found.rows:
            # The administrator's own role sees no figures; they are counted here and shown to nobody.
            records = records_to_count(store.opened_for(LOCAL), landlord_code)
            # The first of them are read by the chain of quarters that led to them.
            days = [*quarter_ends_to(found.quarters[0], 2 * CHAIN_QUARTERS)[:-1], *found.quarters]
            kept_days.keep(connection, landlord_code, days_to_keep(records, days))
        left = {
            name: rows.join(over[name].select(TABLE_BY_NAME[name].key), on=TABLE_BY_NAME[name].key, how="anti")
            for name, rows in held.items()
            if over[name].height
        }
        rewriting.rewrite(store, connection, landlord_code, left, method="retention")
        _remove_beside(connection, landlord_code, over)
        _record(store, connection, found, reason.strip())
    rewriting.leave_no_trace(store)
    return found


def _over(held: Mapping[str, pl.DataFrame], before: date) -> dict[str, pl.DataFrame]:
    """The rows of each table whose time is over."""
    complaints = held.get("complaints", TABLE_BY_NAME["complaints"].empty())
    cases = _cases_over(complaints, held, before)
    known = complaints.select("complaint_ref")
    found = {}
    for name, rows in held.items():
        last_day = TABLE_BY_NAME[name].last_day()
        if "complaint_ref" not in rows.columns:
            found[name] = rows.filter(last_day < before)
            continue
        of_cases = rows.join(cases, on="complaint_ref", how="semi")
        alone = rows.join(known, on="complaint_ref", how="anti") if name != "complaints" else rows.clear()
        found[name] = pl.concat([of_cases, alone.filter(last_day < before)])
    if "work_orders" in found and "commitments" in held:
        still = held["commitments"].join(found["commitments"].select("commitment_ref"), on="commitment_ref", how="anti")
        needed = still.select("work_order_ref").drop_nulls()
        found["work_orders"] = found["work_orders"].join(needed, on="work_order_ref", how="anti")
    return found


def _cases_over(complaints: pl.DataFrame, held: Mapping[str, pl.DataFrame], before: date) -> pl.DataFrame:
    status = pl.col("status").cast(pl.String)
    answered = pl.col("closed_on").is_not_null() | pl.col("stage_1_responded_on").is_not_null()
    closed = (status != "open") | (status.is_null() & answered)
    over = complaints.filter(closed.fill_null(value=False) & (TABLE_BY_NAME["complaints"].last_day() < before))
    for name, rows in held.items():
        if name != "complaints" and "complaint_ref" in rows.columns:
            later = TABLE_BY_NAME[name].last_day() >= before
            to_do = pl.col("completed_on").is_null() if name == "commitments" else pl.lit(value=False)
            over = over.join(rows.filter((later | to_do).fill_null(value=False)), on="complaint_ref", how="anti")
    return over.select("complaint_ref")


def _quarters(held: Mapping[str, pl.DataFrame], before: date, today: date) -> tuple[date, ...]:
    """The quarter ends, from the first complaint on, whose windows reach back behind `before`."""
    complaints = held.get("complaints")
    if complaints is None or complaints.is_empty():
        return ()
    first = complaints["received_on"].min()
    assert isinstance(first, date)
    reach = KeptDays(removed_before=before).recomputed_from
    assert reach is not None
    last = last_quarter_end(min(reach, today))
    months = (last.year - first.year) * 12 + last.month - first.month
    return tuple(day for day in quarter_ends_to(last, max(months // 3, 0)) if day >= first)


def _remove_beside(connection: Connection, landlord_code: str, over: Mapping[str, pl.DataFrame]) -> None:
    """What reviewers decided of removed cases, and refused rows: their time is over too."""
    verdicts, contacts = metadata.tables["ghost_verdicts"], metadata.tables["audit_contacts"]
    answers, samples = metadata.tables["audit_answers"], metadata.tables["audit_samples"]
    own = samples.c.landlord_code == landlord_code
    if "complaints" in over:
        for chunk in over["complaints"].select("complaint_ref").iter_slices(500):
            gone = verdicts.c.complaint_ref.in_(chunk["complaint_ref"].to_list())
            connection.execute(delete(verdicts).where(verdicts.c.landlord_code == landlord_code, gone))
    if "contacts" in over:
        of_own = [table.c.sample.in_(_numbers(samples, own)) for table in (contacts, answers)]
        for chunk in over["contacts"].select("contact_ref").iter_slices(500):
            refs = chunk["contact_ref"].to_list()
            nobody = {"contact_ref": REMOVED, "household_ref": REMOVED}
            connection.execute(update(contacts).where(of_own[0], contacts.c.contact_ref.in_(refs)).values(**nobody))
            gone = answers.c.contact_ref.in_(refs)
            connection.execute(update(answers).where(of_own[1], gone).values(contact_ref=REMOVED, reason=REMOVED))
    rewriting.drop_refused_rows(connection, landlord_code)


def _numbers(samples: Any, own: Any) -> Any:
    return samples.select().with_only_columns(samples.c.sample).where(own)


def _record(store: Store, connection: Connection, found: Removal, reason: str) -> None:
    values = {
        "landlord_code": found.landlord_code,
        "removed_before": found.before,
        "reason": reason,
        "removed_by": store.reader.name or "at the machine",
        "removed_at": datetime.now(UTC).replace(tzinfo=None),
    }
    connection.execute(insert(metadata.tables["removals"]).values(**values))
    rows = ", ".join(f"{name} {many}" for name, many in found.rows.items()) or "no row"
    detail = f"over before {found.before}: {rows}; {len(found.quarters)} quarter ends kept ({reason})"
    audit.append(connection, store, "retention", landlord_code=found.landlord_code, detail=detail)
