"""Sign-ins, so that one that was ended is ended everywhere."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "sign_ins",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "issued_at"),
    )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("sign_ins")
