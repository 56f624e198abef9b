"""The only module that caches, with `ui.trend_loading`. Records stay on disk as lazy scans; what is kept in memory is
small worked-out results.

Everything kept is keyed by the store's version, and what is a landlord's by what people last decided of its ghost
stages too, so that a load, a verdict, a word or an answer shows at once. No reader changes it: that is why
`cache_resource`, which does not copy, may hold it.
"""

from collections.abc import Mapping as AnyMapping
from datetime import date
from typing import Any

import streamlit as st

from metrics.access import RefusedError
from metrics.apologies.book import ApologyBook, apology_book
from metrics.assessment import assess
from metrics.case_list import CaseList
from metrics.commitments.book import CommitmentBook, commitment_book
from metrics.counting.cases import Which, cases_behind
from metrics.filled import TableFilled, tables_filled
from metrics.ghosts.conformance import complaints_off_path
from metrics.ghosts.picture import HiddenPicture
from metrics.ghosts.precision import Precision, live_precision
from metrics.ghosts.queue import Queue, judged, unread
from metrics.ghosts.runnable import runnable
from metrics.ghosts.timeline import Moment, evidence
from metrics.governance.picture import GovernancePicture, governance_picture
from metrics.learning.listing import Asked, complaints_on, offered
from metrics.learning.picture import LearningPicture, learning_picture
from metrics.narrowing import EVERYTHING, Only
from metrics.ombudsman.context import Context
from metrics.ombudsman.context import context as ombudsman_context
from metrics.ombudsman.picture import OmbudsmanPicture, ombudsman_picture
from metrics.own_thresholds import method_of
from metrics.published.satisfaction_years import Satisfaction, satisfaction
from metrics.reading import Assessment
from metrics.records import TABLE_BY_NAME, Records
from metrics.small_readings import without_small
from metrics.systemic.across import Across
from metrics.systemic.across import across_landlords as read_across
from metrics.systemic.own import OwnSignals, own_signals
from metrics.volumes import Volumes
from metrics.volumes import volumes as count_volumes
from metrics.words import METHOD_VERSION
from publishing import made
from store.history import Visit, history
from store.judgements import Judgement, judgements, record_judgement
from store.landlords import LandlordHeld, list_landlords
from store.newest import newest_decisions, newest_words
from store.secrets import view_secret
from store.sight import listed
from store.snapshot import current, read_records, records_to_count, version
from store.verdicts import Verdict, record_verdict, verdicts, verdicts_to_count
from ui import opened
from ui.opened import RecordsUnreachableError, seen

Key = tuple[int, ...]  # the store's version, and the numbers of what was last decided for the landlord


store = opened.store  # asked for here by the rest of the room


def store_version() -> int:
    """The number that changes with every load. Raises RecordsUnreachableError."""
    try:
        return version(store())
    except RefusedError:
        raise
    except Exception as fault:  # whatever the database driver raises: the screen must say so rather than break
        raise RecordsUnreachableError(f"{type(fault).__name__}: {fault}") from fault


def key_of(landlord_code: str, as_at: date | None = None) -> Key:
    """What a kept result about a landlord is keyed by: another load or another verdict, another key. Raises
    RefusedError for a landlord or a day out of this reader's view."""
    reader = store().reader
    reader.require("figures", landlord_code)
    if as_at:
        reader.require_day(as_at, landlord_code)
    return store_version(), *newest_decisions(store(), landlord_code)


def _fine_key(landlord_code: str) -> Key:
    """Of figures broken down until they may tell of a few people."""
    store().reader.require("small numbers", landlord_code)
    return key_of(landlord_code)


def _unread_key(landlord_code: str) -> Key:
    """Of what no verdict changes."""
    store().reader.require("figures", landlord_code)
    return store_version(), newest_words(store(), landlord_code)


def records_of(of: Key, landlord_code: str) -> Records:
    """A landlord's records, for what is worked out and kept elsewhere in this room."""
    return _counted(of, landlord_code)


def records_shown(of: Key, landlord_code: str) -> Records:
    """The same as this reader may see them, for lists."""
    return _records(of, landlord_code)


def landlords() -> tuple[LandlordHeld, ...]:
    """Every landlord of the store, by name."""
    return _landlords(store_version())


def method(landlord_code: str) -> str:
    """The version of the method that the landlord's figures are judged by, its own thresholds named; without them for
    a reader who sees no figures."""
    if not store().reader.may("figures", landlord_code):
        return METHOD_VERSION
    return method_of(records_of(key_of(landlord_code), landlord_code))


def assessment(landlord_code: str, as_at: date) -> Assessment:
    """Everything worked out for one landlord at one date, as this reader may see it."""
    return _assessment_shown(key_of(landlord_code, as_at), landlord_code, as_at)


def whole_assessment(landlord_code: str, as_at: date) -> Assessment:
    """The same with small numbers, for what leaves them out itself: papers say the same whoever makes them."""
    return _assessment(key_of(landlord_code, as_at), landlord_code, as_at)


def cases(landlord_code: str, key: str, as_at: date, which: Which) -> CaseList:
    """The rows behind a figure."""
    found = _cases(key_of(landlord_code), landlord_code, key, as_at, which)
    seen("viewed cases", landlord_code, f"{key} ({which}) to {as_at}")
    return found


def volumes(landlord_code: str, as_at: date, only: Only = EVERYTHING) -> Volumes:
    """Volumes, escalation and timeliness."""
    return _volumes(_fine_key(landlord_code), landlord_code, as_at, only)


def whole_volumes(landlord_code: str, as_at: date) -> Volumes:
    """The same for what leaves small numbers out itself."""
    return _volumes(key_of(landlord_code, as_at), landlord_code, as_at, EVERYTHING)


def measures(landlord_code: str, as_at: date) -> Satisfaction:
    """Published measures beside the nation's and the landlord's own."""
    return _measures(_fine_key(landlord_code), landlord_code, as_at)


def filled(landlord_code: str) -> tuple[TableFilled, ...]:
    """What is held of every table."""
    return _filled(key_of(landlord_code), landlord_code)


def visits() -> list[Visit]:
    """The loads that were made, newest first."""
    return history(store())


def board_judgements(landlord_code: str) -> list[Judgement]:
    """The board's own judgements, newest first."""
    return judgements(store(), landlord_code)


def keep_judgement(judgement: Judgement) -> None:
    """Record a board's judgement."""
    record_judgement(store(), judgement)


def review_queue(landlord_code: str, as_at: date) -> Queue:
    """The ghost episodes behind the figures of a day with what reviewers said of them, up to this moment."""
    store().reader.require("review", landlord_code)
    seen("viewed the review queue", landlord_code, f"to {as_at}")
    return judged(_unread(_unread_key(landlord_code), landlord_code, as_at), verdicts(store(), landlord_code))


def counted_unread(landlord_code: str, as_at: date) -> int:
    """How many episodes that count nobody has read yet."""
    store().reader.require("figures", landlord_code)
    found = judged(_unread(_unread_key(landlord_code), landlord_code, as_at), verdicts_to_count(store(), landlord_code))
    return len(found.of("counted").unread())


def places_in_queue(landlord_code: str, as_at: date, by: str) -> tuple[str, ...]:
    """The places of a dimension with episodes that count; none for who does not read the queue."""
    if not store().reader.may("review", landlord_code):
        return ()
    return tuple(review_queue(landlord_code, as_at).of("counted").offered(by))


def episode_evidence(landlord_code: str, episode: AnyMapping[str, Any], as_at: date) -> tuple[Moment, ...]:
    """Everything dated about one ghost episode."""
    store().reader.require("review", landlord_code)
    seen("viewed a case", landlord_code, str(episode.get("complaint_ref") or episode.get("household_ref")))
    return evidence(_records(key_of(landlord_code), landlord_code), episode, as_at)


def detectors(landlord_code: str, as_at: date) -> tuple[dict[str, Any], ...]:
    """Per detector of ghost stages: detector, family, could_run, why_not."""
    return _detectors(store_version(), landlord_code, as_at)


def hidden_stages(landlord_code: str, as_at: date) -> HiddenPicture:
    """What the board sees of ghost stages: without the counts of one to four people."""
    return _hidden_stages(key_of(landlord_code, as_at), landlord_code, as_at)


def learning(landlord_code: str, as_at: date) -> LearningPicture:
    """Learned, or round the loop again."""
    return _learning(_fine_key(landlord_code), landlord_code, as_at)


def governance(landlord_code: str, as_at: date) -> GovernancePicture:
    """What the governing body received and did."""
    return _governance(key_of(landlord_code, as_at), landlord_code, as_at)


def signals(landlord_code: str, as_at: date) -> OwnSignals:
    """What comes back at one landlord."""
    store().reader.require("small numbers", landlord_code)
    return _signals(store_version(), landlord_code, as_at)


def across_landlords(as_at: date) -> Across:
    """What comes back across the landlords whose findings are held."""
    store().reader.require("small numbers")
    return _across(store_version(), as_at)


def theme_cases(landlord_code: str, as_at: date, asked: Asked) -> CaseList:
    """The complaints on a theme."""
    found = _theme_cases(key_of(landlord_code), landlord_code, as_at, asked)
    seen("viewed cases", landlord_code, f"on a theme, to {as_at}")
    return found


def off_path(landlord_code: str, as_at: date, deviation: str) -> CaseList:
    """The complaints that left the Code's path in one way."""
    found = _off_path(key_of(landlord_code), landlord_code, as_at, deviation)
    seen("viewed cases", landlord_code, f"off the path, to {as_at}")
    return found


def theme_choices(landlord_code: str, as_at: date) -> AnyMapping[str, list[str]]:
    """The themes, areas, teams and causes to choose from."""
    store().reader.require("small numbers", landlord_code)
    return _theme_choices(store_version(), landlord_code, as_at)


def commitments(landlord_code: str, as_at: date) -> CommitmentBook:
    """Every promise and order, as it stands."""
    found = _commitments(store_version(), landlord_code, as_at)
    seen("viewed cases", landlord_code, f"commitments to {as_at}")
    return found


def ombudsman(landlord_code: str, as_at: date) -> tuple[OmbudsmanPicture, Context]:
    """What the Ombudsman found and ordered, and what it found elsewhere."""
    return _ombudsman(key_of(landlord_code, as_at)[0], landlord_code, as_at)


def apologies(landlord_code: str, as_at: date) -> ApologyBook:
    """The apologies of the twelve months."""
    found = _apologies(store_version(), landlord_code, as_at)
    seen("viewed cases", landlord_code, f"apologies to {as_at}")
    return found


def precision(landlord_code: str) -> tuple[Precision, ...]:
    """How often each detector was right, by the verdicts given so far."""
    store().reader.require("small numbers", landlord_code)
    return live_precision(verdicts_to_count(store(), landlord_code))


def keep_verdict(verdict: Verdict) -> None:
    """Record a reviewer's verdict."""
    record_verdict(store(), verdict)


def rows_shown(found: Any, landlord_code: str) -> CaseList:
    """Rows behind a figure as this reader may see them. Raises RefusedError."""
    return CaseList(listed(store().reader, found, landlord_code, secret=view_secret(store())))


@st.cache_resource(max_entries=4, show_spinner=False)
def _landlords(of_version: int) -> tuple[LandlordHeld, ...]:  # noqa: ARG001  # a key of the cache
    return tuple(list_landlords(store()))


@st.cache_resource(max_entries=16, show_spinner=False)
def _records(of: Key, landlord_code: str) -> Records:  # noqa: ARG001  # a key of the cache
    """What this reader may see. For lists of cases; figures are counted from `_counted`."""
    return read_records(store(), landlord_code)


@st.cache_resource(max_entries=16, show_spinner=False)
def _counted(of: Key, landlord_code: str) -> Records:  # noqa: ARG001  # a key of the cache
    """Everything of a landlord within reach, to be counted. No row of it may leave this module: a test holds which
    functions use it, and another that no figure made of it names a case."""
    return records_to_count(store(), landlord_code)


@st.cache_resource(max_entries=128, show_spinner="Working the position out …")
def _assessment(of: Key, landlord_code: str, as_at: date) -> Assessment:
    return assess(_counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=64, show_spinner=False)
def _assessment_shown(of: Key, landlord_code: str, as_at: date) -> Assessment:
    found = _assessment(of, landlord_code, as_at)
    return found if store().reader.may("small numbers", landlord_code) else without_small(found)


@st.cache_resource(max_entries=12, show_spinner="Finding the cases …")
def _cases(of: Key, landlord_code: str, key: str, as_at: date, which: Which) -> CaseList:
    return rows_shown(cases_behind(_counted(of, landlord_code), key, as_at, which=which), landlord_code)


@st.cache_resource(max_entries=64, show_spinner="Counting complaints …")
def _volumes(of: Key, landlord_code: str, as_at: date, only: Only) -> Volumes:
    return count_volumes(_counted(of, landlord_code), as_at, only=only)


@st.cache_resource(max_entries=64, show_spinner="Comparing measures …")
def _measures(of: Key, landlord_code: str, as_at: date) -> Satisfaction:
    return satisfaction(_counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=16, show_spinner="Looking through the records …")
def _filled(of: Key, landlord_code: str) -> tuple[TableFilled, ...]:
    return tables_filled(_counted(of, landlord_code))


@st.cache_resource(max_entries=8, show_spinner="Looking for hidden stages …")
def _unread(of: Key, landlord_code: str, as_at: date) -> Queue:
    return unread(_counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=32, show_spinner="Looking for hidden stages …")
def _hidden_stages(of: Key, landlord_code: str, as_at: date) -> HiddenPicture:
    return made.hidden_stages(store(), _counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=32, show_spinner=False)
def _detectors(of_version: int, landlord_code: str, as_at: date) -> tuple[dict[str, Any], ...]:
    return tuple(runnable(_counted((of_version, 0), landlord_code), as_at).to_dicts())


@st.cache_resource(max_entries=32, show_spinner="Setting complaints before and after side by side …")
def _learning(of: Key, landlord_code: str, as_at: date) -> LearningPicture:
    return learning_picture(_counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=32, show_spinner="Reading the minutes …")
def _governance(of: Key, landlord_code: str, as_at: date) -> GovernancePicture:
    return governance_picture(_counted(of, landlord_code), as_at)


@st.cache_resource(max_entries=24, show_spinner="Finding the complaints …")
def _theme_cases(of: Key, landlord_code: str, as_at: date, asked: Asked) -> CaseList:
    return rows_shown(complaints_on(_counted(of, landlord_code), as_at, asked), landlord_code)


@st.cache_resource(max_entries=24, show_spinner="Finding the complaints …")
def _off_path(of: Key, landlord_code: str, as_at: date, deviation: str) -> CaseList:
    return rows_shown(complaints_off_path(_counted(of, landlord_code), as_at, deviation), landlord_code)


@st.cache_resource(max_entries=32, show_spinner=False)
def _theme_choices(of_version: int, landlord_code: str, as_at: date) -> AnyMapping[str, list[str]]:
    return offered(_counted((of_version, 0), landlord_code), as_at)


@st.cache_resource(max_entries=24, show_spinner="Reading what was promised …")
def _commitments(of_version: int, landlord_code: str, as_at: date) -> CommitmentBook:
    return commitment_book(_records((of_version, 0), landlord_code), as_at)


@st.cache_resource(max_entries=32, show_spinner="Reading the decisions …")
def _ombudsman(of_version: int, landlord_code: str, as_at: date) -> tuple[OmbudsmanPicture, Context]:
    records = _counted((of_version, 0), landlord_code)
    return ombudsman_picture(records, as_at), ombudsman_context(records, as_at)


@st.cache_resource(max_entries=24, show_spinner="Reading the apologies …")
def _apologies(of_version: int, landlord_code: str, as_at: date) -> ApologyBook:
    return apology_book(_records((of_version, 0), landlord_code), as_at)


@st.cache_resource(max_entries=32, show_spinner="Looking for what comes back …")
def _signals(of_version: int, landlord_code: str, as_at: date) -> OwnSignals:
    return own_signals(_counted((of_version, 0), landlord_code), as_at)


@st.cache_resource(max_entries=4, show_spinner="Reading the findings …")
def _across(of_version: int, as_at: date) -> Across:  # noqa: ARG001  # a key of the cache
    return read_across(current(store()).to_count(TABLE_BY_NAME["determinations"]), as_at)
