"""One rule for every line: month or quarter, and which control chart. Declared once, and said in words.

XmR takes its limits from how far neighbours lie apart. That is honest where each value is made of many cases and about
as many as the next; it needs no belief about chance. Where a value is made of few cases, or of five in one quarter and
fifty in the next, the same limits for all would cry wolf at the small ones and sleep through the large: there the chart
is P (shares) or U (counts), with limits from the chance of each period's own count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from metrics.trends.by_period import Counted
from metrics.trends.rows import Kind, Period

MONTHLY = 20  # cases in the typical month that make a month worth a point
FEWEST_CASES = 5  # cases in the typical quarter, below which a share says nothing
FEWEST_POINTS = 5
EITHER_SIDE = 10  # typical number of successes, and of failures, that XmR needs
UNEVEN = 2.0  # at most so many times, and at least one such part of, the typical number of cases
RECENT_MONTHS = 12

PERIOD_RULE = (
    f"A point is a month where the typical month of the last twelve holds at least {MONTHLY} cases, else a quarter. "
    f"A share of fewer than {FEWEST_CASES} cases in the typical quarter, or with fewer than {FEWEST_POINTS} points, is "
    "not charted."
)
CHART_RULE = (
    f"XmR where the typical point holds at least {EITHER_SIDE} cases on either side (or, for a rate, {EITHER_SIDE} "
    "complaints) and no point holds less than half or more than twice the typical number; else P for a share and U for "
    "a rate, whose limits are worked out from chance for each point’s own number. Where points differ more than chance "
    "explains, the P and U limits are widened by as much (Laney): P′ and U′."
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A chart before it is drawn: its kind (unwidened) and the reason."""

    kind: Kind
    why: str


def period_of(monthly: Counted | None, *, is_rate: bool) -> Period:
    """Month or quarter, by how many cases a month holds; a rate counts its complaints."""
    if monthly is None or len(monthly.ends) < FEWEST_POINTS:
        return "quarter"
    cases = (monthly.k if is_rate else monthly.n)[-RECENT_MONTHS:]
    return "month" if median(cases) >= MONTHLY else "quarter"


def too_few(counted: Counted, *, is_rate: bool, period: Period) -> str:
    """Why a line cannot be charted; empty where it can."""
    known = [n for n in counted.n if n]
    if len(known) < FEWEST_POINTS:
        count = "No" if not known else f"Only {len(known)}"
        return f"{count} {period}{'' if len(known) == 1 else 's'} with anything to count; {FEWEST_POINTS} are needed."
    if not is_rate and median(known) < FEWEST_CASES:
        return f"Fewer than {FEWEST_CASES} cases in the typical {period}: a share of so few says nothing."
    return ""


def chart_of(k: Sequence[int], n: Sequence[int], *, is_rate: bool, period: Period) -> Chosen:
    """The chart of a share of k of n, or of a rate of k, by `CHART_RULE`. `n` holds no nought."""
    small: Kind = "U" if is_rate else "P"
    if is_rate:
        typical = median(k)
        if typical < EITHER_SIDE:
            return Chosen(kind=small, why=f"fewer than {EITHER_SIDE} complaints in the typical {period}")
        return Chosen(kind="XmR", why=f"about {typical:,.0f} complaints in the typical {period}")
    typical = median(n)
    rarer = min(sum(k), sum(n) - sum(k)) * typical / sum(n)
    if rarer < EITHER_SIDE:
        side = "succeeded" if sum(k) * 2 < sum(n) else "failed"
        return Chosen(kind=small, why=f"in the typical {period} fewer than {EITHER_SIDE} {side}")
    if max(n) > UNEVEN * typical or min(n) * UNEVEN < typical:
        return Chosen(kind=small, why=f"the number of cases differs much from {period} to {period}")
    return Chosen(kind="XmR", why=f"about {typical:,.0f} cases in the typical {period}, on both sides of the line")


def why_words(chosen: Chosen, kind: Kind) -> str:
    """The chart and its reason in a sentence."""
    names = {"XmR": "an XmR chart", "P": "a P chart", "P′": "a P′ chart", "U": "a U chart", "U′": "a U′ chart"}
    wider = ", and differ more than chance explains: the limits are widened" if kind.endswith("′") else ""
    return f"This is {names[kind]}: {chosen.why}{wider}."
