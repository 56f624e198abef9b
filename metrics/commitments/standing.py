"""Where every commitment stands on a day: one row each, by the expressions that count the figures on commitments."""

from datetime import date
from typing import Literal, get_args

import polars as pl

from metrics.catalogue import indicator
from metrics.counting.coverage import held
from metrics.counting.formula import due, succeeded
from metrics.narrowing import NOT_RECORDED
from metrics.periods import window
from metrics.populations import population
from metrics.records import Records

Standing = Literal["on time", "late", "phantom", "overdue", "open"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
Why = Literal["order never raised", "order raised after closing", "contractor not engaged"]
WHYS: tuple[Why, ...] = get_args(Why)
Age = Literal["up to 4 weeks", "4 to 13 weeks", "13 to 26 weeks", "26 to 52 weeks", "over a year"]
AGES: tuple[Age, ...] = get_args(Age)
AGE_BREAKS = (28, 91, 182, 364)  # days overdue; a band ends on its number
NO_CONTRACTOR = "no contractor named"
OWN_WORDS = ("owner", "team", "service_area")


def standings(records: Records, as_at: date) -> pl.DataFrame:
    """Every commitment known on the day, the earliest due first.

    Beside the columns of the population `commitments` (dates that had not happened yet are blank):

    standing        `on time`, `late`; `phantom` (done, but the records contradict it); `overdue` (not done, the day has
                    passed); `open` (not done, the day has not passed)
    in_year         it belongs to the denominator of `commitments_honoured`; then `on time` is its numerator
    is_order        made at the Ombudsman; `order_in_year` it belongs to the denominator of `orders_complied`,
                    `order_complied` to its numerator
    why             of a phantom, one of `WHYS`
    unchecked       a repair recorded as done that names no work order: no record could contradict it
    days_to_run     to the due date, below 0 once it has passed; null where done
    age             of what is overdue, one of `AGES`
    owner           who answered the stage it was promised at; of an order, whoever answered last (the records name no
                    other owner)
    escalated_on    the resident asked for stage 2 in the twelve months, after it was promised at stage 1
    broken_by_then  it had fallen due by that day and was not done with integrity
    promised_again  of these, the same kind of remedy was promised or ordered again afterwards
    """
    tables = held(records, as_at)
    rows = (
        population(records, "commitments")
        .filter(pl.col("promised_on") <= as_at)
        .join(_complaints(records, as_at), on="complaint_ref", how="left")
        .with_columns(_known(name, as_at) for name in ("completed_on", "order_raised_on"))
        .with_columns(
            is_order=pl.col("made_at") == "ombudsman",
            in_year=due(indicator("commitments_honoured"), as_at),
            order_in_year=due(indicator("orders_complied"), as_at),
            order_complied=succeeded(indicator("orders_complied"), as_at) & pl.col("completed_on").is_not_null(),
            owner=_owner(),
            contractor=pl.col("order_contractor").fill_null(NO_CONTRACTOR),
        )
        .with_columns(standing=standing_on(as_at))
        .with_columns(
            pl.col(*OWN_WORDS).fill_null(NOT_RECORDED),
            why=pl.when(pl.col("standing") == "phantom").then(_why(orders_held="work_orders" in tables)),
            unchecked=pl.col("completed_on").is_not_null()
            & (pl.col("kind") == "repair")
            & pl.col("work_order_ref").is_null(),
            days_to_run=pl.when(pl.col("completed_on").is_null()).then(
                (pl.col("due_on") - pl.lit(as_at)).dt.total_days()
            ),
        )
        .with_columns(age=_age(), **_escalation(as_at))
    )
    return rows.with_columns(promised_again=_promised_again()).sort("due_on", "commitment_ref").collect()


def lapsed_tests(records: Records, as_at: date) -> tuple[str, ...]:
    """The tests of integrity whose table is not held, in sentences: they found no phantom because nobody could look."""
    tables = held(records, as_at)
    if "commitments" not in tables:
        return ()
    found = []
    if "work_orders" not in tables:
        found.append(
            "Work orders are not held: whether work was really ordered before a promise was closed cannot be told."
        )
    if "contractors" not in tables:
        found.append(
            "Contractors' engagements are not held: whether the contractor was still engaged when the work was ordered "
            "cannot be told."
        )
    return tuple(found)


def _complaints(records: Records, as_at: date) -> pl.LazyFrame:
    """complaint_ref, who answered each stage, and when stage 2 was asked for, as known on the day."""
    return records.frame("complaints").select(
        "complaint_ref",
        *(
            pl.when(pl.col(f"stage_{stage}_responded_on") <= as_at)
            .then(pl.col(f"stage_{stage}_handler"))
            .alias(f"stage_{stage}_handler")
            for stage in (1, 2)
        ),
        _known("stage_2_requested_on", as_at),
    )


def _known(name: str, as_at: date) -> pl.Expr:
    return pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name)


def _owner() -> pl.Expr:
    first, second = pl.col("stage_1_handler"), pl.col("stage_2_handler")
    return pl.when(pl.col("made_at") == "stage 1").then(first).otherwise(pl.coalesce(second, first))


def standing_on(as_at: date) -> pl.Expr:
    """Where a row of the population `commitments` stands; its dates that had not happened yet must be blank."""
    done = pl.col("completed_on").is_not_null()
    phantom = (done & (pl.col("phantom_known_on") <= as_at)).fill_null(False)
    return (
        pl.when(done & succeeded(indicator("commitments_honoured"), as_at))
        .then(pl.lit("on time"))
        .when(phantom)
        .then(pl.lit("phantom"))
        .when(done)
        .then(pl.lit("late"))
        .when(pl.col("due_on") < as_at)
        .then(pl.lit("overdue"))
        .otherwise(pl.lit("open"))
    )


def _why(*, orders_held: bool) -> pl.Expr:
    by_order = pl.col("phantom_by_order") & pl.lit(orders_held)
    return (
        pl.when(by_order & pl.col("order_raised_on").is_null())
        .then(pl.lit("order never raised"))
        .when(by_order)
        .then(pl.lit("order raised after closing"))
        .otherwise(pl.lit("contractor not engaged"))
    )


def _age() -> pl.Expr:
    overdue = -pl.col("days_to_run")
    words: pl.Expr = pl.lit(AGES[-1])
    for last, name in zip(reversed(AGE_BREAKS), reversed(AGES[:-1]), strict=True):
        words = pl.when(overdue <= last).then(pl.lit(name)).otherwise(words)
    return pl.when(pl.col("standing") == "overdue").then(words)


def _escalation(as_at: date) -> dict[str, pl.Expr]:
    first, last = window(as_at)
    asked = pl.col("stage_2_requested_on")
    escalated = (
        (pl.col("made_at") == "stage 1") & asked.is_between(first, last) & (asked >= pl.col("promised_on"))
    ).fill_null(False)
    kept = ((pl.col("completed_on") <= asked) & (pl.col("standing") != "phantom")).fill_null(False)
    return {
        "escalated_on": pl.when(escalated).then(asked),
        "broken_by_then": escalated & ~kept & (pl.col("due_on") < asked).fill_null(False),
    }


def _promised_again() -> pl.Expr:
    """Is there a later promise of the same kind on the complaint, made at stage 2 or by the Ombudsman?"""
    later = pl.when(pl.col("made_at") != "stage 1").then(pl.col("promised_on"))
    newest = later.max().over("complaint_ref", "kind")
    return pl.col("broken_by_then") & (newest >= pl.col("escalated_on")).fill_null(False)
