"""The shared figures in pandas: the columnar copies in, the counts of nine quarter ends out.

Dates are whole days (-1 where there is none), words are categories, working days a look-up, repeats an as-of merge;
rows are gathered by date before the windows are laid over them, as the product does.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.counts import COMMITMENTS, COMPLAINTS, LINKS, WORK_ORDERS, calendar, in_order, windows
from benchmarks.draws import days

Day = NDArray[np.int64]
UPHELD = ("upheld", "partly upheld")
NONE = -1
ALWAYS = -1_000_000


def counts(files: Mapping[str, Path], as_at: date) -> pl.DataFrame:
    """The counts of `benchmarks.counts`, from the columnar copies of a store."""
    complaints = _read(files["complaints"], COMPLAINTS, words=("category",))
    complaints["in_clock"] = ~complaints["status"].isin(["refused", "withdrawn"])
    actions = _read(files["learning_actions"], None).rename(columns={"theme": "category"})
    laid = [(days(after), days(last)) for after, last in windows(as_at)]
    gathered = [
        *_of_stages(complaints),
        *_of_cases(complaints, actions, _read(files["learning_links"], LINKS)),
        *_of_promises(complaints, files),
        *_of_actions(actions),
    ]
    found = pd.concat([_over_windows(frame, laid).assign(key=key) for key, frame in gathered])
    return in_order(
        pl.DataFrame(
            {
                "key": found["key"].to_list(),
                "as_at": pl.Series(found["as_at"].to_numpy()).cast(pl.Int32).cast(pl.Date),
                "service_area": found["service_area"].to_list(),
                "numerator": found["numerator"].to_numpy(),
                "denominator": found["denominator"].to_numpy(),
            }
        )
    )


def _read(file: Path, columns: Sequence[str] | None, *, words: Sequence[str] = ()) -> pd.DataFrame:
    table = pq.read_table(file, columns=None if columns is None else list(columns), read_dictionary=list(words))
    for place, part in enumerate(table.schema):
        if pa.types.is_date32(part.type):
            whole = pc.fill_null(table[part.name].cast(pa.int32()), NONE).cast(pa.int64())
            table = table.set_column(place, part.name, whole)
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _plus(day: Day, working_days: int) -> Day:
    first = days(calendar()["day"][0])
    later = calendar()[f"plus_{working_days}"].to_physical().to_numpy()
    return np.where(day == NONE, NONE, later[np.clip(day - first, 0, len(later) - 1)])


def _gathered(
    key: str,
    rows: pd.DataFrame,
    good: NDArray[np.bool_] | pd.Series,
    dated: Day | pd.Series,
    *,
    keep: NDArray[np.bool_] | pd.Series | None = None,
    known: str = "",
    began: Day | pd.Series | None = None,
    ended: Day | pd.Series | None = None,
) -> tuple[str, pd.DataFrame]:
    columns: dict[str, object] = {"service_area": rows["category"], "dated": np.asarray(dated), "good": good}
    if known:
        columns["known"] = rows[known]
    if began is not None:
        columns["began"] = began
    if ended is not None:
        columns["ended"] = ended
    frame = pd.DataFrame(columns)
    frame = frame[(frame["dated"] != NONE) & (True if keep is None else keep)]
    return key, frame.groupby(list(frame.columns), observed=True, sort=False).size().rename("rows").reset_index()


def _over_windows(gathered: pd.DataFrame, laid: Sequence[tuple[int, int]]) -> pd.DataFrame:
    found = []
    for after, last in laid:
        due = gathered[gathered["dated"].gt(after) & gathered["dated"].le(last)]
        if "known" in due:
            due = due[due["known"] <= last]
        good = due["good"]
        if "began" in due:
            good &= due["began"] <= last
        if "ended" in due:
            good &= (due["ended"] == NONE) | (due["ended"] > last)
        counted = due.assign(numerator=due["rows"].where(good, 0)).groupby("service_area", observed=True)
        found.append(
            counted[["numerator", "rows"]]
            .sum()
            .rename(columns={"rows": "denominator"})
            .reset_index()
            .assign(as_at=last)
        )
    return pd.concat(found)


def _of_stages(complaints: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    acknowledged, gathered = [], []
    for stage, begins, within in ((1, "received_on", 10), (2, "stage_2_requested_on", 20)):
        rows = complaints[complaints["in_clock"] & (complaints[begins] != NONE)]
        said, extended, responded = (
            rows[f"stage_{stage}_{part}"].to_numpy() for part in ("acknowledged_on", "extended_to", "responded_on")
        )
        due = _plus(rows[begins].to_numpy(), 5)
        plain = _plus(np.where(said == NONE, due, np.minimum(said, due)), within)
        longest = np.minimum(extended, _plus(plain, within))
        response_due = np.where(extended > plain, longest, plain)
        in_time = (responded != NONE) & (responded <= response_due)
        gathered.append(_gathered(f"stage_{stage}_on_time", rows, in_time, response_due))
        acknowledged.append(
            pd.DataFrame({"category": rows["category"], "due": due, "good": (said != NONE) & (said <= due)})
        )
    both = pd.concat(acknowledged)
    return [_gathered("acknowledged_on_time", both, both["good"], both["due"]), *gathered]


def _of_cases(complaints: pd.DataFrame, actions: pd.DataFrame, links: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    upheld_on, apology_on = _upheld(complaints)
    rows = complaints.assign(upheld_on=upheld_on, apology_on=apology_on)
    upheld = rows[rows["upheld_on"] != NONE]
    apology_due = _plus(upheld["upheld_on"].to_numpy(), 5)
    learned = upheld["complaint_ref"].map(_learned(actions, links)).fillna(NONE).astype(np.int64)
    came_back = upheld["complaint_ref"].isin(_came_back(rows, upheld))
    handlers = rows["stage_1_handler"].notna() & rows["stage_2_handler"].notna() & rows["in_clock"]
    return [
        _gathered(
            "apology_given", upheld, (upheld["apology_on"] != NONE) & (upheld["apology_on"] <= apology_due), apology_due
        ),
        _gathered(
            "independent_stage_2",
            rows,
            rows["stage_1_handler"] != rows["stage_2_handler"],
            rows["stage_2_responded_on"],
            keep=handlers,
        ),
        _gathered("learning_recorded", upheld, learned != NONE, upheld["upheld_on"], began=learned),
        _gathered("not_repeated", upheld, ~came_back, upheld["upheld_on"] + 183),
    ]


def _upheld(complaints: pd.DataFrame) -> tuple[Day, Day]:
    first, second = (
        np.where(
            complaints["in_clock"] & complaints[f"stage_{stage}_outcome"].isin(UPHELD),
            complaints[f"stage_{stage}_responded_on"],
            NONE,
        )
        for stage in (1, 2)
    )
    apologies = (complaints[f"stage_{stage}_apology_on"] for stage in (1, 2))
    by_first, by_second = apologies
    return np.where(first != NONE, first, second), np.where(first != NONE, by_first, by_second)


def _learned(actions: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    changes = actions.loc[actions["kind"] != "individual remedy", ["action_ref", "opened_on"]]
    return links.merge(changes, on="action_ref").groupby("complaint_ref", sort=False)["opened_on"].min()


def _came_back(rows: pd.DataFrame, upheld: pd.DataFrame) -> pd.Series:
    issue = ["household_ref", "category"]
    met = pd.merge_asof(
        upheld[["complaint_ref", *issue, "upheld_on"]].sort_values("upheld_on"),
        rows[[*issue, "received_on"]].sort_values("received_on"),
        left_on="upheld_on",
        right_on="received_on",
        by=issue,
        direction="forward",
        allow_exact_matches=False,
    )
    return met.loc[met["received_on"] <= met["upheld_on"] + 183, "complaint_ref"]


def _of_promises(complaints: pd.DataFrame, files: Mapping[str, Path]) -> list[tuple[str, pd.DataFrame]]:
    orders = _read(files["work_orders"], WORK_ORDERS).rename(columns={"contractor": "ordered_with"})
    contractors = _read(files["contractors"], ("contractor", "engaged_from", "engaged_to"))
    rows = (
        _read(files["commitments"], COMMITMENTS)
        .merge(complaints[["complaint_ref", "category"]], on="complaint_ref", how="left")
        .merge(orders, on="work_order_ref", how="left")
    )
    rows["raised_on"] = rows["raised_on"].fillna(NONE).astype(np.int64)
    done, raised = rows["completed_on"] != NONE, rows["raised_on"] != NONE
    by_order = done & rows["work_order_ref"].notna() & (~raised | (rows["raised_on"] > rows["completed_on"]))
    doer = rows["ordered_with"].fillna(rows["contractor"])
    by_contractor = done & raised & doer.notna() & ~_engaged(doer, rows["raised_on"], contractors)
    held = contractors["engaged_from"].replace(NONE, ALWAYS).min()
    orders_held = orders["raised_on"].min()
    phantom = np.where(
        by_order, np.where(by_contractor, min(orders_held, held), orders_held), np.where(by_contractor, held, NONE)
    )
    in_time = done & (rows["completed_on"] <= rows["due_on"])
    return [
        _gathered("commitments_honoured", rows, in_time, rows["due_on"], known="promised_on", ended=phantom),
        _gathered(
            "orders_complied",
            rows,
            in_time,
            rows["due_on"],
            keep=rows["made_at"] == "ombudsman",
            known="promised_on",
        ),
    ]


def _engaged(doer: pd.Series, raised: pd.Series, contractors: pd.DataFrame) -> pd.Series:
    engaged = pd.Series(data=False, index=doer.index)
    for name, begins, ends in contractors[["contractor", "engaged_from", "engaged_to"]].itertuples(index=False):
        engaged |= (doer == name) & (raised >= begins) & ((ends == NONE) | (raised <= ends))
    return engaged


def _of_actions(actions: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    opened, done, due, told = (actions[f"{name}_on"] for name in ("opened", "done", "due", "told_residents"))
    directorate = actions["owner_directorate"].str.strip()
    beyond = directorate.ne("") & directorate.notna() & ~directorate.fillna("").str.lower().str.contains("complaint")
    proactive = ("own analysis", "resident voice", "staff voice", "emerging risk")
    return [
        _gathered("actions_on_time", actions, (done != NONE) & (done <= due), due, known="opened_on"),
        _gathered("practice_changed", actions, actions["kind"] != "individual remedy", opened),
        _gathered("told_residents", actions, told != NONE, done, began=told),
        _gathered("root_cause_analysed", actions, actions["root_cause_analysis"].fillna(value=False), opened),
        _gathered("senior_owned", actions, actions["owner_role"].isin(["executive", "governing body"]), opened),
        _gathered("joined_up", actions, actions["linked_to"].fillna("").str.strip(" ;").ne(""), opened),
        _gathered("owned_beyond_complaints", actions, beyond, opened),
        _gathered("strong_actions", actions, actions["strength"] == "strong", opened),
        _gathered("proactive", actions, actions["trigger"].isin(proactive), opened),
    ]
