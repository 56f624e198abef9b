"""Random landlords crowded around ghost stages: few households, dates on the edges of every window."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random

import polars as pl
from hypothesis import strategies as st

from tests import builders
from tests.builders import Row
from tests.strategies import Landlord

AS_AT = (date(2024, 3, 31), date(2025, 3, 31), date(2024, 12, 31), date(2024, 5, 15), date(2024, 2, 29))
CATEGORIES = ("repairs", "repairs", "damp and mould")
LABELS = (
    *["Service request"] * 6,
    "Informal complaint",
    "STAGE 0 - closed",
    "Triage",
    "Quick fix!",
    "Stage 3",
    "Appeal panel",
    "Informal review",
)
NOTES = (
    *["Asked for the date of the visit."] * 5,
    "Unhappy with the visit.",
    "Not unhappy with the visit.",
    "Has chased twice, still waiting for a date.",
    "No complaint: third time she rang for a good report.",
    "Is not, she says, fed up",
    "Was never fed up. Still waiting though.",
    "Wants a visit; no one came.",
    "Did not say much about it. I want to complain.",
    "He isn't at all unhappy.",
    "No lift for the old couple in months.",
    "No lift for the old couple in two months.",
    "No lift is due its yearly check in the next couple of months.",
    "It is not that no lift ran for months.",
)
CHANNELS = ("phone", "phone", "email", "Councillor", "MP", "solicitor", "Housing Ombudsman", None)
REASONS = (None, "  ", "Goodwill", "Gesture for distress", "Decant", "Goodwill for home loss", "Rent refund", "Apology")
STATUS_LABELS = (*[None] * 5, "Closed", "Informal", "Stage 3 review", "Informal appeal")
GAPS = (-91, -90, -89, -30, -9, -8, -7, -6, -5, -1, 0, 1, 2, 5, 8, 28, 29, 30, 60, 61, 90, 91, 182, 183, 184)


class _Maker:
    def __init__(self, rng: Random, as_at: date, households: int) -> None:
        self.rng, self.as_at, self.households = rng, as_at, households
        self.complaints: list[Row] = []
        self.contacts: list[Row] = []

    def household(self) -> str:
        return f"H{self.rng.randint(1, self.households)}"

    def day(self) -> date:
        """A day near some date that opens or shuts a window, else any of the last eighteen months."""
        dates = [
            row[name]
            for row in self.complaints
            for name in ("received_on", "stage_1_responded_on", "stage_2_requested_on", "stage_2_responded_on")
            if row[name] is not None
        ]
        if dates and self.rng.random() < 0.7:
            return self.rng.choice(dates) + timedelta(self.rng.choice(GAPS) + self.rng.choice((0, 0, -1, 1)))
        return self.as_at - timedelta(self.rng.randint(-10, 560))

    def complaint(self, index: int) -> Row:
        rng = self.rng
        received = self.day()
        row = builders.complaint(
            received_on=received,
            complaint_ref=f"C{index:03}",
            household_ref=self.household(),
            category=rng.choice(CATEGORIES),
            status=rng.choice((None, "open", "closed", "closed", "refused", "withdrawn")),
            status_label=rng.choice(STATUS_LABELS),
            team=rng.choice((None, "North", "South")),
        )
        last = received
        if rng.random() < 0.75:
            last = row["stage_1_responded_on"] = received + timedelta(rng.choice((0, 1, 10, 14, 40)))
            if rng.random() < 0.5:
                last = row["stage_2_requested_on"] = last + timedelta(rng.choice((0, 1, 5, 9, 30, 200, 400)))
                lag = rng.choice((None, 0, 4, 5, 6, 7, 8, 9, 30))
                row["stage_2_acknowledged_on"] = None if lag is None else last + timedelta(lag)
                if rng.random() < 0.7:
                    last = row["stage_2_responded_on"] = last + timedelta(rng.choice((9, 28, 60)))
        if rng.random() < 0.5:
            row["closed_on"] = last + timedelta(rng.choice((0, 3, 30)))
        self.complaints.append(row)
        return row

    def contact(self, index: int) -> Row:
        rng = self.rng
        near = self.contacts[-1] if self.contacts and rng.random() < 0.4 else None
        day = near["occurred_at"].date() + timedelta(rng.choice((0, 1, 7, 14, 15, 28))) if near else self.day()
        row = builders.contact(
            occurred_at=datetime.combine(day, time(rng.choice((0, 9, 9, 23)), rng.choice((0, 59)))),
            contact_ref=f"K{index:03}",
            household_ref=near["household_ref"] if near else self.household(),
            category=near["category"] if near else rng.choice((None, *CATEGORIES)),
            direction=rng.choice(("inbound", "inbound", "inbound", "outbound", None)),
            channel=rng.choice(CHANNELS),
            label=rng.choice((*LABELS, None)),
            note=rng.choice((*NOTES, None)),
            team=rng.choice((None, "Hub", "Desk")),
        )
        self.contacts.append(row)
        return row

    def payment(self, index: int) -> Row:
        return builders.payment(
            paid_on=self.day(),
            payment_ref=f"P{index:03}",
            household_ref=self.household(),
            complaint_ref="C000" if self.rng.random() < 0.2 else None,
            reason=self.rng.choice(REASONS),
        )


def make(*, seed: int, as_at: date, complaints: int, contacts: int, payments: int, households: int) -> Landlord:
    """The landlord a seed makes."""
    maker = _Maker(Random(seed), as_at, households)
    tables = {
        "complaints": [maker.complaint(index) for index in range(complaints)],
        "contacts": [maker.contact(index) for index in range(contacts)],
        "payments": [maker.payment(index) for index in range(payments)],
    }
    made_with = f"{seed=}, {as_at=}, {complaints=}, {contacts=}, {payments=}, {households=}"
    return Landlord(as_at=as_at, tables=tables, national=[], made_with=made_with)


@st.composite
def ghostly_landlords(draw: st.DrawFn) -> Landlord:
    """A landlord of a few households with much going on."""
    return make(
        seed=draw(st.integers(0, 2**32 - 1), label="seed"),
        as_at=draw(st.sampled_from(AS_AT), label="as_at"),
        complaints=draw(st.sampled_from((14, 0, 1, 3, 30)), label="complaints"),
        contacts=draw(st.sampled_from((40, 0, 1, 8, 90)), label="contacts"),
        payments=draw(st.sampled_from((10, 0, 1, 25)), label="payments"),
        households=draw(st.sampled_from((4, 1, 2, 12)), label="households"),
    )


def as_plain(episodes: pl.DataFrame) -> list[Row]:
    """Engine rows in the recount's shape: sets where the order of a list says nothing."""
    rows = episodes.to_dicts()
    for row in rows:
        row["detectors"], row["families"] = set(row["detectors"]), set(row["families"])
        row["signals"] = {(one["detector"], one["table"], one["ref"], one["on"]) for one in row["signals"]}
    return rows


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows of both sides in one order."""
    return sorted(
        rows, key=lambda row: (row["household_ref"], row["complaint_ref"] or "", row["window"], row["first_signal_on"])
    )
