"""Grades: A where somebody recorded it, B where two different families agree, C for one family alone."""

from collections.abc import Sequence

import polars as pl

from metrics.ghosts.words import DETECTORS, FAMILIES, FAMILY, RECORDED, Grade

DETECTOR = pl.Enum(DETECTORS)


def fired() -> pl.Expr:
    """Which detectors fired among the rows of a group with the column `detector` (`DETECTOR`): one bit each."""
    bit = pl.col("detector").replace_strict(
        DETECTORS, [1 << place for place in range(len(DETECTORS))], return_dtype=pl.Int64
    )
    return bit.bitwise_or().alias("fired")


def graded(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes with the column `fired` instead of it with detectors, families (lists in the order they are declared in)
    and grade."""
    table = pl.DataFrame(
        [_of_bits(bits) for bits in range(1, 1 << len(DETECTORS))],
        schema={"fired": pl.Int64, "detectors": pl.List(pl.String), "families": pl.List(pl.String), "grade": pl.String},
        orient="row",
    )
    return episodes.join(table, on="fired", how="left", maintain_order="left").drop("fired")


def _of_bits(bits: int) -> tuple[int, list[str], list[str], Grade]:
    detectors = [name for place, name in enumerate(DETECTORS) if bits & 1 << place]
    families = [family for family in FAMILIES if family in {FAMILY[name] for name in detectors}]
    return bits, detectors, families, grade_of(families)


def grade_of(families: Sequence[str]) -> Grade:
    """The grade of an episode in which these families fired."""
    if set(families) & set(RECORDED):
        return "A"
    return "B" if len(families) > 1 else "C"
