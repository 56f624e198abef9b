"""Detectors of absence: a signal stands only once its time has run out without a complaint.

Whether one was received in that time does not change afterwards, so this is settled once, for every day asked about.
"""

import numpy as np
import polars as pl

from metrics.ghosts.known import always_open, keyed
from metrics.ghosts.placing import both_keys, days_of, is_chaser
from metrics.ghosts.search import NEVER, NO_DAY, NOT_FOUND, Days
from metrics.working_days import add_working_days

LOGGED_WITHIN = 5  # working days the Code gives to log a complaint (6.2)
PAYMENT_BEFORE, PAYMENT_AFTER = 60, 30  # days around a payment
THIRD_PARTY_BEFORE = 90  # days before a third party wrote


def settled(candidates: pl.DataFrame, complaints: pl.DataFrame) -> pl.DataFrame:
    """Candidates that no complaint (`metrics.ghosts.known.cases`) contradicts, with household, issue, `key` (what they
    belong by; null where they belong to no complaint at all) and `known_from`, the day their time has run out. Chasers
    are left out already where they are chasers on every day."""
    on, detector = pl.col("on"), pl.col("detector")
    logged_by = add_working_days(on, LOGGED_WITHIN)
    timed = keyed(candidates, complaints).with_columns(
        known_from=pl.when(detector == "payment")
        .then(on + pl.duration(days=PAYMENT_AFTER))
        .when(detector.is_in(["third_party", "repeat_contacts"]))
        .then(logged_by)
        .otherwise(on),
        looks_from=pl.when(detector == "payment")
        .then(on - pl.duration(days=PAYMENT_BEFORE))
        .when(detector == "third_party")
        .then(on - pl.duration(days=THIRD_PARTY_BEFORE))
        .when(detector == "repeat_contacts")
        .then("begins_on"),
        looks_at=pl.when(detector == "repeat_contacts").then("issue").otherwise("household"),
    )
    stand = timed.filter(~_was_received(timed, complaints)).drop("looks_from", "looks_at")
    # Dated before a stage's answer, and before the complaint was closed: inside the open stage, whatever the day.
    return stand.filter(~is_chaser(stand, always_open(complaints)))


def _was_received(timed: pl.DataFrame, complaints: pl.DataFrame) -> pl.Series:
    """Was a complaint received from looks_from to known_from?"""
    if complaints.is_empty():
        return pl.repeat(False, timed.height, eager=True)
    received = np.tile(days_of(complaints["received_on"]), 2)
    key = timed["looks_at"].fill_null(NOT_FOUND).to_numpy()
    first = Days(both_keys(complaints), received).first_from(key, days_of(timed["looks_from"], blank=NEVER))
    in_time = received[np.maximum(first, 0)] <= days_of(timed["known_from"], blank=NO_DAY)
    return pl.Series((first != NOT_FOUND) & in_time)
