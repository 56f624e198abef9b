"""Episodes on several days at once, those of the estimates and the whereabouts."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import polars as pl

from metrics.ghosts.evidence import Evidence, oldest_first
from metrics.ghosts.grading import fired, graded
from metrics.ghosts.placing import BEFORE_DAYS
from metrics.ghosts.verdicts import without_those_turned_down
from metrics.periods import window
from metrics.records import Records

HEADLINE = ("A", "B")  # grades that are counted; C waits for a reviewer
_EPISODE = ["as_at", "household", "complaint", "window", "run"]
_PLAIN = (
    "as_at",
    "household_ref",
    "complaint_ref",
    "window",
    "run",
    "families",
    "detectors",
    "grade",
    "first_signal_on",
)


def hidden_stages(records: Records, days: Sequence[date], *, whenever: bool = False) -> pl.DataFrame:
    """Episodes of every grade as known on each day, those a reviewer turned down left out. No order.

    All whose first signal lies in the twelve months to the day, all of complaints received in them, and earlier ones of
    the same households, from their first signal on; with `whenever` all, however long ago. Columns: as_at,
    household_ref, complaint_ref (null for `never`), window, run, families and detectors (lists in the order
    declared), grade, first_signal_on, category, team, channel (of the first signal that names one), contacts (list of
    the references of the contacts that fired). Texts are read once for all days.
    """
    evidence = Evidence.of(records)
    signals = evidence.named(_signals(evidence, days, whenever=whenever))
    of_first = (
        signals.sort(*oldest_first())
        .group_by(_EPISODE, maintain_order=True)
        .agg(pl.col(name).drop_nulls().first() for name in ("category", "team", "channel"))
    )
    found = _named(evidence, _episodes(signals))
    for more in (of_first, _contacts(signals)):
        found = found.join(more, on=_EPISODE, how="left", nulls_equal=True)
    wanted = (*_PLAIN, "category", "team", "channel", "contacts")
    return without_those_turned_down(found.select(wanted), records.ghost_verdicts)


def counted_plainly(records: Records, days: Sequence[date]) -> pl.DataFrame:
    """Those of grade A and B alone, without category, team, channel and contacts, which cost more than all else."""
    evidence = Evidence.of(records)
    found = _named(evidence, counted(_episodes(_signals(evidence, days))))
    return without_those_turned_down(found.select(_PLAIN), records.ghost_verdicts)


def _signals(evidence: Evidence, days: Sequence[date], *, whenever: bool = False) -> pl.DataFrame:
    since = None if whenever else [window(day)[0] - timedelta(days=BEFORE_DAYS) for day in days]
    return evidence.signals(days, since=since)


def _episodes(signals: pl.DataFrame) -> pl.DataFrame:
    gathered = signals.group_by(_EPISODE).agg(
        fired(), pl.col("on").min().alias("first_signal_on"), pl.col("mark").first()
    )
    return graded(gathered)


def _named(evidence: Evidence, episodes: pl.DataFrame) -> pl.DataFrame:
    return evidence.with_household_refs(evidence.with_complaint_refs(episodes))


def _contacts(signals: pl.DataFrame) -> pl.DataFrame:
    each = signals.select(*_EPISODE, record=pl.col("records")).explode("record").unnest("record")
    of_contacts = each.filter(pl.col("table") == "contacts")
    return of_contacts.group_by(_EPISODE).agg(pl.col("ref").unique().sort().alias("contacts"))


def counted(hidden: pl.DataFrame, *, grades: Iterable[str] = HEADLINE) -> pl.DataFrame:
    """The episodes of some grades; those of A and B unless said otherwise."""
    return hidden.filter(pl.col("grade").is_in(list(grades)))
