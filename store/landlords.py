"""Which landlords the store holds, and how much of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from metrics.records import TABLES
from store.database import Store
from store.own_records import LOADED_BY_NAME
from store.snapshot import Snapshot, current, data_through, holdings

_LANDLORDS = LOADED_BY_NAME["landlords"]


@dataclass(frozen=True, kw_only=True)
class LandlordHeld:
    """One landlord, the tables it has rows in with their number, and the date of its newest record."""

    code: str
    name: str
    homes_lcra: int | None
    homes_lcho: int | None
    landlord_type: str | None
    region: str | None
    tables: dict[str, int]
    data_through: date | None

    @property
    def homes(self) -> int | None:
        """All homes, where at least one kind is known."""
        known = [homes for homes in (self.homes_lcra, self.homes_lcho) if homes is not None]
        return sum(known) if known else None

    def as_json(self) -> dict[str, Any]:
        """The landlord as `cli.py landlords --json` prints it."""
        return {
            "code": self.code,
            "name": self.name,
            "homes": self.homes,
            "homes_lcra": self.homes_lcra,
            "homes_lcho": self.homes_lcho,
            "landlord_type": self.landlord_type,
            "region": self.region,
            "tables": self.tables,
            "data_through": self.data_through and self.data_through.isoformat(),
        }


def list_landlords(store: Store, *, snapshot: Snapshot | None = None) -> list[LandlordHeld]:
    """Every landlord, by name."""
    seen = snapshot or current(store)
    newest = data_through(seen)
    tables = _tables_held(seen)
    rows = seen.scan(_LANDLORDS).sort("name", "landlord_code").collect().iter_rows(named=True)
    return [
        LandlordHeld(
            code=row["landlord_code"],
            name=row["name"],
            homes_lcra=row["homes_lcra"],
            homes_lcho=row["homes_lcho"],
            landlord_type=row["landlord_type"],
            region=row["region"],
            tables=tables.get(row["landlord_code"], {}),
            data_through=newest.get(row["landlord_code"]),
        )
        for row in rows
    ]


def _tables_held(seen: Snapshot) -> dict[str, dict[str, int]]:
    counted = pl.concat(
        [holdings(seen, table).select("landlord_code", "rows", pl.lit(table.name).alias("table")) for table in TABLES]
    )
    held: dict[str, dict[str, int]] = {}
    for code, rows, table in counted.iter_rows():
        held.setdefault(code, {})[table] = rows
    return held
