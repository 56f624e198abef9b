"""Trends: decisions to work limits out anew from a recorded event on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "trend_rebases",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("event_ref", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_trend_rebases_landlord_code", "trend_rebases", ["landlord_code"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("trend_rebases")
