"""Sorted search among days of many keys: what a join of every pair would find, without making the pairs.

A household that rings every day and complains every week (a block's shared reference) costs no more per row than any
other. A key and a day are packed into one number, so that one sorted array holds all keys. What is given nearly in
order of its keys is sorted and searched fastest, because neighbours then lie beside one another in memory.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
_SPAN = 1 << 23  # more days than calendars hold; a key's days never run into those of the next
_ORIGIN = 1 << 22
_LAST = _ORIGIN - 1
NOT_FOUND = -1  # no place, and a key that nothing has
NO_DAY, NEVER = -_ORIGIN, _LAST  # before every day, after every day


def packed(keys: Numbers, days: Numbers) -> Numbers:
    """Key and day as one number that sorts by key, then day."""
    return keys * _SPAN + (np.clip(days, -_ORIGIN, _LAST) + _ORIGIN)


class Days:
    """Days of keys, in any order."""

    def __init__(self, keys: Numbers, days: Numbers) -> None:
        codes = packed(keys, days)
        self.order = np.argsort(codes, kind="stable")
        self.sorted = codes[self.order]

    def first_from(self, keys: Numbers, days: Numbers) -> Numbers:
        """Which of the days given is the first of each key on or after the day asked for, of equal ones the last given;
        NOT_FOUND where there is none."""
        if not len(self.sorted):
            return np.full(len(keys), NOT_FOUND, dtype=np.int64)
        place = np.searchsorted(self.sorted, packed(keys, days), side="left")
        first = self.sorted[np.minimum(place, len(self.sorted) - 1)]
        found = (place < len(self.sorted)) & (first // _SPAN == keys)
        last_of_equals = np.searchsorted(self.sorted, first, side="right") - 1
        return np.where(found, self.order[last_of_equals], NOT_FOUND)


@dataclass(frozen=True, eq=False)
class Spells:
    """Spells of days, both ends in, sorted by key and first day; of equal ones the last given comes last."""

    order: Numbers
    keys: Numbers
    firsts: Numbers
    latest_end: list[Numbers]

    @classmethod
    def of(cls, keys: Numbers, firsts: Numbers, lasts: Numbers) -> "Spells":
        """From spells in any order; those that end before they begin hold no day."""
        holds_any = np.flatnonzero(lasts >= firsts)
        keys, lasts, codes = keys[holds_any], lasts[holds_any], packed(keys[holds_any], firsts[holds_any])
        order = np.argsort(codes, kind="stable")
        keys = keys[order]
        return cls(holds_any[order], keys, codes[order], _latest_in_blocks(keys, packed(keys, lasts[order])))

    def ending(self, lasts: Numbers) -> "Spells":
        """The same spells with other last days, in the order in which the spells were given."""
        ends = packed(self.keys, lasts[self.order])
        return replace(self, latest_end=_latest_in_blocks(self.keys, ends))

    def latest_holding(self, keys: Numbers, days: Numbers) -> Numbers:
        """Which of the spells given holds each key's day and began last; NOT_FOUND where none holds it.

        From the last spell begun by that day it steps back over blocks of spells that are all over, each half as long
        as the one before. Spells of other keys look over: their packed ends are smaller.
        """
        wanted = packed(keys, days)
        if not len(self.firsts):
            return np.full(len(wanted), NOT_FOUND, dtype=np.int64)
        place = np.searchsorted(self.firsts, wanted, side="right") - 1
        for level in range(len(self.latest_end) - 1, -1, -1):
            over = (place >= 0) & (self.latest_end[level][np.maximum(place, 0)] < wanted)
            place = np.where(over, np.maximum(place - (1 << level), NOT_FOUND), place)
        holds = (place >= 0) & (self.latest_end[0][np.maximum(place, 0)] >= wanted)
        return np.where(holds, self.order[np.maximum(place, 0)], NOT_FOUND)


def _latest_in_blocks(keys: Numbers, ends: Numbers) -> list[Numbers]:
    """For each power of two, up to as many spells as a key has, the latest end among that many up to each place."""
    changes = np.flatnonzero(np.diff(keys, prepend=NOT_FOUND, append=NOT_FOUND))
    most_of_a_key = int(np.diff(changes).max(initial=0))
    blocks = [ends]
    for level in range(most_of_a_key.bit_length()):
        half = 1 << level
        latest = blocks[-1].copy()
        if half < len(latest):
            np.maximum(latest[half:], blocks[-1][:-half], out=latest[half:])
        blocks.append(latest)
    return blocks
