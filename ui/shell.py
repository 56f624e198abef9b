"""The frame of every page: style, sidebar by reader, and the line that says whose figures these are."""

from pathlib import Path

import streamlit as st

from metrics.words import METHOD_VERSION
from store.landlords import LandlordHeld
from ui import empty, loading
from ui.markup import element, show
from ui.navigation import HOW, OUR_RECORDS, PLACES, POSITION
from ui.selection import Choice, choose
from ui.wording import day

HERE = Path(__file__).parent
# These pages have something to show without a landlord.
WITHOUT_LANDLORD = (HOW, OUR_RECORDS, "pages/board/published_picture.py")


def frame(page: st.Page) -> bool:
    """Draw the frame around `page` and say whether the page can run; where it cannot, it says what to do."""
    st.html(HERE / "style.css")
    try:
        landlords = loading.landlords()
    except loading.RecordsUnreachableError as fault:
        _sidebar(None)
        empty.records_unreachable(str(fault))
        return False
    if not landlords:
        _sidebar(None)
        if _file(page) in WITHOUT_LANDLORD:
            return True
        empty.no_records()
        return False
    choice = _header(landlords)
    _sidebar(choice)
    missing = st.session_state.pop("not_found", None)
    if missing:
        st.warning(f"{missing} Showing {choice.landlord.name} to {day(choice.as_at)} instead.")
    return True


def _header(landlords: tuple[LandlordHeld, ...]) -> Choice:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        choice = choose(landlords)
        show(element("p", about(choice), class_="lp-about"), width="content")
    st.session_state["choice"] = choice
    return choice


def about(choice: Choice) -> str:
    """8,420 homes · records to 12 October 2026 · method 1.0."""
    landlord = choice.landlord
    homes = f"{landlord.homes:,} homes" if landlord.homes else "homes not known"
    until = f"records to {day(landlord.data_through)}" if landlord.data_through else "no dated records"
    return f"{homes} · {until} · method {METHOD_VERSION}"


def _sidebar(choice: Choice | None) -> None:
    address = choice.link() if choice else None
    with st.sidebar:
        show(element("p", "Learning Pyramid", class_="lp-brand"), *_whose(choice))
        reader = ""
        for place in PLACES:
            if not place.listed:
                continue
            if place.reader != reader:
                reader = place.reader
                show(element("p", reader, class_="lp-navhead"))
            st.page_link(place.file, label=place.title, query_params=address, width="stretch")


def _whose(choice: Choice | None) -> list:  # type: ignore[type-arg]
    return [element("p", choice.landlord.name, class_="lp-under")] if choice else []


def _file(page: st.Page) -> str:
    return next((place.file for place in PLACES if place.address == page.url_path), POSITION)
