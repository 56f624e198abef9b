"""Confirmed column mappings, saved by name and used again when the next file of that kind comes."""

from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from intake.mapping import Mapping, mapping_from
from store import audit
from store.database import Store, reading, writing
from store.tables import metadata


def save_mapping(store: Store, mapping: Mapping, *, name: str, saved_by: str) -> None:
    """Save a mapping under a name; one saved before under that name is replaced. Raises ValueError without a name."""
    store.reader.require("load")
    if not name.strip():
        raise ValueError("name: found nothing; wanted a name for the mapping, such as 'Repairs system export'")
    table = metadata.tables["column_mappings"]
    row = {
        "name": name.strip(),
        "mapping": mapping.as_json(),
        "saved_at": datetime.now(UTC).replace(tzinfo=None),
        "saved_by": saved_by,
    }
    with writing(store) as connection:
        connection.execute(delete(table).where(table.c.name == row["name"]))
        connection.execute(insert(table).values(**row))
        audit.append(connection, store, "column matches", detail=f"saved as {row['name']}")


def saved_mappings(store: Store) -> dict[str, Mapping]:
    """Every saved mapping by name."""
    store.reader.require("load")
    table = metadata.tables["column_mappings"]
    with reading(store) as connection:
        rows = connection.execute(select(table.c.name, table.c.mapping).order_by(table.c.name)).all()
    return {name: mapping_from(content) for name, content in rows}


def forget_mapping(store: Store, name: str) -> None:
    """Delete a saved mapping; nothing happens if there is none of that name."""
    store.reader.require("load")
    table = metadata.tables["column_mappings"]
    with writing(store) as connection:
        connection.execute(delete(table).where(table.c.name == name))
        audit.append(connection, store, "column matches", detail=f"forgot {name}")
