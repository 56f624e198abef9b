"""The complaints table: arrivals put through both stages, with those that come back."""

import numpy as np
import polars as pl

from metrics.records import TABLE_BY_NAME
from seed_data.arrivals import (
    CHANNEL_WEIGHTS,
    CHANNELS,
    areas_of,
    arrivals,
    categories_of,
    hidden_of,
    household_refs,
    still_within,
    subcategories_of,
    teams_of,
)
from seed_data.dates import LAST, NEVER, Days, Flags, Whole, add_working_days, later, rate_at
from seed_data.shares import Words, column, evenly, frame_of, happens, only, pick, references, whole
from seed_data.stages import Clock, Stage, apologies, compensation, outcomes, requests_stage_2, run_stage
from seed_data.story import Handling, Story

UPHELD_MORE = {"Damp and mould": 1.12, "Leaks and water ingress": 1.06, "Anti-social behaviour": 0.88}
REFUSALS = (
    "Over 12 months old",
    "Court claim filed",
    "Already considered under the policy",
    "Not about the landlord",
    "Insurance claim",
)
CAUSES = (
    "Delay",
    "No update given",
    "Record keeping",
    "Policy not followed",
    "Contractor performance",
    "No clear owner",
    "Repeat visits",
    "Vulnerability not considered",
    "Staff conduct",
)
CAUSE_WEIGHTS = (26.0, 20.0, 9.0, 10.0, 13.0, 8.0, 8.0, 3.0, 3.0)
INFORMAL_LABELS = ("Informal - resolved at first contact", "Stage 0 - closed", "Early resolution")


def complaints(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """The whole table, in order of arrival, with the declared schema. Complaints that come back are handled too."""
    first = _handled(story, rng, arrivals(story, rng))
    again = _handled(story, rng, _coming_back(story, rng, first))
    everything = pl.concat([first, again]).sort("received_on", "household", "category")
    return (
        everything.with_columns(pl.Series("complaint_ref", references("C", everything.height)))
        .with_columns(household_refs(everything["household"].to_numpy()))
        .select(pl.col(name).cast(dtype) for name, dtype in TABLE_BY_NAME["complaints"].schema.items())
    )


def _coming_back(story: Story, rng: np.random.Generator, handled: pl.DataFrame) -> pl.DataFrame:
    """New complaints of the same household and category: repeats months later, resets soon after stage 1."""
    responded = handled["stage_1_responded_on"].to_numpy()
    ended_there = handled["stage_2_requested_on"].is_null().to_numpy() & ~np.isnat(responded)
    upheld = handled["stage_1_outcome"].is_in(["upheld", "partly upheld"]).fill_null(value=False).to_numpy()
    service = handled["service"].to_numpy()
    reset_share = np.where(hidden_of(story, service), story.hidden.resets_inside, story.hidden.resets_outside)
    reset = evenly(rng, reset_share) & ended_there
    repeat = happens(rng, story.handling.repeats, responded) & upheld & ~reset
    gap = np.where(reset, whole(rng, 10, 80, len(reset)), whole(rng, 95, 176, len(reset)))
    received = later(responded, gap)
    chosen = (reset | repeat) & still_within(received)
    return handled.select("household", "service").with_columns(pl.Series("received_on", received)).filter(chosen)


def _handled(story: Story, rng: np.random.Generator, arriving: pl.DataFrame) -> pl.DataFrame:
    """Complaints with every column but the reference, plus `household` and `service`."""
    received = arriving["received_on"].to_numpy().astype("datetime64[D]")
    service = arriving["service"].to_numpy()
    handling, hidden = story.handling, hidden_of(story, service)
    refused = happens(rng, handling.refused, received)
    withdrawn = happens(rng, handling.withdrawn, received) & ~refused
    one = _left_out(run_stage(rng, received, _clock_1(handling, received)), refused | withdrawn)
    upheld = np.array([UPHELD_MORE.get(name, 0.98) for name in categories_of(story, service)]) * handling.upheld
    outcome_1 = outcomes(rng, one.responded, upheld)
    answered = ~np.isnat(one.responded)
    asked = requests_stage_2(rng, one, outcome=outcome_1, hidden=hidden, handling=handling, allowed=answered)
    two = run_stage(rng, asked, _clock_2(handling, asked))
    outcome_2 = outcomes(rng, two.responded, np.full(len(received), handling.upheld * 0.9))
    found = {
        "received_on": received,
        "stage_2_requested_on": asked,
        **_about(story, rng, arriving["household"].to_numpy(), service),
        **_stage_columns(story, rng, 1, one, outcome_1),
        **_stage_columns(story, rng, 2, two, outcome_2),
        **_standing(rng, received=received, refused=refused, withdrawn=withdrawn, one=one, two=two, asked=asked),
    }
    return _described(story, rng, frame_of(found), hidden)


def _clock_1(handling: Handling, received: Days) -> Clock:
    return Clock(
        within=10,
        acknowledged=rate_at(handling.acknowledged, received),
        answered=rate_at(handling.answered, received),
        extended=rate_at(handling.extended, received),
        latest_acknowledgement=13,
    )


def _clock_2(handling: Handling, asked: Days) -> Clock:
    return Clock(
        within=20,
        acknowledged=rate_at(handling.acknowledged_2, asked),
        answered=rate_at(handling.answered_2, asked),
        extended=rate_at(handling.extended, asked),
        latest_acknowledgement=20,
    )


def _about(story: Story, rng: np.random.Generator, household: Whole, service: Whole) -> dict[str, object]:
    """Who complained about what, to whom and how."""
    category = categories_of(story, service)
    return {
        "household": household,
        "service": service,
        "landlord_code": np.full(len(household), story.code, dtype=object),
        "stock": np.where(household > story.homes_lcra, "LCHO", "LCRA").astype(object),
        "category": category,
        "subcategory": subcategories_of(rng, category),
        "team": teams_of(story, service, household),
        "area": areas_of(story, household),
        "channel": pick(rng, CHANNELS, len(household), CHANNEL_WEIGHTS),
    }


def _left_out(stage: Stage, out: Flags) -> Stage:
    """A refused or withdrawn complaint has no answer; its acknowledgement stands."""
    return Stage(
        acknowledged=stage.acknowledged,
        extended_to=np.where(out, NEVER, stage.extended_to),
        responded=np.where(out, NEVER, stage.responded),
        in_time=stage.in_time,
    )


def _stage_columns(
    story: Story, rng: np.random.Generator, number: int, stage: Stage, outcome: Words
) -> dict[str, object]:
    """The columns of one stage but its handler."""
    upheld = (outcome == "upheld") | (outcome == "partly upheld")
    given = apologies(rng, stage.responded, share=rate_at(story.handling.apologises, stage.responded), due=upheld)
    return {
        f"stage_{number}_acknowledged_on": stage.acknowledged,
        f"stage_{number}_extended_to": stage.extended_to,
        f"stage_{number}_responded_on": stage.responded,
        f"stage_{number}_outcome": outcome,
        f"stage_{number}_apology_on": given,
        f"stage_{number}_compensation": compensation(rng, outcome, typical=60.0 * number),
    }


def _standing(
    rng: np.random.Generator, *, received: Days, refused: Flags, withdrawn: Flags, one: Stage, two: Stage, asked: Days
) -> dict[str, object]:
    """Status, the case system's own words for it, closing date and why a complaint was refused."""
    rows = len(received)
    answered = np.where(np.isnat(asked), one.responded, two.responded)
    ended_early = add_working_days(received, whole(rng, 2, 8, rows))
    closed = np.where(refused | withdrawn, np.maximum(ended_early, one.acknowledged), answered)
    closed = np.where(closed > LAST, NEVER, closed)
    done = ~np.isnat(closed)
    status = np.select([refused & done, withdrawn & done, done], ["refused", "withdrawn", "closed"], "open")
    at_two = ~np.isnat(asked)
    label = np.select(
        [status == "refused", status == "withdrawn", done & at_two, done, at_two],
        ["Not accepted", "Withdrawn by resident", "Closed at stage 2", "Closed at stage 1", "Stage 2 in progress"],
        "Stage 1 in progress",
    )
    reason = only(pick(rng, REFUSALS, rows, (40.0, 12.0, 22.0, 16.0, 10.0)), where=status == "refused")
    return {
        "status": status.astype(object),
        "status_label": label.astype(object),
        "closed_on": closed,
        "refusal_reason": reason,
    }


def _described(story: Story, rng: np.random.Generator, frame: pl.DataFrame, hidden: Flags) -> pl.DataFrame:
    """Add contractor, cause, vulnerability and handlers, and the informal status labels of a hidden arm."""
    rows = frame.height
    received = frame["received_on"].to_numpy()
    contracted = np.array([each.contracted for each in story.services])[frame["service"].to_numpy()]
    informal = hidden & evenly(rng, np.full(rows, story.hidden.labels_inside))
    label = np.where(informal, pick(rng, INFORMAL_LABELS, rows), frame["status_label"].to_numpy())
    answered = (~frame["stage_1_responded_on"].is_null()).to_numpy()
    first = np.array([f"Officer {n}" for n in range(1, story.handling.officers + 1)], dtype=object)
    senior = np.array([f"Manager {n}" for n in range(1, 2 + story.handling.officers // 4)], dtype=object)
    by_one = only(first[rng.integers(0, len(first), rows)], where=answered)
    other = happens(rng, story.handling.independent, received)
    by_two = np.where(other, senior[rng.integers(0, len(senior), rows)], by_one)
    second_answered = frame["stage_2_responded_on"].is_not_null().to_numpy()
    return frame.with_columns(
        column("contractor", only(contractors_on(story, rng, received), where=contracted)),
        column("root_cause", only(pick(rng, CAUSES, rows, CAUSE_WEIGHTS), where=answered)),
        column("vulnerable", only(rng.random(rows) < 0.24, where=rng.random(rows) < 0.9), pl.Boolean()),
        column("status_label", label),
        column("stage_1_handler", by_one),
        column("stage_2_handler", only(by_two, where=second_answered)),
        pl.col("stage_1_compensation", "stage_2_compensation").fill_nan(None),
    )


def contractors_on(story: Story, rng: np.random.Generator, days: Days) -> Words:
    """A contractor engaged on each day; missing for a landlord that holds no list of them."""
    chosen = np.full(len(days), None, dtype=object)
    if story.promises is None:
        return chosen
    order = rng.random((len(story.promises.contractors), len(days)))
    best = np.full(len(days), -1.0)
    for luck, (name, start, end) in zip(order, story.promises.contractors, strict=True):
        engaged = np.ones(len(days), dtype=bool)
        engaged &= days >= np.datetime64(start, "D") if start else True
        engaged &= days <= np.datetime64(end, "D") if end else True
        wins = engaged & (luck > best)
        chosen[wins] = name
        best = np.where(wins, luck, best)
    return chosen
