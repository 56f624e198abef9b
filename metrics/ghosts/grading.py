"""Grades: A where somebody recorded it, B where two different families agree, C for one family alone."""

import polars as pl

from metrics.ghosts.words import DETECTORS, FAMILY, RECORDED


def family() -> pl.Expr:
    """The family of the column `detector`."""
    return pl.col("detector").replace_strict(list(FAMILY), list(FAMILY.values()), return_dtype=pl.String)


def rank() -> pl.Expr:
    """The place of the column `detector` in the order the detectors are declared in."""
    return pl.col("detector").replace_strict(list(DETECTORS), list(range(len(DETECTORS))), return_dtype=pl.Int8)


def grade() -> pl.Expr:
    """The grade of an episode with the list `families`."""
    recorded = pl.any_horizontal(pl.col("families").list.contains(each) for each in RECORDED)
    several = pl.col("families").list.len() > 1
    return pl.when(recorded).then(pl.lit("A")).when(several).then(pl.lit("B")).otherwise(pl.lit("C"))
