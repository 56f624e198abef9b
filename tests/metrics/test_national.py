"""National figures: recounted with DuckDB on invented landlords, and what is shipped."""

import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

from metrics.published.national import (
    MEASURES,
    SCHEMA,
    SHIPPED,
    STATISTICS,
    derived_measures,
    figure,
    national_figures,
    peer_group,
    shipped,
    size_band,
    written,
)
from metrics.records import TABLE_BY_NAME


def invented(count: int = 40) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Landlords and their measures, from a fixed seed; some give no complaints, some no homes."""
    chance = random.Random(7)
    landlords, tsm = [], []
    for number in range(count):
        code = f"L{number:03d}"
        homes = chance.choice([900, 4_999, 5_000, 12_000, 40_000, 40_001, None])
        kind = chance.choice(["PRP", "LA"])
        landlords.append((code, f"Landlord {number}", kind, homes, None, chance.choice(["North", "South", None])))
        stage_1 = chance.randint(0, 300)
        values = {
            "TP06": chance.uniform(30, 90),
            "complained": chance.uniform(10, 50),
            "NM01(1)": chance.uniform(1, 80),
        }
        if number % 5:
            values |= {
                "CH01(1)": chance.uniform(0, 120),
                "stage_1_complaints": stage_1,
                "stage_2_complaints": chance.randint(0, stage_1),
                "ch02_1_with_extension": chance.randint(0, stage_1),
            }
        tsm += [(code, "2024-25", "LCRA", measure, value, None, "invented") for measure, value in values.items()]
    return (
        pl.DataFrame(tsm, schema=TABLE_BY_NAME["tsm"].schema, orient="row", strict=False),
        pl.DataFrame(landlords, schema=TABLE_BY_NAME["landlords"].schema, orient="row"),
    )


# DuckDB reads the frames by these names, and knows no Polars Enum.
RECOUNT = """
with own as (
    select l.landlord_code, landlord_type as kind, region,
           case when homes_lcra < 5000 then '<5,000' when homes_lcra <= 40000 then '5,000-40,000'
                when homes_lcra > 40000 then '>40,000' end as band
    from landlords l),
groups as (
    select landlord_code, 'all' as g from own union all select landlord_code, kind from own
    union all select landlord_code, region from own where region is not null
    union all select landlord_code, band from own where band is not null
    union all select landlord_code, kind || ' ' || band from own where band is not null),
wide as (
    select landlord_code,
           max(value) filter (measure = 'complained') as c, max(value) filter (measure = 'CH01(1)') as r,
           max(value) filter (measure = 'stage_1_complaints') as s1,
           max(value) filter (measure = 'stage_2_complaints') as s2,
           max(value) filter (measure = 'ch02_1_with_extension') as e1
    from tsm group by landlord_code),
figures as (
    select landlord_code, measure, value from tsm where measure in ('TP06', 'complained', 'CH01(1)', 'NM01(1)')
    union all select landlord_code, 'reported_to_recorded', c * 10 / r from wide where r > 0
    union all select landlord_code, 'escalation', 100 * s2 / s1 from wide where s1 > 0
    union all select landlord_code, 'extension_1', 100 * e1 / s1 from wide where s1 > 0)
select g, measure, count(*), quantile_cont(value, 0.1), quantile_cont(value, 0.25), quantile_cont(value, 0.5),
       quantile_cont(value, 0.75), quantile_cont(value, 0.9)
from figures join groups using (landlord_code) group by g, measure having count(*) >= 5
"""


def test_every_figure_agrees_with_a_recount_in_duckdb() -> None:
    tsm, landlords = invented()
    ours = national_figures(tsm, landlords)
    with duckdb.connect() as engine:
        engine.register("tsm", tsm.with_columns(pl.col("stock").cast(pl.String)).to_arrow())
        engine.register("landlords", landlords.with_columns(pl.col("landlord_type").cast(pl.String)).to_arrow())
        recounted = engine.execute(RECOUNT).fetchall()
    assert ours.height == len(recounted) * len(STATISTICS)
    for group, measure, *expected in recounted:
        found = [figure(ours, "2024-25", "LCRA", measure, statistic, group) for statistic in STATISTICS]
        assert found == pytest.approx(expected), (group, measure)


def test_row_order_changes_nothing() -> None:
    tsm, landlords = invented()
    shuffled = national_figures(tsm.sample(fraction=1, shuffle=True, seed=3), landlords.reverse())
    assert shuffled.equals(national_figures(tsm, landlords))


def test_a_group_of_fewer_than_five_landlords_is_left_out() -> None:
    tsm, landlords = invented(count=4)
    assert national_figures(tsm, landlords).height == 0
    assert dict(national_figures(tsm, landlords).schema) == SCHEMA


def test_nothing_is_divided_by_no_complaints() -> None:
    rows = [
        ("L1", "2024-25", "LCRA", measure, value, None, "")
        for measure, value in (
            ("complained", 30.0),
            ("CH01(1)", 0.0),
            ("stage_1_complaints", 0.0),
            ("stage_2_complaints", 0.0),
        )
    ]
    tsm = pl.DataFrame(rows, schema=TABLE_BY_NAME["tsm"].schema, orient="row")
    assert derived_measures(tsm).height == 0


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    national = national_figures(*invented())
    written(national, tmp_path / "national.csv")
    wide = pl.read_csv(tmp_path / "national.csv")
    assert wide.columns == ["year", "stock", "landlord_group", "measure", *STATISTICS]
    row = wide.filter(measure="TP06", landlord_group="all").row(0, named=True)
    assert row["median"] == pytest.approx(figure(national, "2024-25", "LCRA", "TP06", "median"), abs=0.00005)


def test_what_is_shipped_is_small_and_holds_the_published_medians() -> None:
    """Medians of the regulator's headline report 2024-25, which rounds to whole per cent, and the quartile lines the
    gates need."""
    national = shipped()
    assert SHIPPED.stat().st_size < 150_000
    assert dict(national.schema) == SCHEMA
    for measure, rounded in (("TP02", 74), ("TP05", 78), ("TP08", 78), ("TP09", 36)):
        median = figure(national, "2024-25", "LCRA", measure, "median")
        assert median is not None
        assert int(median + 0.5) == rounded
    assert figure(national, "2024-25", "LCRA", "reported_to_recorded", "median") == pytest.approx(4.96, abs=0.005)
    assert figure(national, "2023-24", "LCRA", "reported_to_recorded", "median") == pytest.approx(6.29, abs=0.005)
    assert figure(national, "2024-25", "LCRA", "TP06", "q3") == pytest.approx(69.3, abs=0.05)
    assert set(national["measure"]) == set(MEASURES)
    assert national["source"].str.contains("Regulator of Social Housing").all()


def test_an_unknown_figure_is_none() -> None:
    assert figure(shipped(), "2019-20", "LCRA", "TP01", "median") is None
    assert figure(shipped(), "2024-25", "LCRA", "TP01", "median", "PRP <500") is None


@pytest.mark.parametrize(
    ("homes", "band"),
    [
        (None, None),
        (0, "<5,000"),
        (4_999, "<5,000"),
        (5_000, "5,000-40,000"),
        (40_000, "5,000-40,000"),
        (40_001, ">40,000"),
    ],
)
def test_size_bands(homes: int | None, band: str | None) -> None:
    assert size_band(homes) == band
    assert peer_group("PRP", homes) == (f"PRP {band}" if band else None)
    assert peer_group(None, homes) is None
