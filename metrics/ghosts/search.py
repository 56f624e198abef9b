"""Sorted search among days of many keys: what a join of every pair would find, without making the pairs.

A household that rings every day and complains every week (a block's shared reference) costs no more per row than any
other. A key and a day are packed into one number, so that one sorted array holds all keys.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
_SPAN = 1 << 23  # more days than calendars hold; a key's days never run into those of the next
_ORIGIN = 1 << 22
_LAST = _ORIGIN - 1
NOT_FOUND = -1


def packed(keys: Numbers, days: Numbers) -> Numbers:
    """Key and day as one number that sorts by key, then day."""
    return keys * _SPAN + (np.clip(days, -_ORIGIN, _LAST) + _ORIGIN)


@dataclass(frozen=True)
class Days:
    """Days sorted by key and day."""

    sorted: Numbers

    def first_from(self, keys: Numbers, days: Numbers) -> Numbers:
        """Place of the first day of each key on or after the day asked for; NOT_FOUND where there is none."""
        if not len(self.sorted):
            return np.full(len(keys), NOT_FOUND, dtype=np.int64)
        place = np.searchsorted(self.sorted, packed(keys, days), side="left")
        inside = np.minimum(place, len(self.sorted) - 1)
        found = (place < len(self.sorted)) & (self.sorted[inside] // _SPAN == keys)
        return np.where(found, place, NOT_FOUND)


class Spells:
    """Spells of days, both ends in, sorted by key and first day."""

    def __init__(self, keys: Numbers, firsts: Numbers, lasts: Numbers) -> None:
        self.firsts = packed(keys, firsts)
        changes = np.flatnonzero(np.diff(keys, prepend=NOT_FOUND, append=NOT_FOUND))
        most_of_a_key = int(np.diff(changes).max(initial=0))
        self.latest_end = _latest_in_blocks(packed(keys, lasts), levels=most_of_a_key.bit_length())

    def latest_holding(self, keys: Numbers, days: Numbers) -> Numbers:
        """Place of the spell of each key that holds the day and began last; NOT_FOUND where none holds it.

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
        return np.where(holds, place, NOT_FOUND)


def _latest_in_blocks(ends: Numbers, *, levels: int) -> list[Numbers]:
    """For each power of two, the latest end among that many spells up to each place."""
    blocks = [ends]
    for level in range(levels):
        half = 1 << level
        latest = blocks[-1].copy()
        if half < len(latest):
            np.maximum(latest[half:], blocks[-1][:-half], out=latest[half:])
        blocks.append(latest)
    return blocks
