"""The whole seed: six landlords, every table, the same bytes for the same seed.

python -m seed_data.generator FOLDER
"""

import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from metrics.records import TABLES
from seed_data import contacts, ghosts, governance, learning, ombudsman, promises, surveys
from seed_data.complaints import complaints
from seed_data.dates import EXTRACT_DATE
from seed_data.landlords import STORIES
from seed_data.promises import declared
from seed_data.story import Story

SEED = 20240401
Frames = dict[str, pl.DataFrame]
# One stream of chance per family of records, so that tuning one family leaves the others as they were.
FAMILIES = (
    "complaints",
    "tsm",
    "promises",
    "findings",
    "orders",
    "actions",
    "links",
    "apologies",
    "governance",
    "payments",
    "ghosts",
    "background",
    "around",
    "ombudsman contacts",
    "hours",
)


def generate(seed: int = SEED) -> dict[str, Frames]:
    """Landlord code → table name → frame of the declared schema. A table the story leaves out is missing."""
    return {story.code: dict(_drawn(seed)[story.code][0]) for story in STORIES}


def truth(landlord_code: str, *, seed: int = SEED) -> pl.DataFrame:
    """What was planted in one landlord's records: one row per signal or phantom.

    Columns: what (ghost signal, phantom), household_ref, complaint_ref, window, detector (for a phantom: how it was
    closed), record_ref (the commitment of a phantom), happened_on, team. Raises KeyError for an unknown landlord."""
    return _drawn(seed)[landlord_code][1]


def write(folder: Path, *, seed: int = SEED) -> list[Path]:
    """Write one sub-folder per landlord with one Parquet file per table; returns the folders in order."""
    folders = []
    for code, frames in generate(seed).items():
        place = folder / code
        place.mkdir(parents=True, exist_ok=True)
        for table, frame in frames.items():
            frame.write_parquet(place / f"{table}.parquet")
        folders.append(place)
    return folders


@lru_cache(maxsize=2)
def _drawn(seed: int) -> dict[str, tuple[Frames, pl.DataFrame]]:
    return {story.code: _landlord(story, seed, number) for number, story in enumerate(STORIES)}


def _landlord(story: Story, seed: int, number: int) -> tuple[Frames, pl.DataFrame]:
    """One landlord's tables and truth."""
    chance = {family: np.random.default_rng([seed, number, n]) for n, family in enumerate(FAMILIES)}
    found = complaints(story, chance["complaints"])
    frames = {
        "landlords": _landlord_row(story),
        "complaints": found,
        "tsm": surveys.tsm(story, chance["tsm"], found),
    }
    planted = ghosts.from_dates(found)
    phantoms = pl.DataFrame(schema={"complaint_ref": pl.String, "commitment_ref": pl.String, "phantom": pl.String})
    if story.only is None:
        extra, planted, phantoms = _fuller(story, chance, found)
        frames |= extra
    held = {table.name: declared(table.name, frames[table.name]) for table in TABLES if table.name in frames}
    return {name: frame for name, frame in held.items() if frame.height}, _told(planted, phantoms, found)


def _landlord_row(story: Story) -> pl.DataFrame:
    names = ("name", "landlord_type", "homes_lcra", "homes_lcho", "region")
    return pl.DataFrame([{"landlord_code": story.code} | {name: getattr(story, name) for name in names}])


def _fuller(
    story: Story, chance: dict[str, np.random.Generator], found: pl.DataFrame
) -> tuple[Frames, pl.DataFrame, pl.DataFrame]:
    """Every table beyond complaints and satisfaction; the planted signals; the commitments with their phantoms."""
    made, work_orders = promises.promises(story, chance["promises"], found)
    findings = ombudsman.determinations(story, chance["findings"], found)
    ordered = ombudsman.orders(story, chance["orders"], findings, found)
    actions = learning.learning_actions(story, chance["actions"])
    hidden = ghosts.ghosts(story, chance["ghosts"], found)
    paid = promises.payments(story, chance["payments"], found)
    ledger = ["household_ref", "paid_on", "amount", "complaint_ref", "reason"]
    talk = [
        contacts.background(story, chance["background"]),
        contacts.around_complaints(chance["around"], found),
        contacts.with_ombudsman(chance["ombudsman contacts"], findings, found),
        hidden.contacts,
    ]
    frames = {
        "contacts": contacts.numbered(story, chance["hours"], pl.concat(talk).filter(_happened("day"))),
        "commitments": pl.concat([declared("commitments", made), declared("commitments", ordered)]),
        "work_orders": work_orders,
        "contractors": promises.contractors(story),
        "payments": ghosts.numbered_payments(pl.concat([paid.select(ledger), hidden.payments.select(ledger)]), story),
        "determinations": findings,
        "learning_actions": actions,
        "learning_links": learning.learning_links(story, chance["links"], found, actions),
        "apologies": learning.apologies(story, chance["apologies"], found),
        "governance": governance.governance(story, chance["governance"]),
        "self_assessment": governance.self_assessment(story),
        "events": governance.events(story),
    }
    return frames, hidden.truth, made.drop_nulls(["phantom", "completed_on"])


def _happened(name: str) -> pl.Expr:
    return pl.col(name) <= pl.lit(EXTRACT_DATE)


def _told(planted: pl.DataFrame, phantoms: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Planted signals and phantoms in one frame."""
    signals = planted.select(
        pl.lit("ghost signal").alias("what"),
        "household_ref",
        "complaint_ref",
        "window",
        "detector",
        pl.lit(None, dtype=pl.String).alias("record_ref"),
        pl.col("signal_on").alias("happened_on"),
        "team",
    )
    if phantoms.is_empty():
        return signals
    about = found.select("complaint_ref", "household_ref", "team")
    broken = phantoms.join(about, on="complaint_ref", maintain_order="left").select(
        pl.lit("phantom").alias("what"),
        "household_ref",
        "complaint_ref",
        pl.lit(None, dtype=pl.String).alias("window"),
        pl.col("phantom").alias("detector"),
        pl.col("commitment_ref").alias("record_ref"),
        pl.col("completed_on").alias("happened_on"),
        "team",
    )
    return pl.concat([signals, broken])


if __name__ == "__main__":
    for written in write(Path(sys.argv[1])):
        sys.stdout.write(f"{written}\n")
