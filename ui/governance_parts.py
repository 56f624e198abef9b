"""The parts of the Governance screen: counts of items and of days, never of people."""

import streamlit as st

from charts.governance_grid import governance_grid
from metrics.governance.picture import DutyKept, GovernancePicture, Item
from metrics.governance.words import heading, kept_words, lead, questions
from metrics.learning.voice import Voice
from metrics.learning.words import latency_words
from metrics.periods import quarter_before
from metrics.phrasing import short_day
from metrics.words import State
from ui import empty
from ui.cards import card, numbered_row, row, rows, state_row
from ui.event_list import event_list
from ui.figure import draw
from ui.link import link
from ui.markup import Markup, element, note, show, table
from ui.markup import heading as headline
from ui.navigation import CASES, LEARNING
from ui.selection import Choice
from ui.selector import EVERY
from ui.theme_links import opens_theme
from ui.trend_loading import events

SHOWN = 8


def finding(found: GovernancePicture) -> None:
    """Was the Code's minimum received, and was it acted on?"""
    show(headline(heading(found)), element("p", lead(found), class_="lp-lead"))


def received(found: GovernancePicture, choice: Choice) -> None:
    """Code 9.7 a to d by quarter."""
    with card("What the governing body received", key="received"):
        happened = events(choice.code, quarter_before(found.quarters[0]), found.quarters[-1])
        draw(governance_grid(found, happened), key="received", with_headline=False)
        event_list(happened)
        show(
            note(
                "Filled: received by the governing body or a committee of it. Diamond: challenged or decided. Empty "
                "ring: not evidenced. CODE 9.7; the annual report is due once in twelve months."
            )
        )
        show(rows([_duty(kept) for kept in found.duties]))
        link(
            CASES,
            label="Open the quarters behind it",
            query_params=choice.link(indicator="board_scrutiny", which="all", area=EVERY),
            landlord_code=choice.code,
        )


def _duty(kept: DutyKept) -> Markup:
    state: State = "met" if kept.evidenced >= kept.wanted else "not evidenced"
    last = f"Last on {short_day(kept.last_on)}" if kept.last_on else "Never on record"
    return state_row(state, f"{kept.duty.paragraph} {kept.duty.words}", more=f"{last}.", figure=kept_words(kept))


def acted(found: GovernancePicture) -> None:
    """What it challenged or decided, and what it only noted."""
    with card("What it challenged or decided", key="acted"):
        if not found.acted:
            empty.line("Nothing in these twelve months: no item is on record as challenged or decided.")
        else:
            show(rows([_item(item) for item in found.acted[:SHOWN]]))
        if len(found.acted) > SHOWN:
            show(note(f"And {len(found.acted) - SHOWN} more."))
        unsaid = f" Of {found.unsaid:,} no response is on record." if found.unsaid else ""
        show(note(f"Of {found.taken:,} items in twelve months {found.noted:,} were only noted.{unsaid} "
                  f"{found.minuted:,} name a minute."))  # fmt: skip
        if found.recent:
            with st.expander(f"Each of the {found.taken:,} items", key="items"):
                show(_as_table(found))
        if found.others:
            show(rows([row(name.capitalize(), figure=f"{count:,}") for name, count in found.others.items()]))


def _item(item: Item) -> Markup:
    theme = f" on {item.theme}" if item.theme else ""
    minute = f"minute {item.minute_ref}" if item.minute_ref else "no minute named"
    return row(
        f"{item.item.capitalize()}{theme}",
        more=f"{item.body.capitalize()}, {minute}",
        figure=str(item.response),
        under=short_day(item.met_on),
    )


def _as_table(found: GovernancePicture) -> Markup:
    columns = ("Met", "Item", "Taken by", "Theme", "Response", "Minute")
    body = [
        (
            short_day(item.met_on),
            item.item.capitalize(),
            item.body,
            item.theme or "–",
            item.response or "not on record",
            item.minute_ref or "–",
        )
        for item in found.recent
    ]
    return table(columns, body, caption="What the governing body took in twelve months", wordy=frozenset(columns[1:]))


def to_ask(found: GovernancePicture) -> None:
    """Three questions."""
    with card("Three questions to ask", key="questions"):
        show(rows([numbered_row(place, each) for place, each in enumerate(questions(found), start=1)]))


def voice(found: GovernancePicture, choice: Choice) -> None:
    """How long each theme took."""
    with card("How long a theme took to reach it", key="voice"):
        show(note(f"{latency_words(found.voice)}."))
        if found.voice.themes:
            for each in found.voice.themes:
                show(rows([_theme(each)]))
                opens_theme(f"{each.theme}: its complaints", choice, theme=each.theme)
            show(
                note(
                    "Working days from the first complaint or hidden stage on a theme to the first item of the "
                    "governing body or a committee that names it. “At least”: the records begin with it, so it may be "
                    "older."
                )
            )
        label = "Which themes loop and which learn"
        link(LEARNING, label=label, query_params=choice.link(), landlord_code=choice.code)


def _theme(each: Voice) -> Markup:
    least = "at least " if each.is_at_least else ""
    first = f"First sign {short_day(each.first_signal_on)}"
    if each.reached_on is None:
        return state_row(
            "not evidenced", f"{each.theme}: not evidenced to have reached it", more=f"{first}.",
            figure=f"{least}{each.working_days:,}", under="working days so far",
        )  # fmt: skip
    return state_row(
        "met",
        f"{each.theme}: {each.body}, {short_day(each.reached_on)}",
        more=f"{first}. Last named {short_day(each.last_reached_on or each.reached_on)}.",
        figure=f"{least}{each.working_days:,}",
        under="working days",
    )
