"""The quarterly trends in sentences: signals apart from noise. Never "red": a signal is a reason to ask why."""

from datetime import date

from metrics.events import Event
from metrics.periods import quarter_label
from metrics.phrasing import day, listed
from metrics.sentences.figures import line_words, share_words
from metrics.trends.rows import FIRM, Assurance, Period, Point, QuarterlyTrends, Trend, Variation
from metrics.trends.signals import Signal

SIGNAL_WORDS: dict[Signal, str] = {
    "outside limits": "outside the limits",
    "7-point trend": "seven or more in a row going one way",
    "2 of 3 beyond two thirds": "two of three close to a limit",
    "7 on one side": "seven or more in a row on one side of the centre",
}
VARIATION_WORDS: dict[Variation, str] = {
    "better, high": "Better: higher than before",
    "better, low": "Better: lower than before",
    "worse, high": "Worse: higher than before",
    "worse, low": "Worse: lower than before",
    "changed, high": "Changed: higher than before",
    "changed, low": "Changed: lower than before",
    "only chance": "No change beyond chance",
}
ASSURANCE_WORDS: dict[Assurance, str] = {
    "passes": "Sure to reach its threshold, as things go",
    "fails": "Sure to miss its threshold, as things go",
    "hit or miss": "Reaches its threshold or misses it, by chance",
    "no line": "No threshold",
}
ASSURANCE_SHORT: dict[Assurance, str] = {
    "passes": "passes",
    "fails": "fails",
    "hit or miss": "hit or miss",
    "no line": "no threshold",
}
SCREENED = (
    "Surprising jumps are left out when the limits are worked out, so that one odd month does not widen them for ever."
)
NOT_SCREENED = "Every jump counts towards the limits, as in the Making Data Count spreadsheet."
HOW_EXPECTED = (
    "Worked out by drawing each line again from a process that never changes, limits and all, four thousand times (one "
    "thousand for P and U charts), and counting how often its latest point showed a signal."
)
TRIAL = f"Trial limits: fewer than {FIRM} points. They will move as more come."


def heading(found: QuarterlyTrends) -> str:
    """The finding of the page: how many lines show a signal, and how many chance would show."""
    if not found.rows:
        return "There is too little to tell change from chance yet"
    shown, of = len(found.signals), len(found.rows)
    count = "None" if not shown else str(shown)
    figures = "figure" if of == 1 else "figures"
    chance = expected_words(found.expected_by_chance)
    return f"{count} of {of} {figures} changed by more than chance; chance alone would show {chance}"


def expected_words(expected: float) -> str:
    """1.3; `fewer than 0.1` below that."""
    return f"{expected:.1f}" if expected >= 0.1 else "fewer than 0.1"


def lead(found: QuarterlyTrends) -> str:
    """Which lines they are, new ones first, and that the rest is noise."""
    if not found.rows:
        return "A line needs at least five months or quarters with something to count."
    new = [row.title for row in found.signals if row.is_new]
    old = [row.title for row in found.signals if not row.is_new]
    parts = []
    if new:
        parts.append(f"New this quarter: {lines_listed(new)}.")
    if old:
        parts.append(f"{'Still showing' if new else 'Showing since an earlier quarter'}: {lines_listed(old)}.")
    quiet = len(found.rows) - len(found.signals)
    if quiet:
        parts.append(
            f"The other {quiet} moved no more than chance." if parts else "None moved more than chance moves it."
        )
    return " ".join(parts)


def lines_listed(names: list[str]) -> str:
    """The titles of lines within a sentence: only the first keeps its capital."""
    return listed([name[:1].lower() + name[1:] if place else name for place, name in enumerate(names)])


def value_words(row: Trend, value: float, n: float | None = None) -> str:
    """A share in percent, a rate per 1,000 homes, or a plain count where homes are not known."""
    if row.indicator.per_homes:
        return f"{value:,.1f}" if row.per_homes else f"{value:,.0f}"
    return share_words(value, n) if value else "0%"


def point_words(row: Trend, point: Point) -> str:
    """`82% (41 of 50)`; `5.7 per 1,000 homes (48)`."""
    value = value_words(row, point.value, point.denominator)
    if point.denominator is not None:
        return f"{value} ({point.numerator:,} of {point.denominator:,})"
    return f"{value} per 1,000 homes ({point.numerator:,})" if row.per_homes else f"{point.numerator:,}"


def period_words(end: date, period: Period) -> str:
    """September 2026; Q2 2026-27."""
    return f"{end:%B %Y}" if period == "month" else quarter_label(end)


def limits_words(row: Trend, point: Point) -> str:
    """`between 71% and 94%`; empty without limits."""
    if point.low is None or point.high is None:
        return ""
    return f"between {value_words(row, point.low)} and {value_words(row, point.high)}"


def signal_words(row: Trend) -> str:
    """One line's signal: what, since when, by which rule."""
    latest = row.latest
    why = " and ".join(SIGNAL_WORDS[name] for name in latest.signals)
    since = row.signal_since
    assert since is not None
    began = "new this quarter" if row.is_new else f"since {period_words(since, row.period)}"
    return (
        f"{VARIATION_WORDS[row.variation]}, {began}: {point_words(row, latest)} in "
        f"{period_words(latest.end, row.period)}, where chance gives {limits_words(row, latest)} ({why})."
    )


def passing_words(row: Trend) -> str:
    """A signal within the quarter that the latest point no longer shows; empty without."""
    found = [point for point in row.in_quarter[:-1] if point.signals]
    if row.is_signal or not found:
        return ""
    point = found[-1]
    when = period_words(point.end, row.period)
    return f"{point_words(row, point)} in {when} was a signal; the months since are ordinary."


def noise_words(row: Trend) -> str:
    """What moved and yet says nothing: the latest quarter's point against the one before."""
    if len(row.points) < 2:
        return ""
    before, latest = row.points[-2], row.latest
    return (
        f"{value_words(row, before.value, before.denominator)} in {period_words(before.end, row.period)}, "
        f"{value_words(row, latest.value, latest.denominator)} in {period_words(latest.end, row.period)}: chance alone "
        f"gives anything {limits_words(row, latest)}."
    )


def expected_sentence(found: QuarterlyTrends) -> str:
    """The line under the matrix."""
    lines = f"{expected_words(found.expected_by_chance)} of these {len(found.rows)} lines"
    return f"If nothing had changed anywhere, {lines} would show a signal all the same."


def threshold_said(row: Trend) -> str:
    """The threshold of a line; empty without one."""
    return line_words(row.indicator, row.indicator.threshold.value) if row.assurance != "no line" else ""


def event_words(event: Event) -> str:
    """Housing management system replaced, 10 February 2025."""
    return f"{event.title}, {day(event.on)}"


def read_after(row: Trend) -> str:
    """Why a line ends earlier than the others; empty where it does not."""
    if not row.settles:
        return ""
    return (
        f"Each {row.period} is read {row.settles} months after its end, so that all have had the same time: what is "
        "counted here comes to be known late."
    )
