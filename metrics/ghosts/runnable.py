"""The coverage strip: which detectors could run on what is held, and which could not and why."""

from datetime import date

import polars as pl

from metrics.ghosts.words import DETECTORS, FAMILY
from metrics.records import Records

# What each detector reads: columns without a single value known at as_at keep it from running. What contacts and
# payments say is read beside complaints: without these nobody can tell a hidden stage from a formal one.
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "label": {"contacts": ("label",), "complaints": ()},
    "status_label": {"complaints": ("status_label",)},
    "phrase": {"contacts": ("note", "direction"), "complaints": ()},
    "stage_2_lag": {"complaints": ("stage_2_requested_on",)},
    "repeat_contacts": {"contacts": ("category", "direction"), "complaints": ()},
    "reset": {"complaints": ("stage_1_responded_on",)},
    "payment": {"payments": (), "complaints": ()},
    "third_party": {"contacts": ("channel", "note", "direction"), "complaints": ()},
}
_DATED = {"contacts": "occurred_at", "complaints": "received_on", "payments": "paid_on"}


def runnable(records: Records, as_at: date) -> pl.DataFrame:
    """One row per detector: detector, family, could_run, why_not (a sentence; null where it could run).

    A table is held if one of its rows is known at as_at; a column if one of those rows fills it. What could not run
    found nothing because nobody looked, and never reads as none.
    """
    held = {table: _filled(records, table, as_at) for table in _DATED}
    reasons = [_why_not(held, NEEDS[detector]) for detector in DETECTORS]
    return pl.DataFrame(
        {
            "detector": DETECTORS,
            "family": list(FAMILY.values()),
            "could_run": [reason is None for reason in reasons],
            "why_not": pl.Series(reasons, dtype=pl.String),
        }
    )


def _filled(records: Records, table: str, as_at: date) -> dict[str, int]:
    """Rows known at as_at (under "") and how many of them fill each column a detector reads."""
    columns = sorted({name for needs in NEEDS.values() for name in needs.get(table, ())})
    known = records.frame(table).filter(pl.col(_DATED[table]).cast(pl.Date) <= as_at)
    counts: dict[str, int] = known.select(pl.len().alias(""), pl.col(columns).count()).collect().row(0, named=True)
    return counts


def _why_not(held: dict[str, dict[str, int]], needs: dict[str, tuple[str, ...]]) -> str | None:
    for table, columns in needs.items():
        if not held[table][""]:
            return f"{table.capitalize()} are not held."
        for column in columns:
            if not held[table][column]:
                return f"No row of {table} fills {column}."
    return None
