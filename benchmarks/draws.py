"""Drawing records by the column: days as whole numbers since 1970, -1 where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

Days = NDArray[np.int64]
Flags = NDArray[np.bool_]
EPOCH = date(1970, 1, 1)


def days(day: date) -> int:
    """A date as days since 1970."""
    return (day - EPOCH).days


def moments(of: NDArray[np.generic]) -> pl.Series:
    """Days since 1970 as dates; -1 is blank."""
    numbers = pl.Series(of).cast(pl.Int32)
    return numbers.set(numbers < 0, None).cast(pl.Date)


def where(flags: Flags, values: pl.Series) -> pl.Series:
    """The values where the flags are true, else blank."""
    return values.set(~pl.Series(flags), None)


def numbered(letter: str, numbers: NDArray[np.int64]) -> pl.Series:
    """References such as C0000012, of one length so that they sort as they count."""
    return letter + pl.Series(numbers).cast(pl.String).str.zfill(7)


@dataclass(frozen=True)
class Draw:
    """One stream of chance, and the days between which everything happens (`last` included)."""

    chance: np.random.Generator
    first: int
    last: int

    def between(self, n: int) -> Days:
        """n days, evenly spread, in ascending order as references are given out."""
        return np.sort(self.chance.integers(self.first, self.last + 1, n))

    def after(self, since: Days, low: int, high: int) -> Days:
        """A day low to high - 1 days later; -1 where `since` is, or where it would lie after the last day."""
        later = since + self.chance.integers(low, high, len(since))
        return np.where((since < 0) | (later > self.last), -1, later)

    def happens(self, n: int, share: float) -> Flags:
        """n flags, true in that share."""
        return self.chance.random(n) < share

    def whole(self, below: int, n: int) -> NDArray[np.int64]:
        """n whole numbers from 0 up to but not including `below`."""
        return self.chance.integers(0, below, n)

    def pick(self, words: Sequence[str | None], n: int, shares: Sequence[float] | None = None) -> pl.Series:
        """n of the words, evenly or with those shares."""
        return pl.Series(words, dtype=pl.String).gather(self.chance.choice(len(words), n, p=shares))

    def among(self, values: pl.Series, n: int) -> pl.Series:
        """n of the values, with repetition; n blanks where there are none."""
        if values.is_empty():
            return pl.Series([None] * n, dtype=values.dtype)
        return values.gather(self.whole(len(values), n))
