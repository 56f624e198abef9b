"""Commands that fill the store and say what it holds: `init`, `seed`, `load`, `load-tsm`, `landlords`."""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from commands.asking import InputError, day, offer
from commands.saying import give, progress, say
from intake.mapping import Mapping, mappings_from
from intake.protecting import counted, masked_words
from metrics.records import TABLE_BY_NAME
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import write as write_seed
from store.database import Store
from store.history import files_at
from store.landlords import list_landlords
from store.loading import LoadResult, Manner, load_paths
from store.mappings import saved_mappings
from store.regulator import load_workbook

SHOWN_REFUSALS = 20


def declare(commands: Any) -> None:
    """Put these commands on offer."""
    offer(commands, "init", _init, "create or upgrade the schema")
    offer(commands, "seed", _seed, "load the fictional landlords")
    _declare_load(commands)
    workbook = offer(commands, "load-tsm", _load_tsm, "load the regulator's workbook")
    workbook.add_argument("workbook", type=Path, metavar="WORKBOOK.xlsx")
    offer(commands, "landlords", _landlords, "code, name, homes, tables held, data-through date")


def _declare_load(commands: Any) -> None:
    load = offer(commands, "load", _load, "load files, folders or zips")
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    load.add_argument(
        "--table", choices=sorted(TABLE_BY_NAME), help="what the files hold, where their name does not say"
    )
    load.add_argument("--mapping", metavar="FILE|NAME", help="a mapping as JSON, or the name of a saved one")
    load.add_argument("--landlord", metavar="CODE", help="the landlord, where the file has no such column")
    load.add_argument("--extract-date", type=day, metavar="DATE", help="the day the records were drawn (else today)")
    load.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    load.add_argument("--strict", action="store_true", help="any refused row refuses the load")


def _init(store: Store, _asked: argparse.Namespace) -> int:
    say(f"the store is ready: {store.engine.url.render_as_string()}")
    return 0


def _seed(store: Store, asked: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        files = write_seed(Path(folder))
        manner = Manner(method="seed", extract_date=EXTRACT_DATE, files=files_at(files))
        result = load_paths(store, files, manner=manner, progress=progress())
    return _told(result, asked)


def _load(store: Store, asked: argparse.Namespace) -> int:
    say(f"reading {', '.join(str(path) for path in asked.paths)}")
    result = load_paths(
        store,
        asked.paths,
        table=asked.table,
        mapping=None if asked.mapping is None else _mapping(store, asked.mapping),
        landlord=asked.landlord,
        manner=Manner(
            method="command line",
            extract_date=asked.extract_date,
            files=files_at(asked.paths),
            dry_run=asked.dry_run,
            strict=asked.strict,
        ),
        progress=progress(),
    )
    return _told(result, asked)


def _mapping(store: Store, named: str) -> tuple[Mapping, ...]:
    if Path(named).is_file():
        return mappings_from(Path(named).read_bytes())
    saved = saved_mappings(store)
    if named not in saved:
        held = ", ".join(saved) or "none is saved yet"
        raise InputError(f"--mapping: found {named!r}; wanted a JSON file or the name of a saved mapping ({held})")
    return (saved[named],)


def _load_tsm(store: Store, asked: argparse.Namespace) -> int:
    return _told(load_workbook(store, asked.workbook, progress=progress()), asked)


def _told(result: LoadResult, asked: argparse.Namespace) -> int:
    if asked.json:
        give(result.as_json())
    for name, counts in result.tables.items():
        numbers = ", ".join(f"{number:,} {word}" for word, number in counts.as_json().items())
        say(f"{name}: {numbers}")
    for refusal in result.refused.head(SHOWN_REFUSALS).iter_rows(named=True):
        say(_refusal(refusal))
    if result.refused.height > SHOWN_REFUSALS:
        say(f"… and {result.refused.height - SHOWN_REFUSALS:,} more reasons")
    if result.warnings.height:
        say(f"{result.warnings.height:,} {'warning' if result.warnings.height == 1 else 'warnings'}")
    for each in counted(result.masked).iter_rows(named=True):
        say(masked_words(each))
    if not result.committed:
        say("nothing was stored")
    return 1 if result.is_refused else 0


def _refusal(refusal: dict[str, Any]) -> str:
    """A refusal in a line; one of a whole file names neither row nor column."""
    row, column = refusal["row"], refusal["column"]
    place = [refusal["file"], f"row {row}" if row else None, column]
    where = ", ".join(part for part in place if part)
    return f"refused: {where}: found {refusal['found']}; wanted {refusal['wanted']}"


def _landlords(store: Store, _asked: argparse.Namespace) -> int:
    give([landlord.as_json() for landlord in list_landlords(store)])
    return 0
