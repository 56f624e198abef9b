"""The command that writes papers: `paper`."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from commands.asking import InputError, offer_reading, records_of
from commands.saying import give, say
from metrics.access import ROLES, Reader
from papers.model import FORMATS, KINDS
from papers.writing import file_name
from publishing import made
from store import audit
from store.database import Store
from store.people import reader_named


def declare(commands: Any) -> None:
    """Put this command on offer."""
    paper = offer_reading(commands, "paper", _paper, "write a paper, and keep it with the hash of its records")
    paper.add_argument("--kind", required=True, choices=KINDS, help="for whom the paper is")
    paper.add_argument(
        "--format", dest="formats", action="append", choices=FORMATS, help="may be given several times (else docx)"
    )
    paper.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (else here)")
    paper.add_argument("--template", type=Path, metavar="FILE.docx", help="the landlord's own, for Word")
    paper.add_argument("--kept-by", metavar="NAME", help="who makes it (else the reader)")
    paper.add_argument(
        "--role", dest="roles", action="append", choices=ROLES, help="make it as this role may (else every role held)"
    )
    paper.add_argument("--reader", metavar="EMAIL", help="make it as this person may, by what is entered under People")
    paper.add_argument("--no-keep", dest="keep", action="store_false", help="write it without keeping it")


def _paper(store: Store, asked: argparse.Namespace) -> int:
    store = store.opened_for(_reader(store, asked))
    records, as_at = records_of(store, asked)
    of = made.material(store, records, as_at)
    paper = made.paper(store, of, asked.kind)
    template = None if asked.template is None else asked.template.read_bytes()
    asked.out.mkdir(parents=True, exist_ok=True)
    files = []
    for each in dict.fromkeys(asked.formats or ["docx"]):
        files.append(asked.out / file_name(paper, each))
        files[-1].write_bytes(made.file(paper, each, of=of, template=template))
        told = f"{paper.title} to {as_at} ({files[-1].name})"
        audit.note(store, "exported", landlord_code=asked.landlord, detail=told)
        say(f"wrote {files[-1]}")
    if asked.keep:
        kept = made.keep(store, paper, kept_by=asked.kept_by or store.reader.name or "command line")
        say(f"kept as paper {kept.entry}, records {paper.data_hash[:16]}")
    about = {"landlord": asked.landlord, "kind": asked.kind, "as_at": as_at, "data_hash": paper.data_hash}
    give({**about, "method_version": paper.method_version, "files": [str(each) for each in files]})
    return 0


def _reader(store: Store, asked: argparse.Namespace) -> Reader:
    """For whom the paper is made: never for more than whoever asks may see. Raises InputError for somebody unknown."""
    reader = store.reader
    if asked.reader is not None:
        named = reader_named(store, asked.reader)
        if named is None:
            raise InputError(f"--reader: found {asked.reader!r}; wanted the email of somebody entered under People")
        reader = reader.narrowed(named)
    return reader.narrowed(replace(reader, roles=frozenset(asked.roles))) if asked.roles else reader
