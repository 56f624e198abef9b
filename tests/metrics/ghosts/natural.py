"""Words that others wrote (`natural_variants.csv`), put into every window, and what is found of them."""

from pathlib import Path
from random import Random

import polars as pl

from metrics.ghosts import episodes
from metrics.ghosts.words import WINDOWS
from tests.metrics.ghosts.planted import AS_AT, Planting

VARIANTS = Path(__file__).with_name("natural_variants.csv")
DETECTOR = {
    "note": "phrase",
    "label_any": "label",
    "label_after": "label",
    "payment": "payment",
    "channel": "third_party",
}


def variants() -> pl.DataFrame:
    """set (first, second, last, tuned, locked, locked again), kind, fires, text, source, second and third: what further
    readers said of it (yes, no, unsure; null where they were not asked). In the order of the file."""
    return pl.read_csv(VARIANTS).with_columns(fires=pl.col("fires") == "yes")


def found() -> pl.DataFrame:
    """Every variant in every window, with `heard`: did its detector fire there? Words that name a third stage are put
    into `after` alone."""
    it = Planting(Random(3))
    rows = []
    for number, row in enumerate(variants().iter_rows(named=True)):
        for window in ("after",) if row["kind"] == "label_after" else WINDOWS:
            household = f"V{number}-{window}"
            _plant(it, row["kind"], row["text"], household, window)
            rows.append({**row, "window": window, "household_ref": household})
    fired = episodes(it.records(), AS_AT).select("household_ref", "window", "detectors").explode("detectors")
    there = set(fired.iter_rows())
    heard = [(row["household_ref"], row["window"], DETECTOR[row["kind"]]) in there for row in rows]
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        detector=pl.col("kind").replace_strict(DETECTOR), heard=pl.Series(heard)
    )


def _plant(it: Planting, kind: str, text: str, household: str, window: str) -> None:
    _, day = it.case(window, household)
    if kind == "payment":
        it.payment(household, day, text)
    elif kind == "channel":
        it.contact(household, day, channel=text, note="Tenant is unhappy")
    else:
        it.contact(household, day, **{"note" if kind == "note" else "label": text})


def measured(by: list[str]) -> pl.DataFrame:
    """Per group: wanted, heard of them, and misheard (heard though they say nothing)."""
    says, heard = pl.col("fires"), pl.col("heard")
    counts = {"wanted": says.sum(), "heard": (says & heard).sum(), "misheard": (~says & heard).sum()}
    return found().group_by(by).agg(**counts).sort(by)
