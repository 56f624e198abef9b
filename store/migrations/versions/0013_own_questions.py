"""The questions that readers add to a paper."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "paper_questions",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("ix_paper_questions_landlord_code", "paper_questions", ["landlord_code"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("paper_questions")
