"""CH01 and CH02 as the TSM return counts them: by complaints made in the year, whatever became of them."""

from datetime import date

from tests.recount.counts import stage_1_due, stage_2_due
from tests.recount.days import window
from tests.recount.known import Row, Tables, known


def _made(cut: Tables, as_at: date, *, stage: int, stock: str) -> list[Row]:
    began = "received_on" if stage == 1 else "stage_2_requested_on"
    first, last = window(as_at)
    return [
        row
        for row in cut["complaints"]
        if row["stock"] == stock and row[began] is not None and first <= row[began] <= last
    ]


def per_1000_homes(tables: Tables, as_at: date, *, stage: int, stock: str) -> float | None:
    """CH01: complaints made in the year for every 1,000 homes of that stock; None where the homes are not known."""
    cut = known(tables, as_at)
    homes = cut["landlords"][0][f"homes_{stock.lower()}"] if cut["landlords"] else None
    if not homes or not cut["complaints"]:
        return None
    return len(_made(cut, as_at, stage=stage, stock=stock)) * 1000 / float(homes)


def answered_in_time(tables: Tables, as_at: date, *, stage: int, stock: str) -> tuple[int, int]:
    """CH02: answered within the Code's time (extensions too), of complaints made in the year."""
    made = _made(known(tables, as_at), as_at, stage=stage, stock=stock)
    due = stage_1_due if stage == 1 else stage_2_due
    answered = [row for row in made if row[f"stage_{stage}_responded_on"] is not None]
    return sum(row[f"stage_{stage}_responded_on"] <= due(row) for row in answered), len(made)
