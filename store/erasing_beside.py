"""What stands beside the records of a person who is to be erased: verdicts, papers, answers, refused rows."""

import json
import re
from collections.abc import Mapping
from io import BytesIO

import polars as pl
from sqlalchemy import ColumnElement, Connection, TableClause, Text, select, true, update

from metrics.records import TABLE_BY_NAME
from store import history
from store.database import Store, reading
from store.erasing_records import SHORTEST_IN_TEXT, Renamed, names_in_text
from store.history import MASKED
from store.papers import seal_of
from store.tables import metadata

ERASED = "[erased]"
# Loaded tables are rewritten whole; the audit is never rewritten, and holds no references; prints are no references.
_LEFT_ALONE = {"audit_entries", "erased_references", "store_secrets", "alembic_version"}


def rows_beside(store: Store, landlord_code: str, reference: str) -> int:
    """How many rows beside the records name the reference: verdicts, answers, papers, commentaries and the like."""
    shortest = len(reference) < SHORTEST_IN_TEXT
    found = 0
    with reading(store) as connection:
        for name in _tables_beside():
            table = metadata.tables[name]
            asked = select(*(table.c[each] for each in _text_columns(name))).where(_of_landlord(table, landlord_code))
            for row in connection.execute(asked):
                found += any(reference == cell if shortest else reference in cell for cell in row if cell)
    return found


def erase_beside(connection: Connection, landlord_code: str, renamed: Renamed, texts: set[str]) -> None:
    """Verdicts, audits, papers, judgements, commentaries: the references renamed, and the reasons given for this
    person's episodes blank. A paper changed so keeps its place, with a new seal."""
    for name in _tables_beside():
        table = metadata.tables[name]
        key = list(table.primary_key.columns)
        columns = [each for each in _text_columns(name) if each not in {c.name for c in key}]
        if not columns:
            continue
        asked = select(*key, *(table.c[each] for each in columns)).where(_of_landlord(table, landlord_code))
        for row in connection.execute(asked).mappings().all():
            values = _values_without({each: row[each] for each in columns}, renamed, texts)
            if not values:
                continue
            if name == "papers" and "content" in values:
                values["paper_hash"] = seal_of(values["content"])
            same = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*same).values(**values))


def erase_refused(connection: Connection, landlord_code: str, renamed: Renamed) -> None:
    """Refused rows that name a reference go; a reason that quotes one says no more what was found."""
    table = metadata.tables["load_refusals"]
    known = "|".join(re.escape(each) for names in renamed.values() for each in names)
    for load, part, content in connection.execute(select(table.c.load, table.c.part, table.c.content)).all():
        if part == MASKED:
            continue
        rows = pl.read_parquet(BytesIO(content))
        named = [
            pl.col(each).str.contains(rf"(^|[^\w-])(?:{known})($|[^\w-])")
            for each, dtype in rows.schema.items()
            if dtype == pl.String()
        ]
        own = (
            pl.col("landlord_code").fill_null(landlord_code) == landlord_code
            if "landlord_code" in rows.columns
            else True
        )
        kept = rows.filter(~(pl.any_horizontal(named).fill_null(value=False) & own))
        if kept.height < rows.height:
            where = (table.c.load == load) & (table.c.part == part)
            connection.execute(update(table).where(where).values(content=history.as_parquet(kept)))


def _text_columns(name: str) -> list[str]:
    return [column.name for column in metadata.tables[name].columns if isinstance(column.type, Text)]


def _tables_beside() -> list[str]:
    loaded = set(TABLE_BY_NAME) | _LEFT_ALONE
    return [name for name in metadata.tables if name not in loaded]


def _of_landlord(table: TableClause, landlord_code: str) -> ColumnElement[bool]:
    """A landlord's own rows; of tables that know no landlord, every row."""
    samples = metadata.tables["audit_samples"]
    if "landlord_code" in table.c:
        return table.c.landlord_code == landlord_code
    if "sample" in table.c:
        return table.c.sample.in_(select(samples.c.sample).where(samples.c.landlord_code == landlord_code))
    return true()


def _values_without(cells: Mapping[str, str | None], renamed: Renamed, texts: set[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    of_person = False
    for column, cell in cells.items():
        if cell is None:
            continue
        exact = renamed.get(column, {}).get(cell)
        of_person |= exact is not None
        told = exact if exact is not None else _told_no_more(cell, renamed, texts)
        if told != cell:
            values[column] = told
    if of_person and cells.get("reason"):
        values["reason"] = ERASED
    return values


def _told_no_more(text: str, renamed: Renamed, texts: set[str]) -> str:
    for before, after in names_in_text(renamed).items():
        if before in text:
            text = re.sub(rf"(?<![\w-]){re.escape(before)}(?![\w-])", after, text)
    for words in texts:
        for written in (words, json.dumps(words)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]):
            if len(words) >= SHORTEST_IN_TEXT and written in text:
                text = text.replace(written, ERASED)
    return text
