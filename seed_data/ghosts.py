"""Dissatisfaction planted outside the two stages, with the truth of where it was planted.

Planted signals never touch a household with a second complaint, so each belongs to one window of one complaint, or to
none. What a complaint's own dates already say (late stage 2, resets, informal status) is read off in `from_dates`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from seed_data import notes
from seed_data.arrivals import categories_of, household_refs, households, teams_of
from seed_data.complaints import INFORMAL_LABELS
from seed_data.contacts import COLUMNS, WAY_WEIGHTS, WAYS, written
from seed_data.dates import ALL_DAYS, LAST, Days, add_working_days, later, rate_at
from seed_data.shares import column, evenly, frame_of, only, pick, references, whole
from seed_data.story import Story

TRUTH = ("household_ref", "complaint_ref", "window", "detector", "signal_on", "team")
# What may be planted in each window, and how often.
IN_WINDOW: dict[str, tuple[tuple[str, float], ...]] = {
    "before": (("label", 5.0), ("label and phrase", 3.0), ("phrase", 1.5)),
    "between": (("label", 3.0), ("label and phrase", 2.0), ("phrase", 1.5), ("payment", 2.0)),
    "after": (("label", 3.0), ("label and phrase", 1.5), ("phrase", 1.5)),
    "never": (
        ("label", 4.0),
        ("payment", 4.0),
        ("repeat_contacts", 2.0),
        ("repeat and phrase", 3.0),
        ("third_party", 1.5),
    ),
}
WINDOWS = ("before", "between", "after")
BEFORE_SHARE, AFTER_SHARE = 0.57, 0.5  # of all planted; of those planted where stage 2 was answered
CALLS = (0, 8, 17)  # days between three contacts about the same thing


@dataclass(frozen=True, kw_only=True)
class Planted:
    """Contacts and payments to add, and the truth: one row per signal."""

    contacts: pl.DataFrame
    payments: pl.DataFrame
    truth: pl.DataFrame


def ghosts(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> Planted:
    """Everything planted for one landlord."""
    places = pl.concat([_in_complaints(story, rng, complaints), _never(story, rng, complaints)])
    places = places.sort("signal_on", "household_ref").filter(pl.col("signal_on") <= pl.lit(LAST))
    truth = pl.concat([_truth(places), from_dates(complaints)]).sort("signal_on", "household_ref", "detector")
    return Planted(contacts=_contacts(rng, places), payments=_payments(story, rng, places), truth=truth)


def _in_complaints(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """Where to plant among complaints of households that complained once: window, kind and day of the signal."""
    once = complaints.filter(pl.len().over("household_ref") == 1, pl.col("status").is_in(["open", "closed"]))
    received = once["received_on"].to_numpy().astype("datetime64[D]")
    inside = once["team"].is_in(_hidden_teams(story)).to_numpy()
    share = np.where(inside, rate_at(story.hidden.inside, received), rate_at(story.hidden.outside, received))
    chosen = once.filter(pl.Series(evenly(rng, share)))
    responded = chosen["stage_1_responded_on"].is_not_null().to_numpy()
    closed_at_two = chosen["stage_2_responded_on"].is_not_null().to_numpy()
    window = np.where((rng.random(chosen.height) > BEFORE_SHARE) & responded & _room_between(chosen), *WINDOWS[1::-1])
    window = np.where(closed_at_two & (rng.random(chosen.height) < AFTER_SHARE), WINDOWS[2], window)
    chosen = chosen.with_columns(column("window", window.astype(object)))
    return pl.concat([_placed(rng, chosen, each) for each in WINDOWS])


def _hidden_teams(story: Story) -> list[str]:
    return sorted({team for each in story.services if each.hidden for team in each.teams})


def _room_between(chosen: pl.DataFrame) -> np.ndarray:
    """Was there time between stage 1 and stage 2 for a signal more than five working days before the request?"""
    gap = (pl.col("stage_2_requested_on") - pl.col("stage_1_responded_on")).dt.total_days()
    return chosen.select((gap.is_null() | (gap > 22)).alias("room"))["room"].to_numpy()


def _placed(rng: np.random.Generator, chosen: pl.DataFrame, window: str) -> pl.DataFrame:
    some = chosen.filter(pl.col("window") == window)
    rows = some.height
    ways = IN_WINDOW[window]
    kind = pick(rng, [way for way, _ in ways], rows, [weight for _, weight in ways])
    if window == "before":
        day = _day(some, "received_on") - whole(rng, 14, 80, rows).astype("timedelta64[D]")
    elif window == "after":
        day = later(_day(some, "stage_2_responded_on"), whole(rng, 8, 120, rows))
    else:
        requested, replied = _day(some, "stage_2_requested_on"), _day(some, "stage_1_responded_on")
        until = np.where(np.isnat(requested), later(replied, np.full(rows, 126)), requested)
        room = (until - replied).astype(np.int64) - 16
        day = later(replied, 5 + (rng.random(rows) * (room - 5)).astype(np.int64))
        kind = np.where((kind == "payment") & ~np.isnat(requested), "label", kind)
        # A payment is a signal only well after the complaint came in.
        day = np.where(kind == "payment", np.maximum(day, later(_day(some, "received_on"), np.full(rows, 75))), day)
    return some.select("household_ref", "complaint_ref", "category", "team", "window").with_columns(
        column("kind", kind.astype(object)), pl.Series("signal_on", day)
    )


def _never(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """Households whose dissatisfaction never became a complaint; most of them the hidden arm's."""
    expected = rate_at(story.hidden.never, ALL_DAYS) * story.homes / 1000 / 365.25
    day = np.repeat(ALL_DAYS, rng.poisson(expected))
    rows = len(day)
    household = households(story, rng, rows)
    weight = np.array([each.share * (6.0 if each.hidden else 1.0) for each in story.services])
    service = rng.choice(len(weight), rows, p=weight / weight.sum())
    ways = IN_WINDOW["never"]
    places = frame_of(
        {
            "household_ref": household_refs(household),
            "complaint_ref": np.full(rows, None, dtype=object),
            "category": categories_of(story, service),
            "team": teams_of(story, service, household),
            "window": np.full(rows, "never", dtype=object),
            "kind": pick(rng, [way for way, _ in ways], rows, [w for _, w in ways]),
            "signal_on": day,
        }
    )
    free = places.unique("household_ref", keep="first", maintain_order=True)
    return free.join(complaints.select("household_ref"), on="household_ref", how="anti", maintain_order="left")


def _contacts(rng: np.random.Generator, places: pl.DataFrame) -> pl.DataFrame:
    """Contacts behind every planted signal but payments."""
    calls = [
        _one_contact(rng, places.filter(~pl.col("kind").is_in(["payment", "repeat_contacts", "repeat and phrase"])))
    ]
    rung = places.filter(pl.col("kind").is_in(["repeat_contacts", "repeat and phrase"]))
    for number, gap in enumerate(CALLS):
        # The signal is dated by the third contact, so the first two come before it.
        moved = rung.with_columns(pl.col("signal_on") - pl.duration(days=CALLS[-1] - gap))
        calls.append(_one_contact(rng, moved, unhappy_calls=number == len(CALLS) - 1))
    return pl.concat(calls)


def _one_contact(rng: np.random.Generator, places: pl.DataFrame, *, unhappy_calls: bool = True) -> pl.DataFrame:
    rows = places.height
    kind, category = places["kind"].to_numpy(), places["category"].to_numpy()
    labelled = np.isin(kind, ["label", "label and phrase"])
    unhappy = np.isin(kind, ["label and phrase", "phrase"]) | ((kind == "repeat and phrase") & unhappy_calls)
    third = kind == "third_party"
    after = (places["window"] == "after").to_numpy()
    label = np.where(after, pick(rng, notes.AFTER_LABELS, rows), pick(rng, notes.INFORMAL_LABELS, rows))
    note = np.where(labelled, written(rng, notes.INFORMAL_NOTES, category), written(rng, notes.PLAIN, category))
    note = np.where(unhappy, written(rng, notes.DISSATISFIED, category), note)
    note = np.where(third, written(rng, notes.THIRD_PARTY, category), note)
    party = pick(rng, ("councillor", "MP", "advocate", "solicitor"), rows)
    return places.select("household_ref", "category", "team").with_columns(
        pl.Series("day", places["signal_on"]),
        column("complaint_ref", np.full(rows, None, dtype=object)),
        column("label", np.where(labelled, label, "Service request").astype(object)),
        column("channel", np.where(third, party, pick(rng, WAYS, rows, WAY_WEIGHTS)).astype(object)),
        column("note", note.astype(object)),
        direction=pl.lit("inbound"),
    )[list(COLUMNS)]


def _payments(story: Story, rng: np.random.Generator, places: pl.DataFrame) -> pl.DataFrame:
    """Goodwill paid under no complaint, and ordinary payments that are no redress at all."""
    paid = places.filter(pl.col("kind") == "payment")
    rows, others = paid.height, int(story.homes * 0.004)
    reason = only(pick(rng, notes.GOODWILL, rows), where=rng.random(rows) < 0.85)
    goodwill = frame_of(
        {
            "household_ref": paid["household_ref"],
            "paid_on": paid["signal_on"],
            "amount": 10.0 * whole(rng, 2, 18, rows),
            "reason": reason,
        }
    )
    ordinary = frame_of(
        {
            "household_ref": household_refs(households(story, rng, others)),
            "paid_on": rng.choice(ALL_DAYS, others),
            "amount": 50.0 * whole(rng, 2, 60, others),
            "reason": pick(rng, notes.ORDINARY_PAYMENTS, others),
        }
    )
    return pl.concat([goodwill, ordinary]).with_columns(complaint_ref=pl.lit(None, dtype=pl.String))


def _truth(places: pl.DataFrame) -> pl.DataFrame:
    """One row per detector that a planted place should fire."""
    fires = {
        "label": ["label"],
        "label and phrase": ["label", "phrase"],
        "phrase": ["phrase"],
        "payment": ["payment"],
        "repeat_contacts": ["repeat_contacts"],
        "repeat and phrase": ["repeat_contacts", "phrase"],
        "third_party": ["third_party", "phrase"],
    }
    named = pl.DataFrame({"kind": list(fires), "detector": list(fires.values())}).explode("detector")
    return places.join(named, on="kind", maintain_order="left_right").select(TRUTH)


def from_dates(complaints: pl.DataFrame) -> pl.DataFrame:
    """Signals the complaints table itself carries: late stage 2 acknowledgement, resets, informal status labels."""
    requested = complaints.filter(pl.col("stage_2_requested_on").is_not_null())
    limit = add_working_days(_day(requested, "stage_2_requested_on"), 5)
    seen = pl.col("stage_2_acknowledged_on").fill_null(pl.lit(LAST) + pl.duration(days=1))
    late = requested.filter(seen > pl.Series(limit)).with_columns(
        window=pl.lit("between"), detector=pl.lit("stage_2_lag"), signal_on=pl.col("stage_2_requested_on")
    )
    informal = complaints.filter(pl.col("status_label").is_in(list(INFORMAL_LABELS))).with_columns(
        window=pl.lit("before"), detector=pl.lit("status_label"), signal_on=pl.col("received_on")
    )
    return pl.concat([frame.select(TRUTH) for frame in (late, informal, _resets(complaints))])


def _resets(complaints: pl.DataFrame) -> pl.DataFrame:
    """A new complaint of the same household and category within 90 days of a stage 1 answer that ended there."""
    ended = complaints.filter(
        pl.col("stage_1_responded_on").is_not_null(), pl.col("stage_2_requested_on").is_null()
    ).select("household_ref", "category", "complaint_ref", "team", "stage_1_responded_on")
    newer = complaints.select("household_ref", "category", signal_on="received_on")
    gap = (pl.col("signal_on") - pl.col("stage_1_responded_on")).dt.total_days()
    return (
        ended.join(newer, on=["household_ref", "category"], maintain_order="left_right")
        .filter(gap.is_between(1, 90))
        .unique("complaint_ref", keep="first", maintain_order=True)
        .with_columns(window=pl.lit("between"), detector=pl.lit("reset"))
        .select(TRUTH)
    )


def numbered_payments(payments: pl.DataFrame, story: Story) -> pl.DataFrame:
    """Payments in order of date with their references."""
    ordered = payments.sort("paid_on", "household_ref", "amount")
    return ordered.with_columns(
        column("payment_ref", references("Y", ordered.height)), landlord_code=pl.lit(story.code)
    )


def _day(frame: pl.DataFrame, name: str) -> Days:
    return frame[name].to_numpy().astype("datetime64[D]")
