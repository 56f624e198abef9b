"""Commitments, findings and apologies counted again, one row at a time, from the definitions (design §8, §5)."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from tests.recount.counts import CRITERIA, is_phantom
from tests.recount.days import add_working_days, months_before, window
from tests.recount.known import Row, Tables, known

UPHELD = ("severe maladministration", "maladministration", "service failure")
YES = ("upheld", "partly upheld")


def complaint_of(cut: Tables, reference: str | None) -> Row:
    """The complaint of a reference; an empty row where none is known."""
    return next((row for row in cut["complaints"] if row["complaint_ref"] == reference), {})


def standing(row: Row, cut: Tables, as_at: date) -> str:
    """Where one commitment stands."""
    if row["completed_on"] is None:
        return "overdue" if row["due_on"] < as_at else "open"
    if is_phantom(row, cut):
        return "phantom"
    return "on time" if row["completed_on"] <= row["due_on"] else "late"


def why(row: Row, cut: Tables) -> str:
    """Why a completion does not count."""
    if not cut["work_orders"]:
        return "contractor not engaged"
    orders = [each for each in cut["work_orders"] if each["work_order_ref"] == row["work_order_ref"]]
    if not orders or orders[0]["raised_on"] is None:
        return "order never raised"
    return "order raised after closing" if orders[0]["raised_on"] > row["completed_on"] else "contractor not engaged"


def _inside(day: date | None, as_at: date) -> bool:
    first, last = window(as_at, 12)
    return day is not None and first <= day <= last


def commitments(tables: Tables, as_at: date) -> dict[str, Any]:
    """What the picture of commitments counts."""
    cut = known(tables, as_at)
    stands = [(row, standing(row, cut, as_at)) for row in cut["commitments"]]
    late = [row for row, how in stands if how == "overdue"]
    year = Counter(how for row, how in stands if _inside(row["due_on"], as_at))
    orders = [row for row, _ in stands if row["made_at"] == "ombudsman"]
    due = [row for row in orders if _inside(row["due_on"], as_at)]
    asked, broken = set(), set()
    for row, how in stands:
        requested = complaint_of(cut, row["complaint_ref"]).get("stage_2_requested_on")
        if row["made_at"] != "stage 1" or not _inside(requested, as_at) or requested < row["promised_on"]:
            continue
        asked.add(row["complaint_ref"])
        kept = row["completed_on"] is not None and row["completed_on"] <= requested and how != "phantom"
        if not kept and row["due_on"] < requested:
            broken.add(row["complaint_ref"])
    return {
        "year": {name: year.get(name, 0) for name in ("on time", "late", "phantom", "overdue", "open")},
        "overdue": len(late),
        "oldest": max(((as_at - row["due_on"]).days for row in late), default=None),
        "older than a year": sum((as_at - row["due_on"]).days > 364 for row in late),
        "why": Counter(why(row, cut) for row, how in stands if how == "phantom" and _inside(row["due_on"], as_at)),
        "early": sum(how == "phantom" and row["due_on"] > as_at for row, how in stands),
        "waiting": sorted((row["due_on"] - as_at).days for row in orders if row["completed_on"] is None),
        "complied": (
            sum(row["completed_on"] is not None and row["completed_on"] <= row["due_on"] for row in due),
            len(due),
        ),
        "escalated": (len(broken), len(asked)),
    }


def ombudsman(tables: Tables, as_at: date) -> dict[str, Any]:
    """What the picture of the Ombudsman counts."""
    cut = known(tables, as_at)
    year = [row for row in cut["determinations"] if _inside(row["decided_on"], as_at)]
    upheld = [row for row in year if row["finding"] in UPHELD]
    own = [row for row in cut["learning_actions"] if row["trigger"] not in ("ombudsman", "regulator", "press", "legal")]
    first = sum(
        any(
            action["theme"] == row["category"]
            and months_before(row["decided_on"], 24) <= action["opened_on"] < row["decided_on"]
            for action in own
        )
        for row in upheld
    )
    asked = [row for row in year if row["review_requested_on"] is not None]
    cases: dict[str, dict[str, set[float]]] = {}
    for row in year:
        sums = cases.setdefault(row["complaint_ref"] or row["determination_ref"], {"offered": set(), "ordered": set()})
        for name in sums:
            if row[f"compensation_{name}"] is not None:
                sums[name].add(row[f"compensation_{name}"])
    both = [
        (sum(each["offered"]), sum(each["ordered"])) for each in cases.values() if each["offered"] and each["ordered"]
    ]
    return {
        "findings": len(year),
        "severe": sum(row["finding"] == "severe maladministration" for row in year),
        "rate": (len(upheld), sum(row["finding"] not in ("outside jurisdiction", "withdrawn") for row in year)),
        "learned first": (first, len(upheld)),
        "asked": len(asked),
        "changed": sum(row["review_changed_finding"] is True for row in asked),
        "money": (len(both), sum(each for each, _ in both), sum(each for _, each in both), sum(b > a for a, b in both)),
    }


def apologies(tables: Tables, as_at: date) -> dict[str, Any]:
    """What the picture of apologies counts."""
    cut = known(tables, as_at)
    made = [row for row in cut["apologies"] if _inside(row["made_on"], as_at)]
    read = [row for row in made if any(row[name] is not None for name in CRITERIA)]
    prompt: Counter[str] = Counter()
    only_at_1 = [0, 0]
    for row in cut["complaints"]:
        if row["status"] in ("refused", "withdrawn"):
            continue
        for stage in (1, 2):
            answered = row[f"stage_{stage}_responded_on"]
            if answered is None or row[f"stage_{stage}_outcome"] not in YES:
                continue
            given, due = row[f"stage_{stage}_apology_on"], add_working_days(answered, 5)
            if _inside(due, as_at):
                prompt["none" if given is None else "given" if given <= due else "late"] += 1
            break
    for row in cut["complaints"]:
        outcomes = [row[f"stage_{stage}_outcome"] in YES for stage in (1, 2)]
        if all(outcomes) and _inside(row["stage_2_responded_on"], as_at) and row["stage_1_apology_on"] is not None:
            only_at_1[1] += 1
            only_at_1[0] += row["stage_2_apology_on"] is None
    return {
        "made": len(made),
        "good": (sum(sum(row[name] is True for name in CRITERIA) >= 5 for row in read), len(read)),
        "criteria": [
            (sum(row[name] is True for row in read), sum(row[name] is not None for row in read)) for name in CRITERIA
        ],
        "prompt": (prompt["given"], prompt["late"], prompt["none"]),
        "only at 1": tuple(only_at_1),
    }


def year_before(as_at: date) -> date:
    """The day before the window begins."""
    return window(as_at, 12)[0] - timedelta(days=1)
