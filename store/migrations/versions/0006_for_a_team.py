"""For a team: who may see what, settings of landlords, the audit, and the store's own secrets."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    kept = op.create_table(
        "store_secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.bulk_insert(kept, [{"name": "view", "value": secrets.token_hex(32)}])
    op.create_table(
        "people",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("landlords", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_people_subject", "people", ["subject"])
    op.create_table(
        "landlord_settings",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_landlord_settings_landlord_code", "landlord_settings", ["landlord_code"])
    op.create_table(
        "audit_entries",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    for statement in _append_only(op.get_bind().dialect.name):
        op.execute(statement)


def _append_only(dialect: str) -> list[str]:
    """The database itself refuses to change or remove an entry of the audit."""
    words = "the audit is append-only"
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER audit_entries_no_{verb} BEFORE {verb.upper()} ON audit_entries "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("update", "delete")
        ]
    return [
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$",
        "CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
    ]


def downgrade() -> None:
    """Bring the tables back to the version before."""
    for table in ("audit_entries", "landlord_settings", "people", "store_secrets"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_is_append_only()")
