"""The records a landlord hands over: one declaration per table, read by intake, store, templates and indicators.

Every other room derives from this file: the database schema, the Polars schemas, the blank templates, the data
dictionary and the rules a row must pass. Nothing here touches a disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from metrics.choices import (
    ACTION_KINDS,
    BODIES,
    COMMITMENT_KINDS,
    EVENT_KINDS,
    FINDINGS,
    ITEMS,
    LINKED_TO,
    MADE_AT,
    OUTCOMES,
    OWNER_ROLES,
    RESPONSES,
    STATUSES,
    STOCK,
    STRENGTHS,
    TRIGGERS,
)
from metrics.kept_days import KeptDays
from metrics.table import Column, Reference, Table


def _reference(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name=name, kind="reference", meaning=meaning, required=required)


def _text(name: str, meaning: str, *, required: bool = False, free_text: bool = False) -> Column:
    return Column(name=name, kind="text", meaning=meaning, required=required, free_text=free_text)


def _date(name: str, meaning: str, *, required: bool = False, plan: bool = False) -> Column:
    return Column(name=name, kind="date", meaning=meaning, required=required, plan=plan)


def _choice(name: str, allowed: tuple[str, ...], meaning: str, *, required: bool = False) -> Column:
    return Column(name=name, kind="choice", meaning=meaning, required=required, allowed=allowed)


def _yes_no(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name=name, kind="yes_no", meaning=meaning, required=required)


def _money(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name=name, kind="number", meaning=meaning, required=required, at_least=0)


LANDLORD_CODE = _reference("landlord_code", "The landlord's code, as the regulator or the group uses it", required=True)
COMPLAINT_REF = _reference("complaint_ref", "The complaint this belongs to", required=True)
HOUSEHOLD_REF = _reference("household_ref", "Pseudonymous reference of the household, never a name", required=True)


def _stage(number: int, *, begins: tuple[Column, ...]) -> tuple[Column, ...]:
    stage = f"stage_{number}"
    return (
        *begins,
        _date(f"{stage}_acknowledged_on", f"Stage {number} acknowledged"),
        _date(f"{stage}_extended_to", f"Date the stage {number} response was extended to", plan=True),
        _date(f"{stage}_responded_on", f"Stage {number} response sent"),
        _choice(f"{stage}_outcome", OUTCOMES, f"Stage {number} outcome"),
        _text(f"{stage}_handler", f"Who decided stage {number} (a role or a pseudonym)"),
        _date(f"{stage}_apology_on", f"Apology given at stage {number}"),
        _money(f"{stage}_compensation", f"Compensation offered at stage {number}, in pounds"),
    )


TABLES: tuple[Table, ...] = (
    Table(
        name="landlords",
        meaning="The landlords whose records these are",
        key=("landlord_code",),
        columns=(
            LANDLORD_CODE,
            _text("name", "Name of the landlord", required=True),
            _choice("landlord_type", ("PRP", "LA"), "Private registered provider or local authority"),
            Column(name="homes_lcra", kind="whole", meaning="Low cost rental homes owned", at_least=0),
            Column(name="homes_lcho", kind="whole", meaning="Low cost home ownership homes owned", at_least=0),
            _text("region", "Region of England"),
        ),
    ),
    Table(
        name="complaints",
        meaning="One row per complaint, with both formal stages",
        key=("landlord_code", "complaint_ref"),
        known_on="received_on",
        columns=(
            _reference("complaint_ref", "The landlord's reference of the complaint", required=True),
            LANDLORD_CODE,
            HOUSEHOLD_REF,
            _choice("stock", STOCK, "Low cost rental (LCRA) or low cost home ownership (LCHO)", required=True),
            _text("category", "Service area complained about", required=True),
            _text("subcategory", "Finer category"),
            _text("root_cause", "Root cause as coded"),
            _text("team", "Team that handles the complaint"),
            _text("contractor", "Contractor concerned"),
            _text("area", "Estate, patch or area"),
            _text("channel", "How the complaint arrived"),
            _yes_no("vulnerable", "A vulnerability is recorded"),
            _choice("status", STATUSES, "Where the complaint stands"),
            _text("refusal_reason", "Why the complaint was refused"),
            _text("status_label", "The case system's own words for the status"),
            _date("received_on", "Complaint received", required=True),
            *_stage(1, begins=()),
            *_stage(2, begins=(_date("stage_2_requested_on", "Resident asked for stage 2"),)),
            _date("closed_on", "Complaint closed"),
        ),
        order=(
            ("received_on", "stage_1_acknowledged_on"),
            ("received_on", "stage_1_responded_on"),
            ("stage_1_acknowledged_on", "stage_1_responded_on"),
            ("received_on", "stage_1_apology_on"),
            ("received_on", "stage_2_requested_on"),
            ("stage_1_responded_on", "stage_2_requested_on"),
            ("stage_2_requested_on", "stage_2_acknowledged_on"),
            ("stage_2_requested_on", "stage_2_responded_on"),
            ("stage_2_acknowledged_on", "stage_2_responded_on"),
            ("received_on", "stage_2_apology_on"),
            ("received_on", "closed_on"),
        ),
    ),
    Table(
        name="contacts",
        meaning="Every contact with a household, in or out, complaint or not",
        key=("landlord_code", "contact_ref"),
        known_on="occurred_at",
        columns=(
            _reference("contact_ref", "The contact's reference", required=True),
            LANDLORD_CODE,
            HOUSEHOLD_REF,
            _reference("complaint_ref", "The complaint it was filed under, if any"),
            Column(name="occurred_at", kind="moment", meaning="When the contact happened", required=True),
            _choice("direction", ("inbound", "outbound"), "From the resident or to the resident"),
            _text("channel", "Phone, email, letter, councillor, MP, Ombudsman …"),
            _text("label", "The contact system's own label or queue"),
            _text("category", "Service area of the contact"),
            _text("team", "Team that took the contact"),
            _text("note", "What was said", free_text=True),
        ),
        references=(Reference(column="complaint_ref", table="complaints", refuses=False),),
    ),
    Table(
        name="commitments",
        meaning="Promises made in a response, and orders of the Ombudsman",
        key=("landlord_code", "commitment_ref"),
        known_on="promised_on",
        columns=(
            _reference("commitment_ref", "The commitment's reference", required=True),
            LANDLORD_CODE,
            COMPLAINT_REF,
            _choice("made_at", MADE_AT, "Where it was promised or ordered", required=True),
            _choice("kind", COMMITMENT_KINDS, "What was promised", required=True),
            _text("description", "The promise in words", free_text=True),
            _date("promised_on", "Promised or ordered on", required=True),
            _date("due_on", "To be done by", required=True, plan=True),
            _date("completed_on", "Recorded as done"),
            _text("evidence", "Where the proof is kept", free_text=True),
            _reference("work_order_ref", "The work order raised for it"),
            _text("contractor", "The contractor it was given to"),
            _yes_no("severe", "The finding behind the order was severe maladministration"),
        ),
        order=(("promised_on", "completed_on"),),
        references=(
            Reference(column="complaint_ref", table="complaints"),
            Reference(column="work_order_ref", table="work_orders", refuses=False),
            Reference(column="contractor", table="contractors", refuses=False),
        ),
    ),
    Table(
        name="work_orders",
        meaning="Repairs orders as the repairs system holds them",
        key=("landlord_code", "work_order_ref"),
        known_on="raised_on",
        columns=(
            _reference("work_order_ref", "The work order's reference", required=True),
            LANDLORD_CODE,
            _text("contractor", "The contractor it was raised with"),
            _date("raised_on", "Raised on", required=True),
            _date("completed_on", "Completed on"),
            _text("status", "The repairs system's own status"),
        ),
        order=(("raised_on", "completed_on"),),
        references=(Reference(column="contractor", table="contractors", refuses=False),),
    ),
    Table(
        name="contractors",
        meaning="When each contractor was engaged",
        key=("landlord_code", "contractor", "engaged_from"),
        known_on="engaged_from",
        columns=(
            _text("contractor", "The contractor", required=True),
            LANDLORD_CODE,
            _date("engaged_from", "First day engaged (blank: always)"),
            _date("engaged_to", "Last day engaged (blank: still engaged)", plan=True),
        ),
        order=(("engaged_from", "engaged_to"),),
    ),
    Table(
        name="payments",
        meaning="Goodwill and compensation payments from the ledger",
        key=("landlord_code", "payment_ref"),
        known_on="paid_on",
        columns=(
            _reference("payment_ref", "The payment's reference", required=True),
            LANDLORD_CODE,
            HOUSEHOLD_REF,
            _date("paid_on", "Paid on", required=True),
            Column(name="amount", kind="number", meaning="Amount in pounds", required=True),
            _reference("complaint_ref", "The complaint it was paid for, if any"),
            _text("reason", "Reason as the ledger holds it"),
        ),
        references=(Reference(column="complaint_ref", table="complaints"),),
    ),
    Table(
        name="determinations",
        meaning="Ombudsman decisions, one row per finding",
        key=("landlord_code", "determination_ref"),
        known_on="decided_on",
        columns=(
            _reference("determination_ref", "Reference of the finding", required=True),
            LANDLORD_CODE,
            _reference("complaint_ref", "The complaint it was about, if known"),
            _date("decided_on", "Decided on", required=True),
            _text("category", "What the finding is about", required=True),
            _choice("finding", FINDINGS, "The finding", required=True),
            _date("review_requested_on", "The landlord asked for a review"),
            _yes_no("review_changed_finding", "The review changed the finding"),
            _money("compensation_offered", "What the landlord had offered, in pounds"),
            _money("compensation_ordered", "What the Ombudsman ordered, in pounds"),
        ),
        order=(("decided_on", "review_requested_on"),),
        references=(Reference(column="complaint_ref", table="complaints"),),
    ),
    Table(
        name="learning_actions",
        meaning="What was changed because of complaints",
        key=("landlord_code", "action_ref"),
        known_on="opened_on",
        columns=(
            _reference("action_ref", "The action's reference", required=True),
            LANDLORD_CODE,
            _text("title", "The action in words", required=True),
            _text("theme", "The complaint category it is about", required=True),
            _text("area", "The area it is limited to, if any"),
            _text("team", "The team it is limited to, if any"),
            _text("root_cause", "The root cause it addresses"),
            _choice("trigger", TRIGGERS, "What set it off", required=True),
            _choice("kind", ACTION_KINDS, "What kind of change it is", required=True),
            _choice("strength", STRENGTHS, "How strong the change is"),
            _choice("owner_role", OWNER_ROLES, "Who owns it", required=True),
            _text("owner_directorate", "The directorate that owns it"),
            _yes_no("root_cause_analysis", "A root cause analysis stands behind it"),
            Column(
                name="linked_to",
                kind="choices",
                meaning="Other programmes or data it was joined to",
                allowed=LINKED_TO,
            ),
            _date("opened_on", "Opened on", required=True),
            _date("due_on", "To be done by", plan=True),
            _date("done_on", "Done on"),
            _date("told_residents_on", "Residents were told"),
            _reference("minute_ref", "Minute that records it"),
        ),
        order=(("opened_on", "done_on"), ("opened_on", "told_residents_on")),
    ),
    Table(
        name="learning_links",
        meaning="Which complaints an action came from",
        key=("landlord_code", "action_ref", "complaint_ref"),
        columns=(
            _reference("action_ref", "The learning action", required=True),
            COMPLAINT_REF,
            LANDLORD_CODE,
        ),
        references=(
            Reference(column="action_ref", table="learning_actions"),
            Reference(column="complaint_ref", table="complaints"),
        ),
    ),
    Table(
        name="apologies",
        meaning="Apologies, read against the Ombudsman's six criteria",
        key=("landlord_code", "apology_ref"),
        known_on="made_on",
        columns=(
            _reference("apology_ref", "The apology's reference", required=True),
            LANDLORD_CODE,
            COMPLAINT_REF,
            _date("made_on", "Made on", required=True),
            _text("stage", "Stage it was made at"),
            _text("made_by_role", "Role of the person who apologised"),
            _text("form", "Letter, email, call, in person"),
            _yes_no("timely", "Given in good time"),
            _yes_no("personal", "Personal and sincere"),
            _yes_no("empathetic", "Shows understanding of the effect"),
            _yes_no("takes_responsibility", "Accepts responsibility"),
            _yes_no("shares_learning", "Says what was learned"),
            _yes_no("offers_remedy", "Offers a remedy"),
            _text("text", "Words of the apology", free_text=True),
        ),
        references=(Reference(column="complaint_ref", table="complaints"),),
    ),
    Table(
        name="governance",
        meaning="What the governing body and others received about complaints, and what they did with it",
        key=("landlord_code", "item_ref"),
        known_on="met_on",
        columns=(
            _reference("item_ref", "The item's reference", required=True),
            LANDLORD_CODE,
            _date("met_on", "Date of the meeting", required=True),
            _choice("body", BODIES, "Who met", required=True),
            _choice("item", ITEMS, "What was taken", required=True),
            _text("theme", "Complaint category discussed"),
            _choice("response", RESPONSES, "What the body did"),
            _reference("minute_ref", "Minute reference"),
        ),
    ),
    Table(
        name="self_assessment",
        meaning="The Code self-assessment, provision by provision",
        key=("landlord_code", "provision", "approved_on"),
        known_on="approved_on",
        columns=(
            LANDLORD_CODE,
            _reference("provision", "Provision of the Code, such as 6.3", required=True),
            _yes_no("complies", "Does the landlord say it complies?", required=True),
            _text("evidence", "Evidence given"),
            _date("approved_on", "Approved by the governing body"),
        ),
    ),
    Table(
        name="tsm",
        meaning="Tenant Satisfaction Measures as published or returned",
        key=("landlord_code", "year", "stock", "measure"),
        columns=(
            LANDLORD_CODE,
            _reference("year", "Financial year, such as 2024-25", required=True),
            _choice("stock", (*STOCK, "Combined"), "Stock the figure speaks for", required=True),
            _reference("measure", "TP01 … RP02(2), or complained", required=True),
            Column(
                name="value", kind="number", meaning="Per cent, or per 1,000 homes for CH01 and NM01", required=True
            ),
            Column(name="base", kind="whole", meaning="Count of respondents behind it", at_least=0),
            _text("source", "Where the figure comes from"),
        ),
    ),
    Table(
        name="events",
        meaning="What happened that may explain a change",
        key=("landlord_code", "event_ref"),
        known_on="happened_on",
        columns=(
            _reference("event_ref", "The event's reference", required=True),
            LANDLORD_CODE,
            _date("happened_on", "Happened on", required=True),
            _text("title", "The event in words", required=True),
            _choice("kind", EVENT_KINDS, "Kind of event"),
        ),
    ),
)

TABLE_BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}

# Tables whose newest row does not show that the landlord's complaint records are up to date.
NOT_PROOF_OF_FRESHNESS = ("events", "self_assessment", "tsm")


@dataclass(frozen=True, kw_only=True)
class Records:
    """One landlord's records, as lazy frames, so that a figure reads only the columns it needs.

    `frames` maps table name to a LazyFrame of that table's declared schema holding this landlord's rows only; a table
    that is missing from the mapping is not held. `national` holds the national figures: columns year, stock,
    landlord_group, measure, statistic (q1, median, q3, n …), value. `derived` may hold populations worked out before
    (`metrics.populations`). `ghost_verdicts` are reviewers' verdicts on ghost episodes (`metrics.ghosts.verdicts`), and
    `ghost_words` a landlord's own additions to the lexicons of ghost stages (TOML, see `metrics.ghosts.lexicon`).
    `kept_days` are figures of days whose records were removed. `own_thresholds` maps indicator keys to the landlord's
    own lines, in `thresholds_version` (`metrics.own_thresholds`).
    """

    landlord_code: str
    frames: Mapping[str, pl.LazyFrame]
    derived: Mapping[str, pl.LazyFrame] = field(default_factory=dict)
    ghost_verdicts: pl.DataFrame | None = None
    ghost_words: str = ""
    kept_days: KeptDays = field(default_factory=KeptDays)
    own_thresholds: Mapping[str, float] = field(default_factory=dict)
    thresholds_version: int = 0
    national: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema={
                "year": pl.String,
                "stock": pl.String,
                "landlord_group": pl.String,
                "measure": pl.String,
                "statistic": pl.String,
                "value": pl.Float64,
            }
        )
    )

    def frame(self, table: str) -> pl.LazyFrame:
        """The rows of one table; without rows, but with its types, where the table is not held."""
        held = self.frames.get(table)
        return held if held is not None else TABLE_BY_NAME[table].empty().lazy()
