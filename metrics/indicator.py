"""What an indicator is: a plain value that page, paper, handbook, drill-down and tests all read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from metrics.phrasing import capital
from metrics.records import Records
from metrics.words import Basis, Level

THEMES = "themes"  # the population of the effect engine (`metrics.effects`)

Gate = Literal["must", "should"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule comes from: document, paragraph and date."""

    document: str
    paragraph: str
    dated: str = ""


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The line between met and not met. `value` is a share 0 to 1 (or a count for a counted fact).

    `basis` says whose line it is; `why` gives the reason in a sentence; `of_method` is the method's own line where a
    landlord has set another. A statutory line and our judgement never look
    alike on screen or paper.
    """

    value: float | None
    basis: Basis
    why: str
    of_method: float | None = None


@dataclass(frozen=True, kw_only=True)
class WorkedExample:
    """A few invented records and what they come to; a test recounts it.

    `tables` maps a table's name to a small text table: first line the columns, cells separated by `|`, dates ISO, blank
    is null. Required columns that the example leaves out are filled by `metrics.worked_example.records_of`. `as_at` is
    the day the example speaks for.
    """

    as_at: date
    tables: Mapping[str, str]
    numerator: float
    denominator: float | None
    in_words: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Indicator:
    """One figure about a landlord, declared once.

    identity     key, title, question (what an MRC would ask), why_it_matters, level (None for descriptive figures)
    formula      population (name of a derived frame, see `metrics.populations`), denominator and numerator as row
                 expressions, dated_by (the date column that puts a row into the window), months (length of the window)
    knowledge    date columns that say what is known on the day a figure speaks for: a row exists from `known_from`, it
                 counts towards the numerator from `counted_from` and no longer from `counted_until`; blank where the
                 dates in the formula already settle it
    fails        where no expression over one row can say which rows fail: names them on several days, as a frame of
                 as_at and the population's reference; every other row of the denominator is then in the numerator
    themes       where the population is `THEMES`, the effect engine counts themes and lists the actions behind them;
                 denominator, numerator and dated_by then play no part
    words        of_which ("stages falling due in the year"), counted ("acknowledged by the due date")
    judgement    kind (share or fact), better, threshold, smallest_n, gate (None for descriptive figures)
    needs        tables without which the figure is not evidenced
    bound_on     a fact is compared with its bound as a share, or (`count`) by its numerator alone, then `out_of` says
                 of how many where that is fixed
    none_due_is_met  a fact nothing fell due for counts as met
    per_homes    the denominator is these columns of `landlords`, and the value is per 1,000 of them
    tsm_measure  the figure is read from a published measure of `tsm`, which arrives already counted: no cases to list
    drill-down   shows (columns listed), one row of the population being one case or one action (`unit`)
    """

    key: str
    title: str
    question: str
    why_it_matters: str
    level: Level | None
    kind: Literal["share", "fact"]
    gate: Gate | None
    population: str
    denominator: pl.Expr
    numerator: pl.Expr
    dated_by: str
    known_from: str = ""
    counted_from: str = ""
    counted_until: str = ""
    fails: Callable[[Records, Sequence[date]], pl.DataFrame] | None = None
    months: int = 12
    of_which: str
    counted: str
    unit: str
    unit_one: str = ""
    better: Better = "higher"
    threshold: Threshold
    smallest_n: int = 5
    none_due_is_met: bool = False
    bound_on: Literal["share", "count"] = "share"
    out_of: int | None = None
    per_homes: tuple[str, ...] = ()
    tsm_measure: str = ""
    needs: tuple[str, ...]
    shows: tuple[str, ...] = ()
    sources: tuple[Source, ...]
    example: WorkedExample | None = None

    def units(self, number: float) -> str:
        """The unit in the number it is said with: 1 commitment, 2 commitments."""
        return (self.unit_one or self.unit.removesuffix("s")) if number == 1 else self.unit

    @property
    def formula(self) -> str:
        """The formula in words, put together from `counted` and `of_which`."""
        return f"{capital(self.of_which)}: the share {self.counted}."

    @property
    def lists_cases(self) -> bool:
        """Whether there are rows behind the figure that can be listed."""
        return bool(self.shows) and not self.tsm_measure
