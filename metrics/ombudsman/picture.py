"""Everything the screens and papers show of the Ombudsman on one day."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.catalogue import indicator
from metrics.commitments.picture import Orders, commitments_picture
from metrics.counting.coverage import held
from metrics.counting.formula import due, succeeded
from metrics.ombudsman.findings import AreaFindings, Findings, by_area, counted, in_year, known_findings
from metrics.ombudsman.listing import SHOW, how_many, marked
from metrics.periods import window
from metrics.records import Records
from metrics.volumes import Part

YEARS = 5


@dataclass(frozen=True, kw_only=True)
class Challenges:
    """Findings of the year put to review, and what became of it. `accepted` is the figure `decisions_accepted`: not put
    to review, or changed by it. `refused`: the review left the finding as it was; `open`: no outcome is recorded.
    `is_recorded` is False where no finding of any year names a review: nobody may have written them down."""

    is_recorded: bool
    asked: Part
    accepted: Part
    changed: int
    refused: int
    open: int


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the landlord had offered beside what the Ombudsman ordered, in pounds, over the cases decided in the year
    that give both. `more` counts those where more was ordered than offered, `nothing_offered` those of them where
    nothing had been; `not_given` the cases that give only one or neither.

    A case is a complaint with all its findings (a finding that names no complaint is a case of its own). Records give a
    sum on each finding: one and the same sum on several findings of a case is the case's, and counts once.
    """

    cases: int
    offered: float
    ordered: float
    more: Part
    nothing_offered: int
    not_given: int


@dataclass(frozen=True, kw_only=True)
class OmbudsmanPicture:
    """What the Ombudsman found and ordered, and how the landlord took it.

    years         the twelve months to as_at first, then those before, as far as the records reach (five at most)
    areas         findings of the year by service area
    money         None where no case of the year gives both sums
    orders        None where no commitments are held
    learned_first upheld findings of the year on a theme on which an action of the landlord's own was open before
                  (`learned_first`); None where no learning actions are held
    """

    as_at: date
    is_held: bool
    years: tuple[Findings, ...]
    areas: tuple[AreaFindings, ...]
    challenges: Challenges
    money: Money | None
    orders: Orders | None
    learned_first: Part | None

    @property
    def year(self) -> Findings:
        """The twelve months to as_at."""
        return self.years[0]


def ombudsman_picture(records: Records, as_at: date) -> OmbudsmanPicture:
    """The picture on one day. Without determinations every count is 0 and `is_held` is False: not evidenced."""
    tables = held(records, as_at)
    rows = known_findings(records, as_at)
    year = marked(in_year(rows, as_at))
    return OmbudsmanPicture(
        as_at=as_at,
        is_held="determinations" in tables,
        years=_years(rows, as_at),
        areas=by_area(year),
        challenges=_challenges(rows, year, as_at),
        money=_money(year),
        orders=commitments_picture(records, as_at).orders if "commitments" in tables else None,
        learned_first=_share(rows, "learned_first", as_at) if "learning_actions" in tables else None,
    )


def _years(rows: pl.DataFrame, as_at: date) -> tuple[Findings, ...]:
    """Twelve months each, newest first; the oldest are left out where no record reaches back to their first day."""
    first = rows["decided_on"].min()
    found, until = [counted(rows, as_at)], window(as_at)[0] - timedelta(days=1)
    while len(found) < YEARS and isinstance(first, date) and until >= first:
        found.append(counted(rows, until))
        until = window(until)[0] - timedelta(days=1)
    return tuple(found)


def _share(rows: pl.DataFrame, key: str, as_at: date) -> Part:
    """The figure of the catalogue, counted by its own expressions."""
    declared = indicator(key)
    among = rows.filter(due(declared, as_at))
    return Part(k=among.filter(succeeded(declared, as_at)).height, n=among.height)


def _challenges(rows: pl.DataFrame, year: pl.DataFrame, as_at: date) -> Challenges:
    return Challenges(
        is_recorded=rows["review_requested_on"].count() > 0,
        asked=Part(k=how_many(year, "put to review"), n=year.height),
        accepted=_share(rows, "decisions_accepted", as_at),
        changed=how_many(year, "review changed it"),
        refused=how_many(year, "review left it"),
        open=how_many(year, "review without outcome"),
    )


def _money(year: pl.DataFrame) -> Money | None:
    """The sums of the year's cases."""
    cases = year.unique("case", keep="first", maintain_order=True)
    both = cases.filter(SHOW["both sums given"])
    if both.is_empty():
        return None
    return Money(
        cases=both.height,
        offered=float(both["case_offered"].sum()),
        ordered=float(both["case_ordered"].sum()),
        more=Part(k=how_many(cases, "more ordered than offered"), n=both.height),
        nothing_offered=how_many(cases, "ordered where nothing was offered"),
        not_given=cases.height - both.height,
    )
