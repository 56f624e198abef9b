"""Every episode on several days at once, whenever its first signal: what the estimates and the whereabouts stand on."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from metrics.ghosts.evidence import Evidence
from metrics.ghosts.grading import family, grade
from metrics.ghosts.known import moments_of
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.records import Records

HEADLINE = ("A", "B")  # grades that are counted; C waits for a reviewer
_EPISODE = ["as_at", "household_ref", "complaint_ref", "window", "run"]


def hidden_stages(records: Records, days: Sequence[date]) -> pl.DataFrame:
    """Episodes of every grade as known on each day, those a reviewer turned down left out. No order.

    as_at, household_ref, complaint_ref (null for `never`), window, run, families and detectors (lists, sorted), grade,
    first_signal_on, category, team, channel (of the first signal that names one), contacts (list of the references of
    the contacts that fired). Texts are read once for all days.
    """
    found = Evidence.of(records).signals(moments_of(days)).with_columns(family=family())
    gathered = (
        found.sort("on", "detector", "complaint_ref")
        .group_by(_EPISODE, maintain_order=True)
        .agg(
            pl.col("family").unique().sort().alias("families"),
            pl.col("detector").unique().sort().alias("detectors"),
            pl.col("on").min().alias("first_signal_on"),
            *(pl.col(name).drop_nulls().first() for name in ("category", "team", "channel")),
        )
        .with_columns(grade=grade())
        .join(_contacts(found), on=_EPISODE, how="left", nulls_equal=True)
    )
    return without_those_turned_down(gathered, records.ghost_verdicts)


def _contacts(found: pl.DataFrame) -> pl.DataFrame:
    each = found.select(*_EPISODE, record=pl.col("records")).explode("record").unnest("record")
    of_contacts = each.filter(pl.col("table") == "contacts")
    return of_contacts.group_by(_EPISODE).agg(pl.col("ref").unique().sort().alias("contacts"))


def counted(hidden: pl.DataFrame, *, grades: Iterable[str] = HEADLINE) -> pl.DataFrame:
    """The episodes of some grades; those of A and B unless said otherwise."""
    return hidden.filter(pl.col("grade").is_in(list(grades)))
