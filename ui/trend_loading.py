"""The trends as pages ask for them: kept in the manner of `ui.loading`, and anew after each decision to rebase."""

from datetime import date

import streamlit as st

from metrics.case_list import CaseList
from metrics.counting.cases import Which
from metrics.events import Event, events_between
from metrics.trends import QuarterlyTrends
from metrics.trends.point_cases import PointAsked, cases_of_point
from publishing import made
from store.newest import newest_rebase
from store.noted_events import NotedEvent, note_event
from store.rebases import RebaseDecision, rebase_decisions, record_rebase
from ui import loading
from ui.loading import Key
from ui.opened import seen


def quarterly_trends(landlord_code: str, as_at: date, *, screened: bool) -> QuarterlyTrends:
    """Every line of the matrix."""
    loading.store().reader.require("small numbers", landlord_code)
    return whole_trends(landlord_code, as_at, screened=screened)


def whole_trends(landlord_code: str, as_at: date, *, screened: bool) -> QuarterlyTrends:
    """The same for what leaves small numbers out itself."""
    newest = newest_rebase(loading.store(), landlord_code)
    return _trends(loading.key_of(landlord_code), newest, landlord_code, as_at, screened)


def events(landlord_code: str, after: date, until: date) -> tuple[Event, ...]:
    """What happened between two days."""
    return _events(loading.store_version(), landlord_code, after, until)


def point_cases(landlord_code: str, asked: PointAsked, which: Which) -> CaseList:
    """The rows behind one point of a control chart, as this reader may see them."""
    found = _point_cases(loading.key_of(landlord_code), landlord_code, asked, which)
    seen("viewed cases", landlord_code, f"{asked.key} ({which}) of the {asked.period} to {asked.end}")
    return found


def decisions(landlord_code: str) -> list[RebaseDecision]:
    """Every decision to rebase, newest first."""
    return rebase_decisions(loading.store(), landlord_code)


def keep_decision(decision: RebaseDecision) -> None:
    """Record a decision to rebase."""
    record_rebase(loading.store(), decision)


def keep_event(event: NotedEvent) -> str:
    """Record an event; gives its reference."""
    return note_event(loading.store(), event)


@st.cache_resource(max_entries=32, show_spinner="Telling change from chance …")
def _trends(
    of: Key,
    newest: int,  # noqa: ARG001  # a key of the cache
    landlord_code: str,
    as_at: date,
    screened: bool,
) -> QuarterlyTrends:
    return made.trends(loading.store(), loading.records_of(of, landlord_code), as_at, screened=screened)


@st.cache_resource(max_entries=64, show_spinner=False)
def _events(of_version: int, landlord_code: str, after: date, until: date) -> tuple[Event, ...]:
    return events_between(loading.records_of((of_version, 0), landlord_code), after, until)


@st.cache_resource(max_entries=64, show_spinner=False)
def _point_cases(of: Key, landlord_code: str, asked: PointAsked, which: Which) -> CaseList:
    rows = cases_of_point(loading.records_of(of, landlord_code), asked, which)
    return loading.rows_shown(rows, landlord_code)
