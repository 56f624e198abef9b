"""The command line: the same store and the same rules as the app.

JSON goes to standard output, messages to standard error. Exit code 0: done; 1: wrong input; 2: wrong usage.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from intake.mapping import Mapping as ColumnMapping
from intake.mapping import mappings_from
from metrics import as_json
from metrics.access import LOCAL, Reader
from metrics.assessment import place, read_indicators, trajectory
from metrics.catalogue import INDICATORS
from metrics.counting.cases import cases_behind
from metrics.counting.coverage import default_as_at
from metrics.effects import effects, themes
from metrics.ghosts import episodes, runnable
from metrics.ghosts.few import board_picture
from metrics.records import TABLE_BY_NAME, Records
from metrics.trends import quarterly
from metrics.trends.single import asked as asked_of
from metrics.trends.single import spc
from papers.board import Beside
from papers.composing import composed
from papers.kept import beside_of, said
from papers.material import gather
from papers.model import FORMATS, KINDS, Kind, Paper
from papers.writing import file_name, written
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import write as write_seed
from store import audit
from store.audits import answers, audit_for
from store.database import Store, open_store, upgrade
from store.deviations import accepted_deviations, register
from store.history import files_at
from store.landlords import list_landlords
from store.loading import LoadResult, Manner, Progress, load_paths
from store.mappings import saved_mappings
from store.papers import answers_of, commentary_of, content_of, keep_paper, last_before, sealed_score
from store.rebases import rebase_decisions, standing_rebases
from store.regulator import load_workbook
from store.secrets import view_secret
from store.settings import settings
from store.sight import listed
from store.snapshot import records_to_count

SHOWN_REFUSALS = 20


class InputError(ValueError):
    """What was asked cannot be done with what was given; the message says what is wanted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        command: Callable[..., int] = asked.command
        if command is _spc:
            return _spc()
        store = open_store(asked.db).opened_for(_reader())
        upgrade(store)
        return command(store, asked)
    except (ValueError, OSError) as error:
        _say(str(error))
    return 1


def _reader() -> Reader:
    """Whoever sits at the machine; held to the roles and landlords of the settings, where those name some."""
    wanted = settings()
    roles, landlords = wanted.command_line_roles, wanted.command_line_landlords
    return LOCAL if roles == LOCAL.roles and landlords is None else replace(LOCAL, roles=roles, landlords=landlords)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cli.py", description="Learning Pyramid on the command line.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add(commands, "init", _init, "create or upgrade the schema")
    _add(commands, "seed", _seed, "load the fictional landlords")
    _add_load(commands)
    workbook = _add(commands, "load-tsm", _load_tsm, "load the regulator's workbook")
    workbook.add_argument("workbook", type=Path, metavar="WORKBOOK.xlsx")
    _add(commands, "landlords", _landlords, "code, name, homes, tables held, data-through date")
    told = _add(commands, "audit", _audit, "who saw, loaded, judged or changed what, and whether the chain holds")
    told.add_argument("--last", type=int, default=100, metavar="N", help="how many of the newest entries")
    _add_reading(commands, "indicators", _indicators, "every indicator at a date")
    _add_reading(commands, "position", _position, "the place on the pyramid, and why")
    _add_reading(commands, "trajectory", _trajectory, "the position at the last eight quarter ends")
    _add_reading(commands, "ghosts", _ghosts, "what was handled before, between, after or instead of the two stages")
    _add_reading(commands, "effects", _effects, "what became of complaints after each learning action")
    _add_reading(commands, "themes", _themes, "which themes loop and which learn")
    _add(
        commands,
        "spc",
        _spc,
        'limits and signals of any series: {"values": [1, 2, …], "screened": true} on standard input',
    )
    cases = _add_reading(commands, "cases", _cases, "the cases behind a figure")
    cases.add_argument("--indicator", required=True, metavar="KEY", help="the indicator's key")
    which = cases.add_mutually_exclusive_group()
    which.add_argument(
        "--numerator", dest="which", action="store_const", const="numerator", help="those that succeeded"
    )
    which.add_argument("--attention", dest="which", action="store_const", const="attention", help="those that did not")
    cases.set_defaults(which="all")
    _add_paper(commands)
    return parser


def _add_paper(commands: Any) -> None:
    paper = _add_reading(commands, "paper", _paper, "write a paper, and keep it with the hash of its records")
    paper.add_argument("--kind", required=True, choices=KINDS, help="for whom the paper is")
    paper.add_argument(
        "--format", dest="formats", action="append", choices=FORMATS, help="may be given several times (else docx)"
    )
    paper.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (else here)")
    paper.add_argument("--template", type=Path, metavar="FILE.docx", help="the landlord's own, for Word")
    paper.add_argument("--kept-by", default="command line", metavar="NAME", help="who makes it")
    paper.add_argument("--no-keep", dest="keep", action="store_false", help="write it without keeping it")


def _add(commands: Any, name: str, command: Callable[..., int], summary: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    added.add_argument("--db", metavar="URL", help="the store: sqlite:///file.db or postgresql://… (else DATABASE_URL)")
    added.add_argument("--json", action="store_true", help="JSON on standard output")
    added.set_defaults(command=command)
    return added


def _add_load(commands: Any) -> None:
    load = _add(commands, "load", _load, "load files, folders or zips")
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    load.add_argument(
        "--table", choices=sorted(TABLE_BY_NAME), help="what the files hold, where their name does not say"
    )
    load.add_argument("--mapping", metavar="FILE|NAME", help="a mapping as JSON, or the name of a saved one")
    load.add_argument("--landlord", metavar="CODE", help="the landlord, where the file has no such column")
    load.add_argument("--extract-date", type=_day, metavar="DATE", help="the day the records were drawn (else today)")
    load.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    load.add_argument("--strict", action="store_true", help="any refused row refuses the load")


def _add_reading(commands: Any, name: str, command: Callable[..., int], summary: str) -> argparse.ArgumentParser:
    added = _add(commands, name, command, summary)
    added.add_argument("--landlord", required=True, metavar="CODE")
    added.add_argument("--as-at", type=_day, metavar="DATE", help="else the last quarter end the data covers")
    return added


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"found {text!r}; wanted a date such as 2025-03-31") from error


def _init(store: Store, _asked: argparse.Namespace) -> int:
    _say(f"the store is ready: {store.engine.url.render_as_string()}")
    return 0


def _seed(store: Store, asked: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        files = write_seed(Path(folder))
        manner = Manner(method="seed", extract_date=EXTRACT_DATE, files=files_at(files))
        result = load_paths(store, files, manner=manner, progress=_progress())
    return _told(result, asked)


def _load(store: Store, asked: argparse.Namespace) -> int:
    _say(f"reading {', '.join(str(path) for path in asked.paths)}")
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
        progress=_progress(),
    )
    return _told(result, asked)


def _mapping(store: Store, named: str) -> tuple[ColumnMapping, ...]:
    if Path(named).is_file():
        return mappings_from(Path(named).read_bytes())
    saved = saved_mappings(store)
    if named not in saved:
        held = ", ".join(saved) or "none is saved yet"
        raise InputError(f"--mapping: found {named!r}; wanted a JSON file or the name of a saved mapping ({held})")
    return (saved[named],)


def _load_tsm(store: Store, asked: argparse.Namespace) -> int:
    return _told(load_workbook(store, asked.workbook, progress=_progress()), asked)


def _told(result: LoadResult, asked: argparse.Namespace) -> int:
    if asked.json:
        _print(result.as_json())
    for name, counts in result.tables.items():
        numbers = ", ".join(f"{number:,} {word}" for word, number in counts.as_json().items())
        _say(f"{name}: {numbers}")
    for refusal in result.refused.head(SHOWN_REFUSALS).iter_rows(named=True):
        _say(_refusal(refusal))
    if result.refused.height > SHOWN_REFUSALS:
        _say(f"… and {result.refused.height - SHOWN_REFUSALS:,} more reasons")
    if result.warnings.height:
        _say(f"{result.warnings.height:,} {'warning' if result.warnings.height == 1 else 'warnings'}")
    if not result.committed:
        _say("nothing was stored")
    return 1 if result.is_refused else 0


def _refusal(refusal: dict[str, Any]) -> str:
    """A refusal in a line; one of a whole file names neither row nor column."""
    row, column = refusal["row"], refusal["column"]
    place = [refusal["file"], f"row {row}" if row else None, column]
    where = ", ".join(part for part in place if part)
    return f"refused: {where}: found {refusal['found']}; wanted {refusal['wanted']}"


def _landlords(store: Store, _asked: argparse.Namespace) -> int:
    _print([landlord.as_json() for landlord in list_landlords(store)])
    return 0


def _audit(store: Store, asked: argparse.Namespace) -> int:
    found = audit.verify(store)
    entries = [asdict(each) for each in audit.entries(store, limit=asked.last)]
    _print({**asdict(found), "newest": entries})
    if found.fault:
        _say(f"the chain is broken: {found.fault}")
    return 1 if found.fault else 0


def _indicators(store: Store, asked: argparse.Namespace) -> int:
    _print(as_json.indicators(read_indicators(*_records(store, asked))))
    return 0


def _position(store: Store, asked: argparse.Namespace) -> int:
    _print(as_json.position(place(*_records(store, asked))))
    return 0


def _trajectory(store: Store, asked: argparse.Namespace) -> int:
    _print(as_json.trajectory(trajectory(*_records(store, asked))))
    return 0


def _ghosts(store: Store, asked: argparse.Namespace) -> int:
    store.reader.require("review", asked.landlord)
    records, as_at = _records(store, asked)
    for blind in runnable(records, as_at).filter(~pl.col("could_run")).iter_rows(named=True):
        _say("{detector} could not be looked for: {why_not}".format(**blind))
    _print(as_json.ghosts(episodes(records, as_at)))
    return 0


def _effects(store: Store, asked: argparse.Namespace) -> int:
    _print(as_json.effects(effects(*_records(store, asked))))
    return 0


def _themes(store: Store, asked: argparse.Namespace) -> int:
    _print(as_json.themes(themes(*_records(store, asked))))
    return 0


def _spc() -> int:
    """Needs no store: the numbers come on standard input."""
    try:
        given = json.load(sys.stdin)
    except json.JSONDecodeError as error:
        wanted = 'an object such as {"values": [1, 2, 3], "screened": true}'
        raise InputError(f"standard input is not JSON ({error}); wanted {wanted}") from error
    values, screened = asked_of(given)
    _print(spc(values, screened=screened))
    return 0


def _cases(store: Store, asked: argparse.Namespace) -> int:
    if asked.indicator not in {declared.key for declared in INDICATORS}:
        keys = ", ".join(declared.key for declared in INDICATORS)
        raise InputError(f"--indicator: found {asked.indicator!r}; wanted one of {keys}")
    records, as_at = _records(store, asked)
    found = cases_behind(records, asked.indicator, as_at, which=asked.which)
    _print(listed(store.reader, found, asked.landlord, secret=view_secret(store)).to_dicts())
    return 0


def _paper(store: Store, asked: argparse.Namespace) -> int:
    records, as_at = _records(store, asked)
    sample = audit_for(store, asked.landlord, as_at)
    of = gather(
        records,
        as_at,
        hidden=board_picture(
            records,
            as_at,
            accepted=register(accepted_deviations(store, asked.landlord)),
            answers=None if sample is None else answers(store, sample.sample),
        ),
        trends=quarterly(records, as_at, rebases=standing_rebases(rebase_decisions(store, asked.landlord))),
    )
    paper = composed(of, asked.kind, _beside(store, asked.landlord, asked.kind, as_at))
    template = None if asked.template is None else asked.template.read_bytes()
    asked.out.mkdir(parents=True, exist_ok=True)
    files = []
    for each in dict.fromkeys(asked.formats or ["docx"]):
        files.append(asked.out / file_name(paper, each))
        files[-1].write_bytes(written(paper, each, template=template))
        _say(f"wrote {files[-1]}")
    if asked.keep:
        _keep(store, paper, kept_by=asked.kept_by)
    about = {"landlord": asked.landlord, "kind": asked.kind, "as_at": as_at, "data_hash": paper.data_hash}
    _print({**about, "method_version": paper.method_version, "files": [str(each) for each in files]})
    return 0


def _beside(store: Store, landlord: str, kind: Kind, as_at: date) -> Beside:
    """What the store holds beside the records: the last paper, its answers, commentary and a sealed score."""
    earlier = last_before(store, landlord, kind, as_at)
    answers = answers_of(store, landlord, kind, earlier.as_at) if earlier else {}
    score = sealed_score(store, landlord, as_at)
    return beside_of(
        earlier=content_of(store, earlier) if earlier else None,
        answers={question: (each.answer, each.answered_by) for question, each in answers.items()},
        commentary=commentary_of(store, landlord, kind, as_at),
        score=None if score is None else (score.position, score.reason, score.name, score.made_on),
    )


def _keep(store: Store, paper: Paper, *, kept_by: str) -> None:
    kept = keep_paper(
        store,
        landlord_code=paper.landlord_code,
        kind=paper.kind,
        as_at=paper.as_at,
        kept_by=kept_by,
        finding=paper.finding,
        method_version=paper.method_version,
        data_hash=paper.data_hash,
        content=said(paper),
    )
    _say(f"kept as paper {kept.entry}, records {paper.data_hash[:16]}")


def _records(store: Store, asked: argparse.Namespace) -> tuple[Records, date]:
    held = list_landlords(store)
    if asked.landlord not in {landlord.code for landlord in held}:
        codes = ", ".join(landlord.code for landlord in held[:SHOWN_REFUSALS]) or "none is loaded yet"
        raise InputError(
            f"--landlord: found {asked.landlord!r}; wanted the code of a landlord that is held ({codes} …)"
        )
    records = records_to_count(store, asked.landlord)
    as_at = asked.as_at or default_as_at(records)
    if as_at is None:
        raise InputError(f"--as-at: {asked.landlord} has no dated records to choose a quarter end from; give a date")
    return records, as_at


def _print(value: Mapping[str, Any] | list[dict[str, Any]]) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _say(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201  # messages are this program's to print


def _progress() -> Progress:
    """On a terminal one line that counts; in a log a line for every tenth, so that it stays readable."""
    told = 0

    def progress(done: int, of: int) -> None:
        nonlocal told
        if sys.stderr.isatty():
            sys.stderr.write(f"\rstored {done:,} of {of:,} rows" + ("\n" if done == of else ""))
            sys.stderr.flush()
        elif done == of or done * 10 // of > told:
            told = done * 10 // of
            _say(f"stored {done:,} of {of:,} rows")

    return progress


if __name__ == "__main__":
    sys.exit(main())
