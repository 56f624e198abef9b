"""The way of dissatisfaction through formal and hidden stages: nodes, links, and the complaints behind each link."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from metrics.ghosts.hidden import counted, hidden_stages
from metrics.ghosts.path_rules import known_decisions
from metrics.periods import window
from metrics.records import Records

CAME, NEVER, BEFORE, STAGE_1, BETWEEN, STAGE_2, AFTER, OMBUDSMAN, ENDED = (
    "came",
    "never",
    "before",
    "stage_1",
    "between",
    "stage_2",
    "after",
    "ombudsman",
    "ended",
)
WORDS = {
    CAME: "Dissatisfaction",
    NEVER: "Never logged",
    BEFORE: "Hidden before",
    STAGE_1: "Stage 1",
    BETWEEN: "Hidden between",
    STAGE_2: "Stage 2",
    AFTER: "Hidden after",
    OMBUDSMAN: "Ombudsman",
    ENDED: "No further so far",
}
NODES = tuple(WORDS)
HIDDEN = (NEVER, BEFORE, BETWEEN, AFTER)
_STOPS = (BEFORE, STAGE_1, BETWEEN, STAGE_2, AFTER, OMBUDSMAN, ENDED)
PATHS = {"source": pl.String, "target": pl.String, "complaint_ref": pl.String, "household_ref": pl.String}


@dataclass(frozen=True, kw_only=True)
class Node:
    """A stage and how many passed through it; None where a screen for the board may not show it."""

    key: str
    words: str
    count: int | None
    is_hidden: bool


@dataclass(frozen=True, kw_only=True)
class Link:
    """From one stage to the next, and how many took it (complaints; runs of signals to *never logged*)."""

    source: str
    target: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Nodes and links in the order of the path. `looked` is False where no contacts are held: hidden stages then show
    what other records give away, and their absence says nothing."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    looked: bool

    @property
    def hides(self) -> bool:
        """Is a count not shown?"""
        return None in [*(node.count for node in self.nodes), *(link.count for link in self.links)]


def flow(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> Flow:
    """Complaints received in the twelve months with the stages they passed through by as_at, and episodes of those
    months that never became one. Hidden stages are episodes of grade A or B, whenever their first signal was."""
    each = paths(records, as_at, hidden=hidden)
    counts = {(source, target): n for source, target, n in each.group_by("source", "target").len().iter_rows()}
    order = [(source, target) for source in NODES for target in NODES if (source, target) in counts]
    links = tuple(Link(source=source, target=target, count=counts[source, target]) for source, target in order)
    through = {node: _through(node, links) for node in NODES}
    nodes = tuple(
        Node(key=node, words=WORDS[node], count=through[node], is_hidden=node in HIDDEN)
        for node in NODES
        if through[node]
    )
    known = records.frame("contacts").filter(pl.col("occurred_at").dt.date() <= as_at)
    return Flow(nodes=nodes, links=links, looked=bool(known.select(pl.len()).collect().item()))


def _through(node: str, links: tuple[Link, ...]) -> int:
    into = sum(link.count or 0 for link in links if link.target == node)
    return into or sum(link.count or 0 for link in links if link.source == node)


def paths(records: Records, as_at: date, *, hidden: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row per link taken: source, target, complaint_ref (null for what was never logged), household_ref (`PATHS`).
    For the drill-down behind a link; sorted along the path, then by complaint and household."""
    found = counted(hidden_stages(records, [as_at]) if hidden is None else hidden)
    stops = _stops(records, as_at, found)
    steps = (
        stops.unpivot(on=list(_STOPS), index=["complaint_ref", "household_ref"], variable_name="target")
        .filter("value")
        .with_columns(place=_place("target"))
        .sort("complaint_ref", "place")
        .with_columns(source=pl.col("target").shift(1).over("complaint_ref", order_by="place").fill_null(CAME))
    )
    never = found.filter((pl.col("window") == "never") & pl.col("first_signal_on").is_between(*window(as_at))).select(
        source=pl.lit(CAME), target=pl.lit(NEVER), complaint_ref=pl.lit(None, pl.String), household_ref="household_ref"
    )
    return pl.concat([steps.select(*PATHS), never.select(*PATHS)]).sort(
        _place("source"), _place("target"), "complaint_ref", "household_ref"
    )


def _place(name: str) -> pl.Expr:
    return pl.col(name).replace_strict(list(NODES), list(range(len(NODES))), return_dtype=pl.Int8)


def _stops(records: Records, as_at: date, found: pl.DataFrame) -> pl.DataFrame:
    """complaint_ref, household_ref and, for each stop, whether the complaint made it."""
    complaints = (
        records.frame("complaints")
        .filter(pl.col("received_on").is_between(*window(as_at)))
        .select("complaint_ref", "household_ref", stage_2=(pl.col("stage_2_requested_on") <= as_at).fill_null(False))
        .collect()
    )
    windows = found.drop_nulls("complaint_ref").group_by("complaint_ref").agg(windows=pl.col("window").unique())
    decided = known_decisions(records, as_at).select("complaint_ref", ombudsman=pl.lit(True))
    joined = complaints.join(windows, on="complaint_ref", how="left").join(decided, on="complaint_ref", how="left")
    hidden = {name: pl.col("windows").list.contains(name).fill_null(False) for name in (BEFORE, BETWEEN, AFTER)}
    return joined.with_columns(
        stage_1=pl.lit(True), ended=pl.lit(True), ombudsman=pl.col("ombudsman").fill_null(False), **hidden
    )
