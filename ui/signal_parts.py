"""The parts of the screen on recurring signals."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from metrics.systemic.across import COVERAGE, Across
from metrics.systemic.own import OwnSignals, Signal
from metrics.systemic.words import (
    across_words,
    actions_words,
    category_words,
    coded_words,
    heading,
    lead,
    signal_words,
)
from ui import empty
from ui.cards import card, row, rows
from ui.markup import element, note, show
from ui.markup import heading as headline
from ui.navigation import CASES
from ui.selection import Choice
from ui.selector import EVERY, narrow
from ui.theme_links import opens_theme

SHOWN = 10


def finding(found: OwnSignals) -> None:
    """What recurs, and how sure that is."""
    show(headline(heading(found)), element("p", lead(found), class_="lp-lead"))


def choose_service(found: OwnSignals) -> str | None:
    """The service area looked at; kept in the address."""
    return narrow("area", "Service area", sorted({each.service for each in (*found.signals, *found.recurring)}))


def handling(found: OwnSignals, service: str | None, choice: Choice) -> None:
    """The first aim: failures in complaint handling."""
    with card("Failures in complaint handling", key="handling"):
        show(note("Acknowledgements and answers late in one area more often than everywhere, in two years or more."))
        of = [each for each in found.signals if each.aim == "complaint handling"]
        _listed(of, "handling", service, choice, found.first, "None: what came late came late everywhere alike.")


def services(found: OwnSignals, service: str | None, choice: Choice) -> None:
    """The second aim: service failures."""
    with card("Service failures", key="services"):
        show(note("Upheld more often than chance gives for that service, cause and area, in two years or more."))
        of = [each for each in found.signals if each.aim == "service failure"]
        _listed(of, "services", service, choice, found.first, "None is fuller than chance gives.")
        show(note(coded_words(found)))


def round_the_loop(found: OwnSignals, service: str | None, choice: Choice) -> None:
    """What is upheld every year across areas and teams, chance or not."""
    with card("Every year, in more than one area or team", key="recurring"):
        show(
            note(
                "The same service and cause, upheld at least five times in each of three years. A busy service recurs "
                "by its size: compare with what its service and its cause would give apart."
            )
        )
        _listed(found.recurring, "recurring", service, choice, found.first, "No pair recurs so.")


def _listed(signals: Sequence[Signal], name: str, service: str | None, choice: Choice, first: date, none: str) -> None:
    of = [each for each in signals if service in (None, each.service)]
    if not of:
        empty.line(none)
        return
    pages = -(-len(of) // SHOWN)
    key = f"{name}-page-{service or EVERY}"
    page = min(st.session_state.get(key, 1), pages)
    for each in of[(page - 1) * SHOWN : page * SHOWN]:
        _signal(each, choice, first)
    if pages > 1:
        st.pagination(pages, key=key)


def _signal(each: Signal, choice: Choice, first: date) -> None:
    what = ", ".join(part for part in (each.service, each.cause, each.area) if part)
    more = f"{signal_words(each)}. {actions_words(each)}."
    show(rows([row(what, more=more, figure=f"{each.count:,}", under=f"{each.times:.1f} × expected")]))
    opens_theme(
        f"Open the {each.count:,}: {what}", choice, theme=each.service, area=each.area, cause=each.cause, first=first,
        last=choice.as_at, dated="late" if each.aim == "complaint handling" else "upheld",
    )  # fmt: skip


def across(found: Across, choice: Choice) -> None:
    """The third aim: issues at several landlords, from published findings."""
    with card("Across landlords", key="across"):
        show(note(f"{across_words(found)}."))
        if not found.why_not:
            lines = [
                row(each.category, more=f"{category_words(each)}.", figure=f"{each.recurring:,}",
                    under=f"of {each.landlords:,} landlords again")
                for each in found.categories[:SHOWN]
            ]  # fmt: skip
            show(rows(lines))
            show(note(f"Recurring: upheld in two of three years or more. {COVERAGE}"))
        from_own = choice.link(indicator="decisions_accepted", which="all", area=EVERY)
        st.page_link(CASES, label="Open this landlord's findings", query_params=from_own)
