"""One row per commitment, with the test of integrity (design §8): a promise ticked off without the work is a
phantom."""

from datetime import date

import polars as pl

from metrics.records import Records

ALWAYS = date(1, 1, 1)


def commitments(records: Records) -> pl.LazyFrame:
    """Every column of `commitments` beside

    service_area, team          of the complaint it belongs to
    phantom_by_order            done, though the work order it names was never raised, or raised after it was done
    phantom_by_contractor       done, though the contractor was not engaged on the day the order was raised
    phantom_known_on            the day from which it is known as a phantom: that on which the table a test needs is
                                first held, because a test whose table is not held falls away; null where it is none
    """
    orders = records.frame("work_orders").select(
        "work_order_ref", order_contractor="contractor", order_raised_on="raised_on"
    )
    complaints = records.frame("complaints").select("complaint_ref", "team", service_area="category")
    done = pl.col("completed_on").is_not_null()
    named = pl.col("work_order_ref").is_not_null()
    return (
        records.frame("commitments")
        .join(complaints, on="complaint_ref", how="left")
        .join(orders, on="work_order_ref", how="left")
        .with_columns(order_contractor=pl.coalesce("order_contractor", "contractor"))
        .join(_engaged(records), on=["order_contractor", "order_raised_on"], how="left")
        .with_columns(
            phantom_by_order=done
            & named
            & (pl.col("order_raised_on").is_null() | (pl.col("order_raised_on") > pl.col("completed_on"))),
            phantom_by_contractor=done
            & pl.col("order_contractor").is_not_null()
            & pl.col("order_raised_on").is_not_null()
            & pl.col("engaged").is_null(),
        )
        .join(_held_from(records, "work_orders", "raised_on", "orders_held_from"), how="cross")
        .join(_held_from(records, "contractors", "engaged_from", "contractors_held_from"), how="cross")
        .with_columns(
            phantom_known_on=pl.min_horizontal(
                pl.when("phantom_by_order").then("orders_held_from"),
                pl.when("phantom_by_contractor").then("contractors_held_from"),
            )
        )
        .drop("engaged", "orders_held_from", "contractors_held_from")
    )


def _engaged(records: Records) -> pl.LazyFrame:
    """order_contractor, order_raised_on, engaged: the days orders were raised on which their contractor was engaged."""
    orders = records.frame("work_orders").select("work_order_ref", "raised_on", ordered_with="contractor")
    spells = records.frame("contractors").select("contractor", "engaged_from", "engaged_to")
    raised = pl.col("order_raised_on")
    return (
        records.frame("commitments")
        .select("work_order_ref", "contractor")
        .join(orders, on="work_order_ref")
        .select(order_contractor=pl.coalesce("ordered_with", "contractor"), order_raised_on="raised_on")
        .unique()
        .join(spells, left_on="order_contractor", right_on="contractor")
        .filter(
            (pl.col("engaged_from").is_null() | (pl.col("engaged_from") <= raised))
            & (pl.col("engaged_to").is_null() | (pl.col("engaged_to") >= raised))
        )
        .select("order_contractor", "order_raised_on", engaged=pl.lit(True))
        .unique()
    )


def _held_from(records: Records, table: str, first_date: str, name: str) -> pl.LazyFrame:
    """One row, one column: the day from which the table is held; null where it has no row."""
    return records.frame(table).select(pl.col(first_date).fill_null(ALWAYS).min().alias(name))
