"""Drawing so that a declared share really comes out: even small landlords tell the story they were given."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seed_data.dates import Days, Flags, Rate, Shares, Whole, rate_at

Words = NDArray[np.object_]


def evenly(rng: np.random.Generator, share: Shares) -> Flags:
    """A yes/no per row whose running count follows the running sum of the shares.

    Plain coin tosses would leave a landlord with few cases anywhere; a strict pattern would tie columns to each other.
    So rows are stirred among their neighbours first, then sampled systematically.
    """
    rows = len(share)
    if rows == 0:
        return np.zeros(0, dtype=bool)
    stirred = np.argsort(np.arange(rows) + rng.normal(0, 6, rows), kind="stable")
    running = np.concatenate([[0.0], np.cumsum(share[stirred])]) + rng.random()
    chosen = np.zeros(rows, dtype=bool)
    chosen[stirred] = np.diff(np.floor(running)) > 0
    return chosen


def happens(rng: np.random.Generator, rate: Rate, days: Days) -> Flags:
    """`evenly` for a rate that changes over time."""
    return evenly(rng, rate_at(rate, days))


def pick(rng: np.random.Generator, words: Sequence[str], rows: int, weights: Sequence[float] | None = None) -> Words:
    """One of the words per row."""
    chances = None if weights is None else np.asarray(weights, dtype=float) / float(np.sum(weights))
    drawn: Words = np.array(words, dtype=object)[rng.choice(len(words), rows, p=chances)]
    return drawn


def whole(rng: np.random.Generator, low: int, high: int, rows: int) -> Whole:
    """Whole numbers from low to high, both ends in."""
    return rng.integers(low, high + 1, rows)


def only(values: Words | Flags, *, where: Flags) -> Words:
    """The values where the flag stands, missing elsewhere."""
    chosen: Words = np.full(len(values), None, dtype=object)
    chosen[where] = values[where]
    return chosen


def references(prefix: str, rows: int) -> Words:
    """Numbered references, leading zeros kept: C-00001 …"""
    return np.array([f"{prefix}-{number:06d}" for number in range(1, rows + 1)], dtype=object)


def column(name: str, values: Words | Flags, dtype: pl.DataType | None = None) -> pl.Series:
    """A Polars column of words (or of the type given), None being null."""
    return pl.Series(name, values.tolist(), dtype=dtype or pl.String())


def frame_of(columns: Mapping[str, Any]) -> pl.DataFrame:
    """A frame of NumPy columns and Polars series; columns of words become strings even where every one is missing."""
    return pl.DataFrame(
        [
            column(name, values)
            if isinstance(values, np.ndarray) and values.dtype == object
            else pl.Series(name, values)
            for name, values in columns.items()
        ]
    )
