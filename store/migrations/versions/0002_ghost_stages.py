"""Ghost stages: reviewers' verdicts, and accepted deviations from the Code's path."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "ghost_verdicts",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=True),
        sa.Column("household_ref", sa.Text(), nullable=False),
        sa.Column("window", sa.Text(), nullable=False),
        sa.Column("first_signal_on", sa.Date(), nullable=False),
        sa.Column("detectors", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_ghost_verdicts_landlord_code", "ghost_verdicts", ["landlord_code"])
    op.create_table(
        "accepted_deviations",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("deviation", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_accepted_deviations_landlord_code", "accepted_deviations", ["landlord_code"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("accepted_deviations")
    op.drop_table("ghost_verdicts")
