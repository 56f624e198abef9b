"""The parts of the Commitments screen, for the complaints team."""

import streamlit as st

from charts.overdue_grid import overdue_grid
from metrics.commitments.book import FilterBy, Only
from metrics.commitments.picture import CommitmentsPicture, Group
from metrics.commitments.standing import WHYS
from metrics.commitments.words import (
    WHY_WORDS,
    escalated_words,
    group_words,
    heading,
    lead,
    order_words,
    orders_words,
)
from metrics.phrasing import capital, short_day
from metrics.words import State
from ui import empty
from ui.cards import card, row, rows, state_row
from ui.commitment_choice import PARAMETER, WORDS, asked, only_words
from ui.figure import draw
from ui.literal import literal
from ui.markup import Markup, element, note, show
from ui.markup import heading as headline
from ui.navigation import CASE, COMMITMENT_LIST
from ui.selection import Choice
from ui.selector import switch

MOST_LINKS = 20
MOST_ORDERS = 12
GROUPED: tuple[FilterBy, ...] = ("owner", "team", "contractor", "service_area")


def finding(found: CommitmentsPicture, only: Only) -> None:
    """What is overdue, and what became of the rest."""
    of = only_words(only)
    said = heading(found)
    show(
        headline(f"{of}: {said[:1].lower()}{said[1:]}" if of else said),
        element("p", lead(found), class_="lp-lead"),
    )


def became(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """What became of those that fell due in the year; each opens its cases."""
    with card("What fell due in the twelve months", key="became"):
        year = found.year
        lines: list[tuple[State, str, int, str, str]] = [
            ("met", "Kept: done by the day, with the work behind it", year.on_time, "on time", "kept"),
            ("not met", "Done late", year.late, "late", "done late"),
            ("not met", "Closed on paper only", year.phantom, "phantom", "closed on paper only"),
            ("not met", "Not done, and overdue", year.overdue, "overdue of the year", "not done"),
        ]
        show(rows([state_row(state, words, figure=f"{count:,}") for state, words, count, *_ in lines]))
        if year.open:
            show(note(f"{year.open:,} more were due on the day itself and are not done yet."))
        for _, _, count, name, words in lines:
            if count:
                _opens(f"Open the {count:,} {words}", only, choice, show=name)


def overdue(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """Overdue now, by owner, team, contractor or service area, and by age."""
    with card("Overdue now", key="overdue"):
        if not found.overdue:
            empty.line(f"Nothing is overdue. {found.open:,} more are open and have time to run.")
            return
        words: dict[FilterBy, str] = {each: WORDS[each].capitalize() for each in GROUPED}
        by = switch("overdue_by", "By", words, otherwise="owner", what="comparison")
        groups = found.by[by]
        draw(overdue_grid(groups, name=WORDS[by]), key=f"overdue-{by}")
        for group in [each for each in groups if each.overdue][:MOST_LINKS]:
            _opens(f"{group.name}: {group_words(group)}", only, choice, show="overdue", **{PARAMETER[by]: group.name})
        _opens(f"Open all {found.overdue:,} overdue", only, choice, show="overdue")
        for age, count in found.ages.items():
            if count:
                _opens(f"Overdue for {age}: {count:,}", only, choice, show="overdue", age=age)
        if found.open:
            _opens(f"Open the {found.open:,} with time to run", only, choice, show="open")
        show(
            note(
                "The owner is whoever answered the stage it was promised at; of an order, whoever answered last. "
                "Overdue counts everything whose day has passed, also from before these twelve months."
            )
        )


def phantoms(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """Closed on paper only, and why; which tests could not be made."""
    with card("Closed on paper only", key="phantoms"):
        lines = [
            state_row("not met" if found.phantoms[why] else "met", WHY_WORDS[why], figure=f"{found.phantoms[why]:,}")
            for why in WHYS
        ]
        if len(found.lapsed) < 2:
            show(rows(lines))
        for why in WHYS:
            if found.phantoms[why]:
                _opens(f"Open the {found.phantoms[why]:,} with the {why}", only, choice, show=why)
        if found.phantoms_early:
            _opens(f"Closed on paper before their day: {found.phantoms_early:,}", only, choice, show="closed early")
        if found.lapsed:
            show(*(note(each) for each in found.lapsed))
        if found.unchecked:
            show(
                note(
                    f"{found.unchecked:,} repairs were closed without naming a work order. No record could contradict "
                    "them, so they count as done."
                )
            )
            _opens("Open the repairs without a work order", only, choice, show="unchecked")


def escalated(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """Escalated although the right remedy had been promised."""
    with card("Escalated although it had been promised", key="escalated"):
        show(element("p", escalated_words(found.escalated), class_="lp-text"))
        if found.escalated.broken.n:
            _opens("Open the promises made before stage 2", only, choice, show="promised before stage 2")
        if found.escalated.broken.k:
            _opens("Open the broken promises", only, choice, show="escalated")
        if found.escalated.promised_again:
            _opens("Open those promised again", only, choice, show="promised again")


def orders(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """The Ombudsman's orders, with days to run."""
    with card("Orders of the Ombudsman", key="orders"):
        show(element("p", orders_words(found.orders), class_="lp-text"))
        for order in found.orders.waiting[:MOST_ORDERS]:
            more = "after severe maladministration; " if order.severe else ""
            state: State = "not met" if order.days_to_run < 0 else "met"
            words = f"{order.kind.capitalize()}, {order.service_area}"
            due = f"{more}due {short_day(order.due_on)}"
            show(rows([state_row(state, words, more=due, figure=order_words(order))]))
            st.page_link(
                CASE,
                label=f"Complaint {literal(order.complaint_ref)}, order {literal(order.commitment_ref)}",
                query_params=choice.link(ref=order.complaint_ref),
            )
        if len(found.orders.waiting) > MOST_ORDERS:
            _opens(f"Open all {len(found.orders.waiting):,} orders waiting", only, choice, show="orders")
        if found.orders.complied.n:
            _opens(f"Open the {found.orders.complied.n:,} orders that fell due", only, choice, show="orders due")


def honoured(found: CommitmentsPicture, only: Only, choice: Choice) -> None:
    """What share was kept, by what was promised and where; each opens what fell due."""
    titles: dict[FilterBy, str] = {"kind": "Kept, by what was promised", "made_at": "Kept, by where it was promised"}
    for column, (by, title) in zip(st.columns(2, gap="medium"), titles.items(), strict=True):
        with column, card(title, key=f"by-{by}"):
            show(rows([_kept(group) for group in found.by[by]]))
            for group in [each for each in found.by[by] if each.honoured.n]:
                label = f"{capital(group.name)}: open the {group.honoured.n:,} due"
                _opens(label, only, choice, show="due", **{PARAMETER[by]: group.name})


def _kept(group: Group) -> Markup:
    share = group.honoured.share
    figure = "none due" if share is None else f"{100 * share:.0f}%"
    under = "" if share is None else f"{group.honoured.k:,} of {group.honoured.n:,}"
    return row(capital(group.name), figure=figure, under=under)


def nothing_to_tell(choice: Choice) -> None:
    """No commitments are held."""
    show(headline("Whether promises are kept is not evidenced"))
    empty.not_held(
        "commitments", why=f"with them, what {choice.landlord.name} promised and what is overdue appear here."
    )


def _opens(label: str, only: Only, choice: Choice, **further: str) -> None:
    st.page_link(COMMITMENT_LIST, label=literal(label), query_params=choice.link(**asked(only, **further)))
