"""Random landlords for Hypothesis: small, every table, dates crowded where rules turn.

Hypothesis draws the day, the sizes, how well the landlord does and one seed; each row is then made from that seed and
its own number, so that a failing landlord shrinks by losing rows.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from metrics.choices import (
    ACTION_KINDS,
    BODIES,
    COMMITMENT_KINDS,
    FINDINGS,
    ITEMS,
    LINKED_TO,
    MADE_AT,
    OUTCOMES,
    OWNER_ROLES,
    RESPONSES,
    STATUSES,
    STRENGTHS,
    TRIGGERS,
)
from metrics.records import Records
from tests import builders
from tests.builders import Row
from tests.recount.days import add_working_days, chain_of_quarters, months_before, window

AS_AT = (
    date(2024, 3, 31),
    date(2025, 3, 31),
    date(2024, 12, 31),
    date(2023, 9, 30),
    date(2024, 2, 29),
    date(2024, 2, 28),
    date(2025, 2, 28),
    date(2023, 1, 1),
    date(2024, 5, 15),
    date(2023, 6, 29),
)
CATEGORIES = ("repairs", "repairs", "repairs", "damp and mould", "damp and mould", "neighbours", "lifts")
NAMED_DAYS = (
    date(2022, 9, 19),
    date(2023, 5, 8),
    date(2023, 12, 25),
    date(2023, 12, 27),
    date(2024, 2, 29),
    date(2024, 3, 29),
    date(2024, 12, 26),
)
CRITERIA = ("timely", "personal", "empathetic", "takes_responsibility", "shares_learning", "offers_remedy")
YEARS = ("2020-21", "2021-22", "2022-23", "2023-24", "2024-25")


class Landlord:
    """A made-up landlord: rows by table, national figures, and the day it is looked at."""

    def __init__(self, *, as_at: date, tables: dict[str, list[Row]], national: list[Row], made_with: str = "") -> None:
        self.as_at, self.tables, self.national, self.made_with = as_at, tables, national, made_with

    def __repr__(self) -> str:
        """How to make it again (its rows would fill pages)."""
        return f"make_landlord({self.made_with})"

    def records(self) -> Records:
        """The same rows as the engine takes them."""
        return builders.records(national=self.national, **self.tables)


class _Maker:
    """Makes the rows of one landlord. `quality` is how often things go as they should, 0 to 1."""

    def __init__(self, *, seed: int, as_at: date, quality: float, sizes: dict[str, int]) -> None:
        self.seed, self.as_at, self.quality, self.sizes = seed, as_at, quality, sizes
        self.rng = Random(seed)
        self.tables: dict[str, list[Row]] = {}

    def make(self) -> dict[str, list[Row]]:
        """Every table, each of about the size asked for."""
        makers: dict[str, Callable[[int], list[Row]]] = {
            "landlords": self.landlord,
            "complaints": self.complaint,
            "contacts": self.contact,
            "work_orders": self.work_order,
            "contractors": self.contractor,
            "commitments": self.commitment,
            "payments": self.payment,
            "determinations": self.determination,
            "learning_actions": self.action,
            "learning_links": self.link,
            "apologies": self.apology,
            "governance": self.meeting,
            "self_assessment": self.self_assessment,
            "tsm": self.tsm,
            "events": self.event,
        }
        for name, maker in makers.items():
            self.tables[name] = []
            for index in range(self.sizes[name]):
                self.rng = Random(f"{self.seed}/{name}/{index}")
                self.tables[name].extend(maker(index))
        self.tables["learning_links"] = _once(self.tables["learning_links"], "action_ref", "complaint_ref")
        self.tables["tsm"] = _once(self.tables["tsm"], "year", "stock", "measure")
        self.tables["contractors"] = _once(self.tables["contractors"], "contractor", "engaged_from")
        self.tables["self_assessment"] = _once(self.tables["self_assessment"], "provision", "approved_on")
        return self.tables

    def well(self) -> bool:
        return self.rng.random() < self.quality

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def between(self, low: int, high: int) -> timedelta:
        return timedelta(days=self.rng.randint(low, high))

    def day(self) -> date:
        """A day of the last year mostly, often on an edge of a window, a quarter or a holiday."""
        kind = self.rng.random()
        if kind < 0.6:
            return self.as_at - self.between(-15, 390)
        if kind < 0.75:
            return self.as_at - self.between(390, 1300)
        first, last = window(self.as_at)
        edges = [first, last, self.as_at - timedelta(days=183), months_before(self.as_at, 24), *NAMED_DAYS]
        edges += chain_of_quarters(self.as_at)[3:]
        return self.rng.choice(edges) + self.between(-1, 1)

    def later(self, day: date, *, low: int, high: int) -> date:
        return day + self.between(low, high)

    def some(self, allowed: tuple[str, ...], *, blank: float = 0.1) -> str | None:
        return None if self.chance(blank) else self.rng.choice(allowed)

    def maybe(self) -> bool | None:
        return None if self.chance(0.15) else self.well()

    def a_complaint(self) -> Row | None:
        complaints = self.tables["complaints"]
        return self.rng.choice(complaints) if complaints else None

    def landlord(self, _: int) -> list[Row]:
        homes = None if self.chance(0.2) else self.rng.randint(0, 3000)
        return [builders.row("landlords", homes_lcra=homes, homes_lcho=self.rng.choice((None, 0, 120)))]

    def complaint(self, index: int) -> list[Row]:
        row = builders.complaint(
            received_on=self.day(),
            complaint_ref=f"C{index}",
            household_ref=f"H{self.rng.randint(1, 400 if self.well() else 6)}",
            category=self.rng.choice(CATEGORIES),
            stock=self.rng.choice(("LCRA", "LCRA", "LCRA", "LCHO")),
            status=self.rng.choice(STATUSES) if self.chance(0.3) else self.rng.choice((None, "open", "closed")),
        )
        self.stage(row, 1, began=row["received_on"], days=10)
        if self.chance(0.6):
            row["stage_2_requested_on"] = self.later(row["stage_1_responded_on"] or row["received_on"], low=0, high=90)
            self.stage(row, 2, began=row["stage_2_requested_on"], days=20)
        return [row]

    def stage(self, row: Row, number: int, *, began: date, days: int) -> None:
        """Acknowledged and answered in time, on the very day, a day late, much later, or never."""
        stage = f"stage_{number}"
        due = add_working_days(began, 5)
        acknowledged: date | None = None
        if self.well():
            acknowledged = self.rng.choice((began, due, began + self.between(0, 7)))
        elif self.chance(0.6):
            acknowledged = due + self.between(0, 12)
        base = acknowledged if acknowledged is not None and acknowledged <= due else due
        respond_by = add_working_days(base, days)
        if self.chance(0.2):
            row[f"{stage}_extended_to"] = respond_by + self.between(-5, 30)
        if self.well():
            answered: date | None = self.rng.choice((respond_by, respond_by - self.between(0, 9)))
        else:
            answered = self.rng.choice(
                (None, respond_by + timedelta(days=1), add_working_days(respond_by, days), respond_by + timedelta(40))
            )
        if answered is not None:
            answered = max(answered, acknowledged or began)
        row[f"{stage}_acknowledged_on"], row[f"{stage}_responded_on"] = acknowledged, answered
        row[f"{stage}_outcome"] = self.rng.choice((*OUTCOMES, "upheld")) if answered and self.chance(0.95) else None
        row[f"{stage}_handler"] = f"officer {number}" if self.well() else self.some(("officer 1", "officer 3"))
        row[f"{stage}_compensation"] = self.rng.choice((None, 0.0, 150.0))
        if answered is not None and (self.well() or self.chance(0.5)):
            wait = self.rng.randint(-2, 5) if self.well() else self.rng.randint(5, 7)
            row[f"{stage}_apology_on"] = max(began, add_working_days(answered + timedelta(min(wait, 0)), max(wait, 0)))

    def contact(self, index: int) -> list[Row]:
        about = self.a_complaint()
        when = datetime.combine(self.day(), self.rng.choice((time(0, 0), time(12, 30), time(23, 59, 59))))
        return [
            builders.contact(
                occurred_at=when,
                contact_ref=f"K{index}",
                household_ref=f"H{self.rng.randint(1, 9)}",
                complaint_ref=about["complaint_ref"] if about and self.chance(0.5) else None,
            )
        ]

    def work_order(self, index: int) -> list[Row]:
        raised = self.as_at - timedelta(600) if self.well() else self.day()
        return [
            builders.work_order(
                raised_on=raised,
                work_order_ref=f"W{index}",
                contractor=self.some(("Acme", "Bolt") if self.well() else ("Nowhere",), blank=0.3),
                completed_on=self.rng.choice((None, raised + self.between(0, 40))),
            )
        ]

    def contractor(self, _: int) -> list[Row]:
        begun = None if self.well() else self.rng.choice((None, self.day(), self.as_at - timedelta(900)))
        over = None if self.well() else (begun or self.day()) + self.between(0, 700)
        return [builders.contractor(self.rng.choice(("Acme", "Bolt")), engaged_from=begun, engaged_to=over)]

    def commitment(self, index: int) -> list[Row]:
        about = self.a_complaint()
        if about is None:
            return []
        due = max(self.day(), about["received_on"])
        promised = max(about["received_on"], due - self.between(0, 60))
        done: date | None = None
        if self.well():
            done = max(promised, due - self.between(0, 12))
        elif self.chance(0.5):
            done = max(promised, due + self.between(1, 60))
        orders = self.tables["work_orders"]
        order = None
        if orders and self.chance(0.3):
            order = self.rng.choice(orders)["work_order_ref"]
        elif not self.well() and self.chance(0.3):
            order = "W-unknown"
        return [
            builders.commitment(
                complaint_ref=about["complaint_ref"],
                commitment_ref=f"M{index}",
                due_on=due,
                promised_on=promised,
                completed_on=done,
                made_at=self.rng.choice(MADE_AT),
                kind=self.rng.choice(COMMITMENT_KINDS),
                work_order_ref=order,
                contractor=self.some(("Acme", "Bolt"), blank=0.5),
                severe=self.rng.choice((None, False, False, True)),
            )
        ]

    def payment(self, index: int) -> list[Row]:
        return [builders.payment(paid_on=self.day(), payment_ref=f"P{index}")]

    def determination(self, index: int) -> list[Row]:
        about = self.a_complaint()
        decided = self.day()
        return [
            builders.determination(
                decided_on=decided,
                determination_ref=f"D{index}",
                complaint_ref=about["complaint_ref"] if about and self.chance(0.7) else None,
                category=self.rng.choice(CATEGORIES),
                finding=self.rng.choice(FINDINGS[:3] if self.chance(0.7) else FINDINGS),
                review_requested_on=None if self.well() else decided + self.between(0, 60),
                review_changed_finding=self.rng.choice((None, None, True, False)),
            )
        ]

    def action(self, index: int) -> list[Row]:
        opened = self.day()
        due = self.rng.choice((None, opened + self.between(0, 200), opened + self.between(0, 200)))
        done: date | None = None
        if self.well():
            done = max(opened, (due or opened + timedelta(90)) - self.between(0, 20))
        elif self.chance(0.5):
            done = opened + self.between(0, 300)
        good = self.well()
        return [
            builders.action(
                opened_on=opened,
                action_ref=f"A{index}",
                theme=self.rng.choice(CATEGORIES),
                due_on=due,
                done_on=done,
                told_residents_on=(done or opened) + self.between(0, 30) if self.well() else None,
                trigger=self.rng.choice(TRIGGERS[:4] if good else TRIGGERS),
                kind=self.rng.choice(ACTION_KINDS[1:] if good else ACTION_KINDS[:2]),
                strength="strong" if self.well() else self.some(STRENGTHS),
                owner_role=self.rng.choice(OWNER_ROLES[3:] if self.well() else OWNER_ROLES),
                owner_directorate="Assets"
                if self.well()
                else self.rng.choice(("Customer Complaints", "complaints", None)),
                root_cause_analysis=self.maybe(),
                linked_to=";".join(self.rng.sample(LINKED_TO, self.rng.randint(1, 3))) if self.well() else None,
            )
        ]

    def link(self, _: int) -> list[Row]:
        about, actions = self.a_complaint(), self.tables["learning_actions"]
        if about is None or not actions:
            return []
        return [builders.link(action_ref=self.rng.choice(actions)["action_ref"], complaint_ref=about["complaint_ref"])]

    def apology(self, index: int) -> list[Row]:
        about = self.a_complaint()
        if about is None:
            return []
        read = {} if self.chance(0.1) else {name: self.maybe() for name in CRITERIA}
        if self.well():
            read = dict.fromkeys(CRITERIA[: self.rng.randint(5 if self.well() else 4, 6)], True)
        day = max(self.day(), about["received_on"])
        return [builders.apology(complaint_ref=about["complaint_ref"], apology_ref=f"S{index}", made_on=day, **read)]

    def meeting(self, index: int) -> list[Row]:
        """The items one body took in one quarter: often the three that matter."""
        end = self.rng.choice(chain_of_quarters(self.as_at)[2:])
        body = self.rng.choice(BODIES[:2] if self.well() else BODIES)
        items = [item for item in (*ITEMS[:3], "culture test") if self.well()]
        items += [self.rng.choice(ITEMS)] if self.chance(0.3) else []
        return [
            builders.governance_item(
                met_on=self.rng.choice((end, end + timedelta(1), end - self.between(0, 95))),
                item_ref=f"G{index}-{number}",
                body=body,
                item=item,
                response=self.some(RESPONSES),
            )
            for number, item in enumerate(items)
        ]

    def self_assessment(self, index: int) -> list[Row]:
        approved = self.rng.choice((None, self.day(), window(self.as_at, 15)[0] - self.between(0, 1)))
        return [builders.self_assessment(approved_on=approved, provision=f"6.{index}", complies=self.well())]

    def tsm(self, _: int) -> list[Row]:
        measure = self.rng.choice(("TP06", "TP09", "complained", "CH01(1)"))
        ranges = {"TP06": (40, 80), "TP09": (20, 60), "complained": (5, 40), "CH01(1)": (10, 120)}
        return [
            builders.tsm(
                measure=measure,
                value=round(self.rng.uniform(*ranges[measure]), 1),
                year=self.rng.choice(YEARS),
                stock=self.rng.choice(("LCRA", "LCRA", "LCRA", "LCHO")),
                base=self.rng.choice((None, 4, 60, 400, 900)),
            )
        ]

    def event(self, index: int) -> list[Row]:
        return [builders.event(happened_on=self.day(), event_ref=f"E{index}")]

    def national(self) -> list[Row]:
        """National figures of some of the years, sometimes of other stock as well."""
        self.rng = Random(f"{self.seed}/national")
        figures = []
        for year in YEARS:
            if self.chance(0.6):
                figures += [
                    (year, "TP06", "q3", self.rng.uniform(55, 75)),
                    (year, "TP06", "median", 60.0),
                    (year, "TP09", "q3", self.rng.uniform(35, 50)),
                    (year, "reported_to_recorded", "median", self.rng.uniform(3, 7)),
                ]
        return builders.national(*figures)


def _once(rows: list[Row], *key: str) -> list[Row]:
    return list({tuple(row[name] for name in key): row for row in rows}.values())


_SIZES = {
    "landlords": (1, 0),
    "complaints": (0, 1, 6, 15, 25, 40),
    "contacts": (0, 1, 3),
    "work_orders": (0, 2, 8),
    "contractors": (0, 1, 4),
    "commitments": (0, 1, 8, 20),
    "payments": (0, 2),
    "determinations": (0, 1, 6, 14),
    "learning_actions": (0, 1, 8, 20),
    "learning_links": (0, 1, 15, 90),
    "apologies": (0, 1, 8, 15),
    "governance": (0, 3, 8, 18),
    "self_assessment": (0, 1, 4),
    "tsm": (0, 4, 24),
    "events": (0, 2),
}


def make_landlord(*, seed: int, as_at: date, quality: float, sizes: dict[str, int]) -> Landlord:
    """The landlord that a seed, a day, a quality and the sizes of its tables make."""
    maker = _Maker(seed=seed, as_at=as_at, quality=quality, sizes=sizes)
    made_with = f"seed={seed}, as_at=date({as_at.year}, {as_at.month}, {as_at.day}), quality={quality}, sizes={sizes}"
    return Landlord(as_at=as_at, tables=maker.make(), national=maker.national(), made_with=made_with)


@st.composite
def landlords(draw: st.DrawFn, *, full: bool = False) -> Landlord:
    """A random landlord; `full` gives every table its largest size."""
    sizes = {
        name: max(allowed) if full else draw(st.sampled_from(allowed), label=name) for name, allowed in _SIZES.items()
    }
    return make_landlord(
        seed=draw(st.integers(0, 2**32 - 1), label="seed"),
        as_at=draw(st.sampled_from(AS_AT), label="as_at"),
        quality=draw(st.sampled_from((0.5, 0.0, 0.7, 0.85, 0.93, 0.97, 1.0)), label="quality"),
        sizes=sizes,
    )


def shuffled(landlord: Landlord, seed: int) -> Landlord:
    """The same landlord, each table's rows in another order."""
    rng = Random(seed)
    tables: dict[str, Any] = {name: rng.sample(rows, len(rows)) for name, rows in landlord.tables.items()}
    return Landlord(as_at=landlord.as_at, tables=tables, national=landlord.national)
