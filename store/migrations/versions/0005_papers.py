"""Papers as they were made, what was written and answered beside them, and positions a team sealed beforehand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def _about(*columns: sa.Column) -> tuple[sa.Column, ...]:
    """The columns every table here has, around its own."""
    return (
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("entry"),
    )


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "papers",
        *_about(
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("as_at", sa.Date(), nullable=False),
            sa.Column("kept_at", sa.DateTime(), nullable=False),
            sa.Column("kept_by", sa.Text(), nullable=False),
            sa.Column("finding", sa.Text(), nullable=False),
            sa.Column("method_version", sa.Text(), nullable=False),
            sa.Column("data_hash", sa.Text(), nullable=False),
            sa.Column("paper_hash", sa.Text(), nullable=False),
            sa.Column("content", sa.Text(), nullable=False),
        ),
    )
    op.create_table(
        "paper_commentaries",
        *_about(
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("as_at", sa.Date(), nullable=False),
            sa.Column("commentary", sa.Text(), nullable=False),
            sa.Column("author", sa.Text(), nullable=False),
            sa.Column("written_at", sa.DateTime(), nullable=False),
        ),
    )
    op.create_table(
        "paper_answers",
        *_about(
            sa.Column("kind", sa.Text(), nullable=False),
            sa.Column("as_at", sa.Date(), nullable=False),
            sa.Column("question", sa.Text(), nullable=False),
            sa.Column("answer", sa.Text(), nullable=False),
            sa.Column("answered_by", sa.Text(), nullable=False),
            sa.Column("answered_at", sa.DateTime(), nullable=False),
        ),
    )
    op.create_table(
        "sealed_scores",
        *_about(
            sa.Column("as_at", sa.Date(), nullable=False),
            sa.Column("position", sa.Text(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("made_on", sa.Date(), nullable=False),
        ),
    )
    for table in ("papers", "paper_commentaries", "paper_answers", "sealed_scores"):
        op.create_index(f"ix_{table}_landlord_code", table, ["landlord_code"])


def downgrade() -> None:
    """Bring the tables back to the version before."""
    for table in ("sealed_scores", "paper_answers", "paper_commentaries", "papers"):
        op.drop_table(table)
