"""Retention: which records were removed because their time was over, and the figures of quarter ends kept for it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "removals",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("removed_before", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_removals_landlord_code", "removals", ["landlord_code"])
    op.create_table(
        "kept_days",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_code", "as_at"),
    )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("kept_days")
    op.drop_table("removals")
