"""Two of the eight detectors in DuckDB and in pandas: contacts whose label or note tells of a hidden stage, chasers
left out, placed into one window of one complaint. From columnar files to counts of signals and complaints by window.

They are spared the lexicons (they look for the seven phrases the records drawn hold), the word-by-word reading for
negation and quoted letters, the other six detectors, and the episodes with their evidence.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from benchmarks.contacts_at_scale import DISSATISFIED
from metrics.ghosts import signals
from metrics.records import Records
from metrics.working_days import add_working_days

PHRASES = "|".join(DISSATISFIED)
SPEAKS = rf"(?i)\b(?:{PHRASES})\b"
NEGATED = r"(?i)\bnot unhappy\b"
LABEL = "stage 0"
COLUMNS = ("detector", "window", "signals", "complaints")


def calendar(as_at: date) -> pl.DataFrame:
    """day, sixth: the sixth working day after each day, from which on a complaint is more than five away."""
    days = pl.date_range(as_at - timedelta(days=3650), as_at + timedelta(days=30), eager=True).to_frame("day")
    return days.with_columns(sixth=add_working_days(pl.col("day"), 6))


def ours(records: Records, as_at: date) -> pl.DataFrame:
    """The product's own counts of the same two detectors."""
    found = signals(records, as_at).filter(pl.col("detector").is_in(["label", "phrase"]))
    return _in_order(
        found.group_by("detector", "window").agg(
            signals=pl.len(), complaints=pl.col("complaint_ref").drop_nulls().n_unique()
        )
    )


def hidden_traces(records: Records, as_at: date) -> dict[str, int]:
    """Complaints with a signal of the two detectors in each window, by the product."""
    found = signals(records, as_at).filter(pl.col("detector").is_in(["label", "phrase"])).drop_nulls("complaint_ref")
    counts = found.group_by("window").agg(pl.col("complaint_ref").n_unique())
    return {f"hidden {name}": n for name, n in counts.iter_rows()}


def _in_order(counts: pl.DataFrame) -> pl.DataFrame:
    return counts.select(
        pl.col("detector", "window").cast(pl.String), pl.col("signals", "complaints").cast(pl.Int64)
    ).sort("detector", "window")


_SQL = """
WITH read AS (
    SELECT household_ref, category, occurred_at::DATE AS day, label = '{label}' AS labelled,
        direction = 'inbound' AND regexp_matches(note, '{speaks}') AND NOT regexp_matches(note, '{negated}') AS said
    FROM read_parquet('{contacts}') WHERE occurred_at::DATE <= DATE '{as_at}'
), given AS (
    SELECT row_number() OVER () AS id, detector, household_ref, category, given.day, sixth
    FROM (SELECT *, 'label' AS detector FROM read WHERE labelled
          UNION ALL SELECT *, 'phrase' AS detector FROM read WHERE said) AS given
    JOIN calendar ON calendar.day = given.day
), known AS (
    SELECT complaint_ref, household_ref, category, received_on AS received,
        CASE WHEN stage_1_responded_on <= DATE '{as_at}' THEN stage_1_responded_on END AS answered,
        CASE WHEN stage_2_requested_on <= DATE '{as_at}' THEN stage_2_requested_on END AS asked,
        CASE WHEN stage_2_responded_on <= DATE '{as_at}' THEN stage_2_responded_on END AS ended,
        CASE WHEN status IN ('closed', 'refused', 'withdrawn') AND closed_on <= DATE '{as_at}' THEN closed_on
            ELSE DATE '{as_at}' END AS over
    FROM read_parquet('{complaints}') WHERE received_on <= DATE '{as_at}'
), pairs AS (
    SELECT id, detector, complaint_ref,
        day BETWEEN received AND coalesce(answered, over)
            OR coalesce(day BETWEEN asked AND coalesce(ended, over), false) AS chases,
        received - day BETWEEN 1 AND 90 AS before, sixth <= received AS early,
        coalesce(day > answered AND day <= coalesce(asked - 1, answered + 183), false) AS between_,
        detector = 'label' OR asked IS NULL OR sixth <= asked AS in_time,
        coalesce(day > ended AND day <= ended + 183, false) AS after,
        abs(day - received) AS to_received, abs(day - answered) AS to_answer, abs(day - ended) AS to_end
    FROM given LEFT JOIN known
        ON given.household_ref = known.household_ref AND (given.category IS NULL OR given.category = known.category)
), placed AS (
    SELECT id, any_value(detector) AS detector, bool_or(chases) AS chases, bool_or(before OR between_ OR after) AS lies,
        min(CASE WHEN after THEN (0, to_end, complaint_ref, 'after')
            WHEN between_ AND in_time THEN (0, to_answer, complaint_ref, 'between')
            WHEN before AND early THEN (1, to_received, complaint_ref, 'before') END) AS place
    FROM pairs GROUP BY id
)
SELECT detector, coalesce(place[4], 'never') AS window, count(*) AS signals, count(DISTINCT place[3]) AS complaints
FROM placed WHERE NOT coalesce(chases, false) AND (place IS NOT NULL OR NOT coalesce(lies, false)) GROUP BY ALL
"""


def with_duckdb(files: Mapping[str, Path], as_at: date) -> pl.DataFrame:
    """The counts in one statement."""
    with duckdb.connect() as connection:
        connection.register("calendar", calendar(as_at).to_arrow())
        statement = _SQL.format(
            label=LABEL,
            speaks=SPEAKS,
            negated=NEGATED,
            contacts=files["contacts"],
            complaints=files["complaints"],
            as_at=as_at,
        )
        return _in_order(pl.DataFrame(connection.sql(statement).to_arrow_table()))


def with_pandas(files: Mapping[str, Path], as_at: date) -> pl.DataFrame:
    """The counts by merging signals with complaints of the household."""
    placed = placed_by_pandas(files, as_at)
    counts = placed.groupby(["detector", "window"], as_index=False).agg(
        signals=("id", "size"), complaints=("complaint_ref", "nunique")
    )
    return _in_order(pl.from_pandas(counts))


def placed_by_pandas(files: Mapping[str, Path], as_at: date) -> pd.DataFrame:
    """Signals with id, detector, day, window and complaint_ref (missing for `never`)."""
    given, known = _given(files, as_at), _known(files, as_at)
    pairs = given.merge(known, on="household_ref", suffixes=("", "_of"))
    pairs = pairs[pairs["category"].isna() | (pairs["category"] == pairs["category_of"])]
    day = pairs["day"]
    chases = day.between(pairs["received"], pairs["answered"].fillna(pairs["over"]))
    chases |= day.between(pairs["asked"], pairs["ended"].fillna(pairs["over"]))
    chasers = pairs.loc[chases, "id"].unique()
    until = (pairs["asked"] - pd.Timedelta(days=1)).fillna(pairs["answered"] + pd.Timedelta(days=183))
    in_before = (pairs["received"] - day).dt.days.between(1, 90)
    in_between = (day > pairs["answered"]) & (day <= until)
    in_after = (day > pairs["ended"]) & (day <= pairs["ended"] + pd.Timedelta(days=183))
    in_time = (pairs["detector"] == "label") | pairs["asked"].isna() | (pairs["sixth"] <= pairs["asked"])
    fires = {
        "after": (in_after, pairs["ended"], 0),
        "between": (in_between & in_time, pairs["answered"], 0),
        "before": (in_before & (pairs["sixth"] <= pairs["received"]), pairs["received"], 1),
    }
    fits = pd.concat(
        pairs.loc[holds, ["id", "complaint_ref"]].assign(window=name, later=later, far=(day - own).dt.days.abs()[holds])
        for name, (holds, own, later) in fires.items()
    )
    best = fits.sort_values(["id", "later", "far", "complaint_ref"]).drop_duplicates("id")
    lies = pairs.loc[in_before | in_between | in_after, "id"].unique()
    left = given[~given["id"].isin(chasers)].merge(best[["id", "complaint_ref", "window"]], on="id", how="left")
    left = left[left["window"].notna() | ~left["id"].isin(lies)]
    return left.assign(window=left["window"].fillna("never"))


def _given(files: Mapping[str, Path], as_at: date) -> pd.DataFrame:
    columns = ["household_ref", "category", "occurred_at", "label", "direction", "note"]
    read = pd.read_parquet(files["contacts"], columns=columns)
    read["day"] = read["occurred_at"].dt.normalize()
    read = read[read["day"] <= pd.Timestamp(as_at)]
    said = (read["direction"] == "inbound") & read["note"].str.contains(SPEAKS, regex=True)
    said &= ~read["note"].str.contains(NEGATED, regex=True)
    kinds = {"label": read["label"] == LABEL, "phrase": said}
    kept = ["household_ref", "category", "day"]
    given = pd.concat([read.loc[holds, kept].assign(detector=name) for name, holds in kinds.items()], ignore_index=True)
    days = calendar(as_at).to_pandas().astype({"day": given["day"].dtype})
    given = given.merge(days, on="day")
    return given.assign(id=range(len(given)))


def _known(files: Mapping[str, Path], as_at: date) -> pd.DataFrame:
    dates = {
        "received": "received_on",
        "answered": "stage_1_responded_on",
        "asked": "stage_2_requested_on",
        "ended": "stage_2_responded_on",
        "closed": "closed_on",
    }
    read = pd.read_parquet(
        files["complaints"], columns=["complaint_ref", "household_ref", "category", "status", *dates.values()]
    ).rename(columns={old: new for new, old in dates.items()})
    day = pd.Timestamp(as_at)
    for name in dates:
        read[name] = pd.to_datetime(read[name])
        if name != "received":
            read[name] = read[name].where(read[name] <= day)
    closed = read["closed"].where(read["status"].isin(["closed", "refused", "withdrawn"]))
    return read.assign(over=closed.fillna(day))[read["received"] <= day]


def event_log(files: Mapping[str, Path], as_at: date, into: Path) -> Path:
    """What PM4Py is handed: the steps of every complaint and the signals placed to it, in order of time."""
    placed = placed_by_pandas(files, as_at).dropna(subset=["complaint_ref"])
    known = _known(files, as_at)
    steps = known.melt(
        id_vars="complaint_ref",
        value_vars=["received", "answered", "asked", "ended"],
        var_name="activity",
        value_name="at",
    ).dropna(subset=["at"])
    signs = placed.assign(activity="hidden " + placed["window"], at=placed["day"])[["complaint_ref", "activity", "at"]]
    events = pd.concat([steps, signs], ignore_index=True).rename(columns={"complaint_ref": "complaint"})
    events.sort_values(["complaint", "at"], kind="stable").to_parquet(into)
    return into
