"""National figures of the Tenant Satisfaction Measures: how landlords of a kind are spread, year by year.

Worked out from the regulator's per-landlord workbooks. Percentiles interpolate linearly between landlords; each
landlord counts once, whatever its size.
"""

from functools import cache
from pathlib import Path

import polars as pl

STATISTICS = ("n", "p10", "q1", "median", "q3", "p90")
SIZE_BANDS = ("<5,000", "5,000-40,000", ">40,000")
FEWEST_LANDLORDS = 5

PERCEPTION = tuple(f"TP{number:02d}" for number in range(1, 13))
COMPLAINTS = ("CH01(1)", "CH01(2)", "CH02(1)", "CH02(2)")
LANDLORD_WIDE = ("NM01(1)", "NM01(2)", "RP01", "RP02(1)", "RP02(2)", "BS01", "BS02", "BS03", "BS04", "BS05")
DERIVED = ("reported_to_recorded", "escalation", "extension_1", "extension_2")
MEASURES = (*PERCEPTION, "complained", *COMPLAINTS, *LANDLORD_WIDE, *DERIVED)

SCHEMA: dict[str, pl.DataType] = {
    "year": pl.String(),
    "stock": pl.String(),
    "landlord_group": pl.String(),
    "measure": pl.String(),
    "statistic": pl.String(),
    "value": pl.Float64(),
    "source": pl.String(),
}
SHIPPED = Path(__file__).with_name("national_tsm.csv")
SOURCE = {
    "2023-24": "Worked out from the Regulator of Social Housing's TSM dataset 2024 v1.1 (Open Government Licence v3)",
    "2024-25": "Worked out from the Regulator of Social Housing's TSM dataset 2025 v1.0 (Open Government Licence v3)",
}
_KEY = ["year", "stock", "landlord_group", "measure"]


def size_band(homes: int | None) -> str | None:
    """The regulator's size band of a landlord with so many homes, LCRA and LCHO together; None where unknown."""
    if homes is None:
        return None
    return SIZE_BANDS[0] if homes < 5_000 else SIZE_BANDS[1] if homes <= 40_000 else SIZE_BANDS[2]


def peer_group(landlord_type: str | None, homes: int | None) -> str | None:
    """The group of landlords of the same type and size, such as `PRP <5,000`; None where either is unknown."""
    band = size_band(homes)
    return f"{landlord_type} {band}" if landlord_type and band else None


def derived_measures(tsm: pl.DataFrame) -> pl.DataFrame:
    """What two published figures say together: landlord_code, year, stock, measure, value.

    `reported_to_recorded`  share who say they complained ÷ stage 1 complaints per home (a plain ratio, design §5)
    `escalation`            stage 2 complaints per 100 stage 1 complaints
    `extension_1`, `_2`     answered in time only thanks to an extension, per 100 complaints made
    """
    keys = ["landlord_code", "year", "stock"]
    needed = ("complained", "CH01(1)", "stage_1_complaints", "stage_2_complaints")
    extended = ("ch02_1_with_extension", "ch02_2_with_extension")
    wide = (
        tsm.with_columns(pl.col("stock").cast(pl.String))
        .group_by(keys)
        .agg(
            pl.col("value").filter(pl.col("measure") == measure).first().alias(measure)
            for measure in (*needed, *extended)
        )
    )
    stage_1, stage_2 = pl.col("stage_1_complaints"), pl.col("stage_2_complaints")
    return (
        wide.select(
            *keys,
            _divided(pl.col("complained") / 100, pl.col("CH01(1)") / 1000).alias("reported_to_recorded"),
            _divided(100 * stage_2, stage_1).alias("escalation"),
            _divided(100 * pl.col("ch02_1_with_extension"), stage_1).alias("extension_1"),
            _divided(100 * pl.col("ch02_2_with_extension"), stage_2).alias("extension_2"),
        )
        .unpivot(index=keys, variable_name="measure", value_name="value")
        .drop_nulls("value")
        .sort(*keys, "measure")
    )


def _divided(above: pl.Expr, below: pl.Expr) -> pl.Expr:
    return pl.when(below > 0).then(above / below)


def national_figures(tsm: pl.DataFrame, landlords: pl.DataFrame) -> pl.DataFrame:
    """n, p10, q1, median, q3, p90 per year, stock, group of landlords and measure (`SCHEMA`).

    `tsm` and `landlords` are in their declared schemas; `landlords` may carry a column `size_band` (the regulator's own
    band), else the band is told from the homes. Groups: all, PRP, LA, the size bands, the regions, type and size
    together; a group of fewer than five landlords with the measure is left out.
    """
    keys = ["landlord_code", "year", "stock", "measure", "value"]
    plain = tsm.filter(pl.col("measure").is_in(MEASURES)).with_columns(pl.col("stock").cast(pl.String)).select(keys)
    values = pl.concat([plain, derived_measures(tsm).select(keys)])
    grouped = values.join(_groups(landlords), on="landlord_code", how="inner")
    value = pl.col("value")
    spread = grouped.group_by(_KEY).agg(
        pl.len().cast(pl.Float64).alias("n"),
        *(
            value.quantile(share, interpolation="linear").alias(name)
            for name, share in (("p10", 0.1), ("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("p90", 0.9))
        ),
    )
    large = spread.filter(pl.col("n") >= FEWEST_LANDLORDS)
    return _long(large)


def _groups(landlords: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("landlord_type").cast(pl.String)
    if "size_band" in landlords.columns:
        band = pl.col("size_band")
    else:
        known = pl.any_horizontal(pl.col("homes_lcra", "homes_lcho").is_not_null())
        homes = pl.when(known).then(pl.sum_horizontal("homes_lcra", "homes_lcho"))
        band = (
            pl.when(homes < 5_000)
            .then(pl.lit(SIZE_BANDS[0]))
            .when(homes <= 40_000)
            .then(pl.lit(SIZE_BANDS[1]))
            .when(homes > 40_000)
            .then(pl.lit(SIZE_BANDS[2]))
        )
    own = landlords.select(
        "landlord_code",
        pl.lit("all").alias("everyone"),
        kind.alias("kind"),
        band.alias("band"),
        "region",
        pl.concat_str(kind, band, separator=" ").alias("kind_and_band"),
    )
    return (
        own.unpivot(index="landlord_code", variable_name="by", value_name="landlord_group")
        .drop_nulls("landlord_group")
        .drop("by")
    )


def _long(wide: pl.DataFrame) -> pl.DataFrame:
    source = pl.col("year").replace_strict(SOURCE, default="Worked out from the regulator's published TSM dataset")
    order = pl.col("statistic").replace_strict({name: place for place, name in enumerate(STATISTICS)})
    return (
        wide.unpivot(on=list(STATISTICS), index=_KEY, variable_name="statistic", value_name="value")
        .with_columns(source.alias("source"))
        .sort(*_KEY, order)
        .select(list(SCHEMA))
    )


def written(national: pl.DataFrame, to: Path = SHIPPED) -> None:
    """Write national figures as the small wide CSV that `shipped` reads: one row per group, statistics as columns.

    The one shipped was made from the two published workbooks, in the checkout:

        python -c "import polars as pl; from pathlib import Path; from metrics.published.national import written
        from intake.rsh_workbook import read_workbook as read
        written(pl.concat([read(p, p.name).national for p in sorted(Path('WORKBOOKS').glob('*.xlsx'))]))"
    """
    wide = national.pivot("statistic", index=_KEY, values="value").sort(_KEY).select(*_KEY, *STATISTICS)
    wide.with_columns(pl.col("n").cast(pl.Int64), pl.col(STATISTICS[1:]).round(4)).write_csv(to)


@cache
def shipped() -> pl.DataFrame:
    """The national figures that come with the product (`SCHEMA`), sorted by year, stock, group, measure, statistic."""
    schema = {name: pl.String() for name in _KEY} | {name: pl.Float64() for name in STATISTICS}
    return _long(pl.read_csv(SHIPPED, schema=schema))


def figure(
    national: pl.DataFrame, year: str, stock: str, measure: str, statistic: str, group: str = "all"
) -> float | None:
    """One national figure, or None where there is none. `statistic` is one of `STATISTICS`."""
    found = national.filter(
        (pl.col("year") == year)
        & (pl.col("stock") == stock)
        & (pl.col("measure") == measure)
        & (pl.col("statistic") == statistic)
        & (pl.col("landlord_group") == group)
    )
    return float(found["value"][0]) if found.height else None
