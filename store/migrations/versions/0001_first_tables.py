"""First tables: every kind of record, and the store's own."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _natural_key(table: str, reference: str, day: str) -> None:
    """A unique key whose day may be blank: a blank counts as the first day of the calendar (see store.tables)."""
    key = ["landlord_code", reference, sa.text(f"coalesce({day}, '0001-01-01')")]
    op.create_index(f"{table}_natural_key", table, key, unique=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "apologies",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("apology_ref", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("made_by_role", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("timely", sa.Boolean(), nullable=True),
        sa.Column("personal", sa.Boolean(), nullable=True),
        sa.Column("empathetic", sa.Boolean(), nullable=True),
        sa.Column("takes_responsibility", sa.Boolean(), nullable=True),
        sa.Column("shares_learning", sa.Boolean(), nullable=True),
        sa.Column("offers_remedy", sa.Boolean(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "apology_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "board_judgements",
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("judgement"),
    )
    op.create_index("ix_board_judgements_landlord_code", "board_judgements", ["landlord_code"])

    op.create_table(
        "column_mappings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "commitments",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("commitment_ref", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("work_order_ref", sa.Text(), nullable=True),
        sa.Column("contractor", sa.Text(), nullable=True),
        sa.Column("severe", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "commitment_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "complaints",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=False),
        sa.Column("household_ref", sa.Text(), nullable=False),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("subcategory", sa.Text(), nullable=True),
        sa.Column("root_cause", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("contractor", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("vulnerable", sa.Boolean(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("status_label", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("stage_1_acknowledged_on", sa.Date(), nullable=True),
        sa.Column("stage_1_extended_to", sa.Date(), nullable=True),
        sa.Column("stage_1_responded_on", sa.Date(), nullable=True),
        sa.Column("stage_1_outcome", sa.Text(), nullable=True),
        sa.Column("stage_1_handler", sa.Text(), nullable=True),
        sa.Column("stage_1_apology_on", sa.Date(), nullable=True),
        sa.Column("stage_1_compensation", sa.Double(), nullable=True),
        sa.Column("stage_2_requested_on", sa.Date(), nullable=True),
        sa.Column("stage_2_acknowledged_on", sa.Date(), nullable=True),
        sa.Column("stage_2_extended_to", sa.Date(), nullable=True),
        sa.Column("stage_2_responded_on", sa.Date(), nullable=True),
        sa.Column("stage_2_outcome", sa.Text(), nullable=True),
        sa.Column("stage_2_handler", sa.Text(), nullable=True),
        sa.Column("stage_2_apology_on", sa.Date(), nullable=True),
        sa.Column("stage_2_compensation", sa.Double(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "complaint_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contacts",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("contact_ref", sa.Text(), nullable=False),
        sa.Column("household_ref", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "contact_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "contractors",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("contractor", sa.Text(), nullable=False),
        sa.Column("engaged_from", sa.Date(), nullable=True),
        sa.Column("engaged_to", sa.Date(), nullable=True),
    )
    op.create_table(
        "determinations",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("determination_ref", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("review_requested_on", sa.Date(), nullable=True),
        sa.Column("review_changed_finding", sa.Boolean(), nullable=True),
        sa.Column("compensation_offered", sa.Double(), nullable=True),
        sa.Column("compensation_ordered", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "determination_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("event_ref", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "event_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "governance",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("item_ref", sa.Text(), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("minute_ref", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "item_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "landlords",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("landlord_type", sa.Text(), nullable=True),
        sa.Column("homes_lcra", sa.BigInteger(), nullable=True),
        sa.Column("homes_lcho", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "learning_actions",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("action_ref", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("root_cause", sa.Text(), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=True),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column("owner_directorate", sa.Text(), nullable=True),
        sa.Column("root_cause_analysis", sa.Boolean(), nullable=True),
        sa.Column("linked_to", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("told_residents_on", sa.Date(), nullable=True),
        sa.Column("minute_ref", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "action_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "learning_links",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("action_ref", sa.Text(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_code", "action_ref", "complaint_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "loads",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("extract_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("load"),
        sa.UniqueConstraint("token"),
    )
    op.create_table(
        "national_figures",
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("landlord_group", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("statistic", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("year", "stock", "landlord_group", "measure", "statistic"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payments",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("payment_ref", sa.Text(), nullable=False),
        sa.Column("household_ref", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.Column("complaint_ref", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "payment_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "self_assessment",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("provision", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("complies", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
    )
    op.create_table(
        "tsm",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "year", "stock", "measure"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tsm_missing",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("stock", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("landlord_code", "year", "stock", "measure"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "work_orders",
        sa.Column("landlord_code", sa.Text(), nullable=False),
        sa.Column("work_order_ref", sa.Text(), nullable=False),
        sa.Column("contractor", sa.Text(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("landlord_code", "work_order_ref"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "load_files",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load"],
            ["loads.load"],
        ),
        sa.PrimaryKeyConstraint("load", "position"),
    )
    op.create_table(
        "load_refusals",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load"],
            ["loads.load"],
        ),
        sa.PrimaryKeyConstraint("load", "part"),
    )
    op.create_table(
        "load_tables",
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["load"],
            ["loads.load"],
        ),
        sa.PrimaryKeyConstraint("load", "table_name"),
    )

    _natural_key("contractors", "contractor", "engaged_from")
    _natural_key("self_assessment", "provision", "approved_on")


def downgrade() -> None:
    """Bring the tables back to the version before."""
    op.drop_table("load_tables")
    op.drop_table("load_refusals")
    op.drop_table("load_files")
    op.drop_table("work_orders")
    op.drop_table("tsm_missing")
    op.drop_table("tsm")
    op.drop_table("self_assessment")
    op.drop_table("payments")
    op.drop_table("national_figures")
    op.drop_table("loads")
    op.drop_table("learning_links")
    op.drop_table("learning_actions")
    op.drop_table("landlords")
    op.drop_table("governance")
    op.drop_table("events")
    op.drop_table("determinations")
    op.drop_table("contractors")
    op.drop_table("contacts")
    op.drop_table("complaints")
    op.drop_table("commitments")
    op.drop_table("column_mappings")

    op.drop_table("board_judgements")
    op.drop_table("apologies")
