"""Audits of ghost stages: samples of contacts put to a reviewer, and answers, the last on a contact counting."""

from dataclasses import asdict, dataclass
from datetime import date

import polars as pl
from sqlalchemy import Connection, insert, select

from metrics.ghosts.audit import ANSWERS, SAMPLE
from metrics.periods import window
from store import audit
from store.database import Store, reading, writing
from store.ledger import entries, require_words
from store.tables import metadata

READ: dict[str, pl.DataType | type[pl.DataType]] = {
    "place": pl.Int64,
    **ANSWERS,
    "answered": pl.Boolean,
    "reason": pl.String,
    "reviewer": pl.String,
    "answered_on": pl.Date,
}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A sample that was drawn: of which twelve months, by what seed, by whom and when. `sample` numbers it."""

    sample: int
    landlord_code: str
    as_at: date
    seed: int
    drawn_by: str
    drawn_on: date


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a reviewer holds a contact of a sample to be: dissatisfaction handled outside the stages, or not; None where
    it cannot be told. Raises ValueError for a missing reason or reviewer."""

    sample: int
    contact_ref: str
    is_ghost: bool | None
    reason: str
    reviewer: str
    answered_on: date

    def __post_init__(self) -> None:
        require_words(self, reason="the reason of the answer", reviewer="the reviewer of the answer")


def keep_sample(
    store: Store, drawn: pl.DataFrame, *, landlord_code: str, as_at: date, seed: int, drawn_by: str, drawn_on: date
) -> int:
    """Keep a sample (`metrics.ghosts.audit.SAMPLE`, in the order it is to be read) and give its number. It is kept and
    not drawn again, because verdicts and later records change what is flagged. Raises ValueError for an empty one or
    where nobody drew it."""
    store.reader.require("review", landlord_code)
    if drawn.is_empty():
        raise ValueError("sample: found no contact; wanted inbound contacts in the twelve months")
    if not drawn_by.strip():
        raise ValueError("drawn by: found nothing; wanted the name of who draws the sample")
    with writing(store) as connection:
        values = {
            "landlord_code": landlord_code,
            "as_at": as_at,
            "seed": seed,
            "drawn_by": drawn_by,
            "drawn_on": drawn_on,
        }
        number = connection.execute(insert(metadata.tables["audit_samples"]).values(**values)).inserted_primary_key
        assert number is not None
        rows = drawn.select(list(SAMPLE)).with_row_index("place", offset=1).with_columns(sample=pl.lit(number[0]))
        connection.execute(insert(metadata.tables["audit_contacts"]), rows.to_dicts())
        detail = f"sample {number[0]} of {drawn.height} contacts to {as_at}"
        audit.append(connection, store, "audit of contacts", landlord_code=landlord_code, detail=detail)
        return int(number[0])


def samples(store: Store, landlord_code: str) -> list[Sample]:
    """A landlord's samples, the last one drawn first. Raises RefusedError for a landlord out of reach."""
    store.reader.require("figures", landlord_code)
    return entries(store, "audit_samples", Sample, landlord_code=landlord_code)[::-1]


def audit_for(store: Store, landlord_code: str, as_at: date) -> Sample | None:
    """The sample that speaks for a day: the last one drawn, of twelve months that ended within the twelve to it."""
    first, last = window(as_at)
    return next((each for each in samples(store, landlord_code) if first <= each.as_at <= last), None)


def keep_answer(store: Store, answer: Answer) -> None:
    """Keep an answer. Earlier ones on the same contact stay on record and count no more. Raises RefusedError."""
    table = metadata.tables["audit_samples"]
    with writing(store) as connection:
        whose = connection.execute(select(table.c.landlord_code).where(table.c.sample == answer.sample)).scalar()
        store.reader.require("review", whose)
        connection.execute(insert(metadata.tables["audit_answers"]).values(**asdict(answer)))
        detail = f"answer on {answer.contact_ref} of sample {answer.sample}"
        audit.append(connection, store, "audit of contacts", landlord_code=whose or "", detail=detail)


def answers(store: Store, sample: int) -> pl.DataFrame:
    """Every contact of a sample in the order to be read, with the last answer on it (`READ`): `ANSWERS` as
    `metrics.ghosts.audit.prevalence` takes them, place, whether it was answered, and who said why and when."""
    with reading(store) as connection:
        asked = _frame(connection, "audit_contacts", sample, ("place", *SAMPLE), order="place")
        said = _frame(
            connection,
            "audit_answers",
            sample,
            ("contact_ref", "is_ghost", "reason", "reviewer", "answered_on"),
            order="entry",
        )
    last = said.unique("contact_ref", keep="last", maintain_order=True).with_columns(answered=pl.lit(value=True))
    joined = asked.join(last, on="contact_ref", how="left", maintain_order="left")
    return joined.with_columns(pl.col("answered").fill_null(value=False)).select(list(READ))


def _frame(connection: Connection, name: str, sample: int, columns: tuple[str, ...], *, order: str) -> pl.DataFrame:
    table = metadata.tables[name]
    found = connection.execute(
        select(*(table.c[each] for each in columns)).where(table.c.sample == sample).order_by(table.c[order])
    )
    return pl.DataFrame(
        [dict(row) for row in found.mappings()], schema={each: READ[each] for each in columns}, orient="row"
    )
