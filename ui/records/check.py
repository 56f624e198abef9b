"""Judging what was uploaded without storing it, and storing it: both through the one way every load goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.mapping import Mapping
from intake.prepare import prepare
from intake.prepared import Prepared
from intake.refusals import workbook
from metrics.records import TABLE_BY_NAME
from store.history import FileSeen
from store.loading import LoadResult, Manner, Progress, load, stored_keys
from store.protecting import protection_of
from store.regulator import prepared_from
from store.snapshot import current
from ui.loading import store
from ui.records.arrived import Arrived
from ui.records.matches import Taken


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One load to be: what it comes from, what was prepared, and what would happen. The regulator's workbook is a load
    of its own."""

    name: str
    method: str
    files: tuple[FileSeen, ...]
    prepared: Prepared
    preview: LoadResult

    @property
    def changes_something(self) -> bool:
        """Whether loading would store a row."""
        return any(counts.kept + counts.changed for counts in self.preview.tables.values())

    def refused_workbook(self) -> bytes:
        """The refused rows with their reasons, to mend and load again."""
        return workbook(self.prepared)


@dataclass(frozen=True, kw_only=True, eq=False)
class Checked:
    """Everything uploaded, judged. `signature` tells whether it still speaks for what is on the page."""

    signature: str
    parts: tuple[Part, ...]
    extract_date: date


def signature(arrived: Arrived, taken: Sequence[Taken], *, landlord: str | None, extract_date: date) -> str:
    """What the check depends on."""
    read = [(each.label, each.mapping.as_json() if each.mapping else "") for each in taken]
    return repr((arrived.id, read, landlord, extract_date))


def check(arrived: Arrived, taken: Sequence[Taken], *, landlord: str | None, extract_date: date) -> Checked:
    """Judge every row; nothing is stored."""
    mark = signature(arrived, taken, landlord=landlord, extract_date=extract_date)
    parts = [_regulators(arrived, place) for place in range(len(arrived.workbooks))]
    used = [each for each in taken if each.mapping is not None]
    if used:
        parts.append(_tables(arrived, used, landlord=landlord, extract_date=extract_date))
    return Checked(signature=mark, parts=tuple(parts), extract_date=extract_date)


def _regulators(arrived: Arrived, place: int) -> Part:
    seen, book = arrived.workbooks[place]
    prepared = prepared_from(book, held=current(store()).scan(TABLE_BY_NAME["tsm"]))
    return _part(f"The regulator's workbook of {book.year}", prepared, method="load-tsm", files=(seen,), on=None)


def _tables(arrived: Arrived, taken: Sequence[Taken], *, landlord: str | None, extract_date: date) -> Part:
    mappings: list[Mapping] = [each.mapping for each in taken if each.mapping is not None]
    prepared = prepare(
        [each.raw for each in taken],
        mapping=mappings,
        landlord=landlord,
        extract_date=extract_date,
        stored_keys=stored_keys(store()),
        protection=protection_of(store()),
    )
    regulators = {seen for seen, _ in arrived.workbooks}
    files = tuple(seen for seen in arrived.seen if seen not in regulators)
    return _part("Your records", prepared, method="page", files=files, on=extract_date)


def _part(name: str, prepared: Prepared, *, method: str, files: tuple[FileSeen, ...], on: date | None) -> Part:
    preview = load(store(), prepared, manner=Manner(method=method, extract_date=on, files=files, dry_run=True))
    return Part(name=name, method=method, files=files, prepared=prepared, preview=preview)


def commit(part: Part, *, extract_date: date, loaded_by: str | None, progress: Progress) -> LoadResult:
    """Store one part, in one transaction."""
    manner = Manner(
        loaded_by=loaded_by,
        method=part.method,
        extract_date=extract_date if part.method == "page" else None,
        files=part.files,
    )
    return load(store(), part.prepared, manner=manner, progress=progress)
