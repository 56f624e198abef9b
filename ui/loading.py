"""The only module that caches. Records stay on disk as lazy scans; what is kept in memory is small worked-out results.

Everything kept is keyed by the store's version, so that a load shows at once, and no reader changes it: that is why
`cache_resource`, which does not copy, may hold it.
"""

import gc
from datetime import date

import streamlit as st

from intake.mapping import Mapping
from metrics.assessment import assess
from metrics.case_file import CaseFile, case_file
from metrics.case_list import CaseList
from metrics.cases import Which, cases_behind
from metrics.filled import TableFilled, tables_filled
from metrics.published import PublishedLandlord, PublishedPicture, published_landlords, published_picture
from metrics.reading import Assessment
from metrics.records import TABLE_BY_NAME, Records
from metrics.satisfaction_years import Satisfaction, satisfaction
from metrics.volumes import EVERYTHING, Only, Volumes
from metrics.volumes import volumes as count_volumes
from store.database import Store, open_store, upgrade
from store.history import Visit, history, refused_workbook
from store.judgements import Judgement, judgements, record_judgement
from store.landlords import LandlordHeld, list_landlords
from store.mappings import saved_mappings
from store.own_records import NATIONAL_FIGURES
from store.regulator import figures_missing
from store.snapshot import current, read_records, version


class RecordsUnreachableError(Exception):
    """The store cannot be opened; the message says why in the store's own words."""


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The store, opened once for all visitors."""
    opened = open_store()
    upgrade(opened)
    # Streamlit collects garbage after each run; what the libraries made at import need not be looked at every time.
    gc.collect()
    gc.freeze()
    return opened


def store_version() -> int:
    """The number that changes with every load. Raises RecordsUnreachableError."""
    try:
        return version(store())
    except Exception as fault:  # whatever the database driver raises: the screen must say so rather than break
        raise RecordsUnreachableError(f"{type(fault).__name__}: {fault}") from fault


def landlords() -> tuple[LandlordHeld, ...]:
    """Every landlord of the store, by name."""
    return _landlords(store_version())


def assessment(landlord_code: str, as_at: date) -> Assessment:
    """Everything worked out for one landlord at one date."""
    return _assessment(store_version(), landlord_code, as_at)


def cases(landlord_code: str, key: str, as_at: date, which: Which) -> CaseList:
    """The rows behind a figure."""
    return _cases(store_version(), landlord_code, key, as_at, which)


def complaint(landlord_code: str, complaint_ref: str, as_at: date) -> CaseFile | None:
    """One complaint with everything that belongs to it; None where it is not held."""
    return case_file(_records(store_version(), landlord_code), complaint_ref, as_at)


def volumes(landlord_code: str, as_at: date, only: Only = EVERYTHING) -> Volumes:
    """Volumes, escalation and timeliness."""
    return _volumes(store_version(), landlord_code, as_at, only)


def measures(landlord_code: str, as_at: date) -> Satisfaction:
    """Published measures beside the nation's and the landlord's own."""
    return _measures(store_version(), landlord_code, as_at)


def published() -> tuple[PublishedLandlord, ...]:
    """Every landlord with at least one published measure, by name."""
    return _published(store_version())


def published_of(landlord_code: str, year: str, stock: str) -> PublishedPicture:
    """What published data say of one landlord. Raises KeyError where nothing is published of it."""
    return _published_of(store_version(), landlord_code, year, stock)


def regulator_is_loaded() -> bool:
    """Whether a workbook of the regulator has been loaded."""
    return NATIONAL_FIGURES.name in current(store()).files


def filled(landlord_code: str) -> tuple[TableFilled, ...]:
    """What is held of every table."""
    return _filled(store_version(), landlord_code)


def visits() -> list[Visit]:
    """The loads that were made, newest first."""
    return history(store())


def refused_rows(load: int) -> bytes | None:
    """The workbook of a load's refused rows; None where none was."""
    return refused_workbook(store(), load)


def column_matches() -> dict[str, Mapping]:
    """Saved matches of columns by name."""
    return saved_mappings(store())


def board_judgements(landlord_code: str) -> list[Judgement]:
    """The board's own judgements, newest first."""
    return judgements(store(), landlord_code)


def keep_judgement(judgement: Judgement) -> None:
    """Record a board's judgement."""
    record_judgement(store(), judgement)


@st.cache_resource(max_entries=4, show_spinner=False)
def _landlords(of_version: int) -> tuple[LandlordHeld, ...]:  # noqa: ARG001  # a key of the cache
    return tuple(list_landlords(store()))


@st.cache_resource(max_entries=16, show_spinner=False)
def _records(of_version: int, landlord_code: str) -> Records:  # noqa: ARG001  # a key of the cache
    return read_records(store(), landlord_code, snapshot=current(store()))


@st.cache_resource(max_entries=128, show_spinner="Working the position out …")
def _assessment(of_version: int, landlord_code: str, as_at: date) -> Assessment:
    return assess(_records(of_version, landlord_code), as_at)


@st.cache_resource(max_entries=12, show_spinner="Finding the cases …")
def _cases(of_version: int, landlord_code: str, key: str, as_at: date, which: Which) -> CaseList:
    return CaseList(cases_behind(_records(of_version, landlord_code), key, as_at, which=which))


@st.cache_resource(max_entries=64, show_spinner="Counting complaints …")
def _volumes(of_version: int, landlord_code: str, as_at: date, only: Only) -> Volumes:
    return count_volumes(_records(of_version, landlord_code), as_at, only=only)


@st.cache_resource(max_entries=64, show_spinner="Comparing measures …")
def _measures(of_version: int, landlord_code: str, as_at: date) -> Satisfaction:
    return satisfaction(_records(of_version, landlord_code), as_at)


@st.cache_resource(max_entries=2, show_spinner="Reading what is published …")
def _published(of_version: int) -> tuple[PublishedLandlord, ...]:  # noqa: ARG001  # a key of the cache
    seen = current(store())
    tsm, known = (seen.scan(TABLE_BY_NAME[name]).collect() for name in ("tsm", "landlords"))
    return published_landlords(tsm, known)


@st.cache_resource(max_entries=64, show_spinner="Reading what is published …")
def _published_of(of_version: int, landlord_code: str, year: str, stock: str) -> PublishedPicture:
    records = _records(of_version, landlord_code)
    return published_picture(
        landlord_code,
        tsm=records.frame("tsm").collect(),
        landlords=records.frame("landlords").collect(),
        missing=figures_missing(store(), landlord_code),
        national=records.national,
        year=year,
        stock=stock,
    )


@st.cache_resource(max_entries=16, show_spinner="Looking through the records …")
def _filled(of_version: int, landlord_code: str) -> tuple[TableFilled, ...]:
    return tables_filled(_records(of_version, landlord_code))
