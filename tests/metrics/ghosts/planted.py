"""A seeded landlord with episodes of every detector in every window it can have, and decoys that must not fire.

Each plant has a household of its own, so that the truth is known by construction and not worked out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from metrics.records import Records
from tests import builders
from tests.builders import Row

AS_AT = date(2025, 3, 31)
DAY = timedelta(1)
Truth = tuple[str, str | None, str, str]  # household, complaint, window, detector

LABELS = (
    "Informal complaint",
    "STAGE 0",
    "Stage zero - open",
    "pre-complaint",
    "Pre complaints",
    "Quick-fix",
    "Service Recovery",
    "First point of contact",
    "Local resolution",
    "early resolution",
    "Concern",
    "Triage queue",
    "Infromal complaint",
)
AFTER_LABELS = ("Stage 3", "Appeal panel", "Director review", "Appeals", "Stage three")
PHRASES = (
    "Chased again about the leak.",
    "THIRD TIME she has rung!!",
    "still waiting for a date",
    "Says no one came on Friday.",
    "Tenant is fed up.",
    "Very unhappy with the repair.",
    "Wants to complain.",
    "Unhapy and stil waiting, chased twice",
)
QUIET = ("Asked for the date of the visit.", "Reference number given.", "Left a message for the team.", None)
DECOY_NOTES = (
    "Not unhappy, only asking for the date.",
    "She is not fed up with anyone.",
    "No complaint to make, thanked the plasterer.",
    "Does not want to complain, wants another day.",
    "Was never unhappy with the visit.",
    'Our letter says "we are sorry that you are unhappy", asks what it means.',
)
ORDINARY_PAYMENTS = ("Decant allowance", "Home loss", "Disturbance payment", "Heating allowance", "Right to repair")


@dataclass
class Planting:
    """A landlord in the making: rows by table, and the truth."""

    rng: Random
    tables: dict[str, list[Row]] = field(default_factory=lambda: {"complaints": [], "contacts": [], "payments": []})
    truth: set[Truth] = field(default_factory=set)

    def records(self) -> Records:
        return builders.records(**self.tables)

    def household(self) -> str:
        return f"H{len(self.tables['complaints'])}-{len(self.tables['contacts'])}-{len(self.tables['payments'])}"

    def complaint(self, household: str, received: date, **more: object) -> Row:
        ref = f"C{len(self.tables['complaints']):05}"
        row = builders.complaint(received_on=received, complaint_ref=ref, household_ref=household, **more)
        self.tables["complaints"].append(row)
        return row

    def contact(self, household: str, day: date, **more: object) -> None:
        plain = {"category": "repairs", "label": "Service request", "note": self.rng.choice(QUIET), "channel": "phone"}
        at = datetime.combine(day, time(self.rng.randint(8, 18)))
        ref = f"K{len(self.tables['contacts']):05}"
        row = builders.contact(occurred_at=at, contact_ref=ref, household_ref=household, **(plain | more))
        self.tables["contacts"].append(row)

    def payment(self, household: str, day: date, reason: str | None, **more: object) -> None:
        ref = f"P{len(self.tables['payments']):05}"
        row = builders.payment(paid_on=day, payment_ref=ref, household_ref=household, reason=reason, **more)
        self.tables["payments"].append(row)

    def case(self, window: str, household: str) -> tuple[str | None, date]:
        """A complaint with room for that window, and a day in it."""
        rng = self.rng
        start = date(2024, 4, 1) + timedelta(rng.randint(0, 40))
        if window == "never":
            return None, start + timedelta(rng.randint(0, 120))
        if window == "before":
            row = self.complaint(household, start + timedelta(90), stage_1_responded_on=start + timedelta(100))
            return row["complaint_ref"], start + timedelta(rng.randint(2, 45))
        answered = start + timedelta(10)
        asked = rng.random() < 0.5
        if window == "between":
            later = {"stage_2_requested_on": answered + timedelta(183)} if asked else {}
            if asked:
                later["stage_2_acknowledged_on"] = answered + timedelta(184)
            row = self.complaint(household, start, stage_1_responded_on=answered, **later)
            return row["complaint_ref"], answered + timedelta(rng.randint(95, 170))
        ended = answered + timedelta(40)
        row = self.complaint(
            household,
            start,
            stage_1_responded_on=answered,
            stage_2_requested_on=answered + DAY,
            stage_2_acknowledged_on=answered + 2 * DAY,
            stage_2_responded_on=ended,
        )
        return row["complaint_ref"], ended + timedelta(rng.randint(65, 180))


def _label(it: Planting, household: str, day: date, window: str) -> tuple[str, ...]:
    words = (*LABELS, *AFTER_LABELS) if window == "after" else LABELS
    it.contact(household, day, label=it.rng.choice(words), direction=it.rng.choice(("inbound", "outbound")))
    return ("label",)


def _phrase(it: Planting, household: str, day: date, _window: str) -> tuple[str, ...]:
    it.contact(household, day, note=it.rng.choice(PHRASES), category=it.rng.choice(("repairs", None)))
    return ("phrase",)


def _repeat(it: Planting, household: str, day: date, _window: str) -> tuple[str, ...]:
    for gap in (20, 9, 0):
        it.contact(household, day - timedelta(gap))
    return ("repeat_contacts",)


def _payment(it: Planting, household: str, day: date, _window: str) -> tuple[str, ...]:
    reasons = (None, "Goodwill", "goodwil payment", "Gesture for inconvenience", "APOLOGY", "Compensation: distress")
    it.payment(household, day, it.rng.choice(reasons))
    return ("payment",)


def _third_party(it: Planting, household: str, day: date, _window: str) -> tuple[str, ...]:
    channel = it.rng.choice(("Councillor", "MP letter", "Cllr enquiry", "Solicitors", "advocate"))
    it.contact(household, day, note=it.rng.choice(PHRASES), channel=channel)
    return ("phrase", "third_party")


IN_CONTACTS: tuple[Callable[[Planting, str, date, str], tuple[str, ...]], ...] = (
    _label,
    _phrase,
    _repeat,
    _payment,
    _third_party,
)


def _own_records(it: Planting) -> None:
    """The three detectors that read the complaint itself."""
    start = date(2024, 5, 1) + timedelta(it.rng.randint(0, 60))
    household = it.household()
    row = it.complaint(household, start, status_label=it.rng.choice(LABELS))
    it.truth.add((household, row["complaint_ref"], "before", "status_label"))
    answered, asked = start + timedelta(10), start + timedelta(20)
    household = it.household()
    row = it.complaint(
        household,
        start,
        status_label=it.rng.choice(AFTER_LABELS),
        stage_1_responded_on=answered,
        stage_2_requested_on=asked,
        stage_2_acknowledged_on=asked + DAY,
        stage_2_responded_on=asked + timedelta(25),
    )
    it.truth.add((household, row["complaint_ref"], "after", "status_label"))
    household = it.household()
    lag = it.rng.choice((None, 12, 30))
    acknowledged = None if lag is None else asked + timedelta(lag)
    row = it.complaint(
        household,
        start,
        stage_1_responded_on=answered,
        stage_2_requested_on=asked,
        stage_2_acknowledged_on=acknowledged,
    )
    it.truth.add((household, row["complaint_ref"], "between", "stage_2_lag"))
    household = it.household()
    row = it.complaint(household, start, stage_1_responded_on=answered)
    it.complaint(household, answered + timedelta(it.rng.randint(1, 90)))
    it.truth.add((household, row["complaint_ref"], "between", "reset"))


def _decoys(it: Planting) -> None:
    """What looks like a ghost stage and is none."""
    rng = it.rng
    start = date(2024, 5, 1) + timedelta(rng.randint(0, 60))
    it.contact(it.household(), start, note="First report: boiler broken, no heating.")
    it.contact(it.household(), start, note=rng.choice(DECOY_NOTES))
    it.contact(it.household(), start, note=rng.choice(PHRASES), direction="outbound")
    household = it.household()
    it.complaint(household, start, stage_1_responded_on=start + timedelta(20))
    it.contact(household, start + timedelta(rng.randint(0, 20)), label="Informal complaint", note=rng.choice(PHRASES))
    it.payment(household, start + timedelta(rng.randint(0, 20)), "Goodwill")
    it.contact(household, start + timedelta(25), label="Follow-up call", note="Follow-up as agreed in the response.")
    it.contact(it.household(), start, label="Early resolution", channel="Housing Ombudsman")
    it.contact(it.household(), start, label="Stage 2 review")
    household = it.household()
    it.contact(household, start, label="Service request", note="Strip out, rewire and make good: three visits.")
    for gap in (3, 9, 15):
        it.contact(household, start + timedelta(gap), label="Appointment", direction="outbound")
    it.contact(household, start + timedelta(16), category="damp and mould")
    household = it.household()
    it.complaint(household, start + timedelta(5), stage_1_responded_on=start + timedelta(20))
    it.contact(household, start, label="Informal complaint", note=rng.choice(PHRASES))
    it.payment(it.household(), start, rng.choice(ORDINARY_PAYMENTS))
    household = it.household()
    row = it.complaint(household, start - timedelta(200), stage_1_responded_on=start - timedelta(190))
    it.payment(household, start + timedelta(10), "Goodwill", complaint_ref=row["complaint_ref"])
    it.contact(it.household(), start, channel="MP", note="MP asks for the policy on parking.")


def planted(seed: int, *, each: int = 4) -> Planting:
    """A landlord with so many plants of each detector in each window, and as many of each decoy."""
    it = Planting(Random(seed))
    for _ in range(each):
        for window in ("before", "between", "after", "never"):
            for plant in IN_CONTACTS:
                household = it.household()
                ref, day = it.case(window, household)
                it.truth |= {(household, ref, window, detector) for detector in plant(it, household, day, window)}
        _own_records(it)
        _decoys(it)
    return it
