"""The regulator's per-landlord workbook of Tenant Satisfaction Measures, read as published (both years).

Sources: Regulator of Social Housing, TSM datasets 2024 v1.1 and 2025 v1.0, their data dictionaries and notes.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from intake.rsh_headings import STOCKS, management_fields, perception_fields
from intake.rsh_sheets import CELL_SCHEMA, Sheet, open_sheets
from metrics.published.national import national_figures
from metrics.records import TABLE_BY_NAME

CODES = {
    "X": "left blank by the landlord",
    "Z": "not required of this landlord",
    "E": "excluded by the regulator",
    "S": "suppressed by the regulator: too few surveys",
    "U": "undefined: there is nothing to divide by",
}
MISSING_SCHEMA = {
    "landlord_code": pl.String(),
    "year": pl.String(),
    "stock": pl.String(),
    "measure": pl.String(),
    "code": pl.String(),
    "reason": pl.String(),
}
_KEY = ["landlord_code", "stock", "measure"]
_LANDLORD_SHEETS = ("Management_Info", "LCRA_Perception", "LCHO_Perception", "Combined_Perception", "Table_Coverage")
_PERCEPTIONS = tuple(f"TP{number:02d}" for number in range(1, 13)) + ("complained",)
_MANAGEMENT = (
    "homes",
    "stage_1_complaints",
    "stage_2_complaints",
    "CH01(1)",
    "CH01(2)",
    "CH02(1)",
    "CH02(2)",
    "RP01",
    "RP02(1)",
    "RP02(2)",
)


@dataclass(frozen=True, kw_only=True)
class RshWorkbook:
    """One year of the regulator's file.

    year       financial year, `2024-25`
    landlords  the declared `landlords` table: the regulator's code and name, PRP or LA, homes, region
    peers      landlord_code, size_band as the regulator prints it (`<5,000`, `5,000-40,000`, `>40,000`)
    tsm        the declared `tsm` table. Beside the measures: `complained` (share who say they complained in 12 months),
               `homes`, `stage_1_complaints`, `stage_2_complaints`, `ch02_1_in_time`, `ch02_1_without_extension`,
               `ch02_1_with_extension` and the same for stage 2, `respondents` (counts), `margin_of_error` (points)
    missing    landlord_code, year, stock, measure, code, reason: every figure the file does not give, and why
    national   quartiles and more, worked out from this file (see `metrics.published.national.national_figures`)
    """

    year: str
    landlords: pl.DataFrame
    peers: pl.DataFrame
    tsm: pl.DataFrame
    missing: pl.DataFrame
    national: pl.DataFrame


def read_workbook(path_or_bytes: Path | str | bytes, name: str) -> RshWorkbook:
    """Read the workbook; `name` is the file name quoted as source. Raises RshWorkbookError (a ValueError)."""
    year, sheets = open_sheets(path_or_bytes, name)
    cells = _cells(sheets)
    figures = pl.concat([_printed(cells), _complained(cells)]).sort(_KEY)
    figures = _homes_of_own_complaints(_margins_as_points(figures, cells))
    given = figures.filter(pl.col("value").is_not_null())
    landlords, peers = _landlords(sheets, given)
    tsm = _tsm(given, cells, year, name)
    missing = _missing(figures, cells, year, sheets)
    return RshWorkbook(
        year=year,
        landlords=landlords,
        peers=peers,
        tsm=tsm,
        missing=missing,
        national=national_figures(tsm, landlords.join(peers, on="landlord_code", how="left", maintain_order="left")),
    )


def _cells(sheets: dict[str, Sheet]) -> pl.DataFrame:
    """Every recognised cell, with its number (null for a code) and its code (X, Z, E, S, U; X for a blank)."""
    parts = [
        sheets[f"{stock}_Perception"].cells(partial(perception_fields, stock=stock))
        for stock in STOCKS
        if f"{stock}_Perception" in sheets
    ]
    long = pl.concat([pl.DataFrame(schema=CELL_SCHEMA), *parts, sheets["Management_Info"].cells(management_fields)])
    text = pl.col("text")
    return long.with_columns(
        text.str.replace_all(",", "").cast(pl.Float64, strict=False).alias("number"),
        pl.when(text.is_null() | (text == ""))
        .then(pl.lit("X"))
        .otherwise(text.str.extract(r"^\[([A-Z])\]"))
        .alias("code"),
    )


def _of(part: str, column: str) -> pl.Expr:
    return pl.col(column).filter(pl.col("part") == part).first()


def _printed(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per landlord, stock and measure as printed: value, base, and the code where there is no value."""
    answers = pl.col("number").filter(pl.col("part") == "answer")
    wide = (
        cells.filter((pl.col("measure") != "complained") & (pl.col("part") != "note"))
        .group_by([*_KEY, "sheet"])
        .agg(
            _of("value", "number").alias("printed"),
            _of("value", "code").alias("code"),
            _of("value", "text").alias("text"),
            _of("numerator", "code").alias("numerator_code"),
            _of("denominator", "number").alias("divided_by"),
            (pl.col("part") == "denominator").any().alias("divides"),
            pl.when(answers.is_not_null().all() & (answers.len() > 0)).then(answers.sum()).alias("base"),
            (pl.col("part") == "value").any().alias("has_value"),
        )
        .filter("has_value")
    )
    zero = pl.col("printed") == 0
    blank = zero & pl.col("numerator_code").is_not_null()
    undefined = zero & ((pl.col("divides") & (pl.col("divided_by").fill_null(0) == 0)) | (pl.col("base") == 0))
    undefined &= pl.col("measure") != "margin_of_error"
    return wide.select(
        *_KEY,
        "sheet",
        pl.when(~(blank | undefined).fill_null(value=False)).then("printed").alias("value"),
        pl.col("base").round().cast(pl.Int64),
        pl.when(blank).then("numerator_code").when(undefined).then(pl.lit("U")).otherwise("code").alias("code"),
        pl.when(blank)
        .then(pl.lit("printed as a calculated 0 while its numerator is blank"))
        .when(undefined)
        .then(pl.lit("printed as 0 while its denominator is 0 or blank"))
        .when(pl.col("printed").is_null() & pl.col("code").is_null())
        .then(pl.format("not a number: {}", "text"))
        .otherwise(pl.lit(""))
        .alias("why"),
    )


def _complained(cells: pl.DataFrame) -> pl.DataFrame:
    """The share who say they complained: filter yes / (yes + no), per cent, at its own base."""
    wide = (
        cells.filter((pl.col("measure") == "complained") & pl.col("part").is_in(["yes", "no"]))
        .group_by([*_KEY, "sheet"])
        .agg(
            _of("yes", "number").alias("yes"),
            (_of("yes", "number") + _of("no", "number")).alias("asked"),
            pl.coalesce(_of("yes", "code"), _of("no", "code")).alias("code"),
        )
    )
    answered = pl.col("asked") > 0
    return wide.select(
        *_KEY,
        "sheet",
        pl.when(answered).then(100 * pl.col("yes") / pl.col("asked")).alias("value"),
        pl.col("asked").round().cast(pl.Int64).alias("base"),
        pl.when(pl.col("asked") == 0).then(pl.lit("U")).otherwise("code").alias("code"),
        pl.lit("").alias("why"),
    )


def _margins_as_points(figures: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Margins of error printed as a share (0.0377) read as the points they mean (3.77).

    The regulator works the margin out from the tenant population and the sample, so a share shows itself: a hundred
    times the printed figure is what population and sample give.
    """
    sizes = (
        cells.filter(pl.col("measure").is_in(["margin_of_error", "respondents"]))
        .group_by("landlord_code", "stock")
        .agg(
            pl.col("number").filter(pl.col("part") == "denominator").first().alias("tenants"),
            pl.col("number").filter(pl.col("measure") == "respondents").first().alias("sample"),
        )
    )
    tenants, sample = pl.col("tenants"), pl.col("sample")
    expected = 196 * (0.25 / sample * (tenants - sample) / (tenants - 1)).sqrt()
    share = (
        (pl.col("measure") == "margin_of_error")
        & (pl.col("value") < expected / 20)
        & ((100 * pl.col("value") - expected).abs() < 0.1)
    ).fill_null(value=False)
    joined = figures.join(sizes, on=["landlord_code", "stock"], how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(share).then(100 * pl.col("value")).otherwise("value").alias("value"),
        pl.when(share).then(pl.lit("printed as a share, read as points")).otherwise("why").alias("why"),
    ).drop("tenants", "sample")


def _homes_of_own_complaints(figures: pl.DataFrame) -> pl.DataFrame:
    """Homes of a stock stand only beside that stock's complaints: one return repeats its rented homes as LCHO."""
    counted = figures.filter((pl.col("measure") == "stage_1_complaints") & pl.col("value").is_not_null())
    counted = counted.select("landlord_code", "stock", pl.lit(value=True).alias("counted"))
    joined = figures.join(counted, on=["landlord_code", "stock"], how="left", maintain_order="left")
    alone = (pl.col("measure") == "homes") & pl.col("counted").is_null() & pl.col("value").is_not_null()
    return joined.with_columns(
        pl.when(~alone).then("value").alias("value"),
        pl.when(alone).then(pl.lit("X")).otherwise("code").alias("code"),
        pl.when(alone).then(pl.lit("homes given without complaints of the same stock")).otherwise("why").alias("why"),
    ).drop("counted")


def _tsm(given: pl.DataFrame, cells: pl.DataFrame, year: str, name: str) -> pl.DataFrame:
    notes = _notes(cells)
    source = pl.format(
        "Regulator of Social Housing, Tenant Satisfaction Measures {}, {} ({})", pl.lit(year), "sheet", pl.lit(name)
    )
    rows = given.join(notes, on=_KEY, how="left", maintain_order="left").with_columns(
        pl.lit(year).alias("year"),
        pl.concat_str([source, _after("why"), _after("note")]).alias("source"),
    )
    schema = TABLE_BY_NAME["tsm"].schema
    return (
        rows.with_columns(pl.col("stock").cast(schema["stock"]))
        .select(list(schema))
        .sort("landlord_code", "stock", "measure")
    )


def _after(column: str) -> pl.Expr:
    return pl.when(pl.col(column).fill_null("") != "").then(pl.format("; {}", column)).otherwise(pl.lit(""))


def _notes(cells: pl.DataFrame) -> pl.DataFrame:
    """What a reader must know of single figures: other timescales than the Code's, weighted answers."""
    said = cells.filter(pl.col("part") == "note")
    other = said.filter((pl.col("measure") == "standard_timescales") & (pl.col("text") == "No"))
    weighted = said.filter((pl.col("measure") == "weighted") & (pl.col("text") == "Yes"))
    note = {
        "CH02": "the landlord says it did not use the Code's standard maximum timescales",
        "TP": "answers weighted by the landlord",
    }
    late = pl.DataFrame({"measure": ["CH02(1)", "CH02(2)"], "note": [note["CH02"]] * 2})
    asked = pl.DataFrame({"measure": list(_PERCEPTIONS), "note": [note["TP"]] * len(_PERCEPTIONS)})
    key = ["landlord_code", "stock"]
    return pl.concat(
        [
            other.select(key).join(late, how="cross", maintain_order="left_right"),
            weighted.select(key).join(asked, how="cross", maintain_order="left_right"),
        ]
    )


def _missing(figures: pl.DataFrame, cells: pl.DataFrame, year: str, sheets: dict[str, Sheet]) -> pl.DataFrame:
    meaning = pl.col("code").replace_strict(CODES, default="not given")
    excluded = pl.when(pl.col("code") == "E").then("note")
    single = (
        figures.filter(pl.col("value").is_null())
        .join(_notes_of_the_regulator(sheets), on=["landlord_code", "sheet"], how="left", maintain_order="left")
        .join(_notes(cells).rename({"note": "said"}), on=_KEY, how="left", maintain_order="left")
        .select(
            *_KEY,
            pl.when(pl.col("code").is_not_null()).then(pl.format("[{}]", "code")).otherwise(pl.lit("")).alias("code"),
            pl.coalesce(excluded, pl.concat_str([meaning, _after("why"), _after("said")])).alias("reason"),
        )
    )
    whole = [
        _excluded(sheets[kind], measures)
        for kind, measures in (("Perception_Not_Inc", _PERCEPTIONS), ("Man_Info_Not_Inc", _MANAGEMENT))
        if kind in sheets
    ]
    return (
        pl.concat([single, *whole])
        .with_columns(pl.lit(year).alias("year"))
        .select(list(MISSING_SCHEMA))
        .unique(["landlord_code", "stock", "measure"], keep="first", maintain_order=True)
        .sort("landlord_code", "stock", "measure")
    )


def _notes_of_the_regulator(sheets: dict[str, Sheet]) -> pl.DataFrame:
    """What the regulator noted beside a landlord's row: landlord_code, sheet, note."""
    empty = pl.DataFrame(schema={"landlord_code": pl.String, "sheet": pl.String, "note": pl.String})
    about = ((sheet.name, sheet.about()) for sheet in sheets.values())
    said = [
        frame.select("landlord_code", pl.lit(name).alias("sheet"), "note")
        for name, frame in about
        if "note" in frame.columns
    ]
    return pl.concat([empty, *said]).filter(~pl.col("note").str.starts_with("["), pl.col("note") != "None")


def _excluded(sheet: Sheet, measures: tuple[str, ...]) -> pl.DataFrame:
    """Landlords the regulator left out of a whole sheet, with its note, for the rented stock."""
    about = sheet.about()
    reason = pl.col("note") if "note" in about.columns else pl.lit("excluded by the regulator")
    return about.join(pl.DataFrame({"measure": list(measures)}), how="cross", maintain_order="left_right").select(
        "landlord_code", pl.lit("LCRA").alias("stock"), "measure", pl.lit("[E]").alias("code"), reason.alias("reason")
    )


def _landlords(sheets: dict[str, Sheet], given: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All landlords of the workbook, in the declared schema, and their size bands."""
    about = [sheets[kind].about() for kind in _LANDLORD_SHEETS if kind in sheets]
    region, size = pl.col("region"), pl.col("size_band").str.replace("40000", "40,000", literal=True)
    said = (
        pl.concat(about, how="diagonal")
        .with_columns(
            pl.col("name").str.replace_all(r"\s+", " ").str.strip_chars(),
            pl.col("landlord_type").replace({"LARP": "LA"}),
            pl.when(~region.str.contains("Merged") & ~region.str.starts_with("[")).then(region).alias("region"),
            pl.when(size.is_in(["<5,000", "5,000-40,000", ">40,000"])).then(size).alias("size_band"),
        )
        .group_by("landlord_code", maintain_order=True)
        .agg(pl.col("name", "landlord_type", "region", "size_band").drop_nulls().first())
    )
    for stock, column in (("LCRA", "homes_lcra"), ("LCHO", "homes_lcho")):
        homes = given.filter((pl.col("measure") == "homes") & (pl.col("stock") == stock))
        homes = homes.select("landlord_code", pl.col("value").cast(pl.Int64).alias(column))
        said = said.join(homes, on="landlord_code", how="left", maintain_order="left")
    schema = TABLE_BY_NAME["landlords"].schema
    ordered = said.with_columns(pl.col("landlord_type").cast(schema["landlord_type"])).sort("name", "landlord_code")
    return ordered.select(list(schema)), ordered.select("landlord_code", "size_band")
