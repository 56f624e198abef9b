"""Dates and moments as real exports write them, read as whole columns. Day first, never guessed."""

import polars as pl

from intake.limits import EARLIEST_YEAR, LATEST_YEAR

LONDON = "Europe/London"
TIME = (
    r"(?:(?:t|\s|,|\s+at)\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<ap>[ap])?\.?m?\.?)?"
)
ZONE = r"\s*(?P<z>z|utc|gmt|bst|[+-]\d{2}:?\d{2})?$"
WEEKDAY = r"^(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
NUMERIC = r"^(?P<d>\d{1,2})[/.\-\s](?P<m>\d{1,2})[/.\-\s](?P<y>\d{4}|\d{2})"
# Forms in which a date is plain to read; each gives d, m, y and perhaps a time and a zone.
FORMS = (
    r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + TIME + ZONE,
    NUMERIC + TIME + ZONE,
    WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*(?:of\s+)?(?P<m>[a-z]{3,9})[\s\-/.,]*(?P<y>\d{4}|\d{2})"
    + TIME
    + ZONE,
    WEEKDAY + r"(?P<m>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})" + TIME + ZONE,
    r"^(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})" + TIME + ZONE,
)
# Usual forms that need no taking apart: the same answers, five times as fast.
QUICK = ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dt%H:%M:%S%.f", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")
QUICK_UNIVERSAL = "%Y-%m-%dt%H:%M:%S%.fz"
QUICK_DATES = ("%Y-%m-%d", "%d/%m/%Y")
FEW = 200
SERIAL = r"^\d{5}(?:\.\d+)?$"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "january", "february", "march", "april", "june", "july",
    "august", "september", "october", "november", "december", "sept",
)  # fmt: skip
PARTS = ("d", "m", "y", "h", "mi", "s", "f", "ap", "z")
# In a column with at least this many dates that can only be month first, and more than can only be day first, the
# dates that could be either are not guessed.
MONTH_FIRST_EVIDENCE = 5

WANTED_DATE = "a date with the day first, such as 05/03/2026 or 5 Mar 2026, or as 2026-03-05"
WANTED_DAY_FIRST = "the day first (25/06/2015); this reads as month first and is not guessed"
WANTED_UNSURE = "the day first; other cells of this column are month first, so this one could be either"
WANTED_PLAUSIBLE = f"a date between {EARLIEST_YEAR} and {LATEST_YEAR}"


def read_moments(text: pl.Series) -> pl.Series:
    """Local date and time in Europe/London of each cell; null where the cell is no date (or blank).

    Reads ISO dates and date-times with or without zone, day-first numbers, months by name, and Excel serials of the
    1900 system. Each distinct cell is read once; each form tries only what the forms before it
    left.
    """
    name = text.name
    distinct = text.drop_nulls().unique()
    if distinct.is_empty():
        return pl.Series(name, [None] * text.len(), dtype=pl.Datetime("us"))
    if distinct.len() > text.len() // 2:
        return _read(text).rename(name)
    read = _read(distinct)
    return text.replace_strict(distinct, read, default=None, return_dtype=pl.Datetime("us")).rename(name)


def _read(text: pl.Series) -> pl.Series:
    cells = pl.DataFrame({"at": pl.int_range(text.len(), eager=True), "text": text.str.to_lowercase()})
    found: list[pl.DataFrame] = []
    quick = [_strptime(form) for form in QUICK]
    quick += [pl.col("text").str.to_date(form, strict=False).cast(pl.Datetime("us")) for form in QUICK_DATES]
    quick.append(_london(_strptime(QUICK_UNIVERSAL)))
    # No cell has two of these forms: the one that reads most of the first cells may come first.
    few = cells.head(FEW)
    for read in sorted(quick, key=lambda form: few.select(form).to_series().null_count()):
        cells = _take(cells, found, read=read)
    for pattern in FORMS:
        cells = _take(cells, found, read=_from_parts(pattern))
    cells = _take(cells, found, read=_serial())
    everything = pl.concat([*found, cells.select("at", pl.lit(None, dtype=pl.Datetime("us")).alias("moment"))])
    return everything.sort("at")["moment"]


def _take(cells: pl.DataFrame, found: list[pl.DataFrame], *, read: pl.Expr) -> pl.DataFrame:
    """Move what this form reads to `found`; hand back the rest."""
    if cells.is_empty():
        return cells
    tried = cells.with_columns(read.alias("moment"))
    # `%Y` also reads two digits, as the first century: those belong to another form.
    read_well = pl.col("moment").is_not_null() & (pl.col("moment").dt.year() >= 1000)
    found.append(tried.filter(read_well).select("at", "moment"))
    return tried.filter(~read_well.fill_null(False)).select("at", "text")


def _from_parts(pattern: str) -> pl.Expr:
    groups = pl.col("text").str.extract_groups(pattern)
    held = {name for name in PARTS if f"(?P<{name}>" in pattern}
    part = {name: groups.struct.field(name) if name in held else pl.lit(None, dtype=pl.String) for name in PARTS}
    month = _month(part["m"])
    year = pl.when(part["y"].str.len_bytes() == 2).then(_full_year(part["y"])).otherwise(part["y"])
    hour = part["h"].cast(pl.Int32, strict=False).fill_null(0)
    half = (pl.when(part["ap"] == "p").then(12).otherwise(0)) + hour % 12
    clock = pl.when(part["ap"].is_null()).then(hour).when(hour.is_between(1, 12)).then(half).otherwise(99)
    canonical = pl.format(
        "{}-{}-{} {}:{}:{}.{}",
        year, month, part["d"], clock, part["mi"].fill_null("00"), part["s"].fill_null("00"), part["f"].fill_null("0"),
    )  # fmt: skip
    moment = canonical.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us")
    return _local(moment, zone=part["z"])


def _month(month: pl.Expr) -> pl.Expr:
    named = [*MONTHS, *MONTH_NAMES]
    numbers = [str(MONTHS.index(name[:3]) + 1) for name in named]
    by_name = month.replace_strict(named, numbers, default=None, return_dtype=pl.String)
    return pl.when(month.str.contains(r"^\d+$")).then(month).otherwise(by_name)


def _full_year(two_digits: pl.Expr) -> pl.Expr:
    century = pl.when(two_digits.cast(pl.Int32, strict=False) >= 70).then(pl.lit("19")).otherwise(pl.lit("20"))
    return century + two_digits


def _local(moment: pl.Expr, *, zone: pl.Expr) -> pl.Expr:
    """London time of a moment written with a zone; a moment without one is local already."""
    signed = zone.str.replace(":", "").str.extract(r"^([+-]\d{4})$")
    sign = pl.when(signed.str.starts_with("-")).then(-1).otherwise(1)
    hours = signed.str.slice(1, 2).cast(pl.Int64, strict=False)
    minutes = signed.str.slice(3, 2).cast(pl.Int64, strict=False)
    offset = pl.when(zone == "bst").then(60).when(signed.is_null()).then(0).otherwise(sign * (hours * 60 + minutes))
    return pl.when(zone.is_null()).then(moment).otherwise(_london(moment - pl.duration(minutes=offset)))


def _london(universal: pl.Expr) -> pl.Expr:
    zoned = universal.dt.replace_time_zone("UTC").dt.convert_time_zone(LONDON)
    return zoned.dt.replace_time_zone(None).dt.cast_time_unit("us")


def _strptime(form: str) -> pl.Expr:
    return pl.col("text").str.to_datetime(form, strict=False, time_unit="us")


def _serial() -> pl.Expr:
    days = pl.when(pl.col("text").str.contains(SERIAL)).then(pl.col("text").cast(pl.Float64, strict=False))
    # Excel counts days from here in the 1900 system (its 29 February 1900 never was); time is a part of a day.
    seconds = (days * 86_400).round().cast(pl.Int64)
    return pl.lit("1899-12-30").str.to_datetime("%Y-%m-%d", time_unit="us") + pl.duration(seconds=seconds)


def date_faults(text: pl.Series, *, read: pl.Series) -> pl.Series:
    """Why a filled cell is not taken as a date, in words of what is wanted; null where it is taken."""
    frame = pl.DataFrame({"text": text, "read": read})
    if read.null_count() == text.null_count():
        frame = frame.with_columns(text=pl.lit(None, dtype=pl.String))
    year = pl.col("read").dt.year()
    first = pl.col("text").str.extract(NUMERIC, 1).cast(pl.Int32, strict=False)
    second = pl.col("text").str.extract(NUMERIC, 2).cast(pl.Int32, strict=False)
    unread = pl.col("text").is_not_null() & pl.col("read").is_null()
    swapped = unread & (second > 12) & first.is_between(1, 12)
    either = pl.col("read").is_not_null() & first.is_between(1, 12) & second.is_between(1, 12)
    only_day_first = pl.col("read").is_not_null() & (first > 12) & second.is_not_null()
    unsure = (swapped.sum() >= MONTH_FIRST_EVIDENCE) & (swapped.sum() > only_day_first.sum())
    return frame.select(
        pl.when(swapped)
        .then(pl.lit(WANTED_DAY_FIRST))
        .when(unread)
        .then(pl.lit(WANTED_DATE))
        .when(~year.is_between(EARLIEST_YEAR, LATEST_YEAR))
        .then(pl.lit(WANTED_PLAUSIBLE))
        .when(either & unsure)
        .then(pl.lit(WANTED_UNSURE))
        .otherwise(pl.lit(None, dtype=pl.String))
        .alias("wanted")
    ).to_series()
