"""Ordinary contacts: first reports, appointments, questions, and the traffic of complaints inside their open stages."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from seed_data import notes
from seed_data.arrivals import categories_of, household_refs, households, teams_of
from seed_data.dates import ALL_DAYS, LAST, Days, later
from seed_data.shares import Words, column, frame_of, only, pick, whole
from seed_data.story import Story

WAYS = ("phone", "email", "web form", "app", "in person")
WAY_WEIGHTS = (58.0, 22.0, 9.0, 8.0, 3.0)
COLUMNS = (
    "household_ref",
    "complaint_ref",
    "day",
    "direction",
    "channel",
    "label",
    "category",
    "team",
    "note",
)


def written(rng: np.random.Generator, sentences: Sequence[str], category: Words) -> Words:
    """A sentence per contact with the service area filled in."""
    chosen = pick(rng, sentences, len(category))
    filled = [line.format(about=str(about).lower()) for line, about in zip(chosen, category, strict=True)]
    return np.array(filled, dtype=object)


def background(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """Service requests of any household: a first report, sometimes appointments of several trades, and questions."""
    years = len(ALL_DAYS) / 365.25
    rows = int(story.homes * story.requests_per_1000 / 1000 * years)
    household = households(story, rng, rows)
    shares = [each.share for each in story.services]
    service = rng.choice(len(shares), rows, p=np.array(shares) / sum(shares))
    category = categories_of(story, service)
    day = rng.choice(ALL_DAYS, rows)
    asked = rng.random(rows) < 0.3
    content = rng.random(rows) < 0.04
    note = np.where(content, written(rng, notes.CONTENT, category), written(rng, notes.FIRST_REPORTS, category))
    note = np.where(asked, written(rng, notes.QUESTIONS, category), note)
    first = frame_of(
        {
            "household_ref": household_refs(household),
            "complaint_ref": np.full(rows, None, dtype=object),
            "day": day,
            "direction": np.full(rows, "inbound", dtype=object),
            "channel": pick(rng, WAYS, rows, WAY_WEIGHTS),
            "label": np.where(asked, "General question", "Service request").astype(object),
            "category": only(category, where=~asked),
            "team": np.where(asked, "Customer hub", teams_of(story, service, household)).astype(object),
            "note": note,
        }
    )
    return pl.concat([first, _appointments(rng, first.filter(pl.col("label") == "Service request"))])


def _appointments(rng: np.random.Generator, reports: pl.DataFrame) -> pl.DataFrame:
    """Outbound messages that follow a fifth of first reports, three of them where the job needs several trades."""
    several = reports.filter(pl.Series(rng.random(reports.height) < 0.2))
    many = several.filter(pl.Series(rng.random(several.height) < 0.25))
    booked = pl.concat([several, many, many])
    day = later(booked["day"].to_numpy().astype("datetime64[D]"), whole(rng, 1, 20, booked.height))
    return outbound(rng, booked, day, label="Appointment", sentences=notes.APPOINTMENTS)


def outbound(
    rng: np.random.Generator, of: pl.DataFrame, day: Days, *, label: str, sentences: Sequence[str]
) -> pl.DataFrame:
    """Messages from the landlord about the contacts or complaints given."""
    return of.select("household_ref", "complaint_ref", "category", "team").with_columns(
        pl.Series("day", day),
        column("note", written(rng, sentences, of["category"].to_numpy())),
        column("channel", pick(rng, ("phone", "email", "text", "letter"), of.height, (3, 4, 4, 1))),
        direction=pl.lit("outbound"),
        label=pl.lit(label),
    )[list(COLUMNS)]


def inbound(
    rng: np.random.Generator, of: pl.DataFrame, day: Days, *, label: str, sentences: Sequence[str], named: bool = True
) -> pl.DataFrame:
    """Contacts from the resident; unless `named` they carry no service area."""
    return of.select("household_ref", "complaint_ref", "team").with_columns(
        pl.Series("day", day),
        of["category"].cast(pl.String) if named else pl.lit(None, dtype=pl.String).alias("category"),
        column("note", written(rng, sentences, of["category"].to_numpy())),
        column("channel", pick(rng, WAYS, of.height, WAY_WEIGHTS)),
        direction=pl.lit("inbound"),
        label=pl.lit(label),
    )[list(COLUMNS)]


def around_complaints(rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """Contacts of complaint households: the first report, the complaint, chasers while a stage is open, the landlord's
    own letters, and what was agreed afterwards."""
    parts = [
        _first_reports(rng, complaints),
        inbound(
            rng, complaints, _days(complaints, "received_on"), label="Complaint stage 1", sentences=notes.COMPLAINTS
        ),
        *_of_stage(rng, complaints, begins="received_on", stage="stage_1"),
    ]
    escalated = complaints.filter(pl.col("stage_2_requested_on").is_not_null())
    asked = _days(escalated, "stage_2_requested_on")
    parts += [
        inbound(rng, escalated, asked, label="Complaint stage 2", sentences=notes.ESCALATIONS),
        *_of_stage(rng, escalated, begins="stage_2_requested_on", stage="stage_2"),
    ]
    return pl.concat(parts).filter(pl.col("day") <= pl.lit(LAST))


def _first_reports(rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """The service request behind two complaints in three, filed under no complaint."""
    some = complaints.filter(pl.Series(rng.random(complaints.height) < 0.65)).with_columns(
        complaint_ref=pl.lit(None, dtype=pl.String)
    )
    day = _days(some, "received_on") - whole(rng, 6, 70, some.height).astype("timedelta64[D]")
    return inbound(rng, some, day, label="Service request", sentences=notes.FIRST_REPORTS)


def _of_stage(rng: np.random.Generator, complaints: pl.DataFrame, *, begins: str, stage: str) -> list[pl.DataFrame]:
    """Letters, chasers and agreed follow-ups of one stage."""
    noted = complaints.filter(pl.col(f"{stage}_acknowledged_on").is_not_null())
    answered = complaints.filter(pl.col(f"{stage}_responded_on").is_not_null())
    running = complaints.filter(pl.col("status").is_in(["open", "closed"])).with_columns(
        pl.col(f"{stage}_responded_on").fill_null(pl.lit(LAST))
    )
    replied = _days(answered, f"{stage}_responded_on")
    kept_up = answered.filter(pl.Series(rng.random(answered.height) < 0.35))
    after = later(_days(kept_up, f"{stage}_responded_on"), whole(rng, 2, 25, kept_up.height))
    thankful = kept_up.filter(pl.Series(rng.random(kept_up.height) < 0.3))
    thanked = later(_days(thankful, f"{stage}_responded_on"), whole(rng, 3, 30, thankful.height))
    label = f"Complaint {stage.replace('_', ' ')}"
    return [
        outbound(rng, noted, _days(noted, f"{stage}_acknowledged_on"), label=label, sentences=notes.ACKNOWLEDGED),
        outbound(rng, answered, replied, label=label, sentences=notes.ANSWERED),
        *_chasers(rng, running, begins=begins, ends=f"{stage}_responded_on"),
        outbound(rng, kept_up, after, label="Follow-up call", sentences=notes.FOLLOW_UPS),
        inbound(rng, thankful, thanked, label="Follow-up call", sentences=notes.THANKS, named=False),
    ]


def _chasers(rng: np.random.Generator, complaints: pl.DataFrame, *, begins: str, ends: str) -> list[pl.DataFrame]:
    """Chasers inside the open stage; the longer it lasts, the more of them, up to three."""
    parts = []
    for number in range(3):
        open_days = (complaints[ends] - complaints[begins]).dt.total_days().to_numpy()
        chase = rng.random(complaints.height) < np.clip((open_days - 8 - 9 * number) / 45, 0, 0.6)
        some = complaints.filter(pl.Series(chase))
        span = (some[ends] - some[begins]).dt.total_days().to_numpy()
        day = later(_days(some, begins), 1 + (rng.random(some.height) * np.maximum(span - 1, 1)).astype(np.int64))
        parts.append(inbound(rng, some, day, label="Complaint update", sentences=notes.CHASERS))
    return parts


def with_ombudsman(rng: np.random.Generator, findings: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """The Ombudsman's own channel, weeks before each decision."""
    cases = findings.unique("complaint_ref", keep="first", maintain_order=True).select("complaint_ref", "decided_on")
    known = complaints.select("complaint_ref", "household_ref", "category", "team").join(
        cases, on="complaint_ref", maintain_order="left"
    )
    day = _days(known, "decided_on") - whole(rng, 30, 75, known.height).astype("timedelta64[D]")
    return inbound(rng, known, day, label="Ombudsman review", sentences=notes.WITH_OMBUDSMAN).with_columns(
        channel=pl.lit("Ombudsman")
    )


def numbered(story: Story, rng: np.random.Generator, contacts: pl.DataFrame) -> pl.DataFrame:
    """Contacts in order of time with their hour and reference."""
    rows = contacts.height
    minutes = (8 * 60 + rng.beta(2, 2.4, rows) * 10.5 * 60).astype(np.int64)
    return (
        contacts.with_columns(pl.Series("minute", minutes))
        .with_columns(
            occurred_at=pl.col("day").cast(pl.Datetime("us")) + pl.duration(minutes="minute"),
            landlord_code=pl.lit(story.code),
        )
        .sort("occurred_at", "household_ref", "note")
        .with_row_index("number", offset=1)
        .with_columns(contact_ref="K" + pl.col("number").cast(pl.String).str.zfill(7))
    )


def _days(frame: pl.DataFrame, name: str) -> Days:
    return frame[name].to_numpy().astype("datetime64[D]")
