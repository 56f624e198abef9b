"""The command that writes papers: `paper`."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from commands.asking import offer_reading, records_of
from commands.saying import give, say
from metrics.ghosts.few import board_picture
from metrics.trends import quarterly
from papers.board import Beside
from papers.composing import composed
from papers.kept import beside_of, said
from papers.material import gather
from papers.model import FORMATS, KINDS, Kind, Paper
from papers.writing import file_name, written
from store.audits import answers, audit_for
from store.database import Store
from store.deviations import accepted_deviations, register
from store.papers import answers_of, commentary_of, content_of, keep_paper, last_before, sealed_score
from store.rebases import rebase_decisions, standing_rebases


def declare(commands: Any) -> None:
    """Put this command on offer."""
    paper = offer_reading(commands, "paper", _paper, "write a paper, and keep it with the hash of its records")
    paper.add_argument("--kind", required=True, choices=KINDS, help="for whom the paper is")
    paper.add_argument(
        "--format", dest="formats", action="append", choices=FORMATS, help="may be given several times (else docx)"
    )
    paper.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where to (else here)")
    paper.add_argument("--template", type=Path, metavar="FILE.docx", help="the landlord's own, for Word")
    paper.add_argument("--kept-by", default="command line", metavar="NAME", help="who makes it")
    paper.add_argument("--no-keep", dest="keep", action="store_false", help="write it without keeping it")


def _paper(store: Store, asked: argparse.Namespace) -> int:
    records, as_at = records_of(store, asked)
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
        say(f"wrote {files[-1]}")
    if asked.keep:
        _keep(store, paper, kept_by=asked.kept_by)
    about = {"landlord": asked.landlord, "kind": asked.kind, "as_at": as_at, "data_hash": paper.data_hash}
    give({**about, "method_version": paper.method_version, "files": [str(each) for each in files]})
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
    say(f"kept as paper {kept.entry}, records {paper.data_hash[:16]}")
