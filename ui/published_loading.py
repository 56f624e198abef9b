"""Published measures as their page asks for them: kept in the manner of `ui.loading`. They are open to everybody."""

import streamlit as st

from metrics.published.picture import PublishedLandlord, PublishedPicture, published_landlords, published_picture
from metrics.records import TABLE_BY_NAME
from store.own_records import NATIONAL_FIGURES
from store.regulator import figures_missing
from store.snapshot import current
from ui import loading
from ui.loading import Key


def published() -> tuple[PublishedLandlord, ...]:
    """Every landlord with at least one published measure, by name."""
    return _published(loading.store_version())


def published_of(landlord_code: str, year: str, stock: str) -> PublishedPicture:
    """What published data say of one landlord. Raises KeyError where nothing is published of it."""
    return _published_of(loading.key_of(landlord_code), landlord_code, year, stock)


def regulator_is_loaded() -> bool:
    """Whether a workbook of the regulator has been loaded."""
    return NATIONAL_FIGURES.name in current(loading.store()).files


@st.cache_resource(max_entries=2, show_spinner="Reading what is published …")
def _published(of_version: int) -> tuple[PublishedLandlord, ...]:  # noqa: ARG001  # a key of the cache
    seen = current(loading.store())
    tsm, known = (seen.scan(TABLE_BY_NAME[name]).collect() for name in ("tsm", "landlords"))
    return published_landlords(tsm, known)


@st.cache_resource(max_entries=64, show_spinner="Reading what is published …")
def _published_of(of: Key, landlord_code: str, year: str, stock: str) -> PublishedPicture:
    records = loading.records_of(of, landlord_code)
    return published_picture(
        landlord_code,
        tsm=records.frame("tsm").collect(),
        landlords=records.frame("landlords").collect(),
        missing=figures_missing(loading.store(), landlord_code),
        national=records.national,
        year=year,
        stock=stock,
    )
