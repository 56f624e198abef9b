"""Where signals of contacts and payments belong: chasers left out, the others put into one window of one complaint."""

import numpy as np
import polars as pl

from metrics.ghosts.search import NEVER, NO_DAY, NOT_FOUND, Days, Numbers, Spells
from metrics.working_days import add_working_days

BEFORE_DAYS = 90
AFTER_DAYS = 183
GUARDED = ("label", "phrase")  # in `before` only if more than five working days before received_on
GUARD = 5
_DAY = pl.duration(days=1)
_ANSWERED, _ASKED, _ENDED = (
    pl.col(name) for name in ("stage_1_responded_on", "stage_2_requested_on", "stage_2_responded_on")
)
_WINDOW = pl.duration(days=AFTER_DAYS)
WINDOW_OF = ("between", "after", "before", "never")


def placed(signals: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Signals (settled, dated by the day asked about: key, on, detector, after_only) with `window` and `complaint` (the
    rank of it); chasers and signals that every window they lie in turns away are left out.

    `between` and `after` of an earlier complaint come before the `before` of a later one; then the nearest in time;
    then the reference. A signal in no window of any complaint is `never`, without a complaint. Of complaints (`known`)
    the one with the smaller reference comes later.
    """
    belongs, after_only, phrase = pl.col("key").is_not_null(), pl.col("after_only"), pl.col("detector") == "phrase"
    loose, keyed = signals.filter(~belongs & ~after_only), signals.filter(belongs)
    keyed = keyed.filter(~is_chaser(keyed, known))
    windows = _Windows(known)
    parts = [
        loose.with_columns(window=pl.lit("never"), complaint=pl.lit(None, pl.UInt32)),
        windows.after_alone(keyed.filter(after_only)),
        windows.place(keyed.filter(~after_only & phrase), taken_by=windows.guarded),
        windows.place(keyed.filter(~after_only & ~phrase), taken_by=windows.behind),
    ]
    return pl.concat(parts, how="vertical")


def is_chaser(signals: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """Was a complaint the signal belongs to formally open that day? Signals without a key are none."""
    firsts = _both(known, pl.col("received_on"), _ASKED, blank=NEVER)
    lasts = _both(known, pl.coalesce(_ANSWERED, "over_on"), pl.coalesce(_ENDED, "over_on"), blank=NO_DAY)
    open_on = Spells.of(np.repeat(both_keys(known), 2), firsts, lasts)
    return pl.Series(open_on.latest_holding(keys_of(signals), days_of(signals["on"])) != NOT_FOUND)


class _Windows:
    """The windows of complaints: those behind an answer, and the one before they were received."""

    def __init__(self, known: pl.DataFrame) -> None:
        keys, after = both_keys(known), _ENDED + _WINDOW
        # Where stage 2 was never requested, for 183 days.
        between = pl.when(_ASKED.is_null()).then(_ANSWERED + _WINDOW)
        guarded = between.otherwise(add_working_days(_ASKED, -GUARD) - _DAY)
        firsts = _both(known, _ANSWERED + _DAY, _ENDED + _DAY, blank=NEVER)
        self.ranks = known["rank"]
        self.behind = Spells.of(
            np.repeat(keys, 2), firsts, _both(known, between.otherwise(_ASKED - _DAY), after, blank=NO_DAY)
        )
        self.guarded = self.behind.ending(_both(known, guarded, after, blank=NO_DAY))
        self.after = self.behind.ending(_both(known, pl.lit(None, pl.Date), after, blank=NO_DAY))
        self.received_on = np.tile(days_of(known["received_on"]), 2)
        self.received = Days(keys, self.received_on)

    def after_alone(self, signals: pl.DataFrame) -> pl.DataFrame:
        """Signals that count in `after` only: those that lie in one."""
        found = self.after.latest_holding(keys_of(signals), days_of(signals["on"]))
        return self._named(signals, behind=found).filter(pl.col("complaint").is_not_null())

    def place(self, signals: pl.DataFrame, *, taken_by: Spells) -> pl.DataFrame:
        """Signals that count in any window. Behind an answer `taken_by` takes them; what lies in a window that turns it
        away, and in no other, is left out."""
        keys, day = keys_of(signals), pl.col("on")
        behind = taken_by.latest_holding(keys, days_of(signals["on"]))
        lies_behind = behind if taken_by is self.behind else self.behind.latest_holding(keys, days_of(signals["on"]))
        is_guarded = pl.col("detector").is_in(list(GUARDED))
        from_day = pl.when(is_guarded).then(add_working_days(day, GUARD + 1)).otherwise(day + _DAY)
        ahead, lies_ahead = (self._received_from(signals, earliest) for earliest in (from_day, day + _DAY))
        is_taken = (behind != NOT_FOUND) | (ahead != NOT_FOUND)
        lies_in_any = (lies_behind != NOT_FOUND) | (lies_ahead != NOT_FOUND)
        return self._named(signals, behind=behind, ahead=ahead).filter(pl.Series(is_taken | ~lies_in_any))

    def _received_from(self, signals: pl.DataFrame, earliest: pl.Expr) -> Numbers:
        """The first complaint received on or after a day, within 90 days of the signal."""
        found = self.received.first_from(keys_of(signals), days_of(signals.select(earliest).to_series(), blank=NEVER))
        if not len(self.received_on):
            return found
        near = self.received_on[np.maximum(found, 0)] <= days_of(signals["on"]) + BEFORE_DAYS
        return np.where(near, found, NOT_FOUND)

    def _named(self, signals: pl.DataFrame, *, behind: Numbers, ahead: Numbers | None = None) -> pl.DataFrame:
        """Signals with `window` and `complaint`; behind an earlier complaint comes before ahead of a later one."""
        n = max(len(self.ranks), 1)
        ahead = np.full(len(behind), NOT_FOUND) if ahead is None else ahead
        is_behind, is_ahead = behind != NOT_FOUND, ahead != NOT_FOUND
        place = np.where(is_behind, behind // 2, ahead) % n
        which = np.where(is_behind, behind % 2, np.where(is_ahead, 2, 3))
        found = pl.Series(place).to_frame("place").select(pl.when(pl.Series(which) < 3).then("place")).to_series()
        return signals.with_columns(
            window=pl.Series(which).replace_strict([0, 1, 2, 3], list(WINDOW_OF), return_dtype=pl.String),
            complaint=self.ranks.gather(found),
        )


def both_keys(complaints: pl.DataFrame) -> Numbers:
    """All households and then all issues: signals that name no category belong by the one, the others by the other."""
    return np.concatenate([complaints["household"].to_numpy(), complaints["issue"].to_numpy()])


def keys_of(signals: pl.DataFrame) -> Numbers:
    """What signals belong by; NOT_FOUND where they belong to no complaint."""
    return signals["key"].fill_null(NOT_FOUND).to_numpy()


def days_of(days: pl.Series, *, blank: int = NO_DAY) -> Numbers:
    """Days as numbers."""
    return days.to_physical().cast(pl.Int64).fill_null(blank).to_numpy()


def _both(known: pl.DataFrame, first: pl.Expr, second: pl.Expr, *, blank: int) -> Numbers:
    """Two days of each complaint beside one another, once for its household and once for its issue."""
    days = known.select(first=first.cast(pl.Date), second=second.cast(pl.Date))
    return np.tile(np.column_stack([days_of(column, blank=blank) for column in days]).ravel(), 2)
