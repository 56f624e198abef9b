"""The frame of every page: style, sidebar by reader, and the line that says whose figures these are."""

from pathlib import Path

import streamlit as st

from metrics.access import Reader, RefusedError
from metrics.phrasing import day
from store.landlords import LandlordHeld
from store.settings import SettingsError
from ui import empty, entrance, loading, opened
from ui.markup import element, show
from ui.navigation import ADMINISTRATION, HOW, OUR_RECORDS, PLACES, Place, place_of
from ui.selection import Choice, choose

HERE = Path(__file__).parent
NOBODY_TO_KEEP = ("people", "audit")
# These pages have something to show without a landlord.
WITHOUT_LANDLORD = (HOW, OUR_RECORDS, "pages/board/published_picture.py")


def run(page: st.Page) -> None:
    """Draw the frame around a page, and the page where it can run for this reader. What the store refuses on the way,
    and that it is gone, is said in a sentence, on every page alike."""
    try:
        if frame(page):
            page.run()
    except RefusedError as refused:
        entrance.refused(str(refused), page=page.title)
    except OSError as fault:  # the database is gone, or a disk is full
        empty.records_unreachable(str(fault))


def frame(page: st.Page) -> bool:
    """Draw the frame around `page` and say whether the page can run; where it cannot, it says what to do."""
    st.html(HERE / "style.css")
    st.session_state.pop("choice", None)
    try:
        entrance.stop_if_open_to_all()
        reader = opened.reader()
        if reader is None:
            entrance.sign_in()
            return False
        landlords = loading.landlords()
    except SettingsError as fault:
        entrance.settings_wrong(str(fault))
        return False
    except opened.RecordsUnreachableError as fault:
        _sidebar(None, None)
        empty.records_unreachable(str(fault))
        return False
    place = place_of(page)
    if not place.opens_to(reader):
        _sidebar(None, reader)
        entrance.not_for_you(place, reader)
        return False
    if place.reader == ADMINISTRATION:
        _sidebar(None, reader)
        return True
    return _with_landlord(place, reader, landlords)


def _with_landlord(place: Place, reader: Reader, landlords: tuple[LandlordHeld, ...]) -> bool:
    if not landlords:
        _sidebar(None, reader)
        if place.file in WITHOUT_LANDLORD:
            return True
        empty.no_records()
        return False
    choice = _header(landlords)
    _sidebar(choice, reader)
    missing = st.session_state.pop("not_found", None)
    if missing:
        st.warning(f"{missing} Showing {choice.landlord.name} to {day(choice.as_at)} instead.")
    if not place.opens_to(reader, choice.code):
        entrance.not_for_you(place, reader, choice.landlord.name)
        return False
    return True


def _header(landlords: tuple[LandlordHeld, ...]) -> Choice:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        choice = choose(landlords)
        show(element("p", about(choice), class_="lp-about"), width="content")
    st.session_state["choice"] = choice
    return choice


def about(choice: Choice) -> str:
    """8,420 homes · records to 12 October 2026 · method 1.0, own thresholds 3."""
    landlord = choice.landlord
    homes = f"{landlord.homes:,} homes" if landlord.homes else "homes not known"
    until = f"records to {day(landlord.data_through)}" if landlord.data_through else "no dated records"
    return f"{homes} · {until} · method {loading.method(choice.code)}"


def _sidebar(choice: Choice | None, reader: Reader | None) -> None:
    address = choice.link() if choice else None
    with st.sidebar:
        show(element("p", "Learning Pyramid", class_="lp-brand"), *_whose(choice))
        heading = ""
        for place in PLACES:
            if not place.listed or not _offered(place, reader, choice):
                continue
            if place.reader != heading:
                heading = place.reader
                show(element("p", heading, class_="lp-navhead"))
            st.page_link(place.file, label=place.title, query_params=address, width="stretch")
        entrance.who_reads(reader)


def _offered(place: Place, reader: Reader | None, choice: Choice | None) -> bool:
    """Whether the link is drawn. Without sign-in there is nobody to keep, and nobody whose doings to look up."""
    if reader is None:
        return place.reader != ADMINISTRATION
    if place.reader == ADMINISTRATION and not reader.signed_in:
        return place.address not in NOBODY_TO_KEEP
    return place.opens_to(reader, choice.code if choice else None)


def _whose(choice: Choice | None) -> list:  # type: ignore[type-arg]
    return [element("p", choice.landlord.name, class_="lp-under")] if choice else []
