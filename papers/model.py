"""What a paper is made of. Values and words only: composers fill it, writers turn it into a file.

Every block says all it has to say as text, so that no format loses anything. Numbers stand beside their words
(`Number`), for the workbook and for comparing two papers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from metrics.words import Basis, State

Kind = Literal["board", "quarterly", "self-check", "annual"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Format = Literal["docx", "pdf", "html", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
TITLES: Mapping[Kind, str] = {
    "board": "Complaints: paper for the governing body",
    "quarterly": "Complaints: quarterly review for executives",
    "self-check": "Complaints: the team's self-check",
    "annual": "Annual complaints performance and service improvement report",
}
SHORTEST, LONGEST = 13, 80  # characters a column is made room for
Verb = Literal["note", "challenge", "decide"]
ChartKind = Literal["bars", "stack", "course", "steps"]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A cell that holds a number: as it reads, and as it counts (None where it is not shown or not known)."""

    text: str
    value: float | None = None


Cell = str | Number


def text_of(cell: Cell) -> str:
    """A cell as it reads."""
    return cell if isinstance(cell, str) else cell.text


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Sentences that stand together. `lead` is set larger, and stays with what follows: the finding of its section."""

    text: str
    lead: bool = False


@dataclass(frozen=True, kw_only=True)
class Points:
    """Short sentences under one another; `numbered` where their order matters or a meeting refers to them."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows below a header row; `title` is its caption and `note` what to know when reading it."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def shares(self) -> tuple[float, ...]:
        """How wide each column should be beside the others, by the longest text it holds."""
        longest = [
            max(
                SHORTEST,
                0.8 * len(name),
                1.4 * max(map(len, name.split()), default=0),
                *(len(text_of(row[place])) for row in self.rows),
            )
            for place, name in enumerate(self.columns)
        ]
        return tuple(min(each, LONGEST) ** 0.62 for each in longest)


@dataclass(frozen=True, kw_only=True)
class Series:
    """The values of one row of a chart, one for each category; None where there is none to show. `low` and `high` give
    a band, `colour` the role it plays (a state's word, or `plain`)."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    colour: str = "plain"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture of a few figures, told again in `alt`.

    kind    `bars` one series, sideways; `stack` parts of a whole, sideways; `course` over quarters, with a band;
            `steps` over quarters between named heights (`heights`, lowest first; a value is a place among them)
    """

    key: str
    kind: ChartKind
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    heights: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()  # (category, what happened in it), numbered in the picture


Block = Paragraph | Points | Table | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it. `code` is the provision of the Code it answers."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One indicator as a paper shows it. `basis` is whose the line is; `hidden` where it is left out because it would
    tell of one to four people, and its numbers are then None."""

    key: str
    title: str
    value: str
    count: str
    interval: str
    line: str
    state: State | None
    hidden: bool
    basis: Basis = "JUDGEMENT"
    numerator: float | None = None
    denominator: float | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question to ask, what would answer it, and, once the meeting has been, what was answered. `asked_by` is empty
    where the figures raise it."""

    text: str
    evidence: str = ""
    asked_by: str = ""
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What the reader is asked to do."""

    verb: Verb
    text: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule or a figure comes from."""

    title: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper. `data_hash` is of the records it was made from, `settings` what else moved its figures."""

    kind: Kind
    landlord_code: str
    landlord_name: str
    as_at: date
    quarter: str
    finding: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    recommendations: tuple[Recommendation, ...] = ()
    questions: tuple[Question, ...] = ()
    sources: tuple[Source, ...] = ()
    method_version: str
    data_hash: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    language: str = "en-GB"

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.kind]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts in reading order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Chart))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables in reading order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    @property
    def file_stem(self) -> str:
        """The name of its file without the ending."""
        return f"{self.landlord_code}-{self.kind}-{self.as_at.isoformat()}"
