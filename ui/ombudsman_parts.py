"""The parts of the Ombudsman screen, for the board: no complaint is named, and no service area with one to four."""

from datetime import timedelta

from charts.maladministration import maladministration
from metrics.choices import FINDINGS
from metrics.commitments.book import EVERY_COMMITMENT
from metrics.commitments.words import orders_words
from metrics.ombudsman.context import Context
from metrics.ombudsman.findings import SEVERE, AreaFindings
from metrics.ombudsman.picture import OmbudsmanPicture
from metrics.ombudsman.words import (
    FEWEST,
    challenge_words,
    heading,
    lead,
    learned_first_words,
    money_words,
    order_line,
    peers_words,
)
from metrics.phrasing import capital, day, listed
from metrics.sentences.figures import share_words
from metrics.small_numbers import one_way
from ui import empty
from ui.cards import card, row, rows
from ui.commitment_choice import asked as commitments_asked
from ui.event_list import event_list
from ui.figure import draw
from ui.finding_list_parts import opens_findings
from ui.link import link
from ui.markup import Markup, element, note, show
from ui.markup import heading as headline
from ui.navigation import COMMITMENT_LIST
from ui.selection import Choice
from ui.trend_loading import events

MOST_ORDERS = 8
HALF_A_YEAR = timedelta(days=182)  # the chart begins so long before its first point
NOT_COUNTED_OUT = "They hold one to four findings, or a number that would give such a one away."


def finding(found: OmbudsmanPicture) -> None:
    """What was upheld, and the rate."""
    show(headline(heading(found)), element("p", lead(found), class_="lp-lead"))


def findings(found: OmbudsmanPicture, choice: Choice) -> None:
    """Every finding of the year by its kind."""
    with card("What it found", key="findings"):
        year = found.year
        lines = [row(capital(each), figure=f"{year.by_finding[each]:,}") for each in FINDINGS]
        show(
            rows([line for line, each in zip(lines, FINDINGS, strict=True) if year.by_finding[each] or each == SEVERE])
        )
        cases = "" if year.determinations is None else f" in {year.determinations:,} determinations"
        show(
            note(
                f"{year.findings:,} findings{cases}, decided from {day(year.since)} to {day(year.until)}. The rate is "
                "severe maladministration, maladministration and service failure, of all findings but those outside "
                "jurisdiction and withdrawn. Counted from the findings loaded: the Ombudsman's own report may hold "
                "more."
            )
        )
        for each in [each for each in FINDINGS if year.by_finding[each]]:
            opens_findings(f"{capital(each)}: open", choice, each)
        if year.findings:
            opens_findings("Open every finding", choice, "every finding")
        if year.rate.n:
            opens_findings("Open the findings considered", choice, "considered")
        if year.rate.k:
            opens_findings("Open the findings upheld", choice, "upheld")


def rate(found: OmbudsmanPicture, around: Context, choice: Choice) -> None:
    """The rate over the years beside others, with what happened meanwhile."""
    with card("The rate, year by year", key="rate"):
        drawn = [each.until for each in found.years if each.considered]
        happened = events(choice.code, min(drawn) - HALF_A_YEAR, found.as_at) if drawn else ()
        draw(maladministration(found, around, happened), key="rate")
        event_list(happened)
        if around.peers is not None:
            show(note(peers_words(around)))
        show(*(note(each) for each in around.caveats))


def areas(found: OmbudsmanPicture, choice: Choice) -> None:
    """By service area; one to four findings are not counted out."""
    with card("About what", key="areas"):
        if not found.areas:
            empty.line("Nothing was decided in these twelve months.")
            return
        masked = one_way([each.findings for each in found.areas])
        shown = [(each, count) for each, count in zip(found.areas, masked.counts, strict=True) if count is not None]
        if shown:
            show(rows([_area(each, count) for each, count in shown]))
        left_out = [each.name for each, count in zip(found.areas, masked.counts, strict=True) if count is None]
        if left_out:
            show(note(f"Decided on as well, but not counted out here: {listed(left_out)}. {NOT_COUNTED_OUT}"))
        for each, _ in shown[:3]:
            opens_findings(f"{each.name}: open them", choice, "every finding", area=each.name)


def _area(each: AreaFindings, count: int) -> Markup:
    share = each.rate.share
    under = "" if share is None or each.rate.n < FEWEST else f"{share_words(share, each.rate.n)} upheld"
    return row(each.name, figure=f"{count:,}", under=under)


def orders(found: OmbudsmanPicture, choice: Choice) -> None:
    """Orders, compliance, and days to run."""
    with card("Orders", key="orders"):
        if found.orders is None:
            empty.not_held(
                "commitments", why="orders are commitments made at the Ombudsman; with them, days to run appear here."
            )
            return
        show(element("p", orders_words(found.orders), class_="lp-text"))
        waiting = [order_line(each) for each in found.orders.waiting[:MOST_ORDERS]]
        if waiting:
            show(rows([row(words, more=more, figure=figure) for words, more, figure in waiting]))
            _opens_orders("Open the orders waiting", choice, show="orders")
        if found.orders.complied.n:
            _opens_orders("Open the orders that fell due", choice, show="orders due")


def challenges(found: OmbudsmanPicture, choice: Choice) -> None:
    """Decisions disputed, and what came of it."""
    with card("Do we argue, or learn?", key="challenges"):
        show(element("p", challenge_words(found.challenges), class_="lp-text"))
        show(
            note(
                "To ask for a review is a right, and one that changes the finding was worth asking for. A habit of "
                "asking without success is what the Ombudsman calls defensive."
            )
        )
        said = found.challenges
        counts = {
            "put to review": said.asked.k,
            "review changed it": said.changed,
            "review left it": said.refused,
            "review without outcome": said.open,
        }
        for name in [name for name, count in counts.items() if count]:
            opens_findings(f"Open those: {name}", choice, name)


def money(found: OmbudsmanPicture, choice: Choice) -> None:
    """Offered against ordered."""
    with card("Offered and ordered", key="money"):
        if found.money is None:
            empty.line("No case gives both what had been offered and what was ordered: not evidenced.")
        elif found.money.cases < FEWEST:
            empty.line(f"Fewer than {FEWEST} cases give both sums: too few to show without saying whose they are.")
        else:
            show(element("p", money_words(found.money), class_="lp-text"))
            for name in ("both sums given", "more ordered than offered", "ordered where nothing was offered"):
                opens_findings(f"Open those: {name}", choice, name)


def learned_first(found: OmbudsmanPicture, choice: Choice) -> None:
    """Did our own learning come first?"""
    with card("Did our own learning come first?", key="learned-first"):
        if found.learned_first is None:
            empty.line("No learning actions are held: not evidenced.")
            return
        show(element("p", learned_first_words(found.learned_first), class_="lp-text"))
        if found.learned_first.k:
            opens_findings("Open those where our own came first", choice, "our own learning came first")
        if found.learned_first.n > found.learned_first.k:
            opens_findings("Open the findings that came as news", choice, "came as news")


def nothing_to_tell() -> None:
    """No determinations are held."""
    show(headline("What the Ombudsman found is not evidenced"))
    empty.not_held("determinations", why="with them, findings, the maladministration rate and orders appear here.")


def _opens_orders(label: str, choice: Choice, **further: str) -> None:
    asked = choice.link(**commitments_asked(EVERY_COMMITMENT, **further))
    link(COMMITMENT_LIST, label=label, query_params=asked, landlord_code=choice.code)
