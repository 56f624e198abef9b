"""A worked example's small text tables as records, so that the handbook's example is recounted by the engine itself."""

from datetime import date, datetime

import polars as pl

from metrics.indicator import WorkedExample
from metrics.records import TABLE_BY_NAME, Records
from metrics.table import Column, Table

LANDLORD = "EX"
_YES_NO = {"yes": True, "no": False}


def records_of(example: WorkedExample) -> Records:
    """The example's tables as one landlord's records. Required columns left out get a plain value of their kind."""
    frames = {name: _frame(TABLE_BY_NAME[name], text) for name, text in example.tables.items()}
    return Records(landlord_code=LANDLORD, frames={name: frame.lazy() for name, frame in frames.items()})


def _frame(table: Table, text: str) -> pl.DataFrame:
    header, *lines = [line.split("|") for line in text.strip().splitlines()]
    cells = [dict(zip(header, line, strict=True)) for line in lines]
    return pl.DataFrame(
        {
            column.name: [_value(column, row.get(column.name), place) for place, row in enumerate(cells)]
            for column in table.columns
        },
        schema=table.schema,
    )


def _value(column: Column, text: str | None, place: int) -> object:
    if text is None:
        return _plain(column, place) if column.required else None
    if text == "":
        return None
    if column.kind == "date":
        return date.fromisoformat(text)
    if column.kind == "moment":
        return datetime.fromisoformat(text)
    if column.kind == "yes_no":
        return _YES_NO[text]
    return float(text) if column.kind == "number" else text


def _plain(column: Column, place: int) -> object:
    if column.name == "landlord_code":
        return LANDLORD
    if column.kind == "choice":
        return column.allowed[0]
    if column.kind == "date":
        return date(2024, 4, 2)
    if column.kind == "yes_no":
        return True
    return 0.0 if column.kind in ("whole", "number") else f"{column.name} {place + 1}"
