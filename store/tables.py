"""The database tables, derived from `metrics.records`, and the store's own tables beside them.

Names of tables and columns are those of the declaration. Two kinds of record have a date in their natural key that
may be blank (`contractors.engaged_from`: engaged always; `self_assessment.approved_on`: not approved yet). A primary
key cannot hold a blank, and a plain unique constraint lets any number of blanks in, on SQLite as on PostgreSQL. So
those two tables carry no primary key but a unique index in which a blank counts as the first day of the calendar
(`coalesce(engaged_from, '0001-01-01')`): both databases hold it and both accept it as the target of an upsert. An
invented date in the record itself would have been shorter and a lie.
"""

from datetime import date, datetime
from typing import Any

from pydantic import create_model
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Index, LargeBinary, Text, func, literal_column
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine
from sqlmodel import Column, Field, SQLModel

from metrics.table import Column as RecordColumn
from metrics.table import Kind, Table
from store import team_tables  # noqa: F401  # its tables belong to the same schema
from store.own_records import LOADED_TABLES

BLANK_DATE = "0001-01-01"

_PYTHON_TYPE: dict[Kind, type] = {
    "date": date,
    "moment": datetime,
    "yes_no": bool,
    "whole": int,
    "number": float,
}
_DATABASE_TYPE: dict[Kind, type[TypeEngine[Any]]] = {
    "date": Date,
    "moment": DateTime,
    "yes_no": Boolean,
    "whole": BigInteger,
    "number": Double,
}


def nullable_key(table: Table) -> tuple[str, ...]:
    """The parts of the natural key that may be blank."""
    return tuple(name for name in table.key if not table.column(name).required)


def _field(column: RecordColumn, *, in_primary_key: bool) -> tuple[Any, Any]:
    python_type = _PYTHON_TYPE.get(column.kind, str)
    database_column: Column[Any] = Column(
        column.name,
        _DATABASE_TYPE.get(column.kind, Text)(),
        primary_key=in_primary_key,
        nullable=not column.required,
    )
    if column.required:
        return python_type, Field(sa_column=database_column)
    return python_type | None, Field(default=None, sa_column=database_column)


def _unique_key(table: Table, columns: dict[str, Column[Any]]) -> Index:
    blank: ColumnElement[Any] = literal_column(f"'{BLANK_DATE}'")
    parts = [
        func.coalesce(columns[name], blank) if name in nullable_key(table) else columns[name] for name in table.key
    ]
    return Index(f"{table.name}_natural_key", *parts, unique=True)


def _model(table: Table) -> type[SQLModel]:
    """The SQLModel class of one kind of record."""
    primary = () if nullable_key(table) else table.key
    fields = {column.name: _field(column, in_primary_key=column.name in primary) for column in _key_first(table)}
    made: type[SQLModel] = create_model(  # type: ignore[call-overload]  # its stub wants each field spelled out
        "".join(word.capitalize() for word in table.name.split("_")),
        __base__=_base(table, {name: declared.sa_column for name, (_, declared) in fields.items()}),
        __module__=__name__,
        __doc__=table.meaning,
        __cls_kwargs__={"table": True},
        **fields,
    )
    return made


def _key_first(table: Table) -> list[RecordColumn]:
    """The columns with the key in front and in its own order: SQLAlchemy builds the primary key in column order."""
    return [*(table.column(name) for name in table.key), *(c for c in table.columns if c.name not in table.key)]


def _base(table: Table, columns: dict[str, Column[Any]]) -> type[SQLModel]:
    # A clustered table (SQLite: WITHOUT ROWID) holds its rows once, in key order, instead of rows and an index beside.
    arguments: tuple[Any, ...] = ({"sqlite_with_rowid": False},)
    mapper: dict[str, Any] = {}
    if nullable_key(table):
        arguments = (_unique_key(table, columns),)
        mapper = {"primary_key": [columns[name] for name in table.key]}
    return type(
        f"{table.name}_base",
        (SQLModel,),
        {"__tablename__": table.name, "__table_args__": arguments, "__mapper_args__": mapper, "__module__": __name__},
    )


RECORD_MODELS: dict[str, type[SQLModel]] = {table.name: _model(table) for table in LOADED_TABLES}


class Load(SQLModel, table=True):
    """One visit of one or more files: who, when, what. `token` names the snapshot files this load wrote."""

    __tablename__ = "loads"

    load: int | None = Field(default=None, primary_key=True)
    token: str = Field(sa_type=Text, unique=True)
    loaded_at: datetime = Field(sa_type=DateTime)
    loaded_by: str = Field(sa_type=Text)
    method: str = Field(sa_type=Text)
    extract_date: date | None = Field(default=None, sa_type=Date)


class LoadFile(SQLModel, table=True):
    """A file that came with a load, and its SHA-256."""

    __tablename__ = "load_files"

    load: int = Field(primary_key=True, foreign_key="loads.load")
    position: int = Field(primary_key=True)
    file: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text)


class LoadTable(SQLModel, table=True):
    """What a load did to one table: rows new, changed, as they were, refused."""

    __tablename__ = "load_tables"

    load: int = Field(primary_key=True, foreign_key="loads.load")
    table_name: str = Field(primary_key=True, sa_type=Text)
    kept: int
    changed: int
    unchanged: int
    refused: int


class LoadRefusal(SQLModel, table=True):
    """A load's refused rows, to be downloaded and mended later: the reasons, and per table the original cells.

    `part` is `reasons`, `warnings` or the name of a table; `content` a Parquet file, since the cells differ by file.
    """

    __tablename__ = "load_refusals"

    load: int = Field(primary_key=True, foreign_key="loads.load")
    part: str = Field(primary_key=True, sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)


class ColumnMapping(SQLModel, table=True):
    """A confirmed matching of a source's columns to ours, used again next quarter. `mapping` is JSON."""

    __tablename__ = "column_mappings"

    name: str = Field(primary_key=True, sa_type=Text)
    mapping: str = Field(sa_type=Text)
    saved_at: datetime = Field(sa_type=DateTime)
    saved_by: str = Field(sa_type=Text)


class BoardJudgement(SQLModel, table=True):
    """A board's own view of its position, recorded beside the computed one. Never replaces it."""

    __tablename__ = "board_judgements"

    judgement: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    as_at: date = Field(sa_type=Date)
    position: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    made_on: date = Field(sa_type=Date)
    expires_on: date = Field(sa_type=Date)


class GhostWords(SQLModel, table=True):
    """A landlord's own additions to the lexicons, whole, as they stand from this entry on. The last one counts; those
    before it stay on record. `words` is TOML."""

    __tablename__ = "ghost_words"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    words: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    author: str = Field(sa_type=Text)
    decided_on: date = Field(sa_type=Date)


class AuditSample(SQLModel, table=True):
    """A random sample of contacts drawn for an audit, and who drew it."""

    __tablename__ = "audit_samples"

    sample: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    as_at: date = Field(sa_type=Date)
    seed: int = Field(sa_type=BigInteger)
    drawn_by: str = Field(sa_type=Text)
    drawn_on: date = Field(sa_type=Date)


class AuditContact(SQLModel, table=True):
    """A contact of a sample: the order it is read in, whether it was flagged then, and of how many of its kind."""

    __tablename__ = "audit_contacts"

    sample: int = Field(primary_key=True, foreign_key="audit_samples.sample")
    place: int = Field(primary_key=True)
    contact_ref: str = Field(sa_type=Text)
    household_ref: str = Field(sa_type=Text)
    on: date = Field(sa_type=Date)
    flagged: bool = Field(sa_type=Boolean)
    drawn_from: int = Field(sa_type=BigInteger)


class AuditAnswer(SQLModel, table=True):
    """What a reviewer holds a contact of a sample to be; without `is_ghost` it cannot be told. The last answer on a
    contact counts; those before it stay on record."""

    __tablename__ = "audit_answers"

    entry: int | None = Field(default=None, primary_key=True)
    sample: int = Field(foreign_key="audit_samples.sample", index=True)
    contact_ref: str = Field(sa_type=Text)
    is_ghost: bool | None = Field(default=None, sa_type=Boolean)
    reason: str = Field(sa_type=Text)
    reviewer: str = Field(sa_type=Text)
    answered_on: date = Field(sa_type=Date)


class GhostVerdict(SQLModel, table=True):
    """A reviewer's verdict on a ghost episode. The last one on an episode counts; those before it stay on record.

    `detectors` are those that had fired when it was given, joined by commas: a later load may change them.
    """

    __tablename__ = "ghost_verdicts"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    complaint_ref: str | None = Field(default=None, sa_type=Text)
    household_ref: str = Field(sa_type=Text)
    window: str = Field(sa_type=Text)
    first_signal_on: date = Field(sa_type=Date)
    detectors: str = Field(sa_type=Text)
    grade: str = Field(sa_type=Text)
    verdict: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    reviewer: str = Field(sa_type=Text)
    decided_on: date = Field(sa_type=Date)


class AcceptedDeviation(SQLModel, table=True):
    """A deviation from the Code's path that the landlord accepts: whose it is, why, and until when."""

    __tablename__ = "accepted_deviations"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    deviation: str = Field(sa_type=Text)
    owner: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    accepted_on: date = Field(sa_type=Date)
    expires_on: date = Field(sa_type=Date)


class TrendRebase(SQLModel, table=True):
    """A decision that a trend's limits begin anew at a recorded event, or do no longer. The last one on an event and a
    line counts; those before it stay on record."""

    __tablename__ = "trend_rebases"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    event_ref: str = Field(sa_type=Text)
    line: str = Field(sa_type=Text)
    stands: bool = Field(sa_type=Boolean)
    reason: str = Field(sa_type=Text)
    author: str = Field(sa_type=Text)
    decided_on: date = Field(sa_type=Date)


class Paper(SQLModel, table=True):
    """A paper as it was made. `content` is the paper as JSON, `paper_hash` the SHA-256 of that, `data_hash` of the
    records it was made from."""

    __tablename__ = "papers"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    kind: str = Field(sa_type=Text)
    as_at: date = Field(sa_type=Date)
    kept_at: datetime = Field(sa_type=DateTime)
    kept_by: str = Field(sa_type=Text)
    finding: str = Field(sa_type=Text)
    method_version: str = Field(sa_type=Text)
    data_hash: str = Field(sa_type=Text)
    paper_hash: str = Field(sa_type=Text)
    content: str = Field(sa_type=Text)


class PaperCommentary(SQLModel, table=True):
    """What an author wrote into a paper. The last one counts; those before it stay on record."""

    __tablename__ = "paper_commentaries"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    kind: str = Field(sa_type=Text)
    as_at: date = Field(sa_type=Date)
    commentary: str = Field(sa_type=Text)
    author: str = Field(sa_type=Text)
    written_at: datetime = Field(sa_type=DateTime)


class PaperQuestions(SQLModel, table=True):
    """The questions that a reader adds to a paper, one a line. The last entry counts; those before it stay on
    record."""

    __tablename__ = "paper_questions"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    kind: str = Field(sa_type=Text)
    as_at: date = Field(sa_type=Date)
    questions: str = Field(sa_type=Text)
    author: str = Field(sa_type=Text)
    written_at: datetime = Field(sa_type=DateTime)


class PaperAnswer(SQLModel, table=True):
    """What was answered to a question that the paper of that kind and day asked. The last one counts."""

    __tablename__ = "paper_answers"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    kind: str = Field(sa_type=Text)
    as_at: date = Field(sa_type=Date)
    question: str = Field(sa_type=Text)
    answer: str = Field(sa_type=Text)
    answered_by: str = Field(sa_type=Text)
    answered_at: datetime = Field(sa_type=DateTime)


class SealedScore(SQLModel, table=True):
    """Where a team expected to stand, before it was shown. The first one counts: it is sealed."""

    __tablename__ = "sealed_scores"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    as_at: date = Field(sa_type=Date)
    position: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    made_on: date = Field(sa_type=Date)


metadata = SQLModel.metadata
