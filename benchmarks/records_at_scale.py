"""One large fictional landlord, of any number of complaints: five years of every table a placement reads.

The dates keep the order the rules of intake ask for and nothing lies after the extract date, so that the same records
load as files without a refusal. Rates are ordinary ones: nine in ten answers in time, one complaint in six escalated.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from benchmarks.draws import Days, Draw, Flags, days, moments, numbered, where
from metrics.choices import (
    ACTION_KINDS,
    COMMITMENT_KINDS,
    FINDINGS,
    LINKED_TO,
    OUTCOMES,
    OWNER_ROLES,
    STRENGTHS,
    TRIGGERS,
)
from metrics.records import TABLE_BY_NAME

LANDLORD = "LARGE"
AS_AT = date(2026, 9, 30)
EXTRACT_DATE = date(2026, 10, 15)
FIRST_DAY = date(2021, 10, 1)  # the chains of a trajectory of eight quarters look back so far
YEARS = 5
PER_HOME = 0.05  # complaints per home and year
HOT_HOUSEHOLD, HOT_CATEGORY = "H-BLOCK", "Lifts"
CATEGORIES = (
    "Repairs",
    "Damp and mould",
    "Heating",
    "Leaks",
    "Anti-social behaviour",
    "Estate services",
    "Charges",
    "Staff conduct",
    "Allocations",
    "Lifts",
)
CATEGORY_SHARES = (0.34, 0.14, 0.11, 0.1, 0.09, 0.07, 0.05, 0.04, 0.03, 0.03)
CONTRACTORS = ("North Repairs", "South Repairs", "Warm Homes", "Lift Care")
NOTES = (
    "Rent account query, balance given",
    "Permission to decorate requested",
    "Parking permit issued",
    "Reported a leak under the sink, job raised",
    "Resident asks when the operative will come",
    "Not unhappy, wants to move the appointment",
    "Chased for the third time, still waiting for the repair",
    "No one came on the day, resident fed up",
)
NOTE_SHARES = (0.2, 0.12, 0.12, 0.2, 0.16, 0.12, 0.05, 0.03)

Tables = dict[str, pl.DataFrame]


def records(complaints: int, *, seed: int = 1, hot: int = 0, contacts: int = 0) -> Tables:
    """Table name to frame, of the declared schema, for about so many complaints and contacts. `hot` of the complaints
    come from one household about one matter, as with a shared reference of a block."""
    draw = Draw(np.random.default_rng(seed), first=days(FIRST_DAY), last=days(EXTRACT_DATE))
    received = draw.between(complaints)
    cases = _complaints(draw, received, hot=min(hot, complaints))
    actions = _learning_actions(draw, max(complaints // 400, 30))
    commitments = _commitments(draw, cases)
    made = {
        "landlords": _landlord(complaints),
        "complaints": cases,
        "learning_actions": actions,
        "learning_links": _links(draw, actions, cases),
        "work_orders": _work_orders(draw, commitments),
        "contractors": _contractors(),
        "commitments": commitments,
        "determinations": _determinations(draw, cases),
        "apologies": _apologies(draw, cases),
        "governance": _governance(),
        "self_assessment": _self_assessment(),
        "tsm": _tsm(),
    }
    if contacts:
        made["contacts"] = _contacts(draw, cases, contacts)
    return {name: declared(name, frame) for name, frame in made.items()}


def declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame in the table's declared schema; columns it leaves out are blank."""
    schema = TABLE_BY_NAME[table].schema
    owned = frame.with_columns(landlord_code=pl.lit(LANDLORD))
    return owned.select(
        (pl.col(name) if name in owned.columns else pl.lit(None).alias(name)).cast(dtype)
        for name, dtype in schema.items()
    )


def _landlord(complaints: int) -> pl.DataFrame:
    homes = max(int(complaints / YEARS / PER_HOME), 100)
    return pl.DataFrame(
        {"name": ["Large Homes"], "landlord_type": ["PRP"], "homes_lcra": [homes], "homes_lcho": [homes // 10]}
    )


def _complaints(draw: Draw, received: Days, *, hot: int) -> pl.DataFrame:
    n = len(received)
    is_hot = _spread(n, hot)
    status = draw.pick(("closed", "refused", "withdrawn"), n, (0.94, 0.03, 0.03))
    in_clock = (status == "closed").to_numpy()
    first = _stage(draw, np.where(in_clock, received, -1), number=1, answer=(3, 16))
    asked = draw.after(np.where(draw.happens(n, 0.17), first.responded, -1), 1, 60)
    second = _stage(draw, asked, number=2, answer=(10, 30))
    # Closed once the last stage that was begun is answered.
    ends = np.where(asked < 0, first.responded, second.responded)
    return pl.DataFrame(
        {
            "complaint_ref": numbered("C", np.arange(n)),
            "household_ref": numbered("H", draw.whole(max(int(n * 0.6), 1), n)),
            "stock": draw.pick(("LCRA", "LCHO"), n, (0.9, 0.1)),
            "category": draw.pick(CATEGORIES, n, CATEGORY_SHARES),
            "root_cause": draw.pick(("delay", "quality", "communication", "policy"), n),
            "team": draw.pick([f"Team {number}" for number in range(12)], n),
            "contractor": draw.pick(CONTRACTORS, n),
            "area": draw.pick([f"Patch {number}" for number in range(40)], n),
            "channel": draw.pick(("email", "phone", "letter", "web form"), n),
            "vulnerable": draw.happens(n, 0.2),
            "status": status,
            "received_on": moments(received),
            **first.columns(),
            "stage_2_requested_on": moments(asked),
            **second.columns(),
            "closed_on": moments(ends),
        }
    ).with_columns(
        household_ref=pl.when(is_hot).then(pl.lit(HOT_HOUSEHOLD)).otherwise("household_ref"),
        category=pl.when(is_hot).then(pl.lit(HOT_CATEGORY)).otherwise("category"),
        status=pl.when(pl.Series(in_clock & (ends < 0))).then(pl.lit("open")).otherwise("status"),
    )


def _spread(n: int, hot: int) -> pl.Series:
    """`hot` of n flags true, evenly spread."""
    flags = np.zeros(n, dtype=bool)
    flags[np.linspace(0, n - 1, hot).astype(np.int64)] = True
    return pl.Series(flags)


@dataclass(frozen=True, kw_only=True)
class _Stage:
    number: int
    acknowledged: Days
    extended: Days
    responded: Days
    apology: Days
    outcome: pl.Series
    handler: pl.Series
    compensation: pl.Series

    def columns(self) -> dict[str, pl.Series]:
        prefix = f"stage_{self.number}"
        return {
            f"{prefix}_acknowledged_on": moments(self.acknowledged),
            f"{prefix}_extended_to": moments(self.extended),
            f"{prefix}_responded_on": moments(self.responded),
            f"{prefix}_outcome": self.outcome,
            f"{prefix}_handler": self.handler,
            f"{prefix}_apology_on": moments(self.apology),
            f"{prefix}_compensation": self.compensation,
        }


def _stage(draw: Draw, begins: Days, *, number: int, answer: tuple[int, int]) -> _Stage:
    n = len(begins)
    acknowledged = draw.after(np.where(draw.happens(n, 0.97), begins, -1), 0, 8)
    counted_from = np.where(acknowledged < 0, begins, acknowledged)
    responded = draw.after(np.where(draw.happens(n, 0.97), counted_from, -1), *answer)
    answered: Flags = responded >= 0
    return _Stage(
        number=number,
        acknowledged=acknowledged,
        extended=np.where(draw.happens(n, 0.1), responded, -1),
        responded=responded,
        apology=draw.after(np.where(draw.happens(n, 0.6), responded, -1), 0, 8),
        outcome=where(answered, draw.pick(OUTCOMES, n, (0.45, 0.2, 0.35))),
        handler=where(answered, draw.pick([f"Officer {number}{each:02}" for each in range(40)], n)),
        compensation=where(answered & draw.happens(n, 0.3), 50.0 * pl.Series(1.0 + draw.whole(10, n))),
    )


def _learning_actions(draw: Draw, n: int) -> pl.DataFrame:
    opened = draw.between(n)
    done = draw.after(np.where(draw.happens(n, 0.85), opened, -1), 20, 95)
    return pl.DataFrame(
        {
            "action_ref": numbered("A", np.arange(n)),
            "title": draw.pick(("New checklist", "Refresher course", "Contract review", "Policy redrafted"), n),
            "theme": draw.pick(CATEGORIES, n),
            "trigger": draw.pick(TRIGGERS, n),
            "kind": draw.pick(ACTION_KINDS, n),
            "strength": draw.pick(STRENGTHS, n),
            "owner_role": draw.pick(OWNER_ROLES, n),
            "owner_directorate": draw.pick(("Assets", "Housing", "Complaints and insight", None), n),
            "root_cause_analysis": draw.happens(n, 0.65),
            "linked_to": draw.pick((*LINKED_TO, f"{LINKED_TO[0]};{LINKED_TO[2]}", None, None), n),
            "opened_on": moments(opened),
            "due_on": moments(opened + 80),
            "done_on": moments(done),
            "told_residents_on": moments(draw.after(np.where(draw.happens(n, 0.65), done, -1), 1, 40)),
        }
    )


def _links(draw: Draw, actions: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    n = cases.height // 2
    return pl.DataFrame(
        {"action_ref": draw.among(actions["action_ref"], n), "complaint_ref": draw.among(cases["complaint_ref"], n)}
    ).unique(maintain_order=True)


def _work_orders(draw: Draw, commitments: pl.DataFrame) -> pl.DataFrame:
    """An order for every commitment that names one; of one in thirty the order was raised after the work was done."""
    named = commitments.filter(pl.col("work_order_ref").is_not_null())
    promised = named["promised_on"].to_physical().to_numpy().astype(np.int64)
    raised = np.minimum(promised + np.where(draw.happens(named.height, 1 / 30), 40, 0), draw.last)
    return pl.DataFrame(
        {
            "work_order_ref": named["work_order_ref"],
            "contractor": draw.pick(CONTRACTORS, named.height),
            "raised_on": moments(raised),
            "completed_on": moments(draw.after(np.where(draw.happens(named.height, 0.9), raised, -1), 1, 60)),
            "status": draw.pick(("complete", "raised", "cancelled"), named.height, (0.9, 0.07, 0.03)),
        }
    )


def _contractors() -> pl.DataFrame:
    return pl.DataFrame({"contractor": CONTRACTORS, "engaged_to": [None, None, date(2026, 3, 31), None]})


def _commitments(draw: Draw, cases: pl.DataFrame) -> pl.DataFrame:
    n = cases.height // 4
    promised = draw.between(n)
    completed = draw.after(np.where(draw.happens(n, 0.95), promised, -1), 1, 32)
    made_at = draw.pick(("stage 1", "stage 2", "ombudsman"), n, (0.8, 0.18, 0.02))
    # Orders of the Ombudsman are complied with, else a cap would leave nothing to place.
    ordered = (made_at == "ombudsman").to_numpy()
    completed = np.where(ordered, np.minimum(promised + 20, days(EXTRACT_DATE)), completed)
    return pl.DataFrame(
        {
            "commitment_ref": numbered("P", np.arange(n)),
            "complaint_ref": draw.among(cases["complaint_ref"], n),
            "made_at": made_at,
            "kind": draw.pick(COMMITMENT_KINDS, n),
            "promised_on": moments(promised),
            "due_on": moments(promised + 30),
            "completed_on": moments(completed),
            "work_order_ref": where(draw.happens(n, 0.5), numbered("W", np.arange(n))),
            "contractor": draw.pick(CONTRACTORS, n),
            "severe": draw.happens(n, 0.1),
        }
    )


def _determinations(draw: Draw, cases: pl.DataFrame) -> pl.DataFrame:
    n = max(cases.height // 200, 20)
    decided = draw.between(n)
    return pl.DataFrame(
        {
            "determination_ref": numbered("D", np.arange(n)),
            "complaint_ref": draw.among(cases["complaint_ref"], n),
            "decided_on": moments(decided),
            "category": draw.pick(CATEGORIES, n),
            "finding": draw.pick(FINDINGS, n),
            "review_requested_on": moments(draw.after(np.where(draw.happens(n, 0.05), decided, -1), 5, 40)),
            "review_changed_finding": draw.happens(n, 0.2),
        }
    )


def _apologies(draw: Draw, cases: pl.DataFrame) -> pl.DataFrame:
    n = max(cases.height // 50, 20)
    criteria = ("timely", "personal", "empathetic", "takes_responsibility", "shares_learning", "offers_remedy")
    return pl.DataFrame(
        {
            "apology_ref": numbered("S", np.arange(n)),
            "complaint_ref": draw.among(cases["complaint_ref"], n),
            "made_on": moments(draw.between(n)),
            **{name: draw.happens(n, 0.9) for name in criteria},
        }
    )


def _governance() -> pl.DataFrame:
    items = ("performance update", "trend review", "ombudsman update", "culture test")
    meetings = pl.date_range(FIRST_DAY, AS_AT, interval="1q", eager=True).dt.offset_by("45d").to_frame("met_on")
    taken = meetings.filter(pl.col("met_on") <= EXTRACT_DATE).join(pl.DataFrame({"item": items}), how="cross")
    return taken.with_columns(
        item_ref=pl.format("G{}", pl.int_range(pl.len())),
        body=pl.lit("governing body"),
        response=pl.lit("challenged"),
    )


def _self_assessment() -> pl.DataFrame:
    approved = [date(year, 6, 30) for year in range(2022, 2027)]
    return pl.DataFrame({"approved_on": approved}).with_columns(provision=pl.lit("6.3"), complies=pl.lit(value=True))


def _tsm() -> pl.DataFrame:
    values = {"TP06": 62.0, "TP09": 35.0, "CH01(1)": 55.0, "complained": 24.0}
    rows = [(year, measure, value) for year in ("2023-24", "2024-25") for measure, value in values.items()]
    return pl.DataFrame(rows, schema=["year", "measure", "value"], orient="row").with_columns(
        stock=pl.lit("LCRA"), base=pl.lit(1200), source=pl.lit("published")
    )


def _contacts(draw: Draw, cases: pl.DataFrame, n: int) -> pl.DataFrame:
    """Half of the contacts are of households that complained."""
    others = numbered("N", draw.whole(max(n // 6, 1), n))
    complained = draw.happens(n, 0.5)
    household = draw.among(cases["household_ref"], n).zip_with(pl.Series(complained), others)
    seconds = draw.between(n) * 86_400 + draw.whole(36_000, n) + 28_800  # in office hours
    return pl.DataFrame(
        {
            "contact_ref": numbered("K", np.arange(n)),
            "household_ref": household,
            "occurred_at": pl.Series(seconds * 1_000_000).cast(pl.Datetime("us")),
            "direction": draw.pick(("inbound", "outbound"), n, (0.7, 0.3)),
            "channel": draw.pick(
                ("phone", "email", "letter", "web form", "councillor"), n, (0.6, 0.3, 0.05, 0.04, 0.01)
            ),
            "label": draw.pick(("general enquiry", "chaser", "stage 0", "repairs line"), n, (0.6, 0.1, 0.01, 0.29)),
            "category": draw.pick((*CATEGORIES, None), n),
            "team": draw.pick([f"Team {number}" for number in range(12)], n),
            "note": draw.pick(NOTES, n, NOTE_SHARES),
        }
    )
