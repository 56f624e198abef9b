"""The shared figures in DuckDB: the columnar copies in, the counts of nine quarter ends out, in one statement.

The formulation is the best of those tried: working days by a joined calendar, repeats by ASOF join, rows gathered by
date before the windows are laid over them, as the product does.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.counts import calendar, in_order, windows

# key: (table, denominator, numerator, dated by, known from, counted from, counted until)
_SHARES = {
    "acknowledged_on_time": ("stages", "in_clock", "acknowledged <= due", "due", "", "", ""),
    "stage_1_on_time": ("stages", "in_clock AND stage = 1", "responded <= response_due", "response_due", "", "", ""),
    "stage_2_on_time": ("stages", "in_clock AND stage = 2", "responded <= response_due", "response_due", "", "", ""),
    "commitments_honoured": ("promises", "true", "completed_on <= due_on", "due_on", "promised_on", "", "phantom_on"),
    "orders_complied": (
        "promises",
        "made_at = 'ombudsman'",
        "completed_on <= due_on",
        "due_on",
        "promised_on",
        "",
        "",
    ),
    "apology_given": ("cases", "upheld_on IS NOT NULL", "apology_on <= apology_due", "apology_due", "", "", ""),
    "independent_stage_2": (
        "cases",
        "in_clock AND stage_1_handler IS NOT NULL AND stage_2_handler IS NOT NULL",
        "stage_1_handler <> stage_2_handler",
        "stage_2_responded_on",
        "",
        "",
        "",
    ),
    "learning_recorded": (
        "cases",
        "upheld_on IS NOT NULL",
        "learned_on IS NOT NULL",
        "upheld_on",
        "",
        "learned_on",
        "",
    ),
    "not_repeated": ("cases", "upheld_on IS NOT NULL", "came_back_on IS NULL", "upheld_on + 183", "", "", ""),
    "actions_on_time": ("actions", "true", "done_on <= due_on", "due_on", "opened_on", "", ""),
    "practice_changed": ("actions", "true", "kind <> 'individual remedy'", "opened_on", "", "", ""),
    "told_residents": (
        "actions",
        "true",
        "told_residents_on IS NOT NULL",
        "done_on",
        "",
        "told_residents_on",
        "",
    ),
    "root_cause_analysed": ("actions", "true", "root_cause_analysis", "opened_on", "", "", ""),
    "senior_owned": ("actions", "true", "owner_role IN ('executive', 'governing body')", "opened_on", "", "", ""),
    "joined_up": ("actions", "true", "trim(linked_to, ' ;') <> ''", "opened_on", "", "", ""),
    "owned_beyond_complaints": (
        "actions",
        "true",
        "trim(owner_directorate) <> '' AND NOT contains(lower(owner_directorate), 'complaint')",
        "opened_on",
        "",
        "",
        "",
    ),
    "strong_actions": ("actions", "true", "strength = 'strong'", "opened_on", "", "", ""),
    "proactive": (
        "actions",
        "true",
        "trigger IN ('own analysis', 'resident voice', 'staff voice', 'emerging risk')",
        "opened_on",
        "",
        "",
        "",
    ),
}
_DERIVED = """
WITH base AS MATERIALIZED (
    SELECT *, coalesce(status NOT IN ('refused', 'withdrawn'), true) AS in_clock FROM complaints
), begun AS (
    SELECT category, in_clock, 1 AS stage, received_on AS began, stage_1_acknowledged_on AS acknowledged,
        stage_1_extended_to AS extended, stage_1_responded_on AS responded FROM base
    UNION ALL
    SELECT category, in_clock, 2, stage_2_requested_on, stage_2_acknowledged_on, stage_2_extended_to,
        stage_2_responded_on FROM base WHERE stage_2_requested_on IS NOT NULL
), clocks AS (
    SELECT begun.*, plus_5 AS due, least(acknowledged, plus_5) AS starts FROM begun JOIN calendar ON day = began
), plain AS (
    SELECT clocks.*, CASE stage WHEN 1 THEN plus_10 ELSE plus_20 END AS plain_due FROM clocks
    JOIN calendar ON day = starts
), stages AS (
    SELECT plain.* EXCLUDE (plain_due), CASE WHEN extended > plain_due
        THEN least(extended, CASE stage WHEN 1 THEN plus_10 ELSE plus_20 END) ELSE plain_due END AS response_due
    FROM plain JOIN calendar ON day = plain_due
), answered AS (
    SELECT *, CASE WHEN in_clock AND stage_1_outcome IN ('upheld', 'partly upheld') THEN stage_1_responded_on END
        AS first_on, CASE WHEN in_clock AND stage_2_outcome IN ('upheld', 'partly upheld')
        THEN stage_2_responded_on END AS second_on FROM base
), upheld AS (
    SELECT *, coalesce(first_on, second_on) AS upheld_on, CASE WHEN first_on IS NOT NULL THEN stage_1_apology_on
        WHEN second_on IS NOT NULL THEN stage_2_apology_on END AS apology_on FROM answered
), repeats AS (
    SELECT u.complaint_ref, c.received_on AS came_back_on FROM upheld u ASOF JOIN base c
        ON u.household_ref = c.household_ref AND u.category = c.category AND u.upheld_on < c.received_on
    WHERE c.received_on <= u.upheld_on + 183
), learned AS (
    SELECT complaint_ref, min(opened_on) AS learned_on FROM learning_links JOIN learning_actions USING (action_ref)
    WHERE kind <> 'individual remedy' GROUP BY complaint_ref
), cases AS (
    SELECT upheld.*, plus_5 AS apology_due, learned_on, came_back_on FROM upheld
    LEFT JOIN calendar ON day = upheld_on
    LEFT JOIN learned USING (complaint_ref) LEFT JOIN repeats USING (complaint_ref)
), ordered AS (
    SELECT p.*, b.category, o.raised_on, coalesce(o.contractor, p.contractor) AS doer FROM commitments p
    LEFT JOIN base b USING (complaint_ref) LEFT JOIN work_orders o USING (work_order_ref)
), tested AS (
    SELECT *, completed_on IS NOT NULL AND work_order_ref IS NOT NULL
            AND (raised_on IS NULL OR raised_on > completed_on) AS by_order,
        completed_on IS NOT NULL AND doer IS NOT NULL AND raised_on IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM contractors c WHERE c.contractor = doer
                AND coalesce(c.engaged_from <= raised_on, true) AND coalesce(c.engaged_to >= raised_on, true)
        ) AS by_contractor FROM ordered
), promises AS (
    SELECT *, least(
        CASE WHEN by_order THEN (SELECT min(raised_on) FROM work_orders) END,
        CASE WHEN by_contractor THEN (SELECT min(coalesce(engaged_from, DATE '0001-01-01')) FROM contractors) END
    ) AS phantom_on FROM tested
), actions AS (
    SELECT *, theme AS category FROM learning_actions
), gathered AS (
"""
_COUNTED = """
)
SELECT key, as_at, service_area,
    coalesce(sum(rows) FILTER (good AND (began IS NULL OR began <= as_at) AND (ended IS NULL OR ended > as_at)), 0)
        AS numerator, sum(rows) AS denominator
FROM gathered JOIN windows ON dated > after AND dated <= as_at AND (known IS NULL OR known <= as_at)
GROUP BY ALL
"""


def _gathered(key: str) -> str:
    table, denominator, numerator, dated, *knowledge = _SHARES[key]
    known, began, ended = (part or "NULL::DATE" for part in knowledge)
    return (
        f"SELECT '{key}' AS key, category AS service_area, {dated} AS dated, {known} AS known, {began} AS began, "
        f"{ended} AS ended, coalesce({numerator}, false) AS good, count(*) AS rows FROM {table} "
        f"WHERE {denominator} AND {dated} IS NOT NULL GROUP BY ALL"
    )


def counts(files: Mapping[str, Path], as_at: date) -> pl.DataFrame:
    """The counts of `benchmarks.counts`, from the columnar copies of a store."""
    laid = pl.DataFrame(windows(as_at), schema=["after", "as_at"], orient="row")
    with duckdb.connect() as connection:
        connection.register("windows", laid.to_arrow())
        connection.register("calendar", calendar().to_arrow())
        for table in ("complaints", "commitments", "work_orders", "contractors", "learning_actions", "learning_links"):
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files[table]}')")
        statement = _DERIVED + "\nUNION ALL\n".join(map(_gathered, _SHARES)) + _COUNTED
        return in_order(pl.DataFrame(connection.sql(statement).to_arrow_table()))
