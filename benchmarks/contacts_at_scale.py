"""Contacts, payments and complaints of one large fictional landlord, for detecting ghost stages: no two notes alike.

Written straight to columnar files in the form the store keeps them, because ten million rows through a database would
measure the database. One contact in eleven holds a phrase of dissatisfaction that counts, one in a hundred a label.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.draws import Draw, days, moments, numbered
from benchmarks.records_at_scale import EXTRACT_DATE, FIRST_DAY, HOT_CATEGORY, HOT_HOUSEHOLD, LANDLORD, records
from metrics.records import TABLE_BY_NAME, Records
from store.files import write

TABLES = ("complaints", "contacts", "payments")
ROWS_AT_ONCE = 500_000
SAID = (
    ("Rent account query, balance given and statement sent to the usual address", 0.2),
    ("Permission to decorate the hall and stairs requested, form sent", 0.12),
    ("Parking permit issued for the visitor bay behind the block", 0.12),
    ("Reported a leak under the kitchen sink, job raised with the contractor", 0.2),
    ("Resident asks when the operative will come and whether somebody has to be in", 0.16),
    ("Not unhappy, wants to move the appointment to the week after", 0.11),
    ("Chased for the third time, still waiting for the repair to the bathroom window", 0.05),
    ("No one came on the day although she had taken the morning off, resident fed up", 0.03),
    ("Very unhappy with the contractor and wants to complain about the mess that was left", 0.01),
)
DISSATISFIED = ("chased", "third time", "still waiting", "no one came", "fed up", "unhappy", "wants to complain")
GOODWILL = ("Goodwill", "Compensation for distress", "Decant allowance", "Heating allowance", None)


def drawn(folder: Path, complaints: int, contacts: int, *, hot: int = 0) -> Records:
    """Write the tables into the folder and give them as lazy frames. `hot` of the complaints, and ten times as many of
    the contacts, are of one household and one matter, as with a shared reference of a block."""
    cases = records(complaints, hot=hot)["complaints"]
    write(cases.lazy(), folder / "complaints.parquet")
    draw = Draw(np.random.default_rng(7), first=days(FIRST_DAY), last=days(EXTRACT_DATE))
    parts = []
    for first in range(0, contacts, ROWS_AT_ONCE):
        n = min(ROWS_AT_ONCE, contacts - first)
        part = folder / f"contacts-{first}.part"
        write(_contacts(draw, cases, first, n, hot=round(10 * hot * n / contacts)).lazy(), part)
        parts.append(part)
    write(pl.scan_parquet(parts, glob=False), folder / "contacts.parquet")
    for part in parts:
        part.unlink()
    write(_payments(draw, cases, max(complaints // 10, 10)).lazy(), folder / "payments.parquet")
    return read(folder)


def files(folder: Path) -> Mapping[str, Path]:
    """Table name to file."""
    return {name: folder / f"{name}.parquet" for name in TABLES}


def read(folder: Path) -> Records:
    """The tables of the folder, nothing kept."""
    frames = {name: pl.scan_parquet(file, glob=False) for name, file in files(folder).items()}
    return Records(landlord_code=LANDLORD, frames=frames)


def _declared(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    owned = frame.with_columns(landlord_code=pl.lit(LANDLORD))
    schema = TABLE_BY_NAME[table].schema
    blank = {name: pl.lit(None, dtype) for name, dtype in schema.items() if name not in owned.columns}
    return owned.with_columns(**blank).select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _contacts(draw: Draw, cases: pl.DataFrame, first: int, n: int, *, hot: int) -> pl.DataFrame:
    """Half of the contacts are of households that complained."""
    places = np.arange(first, first + n)
    others = numbered("N", draw.whole(max(n // 6, 1), n))
    household = draw.among(cases["household_ref"], n).zip_with(pl.Series(draw.happens(n, 0.5)), others)
    seconds = draw.between(n) * 86_400 + draw.whole(36_000, n) + 28_800  # in office hours
    said = draw.pick([words for words, _ in SAID], n, [share for _, share in SAID])
    is_hot = pl.Series(np.arange(n) < hot)
    frame = pl.DataFrame(
        {
            "contact_ref": numbered("K", places),
            "household_ref": household,
            "occurred_at": pl.Series(seconds * 1_000_000).cast(pl.Datetime("us")),
            "direction": draw.pick(("inbound", "outbound"), n, (0.7, 0.3)),
            "channel": draw.pick(
                ("phone", "email", "letter", "web form", "councillor"), n, (0.6, 0.3, 0.05, 0.04, 0.01)
            ),
            "label": draw.pick(("general enquiry", "chaser", "stage 0", "repairs line"), n, (0.6, 0.1, 0.01, 0.29)),
            "category": draw.pick([*_CATEGORIES, None], n, [*[0.6 / len(_CATEGORIES)] * len(_CATEGORIES), 0.4]),
            "team": draw.pick([f"Team {number}" for number in range(12)], n),
            "number": pl.Series(draw.whole(10**8, n)),
        }
    )
    frame = frame.with_columns(
        note=pl.format("Call {} about job {}: {}", pl.Series(places), "number", said),
        household_ref=pl.when(is_hot).then(pl.lit(HOT_HOUSEHOLD)).otherwise("household_ref"),
        category=pl.when(is_hot).then(pl.lit(HOT_CATEGORY)).otherwise("category"),
    )
    return _declared("contacts", frame.drop("number"))


_CATEGORIES = ("Repairs", "Damp and mould", "Heating", "Leaks", "Anti-social behaviour", "Estate services", "Charges")


def _payments(draw: Draw, cases: pl.DataFrame, n: int) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "payment_ref": numbered("Y", np.arange(n)),
            "household_ref": draw.among(cases["household_ref"], n),
            "paid_on": moments(draw.between(n)),
            "amount": pl.Series(draw.whole(40, n) * 10.0 + 10.0),
            "reason": draw.pick(GOODWILL, n),
        }
    )
    return _declared("payments", frame)
