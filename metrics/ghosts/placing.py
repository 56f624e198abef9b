"""Where signals of contacts and payments belong: chasers left out, the others put into one window of one complaint."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from metrics.ghosts.known import under_both_keys
from metrics.ghosts.search import NOT_FOUND, Days, Numbers, Spells, packed
from metrics.working_days import add_working_days

BEFORE_DAYS = 90
AFTER_DAYS = 183
GUARDED = ("label", "phrase")  # in `before` only if more than five working days before received_on
GUARD = 5
_DAY = pl.duration(days=1)


@dataclass(frozen=True)
class _Found:
    """Which spell holds each signal: its place among the spells, and the rows to look it up in."""

    place: Numbers
    rows: pl.DataFrame

    def any(self) -> pl.Series:
        """Was there a spell?"""
        return pl.Series(self.place != NOT_FOUND)

    def column(self, name: str) -> pl.Series:
        """That column of the spell found; null where there is none."""
        index = pl.Series(self.place, dtype=pl.Int64).to_frame("place")
        return self.rows[name].gather(index.select(pl.when(pl.col("place") != NOT_FOUND).then("place"))["place"])


def placed(signals: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Signals (settled, dated by the day asked about: key, on, detector, after_only) with `window` and `complaint` (the
    rank of it); chasers and signals that every window they lie in turns away are left out.

    `between` and `after` of an earlier complaint come before the `before` of a later one; then the nearest in time;
    then the rank. A signal in no window of any complaint is `never`, without a complaint.
    """
    belongs = pl.col("key").is_not_null()
    loose, keyed = signals.filter(~belongs & ~pl.col("after_only")), signals.filter(belongs)
    keyed = keyed.filter(~is_chaser(keyed, known))
    between, after = _between(known), _after(known)
    behind, behind_guarded = _ordered([between, after]), _ordered([_between(known, guarded=True), after])
    received = _received(known)
    phrase, after_only = pl.col("detector") == "phrase", pl.col("after_only")
    parts = [
        loose.with_columns(window=pl.lit("never"), complaint=pl.lit(None, pl.UInt32)),
        _placed(keyed.filter(after_only), behind=_ordered([after]), ahead=None, range_of=behind),
        _placed(keyed.filter(~after_only & phrase), behind=behind_guarded, ahead=received, range_of=behind),
        _placed(keyed.filter(~after_only & ~phrase), behind=behind, ahead=received, range_of=behind),
    ]
    return pl.concat(parts, how="vertical")


def _placed(
    signals: pl.DataFrame, *, behind: pl.DataFrame, ahead: pl.DataFrame | None, range_of: pl.DataFrame
) -> pl.DataFrame:
    """One kind of signal: `behind` are the spells that take it, `range_of` those its day may lie in without being
    taken, `ahead` the complaints whose `before` it may fall in (None: only `after` takes it, and it is never loose)."""
    earlier = _held(signals, behind)
    windows = signals.with_columns(behind_window=earlier.column("window"), behind=earlier.column("rank"))
    if ahead is None:
        return _named(windows.filter(pl.col("behind").is_not_null()).with_columns(ahead=pl.lit(None, pl.UInt32)))
    day = pl.col("on")
    allowed = (
        pl.when(pl.col("detector").is_in(list(GUARDED))).then(add_working_days(day, GUARD + 1)).otherwise(day + _DAY)
    )
    later, lies_before = _received_from(signals, ahead, allowed), _received_from(signals, ahead, day + _DAY)
    lies_behind = earlier if range_of is behind else _held(signals, range_of)
    lies_in_any = lies_behind.any() | lies_before.any()
    windows = windows.with_columns(ahead=later.column("rank"))
    is_placed = pl.col("behind").is_not_null() | pl.col("ahead").is_not_null()
    return _named(windows.filter(is_placed | ~lies_in_any))


def _named(windows: pl.DataFrame) -> pl.DataFrame:
    """`window` and `complaint` from what was found behind and ahead."""
    ahead = pl.when(pl.col("ahead").is_not_null()).then(pl.lit("before"))
    return windows.with_columns(
        window=pl.coalesce("behind_window", ahead, pl.lit("never")), complaint=pl.coalesce("behind", "ahead")
    ).drop("behind_window", "behind", "ahead")


def is_chaser(signals: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """Was a complaint the signal belongs to formally open that day? Signals without a key are none."""
    first = _spells(known, "received_on", pl.coalesce("stage_1_responded_on", "over_on"))
    second = _spells(known, "stage_2_requested_on", pl.coalesce("stage_2_responded_on", "over_on"))
    return _held(signals, _ordered([first, second])).any()


def _spells(known: pl.DataFrame, first: str | pl.Expr, last: pl.Expr, window: str = "") -> pl.DataFrame:
    begins = pl.col(first) if isinstance(first, str) else first
    return known.select("household", "issue", "rank", first=begins, last=last, window=pl.lit(window)).filter(
        pl.col("first") <= pl.col("last")
    )


def _between(known: pl.DataFrame, *, guarded: bool = False) -> pl.DataFrame:
    """From the day after the stage 1 response to the day before stage 2 was requested, else 183 days. `guarded`: only
    days more than five working days before the request."""
    answered, asked = pl.col("stage_1_responded_on"), pl.col("stage_2_requested_on")
    until = add_working_days(asked, -GUARD) - _DAY if guarded else asked - _DAY
    last = pl.when(asked.is_null()).then(answered + pl.duration(days=AFTER_DAYS)).otherwise(until)
    return _spells(known, answered + _DAY, last, "between")


def _after(known: pl.DataFrame) -> pl.DataFrame:
    ended = pl.col("stage_2_responded_on")
    return _spells(known, ended + _DAY, ended + pl.duration(days=AFTER_DAYS), "after")


def _ordered(spells: list[pl.DataFrame]) -> pl.DataFrame:
    """Spells under both keys, by key and first day; of one day the smallest rank last, for it is the one found."""
    return under_both_keys(pl.concat(spells)).sort(
        "key", "first", "rank", descending=[False, False, True], maintain_order=True
    )


def _held(signals: pl.DataFrame, ordered: pl.DataFrame) -> _Found:
    """The spell that began last among those holding each signal's day; of one day the smallest rank."""
    search = Spells(ordered["key"].to_numpy(), _days(ordered["first"]), _days(ordered["last"]))
    return _Found(_where_keyed(signals, search.latest_holding(_keys(signals), _days(signals["on"]))), ordered)


def _received(known: pl.DataFrame) -> pl.DataFrame:
    return under_both_keys(known.select("household", "issue", "rank", "received_on")).sort("key", "received_on", "rank")


def _received_from(signals: pl.DataFrame, ordered: pl.DataFrame, earliest: pl.Expr) -> _Found:
    """The first complaint received on or after a day, within 90 days of the signal."""
    received = _days(ordered["received_on"])
    search = Days(packed(ordered["key"].to_numpy(), received))
    place = search.first_from(_keys(signals), _days(signals.select(day=earliest)["day"]))
    if ordered.height:
        near = received[np.maximum(place, 0)] <= _days(signals["on"]) + BEFORE_DAYS
        place = np.where(near, place, NOT_FOUND)
    return _Found(_where_keyed(signals, place), ordered)


def _where_keyed(signals: pl.DataFrame, place: Numbers) -> Numbers:
    return np.where(signals["key"].is_not_null().to_numpy(), place, NOT_FOUND)


def _keys(signals: pl.DataFrame) -> Numbers:
    return signals["key"].fill_null(0).to_numpy()


def _days(days: pl.Series) -> Numbers:
    return days.to_physical().cast(pl.Int64).fill_null(0).to_numpy()
