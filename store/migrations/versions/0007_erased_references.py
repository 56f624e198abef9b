"""References whose records were erased, as keyed prints: so that the next export does not bring them back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "erased_references",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("print", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("erased_references")
