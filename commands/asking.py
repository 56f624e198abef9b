"""What is asked on the command line: a command's usual options, and the records and day that they name."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from metrics.counting.coverage import default_as_at
from metrics.records import Records
from store.database import Store
from store.landlords import list_landlords
from store.snapshot import records_to_count

NAMED = 20
"""How many landlords' codes a message names."""

Command = Callable[[Store, argparse.Namespace], int]
"""What a command does with the opened store and what was asked; gives the exit code."""


class InputError(ValueError):
    """What was asked cannot be done with what was given; the message says what is wanted."""


def offer(commands: Any, name: str, command: Command | None, summary: str) -> argparse.ArgumentParser:
    """A command with the options that all have; None for one that needs no store. Gives its parser, for options of its
    own."""
    added: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    added.add_argument("--db", metavar="URL", help="the store: sqlite:///file.db or postgresql://… (else DATABASE_URL)")
    added.add_argument("--json", action="store_true", help="JSON on standard output")
    added.set_defaults(command=command, upgrades=True)
    return added


def offer_reading(commands: Any, name: str, command: Command, summary: str) -> argparse.ArgumentParser:
    """A command about one landlord on one day."""
    added = offer(commands, name, command, summary)
    added.add_argument("--landlord", required=True, metavar="CODE")
    added.add_argument("--as-at", type=day, metavar="DATE", help="else the last quarter end the data covers")
    return added


def day(text: str) -> date:
    """A date as it is typed. Raises argparse.ArgumentTypeError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"found {text!r}; wanted a date such as 2025-03-31") from error


def records_of(store: Store, asked: argparse.Namespace) -> tuple[Records, date]:
    """The records of the landlord asked for, and the day. Raises InputError for a landlord that is not held, or where
    nothing is dated to choose a day from."""
    held = list_landlords(store)
    if asked.landlord not in {landlord.code for landlord in held}:
        codes = ", ".join(landlord.code for landlord in held[:NAMED]) or "none is loaded yet"
        raise InputError(
            f"--landlord: found {asked.landlord!r}; wanted the code of a landlord that is held ({codes} …)"
        )
    records = records_to_count(store, asked.landlord)
    as_at = asked.as_at or default_as_at(records)
    if as_at is None:
        raise InputError(f"--as-at: {asked.landlord} has no dated records to choose a quarter end from; give a date")
    store.reader.require_day(as_at, asked.landlord)
    return records, as_at
