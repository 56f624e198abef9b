"""A plain reading of the generated records in Python: dates, loops and sets, written from the definitions alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta
from scipy.stats import binom

from metrics.working_days import add_working_days_to
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate

Row = dict[str, Any]
DAY = timedelta(days=1)
UPHELD = ("upheld", "partly upheld")

LABELS = r"informal|stage 0|pre-complaint|quick fix|service recovery|first point of contact|local resolution"
LABELS += r"|early resolution|concern|triage"
AFTER_LABELS = r"stage 3|panel|appeal|review"
PHRASES = r"chas(?:ed|ing)|third time|still waiting|no one came|fed up|unhappy|wants? to complain"
NEGATORS = {"not", "never", "no", "without", "isn't", "wasn't"}
THIRD_PARTIES = {"councillor", "MP", "advocate", "solicitor"}
NO_REDRESS = r"decant|home loss|disturbance|heating allowance|right to repair|decoration"


@cache
def rows(landlord: str, table: str) -> tuple[Row, ...]:
    """One landlord's rows of one table; none where it is not held."""
    frame = generate()[landlord].get(table)
    return () if frame is None else tuple(frame.to_dicts())


def year_to(as_at: date, months: int = 12) -> date:
    """First day of the window of so many months ending on as_at."""
    return as_at + DAY - relativedelta(months=months)


def within(day: date | None, as_at: date, months: int = 12) -> bool:
    """Does the day lie in the window ending on as_at?"""
    return day is not None and year_to(as_at, months) <= day <= as_at


def share(flags: Iterable[bool]) -> float:
    """The share that is true; raises ZeroDivisionError without any."""
    seen = list(flags)
    return sum(seen) / len(seen)


def acknowledged_on_time(landlord: str, as_at: date) -> list[bool]:
    """Stage 1 and stage 2 acknowledgements falling due in the year: in time or not."""
    found = []
    for row in rows(landlord, "complaints"):
        if row["status"] in ("refused", "withdrawn"):
            continue
        for begins, done in (
            ("received_on", "stage_1_acknowledged_on"),
            ("stage_2_requested_on", "stage_2_acknowledged_on"),
        ):
            if row[begins] is None:
                continue
            due = add_working_days_to(row[begins], 5)
            if within(due, as_at):
                found.append(row[done] is not None and row[done] <= due)
    return found


def first_upheld(row: Row) -> date | None:
    """Response date of the earliest stage that upheld."""
    for stage in ("stage_1", "stage_2"):
        if row[f"{stage}_outcome"] in UPHELD:
            answered: date = row[f"{stage}_responded_on"]
            return answered
    return None


def phantoms(landlord: str) -> dict[str, str]:
    """Commitments recorded as done that cannot have been: reference → why."""
    orders = {row["work_order_ref"]: row for row in rows(landlord, "work_orders")}
    engaged = defaultdict(list)
    for row in rows(landlord, "contractors"):
        engaged[row["contractor"]].append((row["engaged_from"] or date.min, row["engaged_to"] or date.max))
    found = {}
    for row in rows(landlord, "commitments"):
        if row["completed_on"] is None or row["work_order_ref"] is None:
            continue
        order = orders.get(row["work_order_ref"])
        if order is None:
            found[row["commitment_ref"]] = "no such work order"
            continue
        if order["raised_on"] > row["completed_on"]:
            found[row["commitment_ref"]] = "work order raised after completion"
        elif not any(start <= order["raised_on"] <= end for start, end in engaged[order["contractor"]]):
            found[row["commitment_ref"]] = "contractor not engaged"
    return found


def commitments_honoured(landlord: str, as_at: date) -> list[bool]:
    """Commitments falling due in the year: done by the due date and not a phantom, or not."""
    hollow = phantoms(landlord)
    return [
        row["completed_on"] is not None and row["completed_on"] <= row["due_on"] and row["commitment_ref"] not in hollow
        for row in rows(landlord, "commitments")
        if within(row["due_on"], as_at)
    ]


def stages_open(row: Row) -> Iterator[tuple[date, date]]:
    """First and last day of each open stage of a complaint."""
    ended = row["closed_on"] if row["status"] != "open" and row["closed_on"] else EXTRACT_DATE
    yield row["received_on"], row["stage_1_responded_on"] or ended
    if row["stage_2_requested_on"]:
        yield row["stage_2_requested_on"], row["stage_2_responded_on"] or ended


def dissatisfied(note: str | None) -> bool:
    """Does the note hold a phrase of dissatisfaction that no negator among the four words before turns round?"""
    text = (note or "").lower()
    for match in re.finditer(rf"\b(?:{PHRASES})\b", text):
        clause = re.split(r"[.,;:]", text[: match.start()])[-1]
        if not NEGATORS & set(clause.split()[-4:]):
            return True
    return False


def chaser(contact: Row, day: date, complaints: list[Row]) -> bool:
    """Was the contact made while a complaint it may belong to was open?"""
    return any(
        start <= day <= end
        for complaint in complaints
        if contact.get("category") is None or contact["category"] == complaint["category"]
        for start, end in stages_open(complaint)
    )


def contact_signals(landlord: str) -> set[tuple[str, str, date]]:
    """(detector, household, day) of every label, phrase, third party and repeat signal outside open stages."""
    mine = by_household(rows(landlord, "complaints"))
    found = set()
    for contact in rows(landlord, "contacts"):
        day, household = contact["occurred_at"].date(), contact["household_ref"]
        if chaser(contact, day, mine[household]):
            continue
        label = (contact["label"] or "").lower()
        if contact["channel"] != "Ombudsman" and re.search(rf"\b(?:{LABELS}|{AFTER_LABELS})\b", label):
            found.add(("label", household, day))
        if contact["direction"] == "inbound" and dissatisfied(contact["note"]):
            found.add(("phrase", household, day))
            if contact["channel"] in THIRD_PARTIES:
                found.add(("third_party", household, day))
    return found | set(repeats(landlord, mine))


def repeats(landlord: str, mine: dict[str, list[Row]]) -> Iterator[tuple[str, str, date]]:
    """Three inbound contacts about the same thing within 28 days, with no complaint of it."""
    about = defaultdict(list)
    for contact in rows(landlord, "contacts"):
        if contact["direction"] == "inbound" and contact["category"]:
            about[contact["household_ref"], contact["category"]].append(contact["occurred_at"].date())
    for (household, category), days in about.items():
        days.sort()
        for first, third in zip(days, days[2:], strict=False):
            until = add_working_days_to(third, 5)
            same = [row for row in mine[household] if row["category"] == category]
            if (third - first).days > 28 or any(first <= row["received_on"] <= until for row in same):
                continue
            if not chaser({"category": category}, third, same):
                yield "repeat_contacts", household, third


def payment_signals(landlord: str) -> set[tuple[str, str, date]]:
    """Goodwill paid under no complaint, with none of the household near it."""
    mine = by_household(rows(landlord, "complaints"))
    return {
        ("payment", row["household_ref"], row["paid_on"])
        for row in rows(landlord, "payments")
        if row["complaint_ref"] is None
        and not re.search(NO_REDRESS, (row["reason"] or "").lower())
        and not any(
            row["paid_on"] - timedelta(60) <= each["received_on"] <= row["paid_on"] + timedelta(30)
            for each in mine[row["household_ref"]]
        )
        and not chaser({}, row["paid_on"], mine[row["household_ref"]])
    }


def by_household(complaints: Iterable[Row]) -> dict[str, list[Row]]:
    """Complaints of each household."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in complaints:
        grouped[row["household_ref"]].append(row)
    return grouped


def verdict(landlord: str, action: Row, as_at: date, *, days: int = 365) -> str:
    """What complaints on an action's theme did after it (design §9): fell, rose, no change seen, too few to tell, or
    not yet. No seeded action is limited to an area or a team."""
    done = action["done_on"]
    if action["kind"] == "individual remedy" or done is None or done + timedelta(183) > as_at:
        return "not yet"
    before = (action["opened_on"] - timedelta(455), action["opened_on"] - timedelta(91))
    after = (done + DAY, min(done + timedelta(days), as_at))
    treated = {
        other["theme"]
        for other in rows(landlord, "learning_actions")
        if other["kind"] != "individual remedy"
        and any(day is not None and before[0] <= day <= after[1] for day in (other["opened_on"], other["done_on"]))
    }
    seen: dict[tuple[bool, bool], int] = defaultdict(int)
    for row in rows(landlord, "complaints"):
        for late, (start, end) in enumerate((before, after)):
            if start <= row["received_on"] <= end:
                seen[bool(late), row["category"] == action["theme"]] += row["category"] == action["theme"]
                seen[bool(late), False] += row["category"] not in treated
    b, a, others_b, others_a = seen[False, True], seen[True, True], seen[False, False], seen[True, False]
    span = (after[1] - after[0]).days + 1
    expected = others_a / (others_a + others_b) if min(others_a, others_b) >= 10 else span / (span + 365)
    if a + b < 12:
        return "too few to tell"
    if binom.cdf(a, a + b, expected) <= 0.10:
        return "fell"
    return "rose" if binom.sf(a - 1, a + b, expected) <= 0.10 else "no change seen"


def latest_verdicts(landlord: str, as_at: date, *, months: int) -> dict[str, str]:
    """Verdict of the most recently done tested action of each theme, done in so many months to as_at."""
    newest: dict[str, tuple[tuple[date, str], str]] = {}
    for action in rows(landlord, "learning_actions"):
        if not within(action["done_on"], as_at, months):
            continue
        said = verdict(landlord, action, as_at)
        rank = (action["done_on"], action["action_ref"])
        if said in ("fell", "rose", "no change seen") and (
            action["theme"] not in newest or rank > newest[action["theme"]][0]
        ):
            newest[action["theme"]] = (rank, said)
    return {theme: said for theme, (_, said) in newest.items()}
