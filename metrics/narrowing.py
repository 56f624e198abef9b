"""Complaints narrowed to one service area, team and channel: the same words for counting and for listing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

NOT_RECORDED = "not recorded"
By = Literal["service_area", "team", "channel"]
SPLITS: tuple[By, ...] = ("service_area", "team", "channel")


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which complaints are looked at: those of one service area, team and channel; None means every one."""

    service_area: str | None = None
    team: str | None = None
    channel: str | None = None

    def expression(self) -> pl.Expr:
        """The same as a condition on a frame with these columns, as `named` gives them."""
        asked = {name: getattr(self, name) for name in SPLITS}
        return pl.all_horizontal(
            pl.lit(True), *(pl.col(name) == value for name, value in asked.items() if value is not None)
        )


EVERYTHING = Only()


def named(names: Iterable[str] = SPLITS) -> list[pl.Expr]:
    """These columns in words: a blank is `not recorded`."""
    return [pl.col(name).cast(pl.String).fill_null(NOT_RECORDED) for name in names]
