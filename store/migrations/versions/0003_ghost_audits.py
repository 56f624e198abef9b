"""Ghost stages: a landlord's own words, and audits of a sample of contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "ghost_words",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_ghost_words_landlord_code", "ghost_words", ["landlord_code"])
    op.create_table(
        "audit_samples",
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("drawn_by", sa.Text(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sample"),
    )
    op.create_index("ix_audit_samples_landlord_code", "audit_samples", ["landlord_code"])
    op.create_table(
        "audit_contacts",
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("contact_ref", sa.Text(), nullable=False),
        sa.Column("household_ref", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("drawn_from", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["sample"], ["audit_samples.sample"]),
        sa.PrimaryKeyConstraint("sample", "place"),
    )
    op.create_table(
        "audit_answers",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("contact_ref", sa.Text(), nullable=False),
        sa.Column("is_ghost", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["sample"], ["audit_samples.sample"]),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_audit_answers_sample", "audit_answers", ["sample"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    for table in ("audit_answers", "audit_contacts", "audit_samples", "ghost_words"):
        op.drop_table(table)
