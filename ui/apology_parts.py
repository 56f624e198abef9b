"""The parts of the Apologies screen, for the complaints team."""

import streamlit as st

from charts.apology_criteria import apology_criteria
from metrics.apologies.book import ApologyBook, FilterBy
from metrics.apologies.picture import ApologiesPicture, Group
from metrics.apologies.words import CRITERION_WORDS, heading, lead, only_at_1_words, prompt_words
from metrics.phrasing import capital
from metrics.volumes import FEW
from metrics.volumes_words import part_interval_words
from ui import empty
from ui.apology_choice import PARAMETER, WORDS, Only, asked
from ui.cards import card, row, rows
from ui.case_rows import case_rows, downloads
from ui.figure import draw
from ui.literal import literal
from ui.markup import Markup, element, note, show
from ui.markup import heading as headline
from ui.navigation import APOLOGY_LIST, CASE, CASES
from ui.selection import Choice
from ui.selector import select, switch

MOST_LINKS = 12
SHOW_WORDS = {
    "short": "Read, and short of five of the six criteria",
    "good": "Read, and meeting at least five",
    "unread": "Not read against the criteria",
    "made": "Every apology of the twelve months",
    **{f"without {key}": f"Read, and not: {words.lower()}" for key, words in CRITERION_WORDS.items()},
}


def finding(found: ApologiesPicture) -> None:
    """How many are good, and what is weakest."""
    show(headline(heading(found)), element("p", lead(found), class_="lp-lead"))


def criteria(found: ApologiesPicture, choice: Choice) -> None:
    """The six criteria."""
    with card("The six criteria", key="criteria"):
        draw(apology_criteria(found.year, found.year_before), key="criteria")
        show(note("Filled: these twelve months, with the range chance alone gives. Hollow: the twelve before."))
        for each in found.year.criteria:
            if missed := each.met.n - each.met.k:
                words = f"Open the {missed:,} that are not: {CRITERION_WORDS[each.key].lower()}"
                _opens(words, choice, show=f"without {each.key}")
        good = found.year.good
        for count, words, name in (
            (good.k, "meeting five criteria", "good"),
            (good.n - good.k, "short of it", "short"),
        ):
            if count:
                _opens(f"Open the {count:,} {words}", choice, show=name)
        if found.year.unread:
            _opens(f"Open the {found.year.unread:,} nobody has read", choice, show="unread")


def by_whom(found: ApologiesPicture, choice: Choice) -> None:
    """Good apologies by stage, role, form and team."""
    with card("At which stage, by whom, how", key="by-whom"):
        offered: dict[FilterBy, str] = {each: WORDS[each].capitalize() for each in PARAMETER}
        by = switch("apologies_by", "By", offered, otherwise="stage", what="comparison")
        groups = found.by[by]
        if not groups:
            empty.line("No apology was recorded in these twelve months.")
            return
        show(rows([_group(group) for group in groups]))
        show(note("Meeting at least five of the six criteria, of those read."))
        for group in groups:
            words = f"{capital(group.name)}: open the {group.quality.made:,} made"
            _opens(words, choice, show="made", **{PARAMETER[by]: group.name})


def _group(group: Group) -> Markup:
    good = group.quality.good
    name = capital(group.name)
    if good.share is None:
        return row(name, more=f"{group.quality.made:,} made, none read", figure="–")
    sure = part_interval_words(good)
    figure = f"{100 * good.share:.0f}%" if good.n >= FEW else "–"
    return row(name, more=sure, figure=figure, under=f"{good.k:,} of {good.n:,}")


def prompt(found: ApologiesPicture, choice: Choice) -> None:
    """How soon, and whether at both stages."""
    with card("In good time?", key="prompt"):
        if found.prompt is None or found.only_at_1 is None:
            empty.line("No complaints are held: not evidenced.")
            return
        show(element("p", prompt_words(found.prompt), class_="lp-text"))
        if found.prompt.given.k < found.prompt.given.n:
            link = choice.link(indicator="apology_given", which="attention", area="every")
            missed = found.prompt.late + found.prompt.none
            label = f"Open the {missed:,} upheld complaints without a prompt apology"
            st.page_link(CASES, label=label, query_params=link)
        show(element("p", only_at_1_words(found.only_at_1), class_="lp-text"))
        for reference in found.without_at_2[:MOST_LINKS]:
            label = f"Complaint {literal(reference)}: no apology at stage 2"
            st.page_link(CASE, label=label, query_params=choice.link(ref=reference))
        if len(found.without_at_2) > MOST_LINKS:
            show(note(f"And {len(found.without_at_2) - MOST_LINKS:,} more."))


def choose_list() -> str:
    """Which list of apologies."""
    return select("show", "Which apologies", SHOW_WORDS)


def list_finding(book: ApologyBook, shown: str, only: Only) -> None:
    """Which list it is, and how many there are."""
    of = ", ".join(each for each in only.values() if each)
    show(headline(f"{SHOW_WORDS[shown]}{f' ({of})' if of else ''}: {len(book.listed(shown, only)):,}"))


def listing(book: ApologyBook, shown: str, only: Only, choice: Choice) -> None:
    """The rows and the files."""
    cases = book.listed(shown, only)
    if not len(cases):
        empty.line("No apology belongs here.")
        return
    name = "-".join(["apologies", shown, *(each for each in only.values() if each)]).replace(" ", "_").replace("/", "_")
    downloads(cases, landlord_code=choice.code, name=f"{choice.code}-{choice.as_at.isoformat()}-{name}")
    case_rows(cases, choice=choice, of=name)


def nothing_to_tell() -> None:
    """No apologies are held."""
    show(headline("How good our apologies are is not evidenced"))
    empty.not_held("apologies", why="read against the six criteria, they show here what is missing most often.")


def _opens(label: str, choice: Choice, **further: str) -> None:
    st.page_link(APOLOGY_LIST, label=literal(label), query_params=choice.link(**asked(**further)))
