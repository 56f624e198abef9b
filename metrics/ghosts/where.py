"""Where: complaints logged per contact, by team, contractor, area, channel or service area. *Low* is the alarm.

A team that logs few complaints for the contacts it takes may be good, or may settle on the side what should have been
logged. So a low point is a question, put beside the hidden stages found there; it is never a verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import polars as pl

from metrics.ghosts.funnel import FEWEST_COMPARED, LIMIT, Spread, limits, spread
from metrics.ghosts.hidden import counted, hidden_stages
from metrics.periods import window
from metrics.records import Records
from metrics.small_numbers import written

By = Literal["team", "contractor", "area", "channel", "category"]
DIMENSIONS: tuple[By, ...] = ("team", "contractor", "area", "channel", "category")
OF_COMPLAINTS_ONLY: tuple[By, ...] = ("contractor", "area")  # contacts carry neither
State = Literal["low", "as expected", "high", "too small", "never named"]
FEWEST_CONTACTS = 50
FEWEST_EXPECTED = 5.0  # complaints


@dataclass(frozen=True, kw_only=True)
class Place:
    """One team, contractor, area, channel or service area.

    complaints, contacts    received and taken in the twelve months (contacts: inbound and under no complaint)
    adjusted        contacts weighted by how often contacts of their service area lead to a complaint
    expected        complaints, did these lead to one as often as elsewhere
    ratio           logged ÷ expected; low and high the funnel's edges at this size, all None where not compared
    hidden          episodes of grade A or B found here, to be held beside a low ratio
    Counts are None where a screen for the board may not show them (`metrics.ghosts.few`).
    state, why      `low` is the alarm; `too small` and `never named` are greyed, with the reason
    """

    name: str
    complaints: int | None
    contacts: int | None
    adjusted: float
    expected: float | None
    hidden: int | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    z: float | None = None
    q: float | None = None
    state: State = "as expected"
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """All places of one dimension: those compared first, lowest z first, then the greyed by contacts.

    target      complaints per adjusted contact of the places compared; phi and tau2 their spread beyond chance; None
                where too few could be compared
    contacts, placed    contacts of the twelve months, and how many of them belong to a place of this dimension
    why_not     why there is no funnel at all; empty where there is one
    """

    by: By
    places: tuple[Place, ...] = ()
    target: float | None = None
    phi: float | None = None
    tau2: float | None = None
    contacts: int = 0
    placed: int = 0
    why_not: str = ""

    @property
    def alarms(self) -> tuple[Place, ...]:
        """The places that log fewer complaints than their contacts lead to elsewhere."""
        return tuple(place for place in self.places if place.state == "low")

    @property
    def hides(self) -> bool:
        """Is a count not shown?"""
        return any(None in (place.complaints, place.contacts, place.hidden) for place in self.places)

    @property
    def compared(self) -> tuple[Place, ...]:
        """The places large enough to compare."""
        return tuple(place for place in self.places if place.ratio is not None)


def where(records: Records, as_at: date, by: By, *, hidden: pl.DataFrame | None = None) -> Funnel:
    """The funnel of one dimension over the twelve months to as_at.

    Contacts: inbound, filed under no complaint (a chaser inside a complaint is no occasion to log another). Contacts
    carry no contractor and no area, so there they take those of their household's latest complaint: places where nobody
    ever complained cannot be seen. Expected complaints allow for the mix of service areas, except between service areas
    themselves. `hidden`: what `hidden_stages` gives for as_at.
    """
    found = hidden_stages(records, [as_at]) if hidden is None else hidden
    return _compare(_contacts(records, as_at), _complaints(records, as_at), counted(found), as_at, by)


def everywhere(records: Records, as_at: date, *, hidden: pl.DataFrame) -> Mapping[By, Funnel]:
    """The funnels of every dimension, contacts being read once."""
    contacts, complaints = _contacts(records, as_at), _complaints(records, as_at)
    return {by: _compare(contacts, complaints, counted(hidden), as_at, by) for by in DIMENSIONS}


def _compare(contacts: pl.DataFrame, complaints: pl.DataFrame, episodes: pl.DataFrame, as_at: date, by: By) -> Funnel:
    if contacts.is_empty():
        return Funnel(
            by=by, why_not="No contacts of these twelve months are held: logging cannot be told from silence."
        )
    received = complaints.filter(pl.col("received_on") >= window(as_at)[0])
    if received.is_empty():
        return Funnel(by=by, why_not="No complaint was received in these twelve months.")
    placed = _with_places(contacts, complaints, by)
    inside = episodes.filter(pl.col("first_signal_on").is_between(*window(as_at)))
    rows = _table(placed, received, complaints, _placed_by(inside, complaints, by), by)
    return _funnel(rows, by, contacts=contacts.height, placed=placed[by].count())


def _contacts(records: Records, as_at: date) -> pl.DataFrame:
    inside = pl.col("occurred_at").dt.date().is_between(*window(as_at))
    return (
        records.frame("contacts")
        .filter(inside & (pl.col("direction") == "inbound") & pl.col("complaint_ref").is_null())
        .select("household_ref", "category", "team", "channel")
        .collect()
    )


def _complaints(records: Records, as_at: date) -> pl.DataFrame:
    """Every complaint known at as_at."""
    known = records.frame("complaints").filter(pl.col("received_on") <= as_at)
    return known.select("complaint_ref", "household_ref", "received_on", *DIMENSIONS).collect()


def _with_places(contacts: pl.DataFrame, complaints: pl.DataFrame, by: By) -> pl.DataFrame:
    """Contacts with the column `by`."""
    if by not in OF_COMPLAINTS_ONLY:
        return contacts
    latest = (
        complaints.drop_nulls(by).sort("received_on", "complaint_ref").group_by("household_ref").agg(pl.col(by).last())
    )
    return contacts.join(latest, on="household_ref", how="left")


def episodes_by(records: Records, as_at: date, episodes: pl.DataFrame, by: By) -> pl.DataFrame:
    """Episodes with the column `place`: their own team, channel or category, else that of their complaint. Contractor
    and area are those of the complaint; without one, of the household's latest. For the drill-down from a place to what
    is hidden there."""
    return _placed_by(episodes, _complaints(records, as_at), by)


def _placed_by(episodes: pl.DataFrame, complaints: pl.DataFrame, by: By) -> pl.DataFrame:
    own = complaints.select("complaint_ref", of_complaint=by)
    joined = _with_places(episodes, complaints, by).join(own, on="complaint_ref", how="left")
    if by in OF_COMPLAINTS_ONLY:
        of_none = pl.col("complaint_ref").is_null()
        return joined.with_columns(place=pl.when(of_none).then(by).otherwise("of_complaint")).drop("of_complaint", by)
    return joined.with_columns(place=pl.coalesce(by, "of_complaint")).drop("of_complaint")


def _table(
    contacts: pl.DataFrame, received: pl.DataFrame, known: pl.DataFrame, episodes: pl.DataFrame, by: By
) -> pl.DataFrame:
    """name, complaints, contacts, adjusted, hidden, named: has any complaint carried the name (of contractors and
    areas, which stand in complaints alone, one of the twelve months)."""
    carrying = received if by in OF_COMPLAINTS_ONLY else known
    counts = (
        _counts(contacts, received, by),
        episodes.group_by(name="place").agg(hidden=pl.len()),
        carrying.group_by(name=by).agg(named=pl.lit(True)),
    )
    names = pl.concat([each.select("name") for each in counts[:2]]).drop_nulls().unique()
    for each in counts:
        names = names.join(each, on="name", how="left")
    return names.with_columns(
        pl.col("complaints", "contacts", "hidden").fill_null(0).cast(pl.Int64),
        pl.col("adjusted").fill_null(0.0),
        pl.col("named").fill_null(False),
    ).sort("name")


def _counts(contacts: pl.DataFrame, received: pl.DataFrame, by: By) -> pl.DataFrame:
    """name, complaints, contacts, adjusted.

    Each contact is weighted by how often contacts of its service area lead to a complaint *elsewhere*, against any
    contact anywhere; a place that takes nearly all of a service area is not compared with itself there, and the weight
    is 1, as it is where no service area is named. Weights are then scaled to 1 on average.
    """
    key = [
        pl.col(by).alias("name"),
        pl.lit(None, pl.String).alias("area_of_service")
        if by == "category"
        else pl.col("category").alias("area_of_service"),
    ]
    made, taken = (rows.drop_nulls(by).group_by(key).agg(n=pl.len()) for rows in (received, contacts))
    cells = (
        made.rename({"n": "x"})
        .join(taken, on=["name", "area_of_service"], how="full", coalesce=True, nulls_equal=True)
        .with_columns(pl.col("x", "n").fill_null(0).cast(pl.Int64))
    )
    overall = sum(cells["x"].to_list()) / max(1, sum(cells["n"].to_list()))
    elsewhere_x, elsewhere_n = (pl.col(name).sum().over("area_of_service") - pl.col(name) for name in ("x", "n"))
    comparable = pl.col("area_of_service").is_not_null() & (elsewhere_n >= FEWEST_CONTACTS) & (elsewhere_x > 0)
    weight = pl.when(comparable).then(elsewhere_x / elsewhere_n / (overall or 1.0)).otherwise(1.0)
    weighed = cells.with_columns(adjusted=pl.col("n") * weight)
    places = weighed.group_by("name").agg(
        complaints=pl.col("x").sum(), contacts=pl.col("n").sum(), adjusted=pl.col("adjusted").sum()
    )
    scale = pl.col("contacts").sum() / pl.col("adjusted").sum()
    return places.with_columns(
        adjusted=pl.when(pl.col("adjusted").sum() > 0).then(pl.col("adjusted") * scale).otherwise(0.0)
    )


def _funnel(rows: pl.DataFrame, by: By, *, contacts: int, placed: int) -> Funnel:
    logged, taken = (sum(rows[name].to_list()) for name in ("complaints", "adjusted"))
    whole = logged / taken if taken else 0.0
    asked = [
        (row, whole * row["adjusted"], *_greyed(row, whole * row["adjusted"])) for row in rows.iter_rows(named=True)
    ]
    large = [row for row, _, state, _ in asked if state is None]
    x, n = (np.array([row[name] for row in large], dtype=np.float64) for name in ("complaints", "adjusted"))
    found = spread(x, n) if len(large) >= FEWEST_COMPARED and x.sum() else None
    few = f"Fewer than {FEWEST_COMPARED} are large enough to be compared."
    grey = [
        _place(row, expected, state=state or "too small", why=why or few)
        for row, expected, state, why in asked
        if state or found is None
    ]
    compared = [] if found is None else [_compared(row, found, place) for place, row in enumerate(large)]
    return Funnel(
        by=by,
        places=(
            *sorted(compared, key=lambda each: each.z or 0.0),
            *sorted(grey, key=lambda each: -(each.contacts or 0)),
        ),
        target=found.target if found else None,
        phi=found.phi if found else None,
        tau2=found.tau2 if found else None,
        contacts=contacts,
        placed=placed,
    )


def _greyed(row: Mapping[str, Any], expected: float) -> tuple[State | None, str]:
    """Why a place is not compared; None where it is."""
    contacts = row["contacts"]
    if contacts < FEWEST_CONTACTS:
        return "too small", f"{contacts} contacts in the twelve months; {FEWEST_CONTACTS} are needed."
    if not row["named"]:
        return "never named", "No complaint carries this name: what is taken here may be logged under another."
    if expected < FEWEST_EXPECTED:
        return "too small", f"{expected:.1f} complaints to be expected; {FEWEST_EXPECTED:.0f} are needed."
    return None, ""


def _place(row: Mapping[str, Any], expected: float, *, state: State, why: str) -> Place:
    return Place(
        name=row["name"],
        complaints=row["complaints"],
        contacts=row["contacts"],
        adjusted=row["adjusted"],
        expected=expected,
        hidden=row["hidden"],
        state=state,
        why=why,
    )


def _compared(row: Mapping[str, Any], found: Spread, place: int) -> Place:
    expected = found.target * row["adjusted"]
    low, high = limits(found.target, found.tau2, row["adjusted"])
    z, q = float(found.z[place]), float(found.q[place])
    state: State = "low" if found.low[place] else "high" if z > LIMIT else "as expected"
    plain = _place(
        row, expected, state=state, why=question(row["complaints"], expected, row["hidden"]) if state == "low" else ""
    )
    ratio = row["complaints"] / expected
    return replace(plain, ratio=ratio, low=low / found.target, high=high / found.target, z=z, q=q)


def question(complaints: int | None, expected: float | None, hidden: int | None) -> str:
    """What a low place is asked; None where a count is not shown."""
    found = f"hidden stages found here: {written(hidden)}" if hidden is None else _found_here(hidden)
    fewer = (
        "Fewer complaints logged than would be expected"
        if complaints is None or expected is None
        else f"{complaints:,} complaints logged where {expected:,.0f} would be expected"
    )
    return (
        f"{fewer}; {found}. Good work, and a front desk that passes on what it takes, look the same: ask where its "
        "complaints are logged."
    )


def _found_here(hidden: int) -> str:
    return f"{hidden:,} hidden stage{'' if hidden == 1 else 's'} found here"
