"""Alembic's entry: migrates over the connection `store.schema` hands in, or the store a developer's shell points at."""

from alembic import context
from sqlalchemy import Connection

from store.database import open_store, writing
from store.tables import metadata


def _migrate(connection: Connection) -> None:
    # SQLite can roll back changes of tables too; Alembic only assumes otherwise because of the driver's old defaults.
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    _migrate(handed_in)
else:
    with writing(open_store()) as opened:
        _migrate(opened)
