"""Commands that read one landlord on one day: indicators, position and what stands on them; and `spc`, which reads any
series."""

import argparse
import json
import sys
from typing import Any

import polars as pl

from commands.asking import InputError, offer, offer_reading, records_of
from commands.saying import give, say
from metrics import as_json
from metrics.assessment import assess, place, read_indicators, trajectory
from metrics.catalogue import INDICATORS
from metrics.counting.cases import cases_behind
from metrics.effects import effects, themes
from metrics.ghosts import episodes, runnable
from metrics.small_numbers import is_few
from metrics.small_readings import masked, without_small
from metrics.trends.single import asked as asked_of
from metrics.trends.single import spc
from store import audit
from store.database import Store
from store.secrets import view_secret
from store.sight import listed

SPC = 'limits and signals of any series: {"values": [1, 2, …], "screened": true} on standard input'


def declare(commands: Any) -> None:
    """Put these commands on offer."""
    offer_reading(commands, "indicators", _indicators, "every indicator at a date")
    offer_reading(commands, "position", _position, "the place on the pyramid, and why")
    offer_reading(commands, "trajectory", _trajectory, "the position at the last eight quarter ends")
    offer_reading(commands, "ghosts", _ghosts, "what was handled before, between, after or instead of the two stages")
    offer_reading(commands, "effects", _effects, "what became of complaints after each learning action")
    offer_reading(commands, "themes", _themes, "which themes loop and which learn")
    offer(commands, "spc", None, SPC)
    cases = offer_reading(commands, "cases", _cases, "the cases behind a figure")
    cases.add_argument("--indicator", required=True, metavar="KEY", help="the indicator's key")
    which = cases.add_mutually_exclusive_group()
    which.add_argument(
        "--numerator", dest="which", action="store_const", const="numerator", help="those that succeeded"
    )
    which.add_argument("--attention", dest="which", action="store_const", const="attention", help="those that did not")
    cases.set_defaults(which="all")


def spc_of_standard_input() -> int:
    """Limits and signals of the series on standard input. Needs no store. Raises InputError for what is no JSON, and
    ValueError for JSON that is no series."""
    try:
        given = json.load(sys.stdin)
    except json.JSONDecodeError as error:
        wanted = 'an object such as {"values": [1, 2, 3], "screened": true}'
        raise InputError(f"standard input is not JSON ({error}); wanted {wanted}") from error
    values, screened = asked_of(given)
    give(spc(values, screened=screened))
    return 0


def _indicators(store: Store, asked: argparse.Namespace) -> int:
    found = read_indicators(*records_of(store, asked))
    sees_small = store.reader.may("small numbers", asked.landlord)
    give(as_json.indicators(found if sees_small else masked(found)))
    return 0


def _position(store: Store, asked: argparse.Namespace) -> int:
    if store.reader.may("small numbers", asked.landlord):
        give(as_json.position(place(*records_of(store, asked))))
        return 0
    told = as_json.position(without_small(assess(*records_of(store, asked))).placement)
    held = {name: None if is_few(rows) else rows for name, rows in told["coverage"].items()}
    give({**told, "coverage": held})
    return 0


def _trajectory(store: Store, asked: argparse.Namespace) -> int:
    give(as_json.trajectory(trajectory(*records_of(store, asked))))
    return 0


def _ghosts(store: Store, asked: argparse.Namespace) -> int:
    store.reader.require("review", asked.landlord)
    records, as_at = records_of(store, asked)
    for blind in runnable(records, as_at).filter(~pl.col("could_run")).iter_rows(named=True):
        say("{detector} could not be looked for: {why_not}".format(**blind))
    audit.note(store, "exported", landlord_code=asked.landlord, detail=f"ghost stages to {as_at}")
    give(as_json.ghosts(episodes(records, as_at)))
    return 0


def _effects(store: Store, asked: argparse.Namespace) -> int:
    store.reader.require("small numbers", asked.landlord)
    give(as_json.effects(effects(*records_of(store, asked))))
    return 0


def _themes(store: Store, asked: argparse.Namespace) -> int:
    store.reader.require("small numbers", asked.landlord)
    give(as_json.themes(themes(*records_of(store, asked))))
    return 0


def _cases(store: Store, asked: argparse.Namespace) -> int:
    if asked.indicator not in {declared.key for declared in INDICATORS}:
        keys = ", ".join(declared.key for declared in INDICATORS)
        raise InputError(f"--indicator: found {asked.indicator!r}; wanted one of {keys}")
    records, as_at = records_of(store, asked)
    found = cases_behind(records, asked.indicator, as_at, which=asked.which)
    rows = listed(store.reader, found, asked.landlord, secret=view_secret(store))
    told = f"{rows.height:,} cases of {asked.indicator} ({asked.which}) to {as_at}"
    audit.note(store, "exported", landlord_code=asked.landlord, detail=told)
    give(rows.to_dicts())
    return 0
