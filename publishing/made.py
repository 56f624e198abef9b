"""A paper as both doors make it, screens and command line alike: gathered, put together with what the store holds
beside the records, and kept.

A paper is made for its readers and not for whoever makes it: who sees small numbers on a screen makes a board paper
without them. What a maker may not see is not made either: a self-check takes a reader who sees cases.
"""

from datetime import date

from metrics.ghosts.few import board_picture
from metrics.ghosts.picture import HiddenPicture
from metrics.records import Records
from metrics.trends import QuarterlyTrends, quarterly
from papers.board import Beside
from papers.composing import composed
from papers.kept import beside_of, read, said
from papers.material import Material, gather
from papers.model import Format, Kind, Paper, Question
from papers.rows_behind import rows_behind
from papers.writing import written
from store.audits import answers, audit_for
from store.database import Store
from store.deviations import accepted_deviations, register
from store.history import rows_refused_last
from store.paper_words import answers_of, commentary_of, own_questions
from store.papers import NAMES_CASES, KeptPaper, content_of, keep_paper, last_before
from store.rebases import rebase_decisions, standing_rebases
from store.sealed_scores import sealed_score


def hidden_stages(store: Store, records: Records, as_at: date) -> HiddenPicture:
    """What the board sees of hidden stages, with the deviations accepted and the answers of the audit."""
    audit = audit_for(store, records.landlord_code, as_at)
    return board_picture(
        records,
        as_at,
        accepted=register(accepted_deviations(store, records.landlord_code)),
        answers=None if audit is None else answers(store, audit.sample),
    )


def trends(store: Store, records: Records, as_at: date, *, screened: bool = True) -> QuarterlyTrends:
    """The lines of the matrix, rebased where that was decided."""
    standing = standing_rebases(rebase_decisions(store, records.landlord_code))
    return quarterly(records, as_at, rebases=standing, screened=screened)


def material(store: Store, records: Records, as_at: date) -> Material:
    """Everything papers of that day are made of, for a door that keeps nothing worked out."""
    return gather(records, as_at, hidden=hidden_stages(store, records, as_at), trends=trends(store, records, as_at))


def paper(store: Store, of: Material, kind: Kind) -> Paper:
    """The paper as it stands now. Raises RefusedError for a self-check where the reader does not see cases."""
    store.reader.require("cases" if kind in NAMES_CASES else "figures", of.code)
    return composed(of, kind, _beside(store, of.code, of.as_at, kind))


def file(made: Paper, as_a: Format, *, of: Material | None, template: bytes | None = None) -> bytes:
    """A paper's file. `of` is what it was made of, for the rows in its workbook; None for one made earlier, whose rows
    may have changed since. Raises ValueError where the template is no Word document."""
    rows = () if of is None or as_a != "xlsx" else rows_behind(of, handlers=made.kind in NAMES_CASES)
    return written(made, as_a, template=template, rows=rows)


def last_asked(store: Store, landlord_code: str, as_at: date, kind: Kind) -> tuple[date, tuple[Question, ...]] | None:
    """The day of the last paper kept before, and what it asked with the answers so far; None where none was kept."""
    earlier = last_before(store, landlord_code, kind, as_at)
    return (earlier.as_at, tuple(_beside(store, landlord_code, as_at, kind).asked)) if earlier else None


def keep(store: Store, made: Paper, *, kept_by: str) -> KeptPaper:
    """Keep a paper as it stands. Raises ValueError without a name."""
    return keep_paper(
        store,
        landlord_code=made.landlord_code,
        kind=made.kind,
        as_at=made.as_at,
        kept_by=kept_by,
        finding=made.finding,
        method_version=made.method_version,
        data_hash=made.data_hash,
        content=said(made),
    )


def reopened(store: Store, kept: KeptPaper) -> Paper:
    """A kept paper as it was made. Raises ValueError where it is not what was kept."""
    return read(content_of(store, kept))


def _beside(store: Store, landlord_code: str, as_at: date, kind: Kind) -> Beside:
    """What the store holds beside the records."""
    earlier = last_before(store, landlord_code, kind, as_at)
    answered = answers_of(store, landlord_code, kind, earlier.as_at) if earlier else {}
    score = sealed_score(store, landlord_code, as_at)
    own = own_questions(store, landlord_code, kind, as_at)
    return beside_of(
        earlier=content_of(store, earlier) if earlier else None,
        answers={question: (each.answer, each.answered_by) for question, each in answered.items()},
        commentary=commentary_of(store, landlord_code, kind, as_at),
        own=(own.lines, own.author),
        score=None if score is None else (score.position, score.reason, score.name, score.made_on),
        refused=rows_refused_last(store, landlord_code) if kind in NAMES_CASES else (),
    )
