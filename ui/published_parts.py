"""The parts of the screen on what published data say of any landlord: figures and caveats, never a verdict."""

from collections.abc import Sequence

import streamlit as st

from charts.quartiles import Strip, quartiles
from metrics.published.national import shipped
from metrics.published.picture import CANNOT_SAY, PublishedFinding, PublishedLandlord, PublishedPicture
from metrics.published.satisfaction import Spread
from ui import address, empty
from ui.cards import card
from ui.figure import draw
from ui.markup import element, heading, note, show
from ui.satisfaction_parts import STOCK_WORDS
from ui.selector import select

OF, YEAR, STOCK = "of", "published_year", "published_stock"


def choose_landlord(found: Sequence[PublishedLandlord], *, otherwise: str | None) -> PublishedLandlord:
    """Search box over every landlord with published measures. `otherwise` is the landlord shown where none is asked."""
    by_code = {each.code: each for each in found}
    first = otherwise if otherwise in by_code else found[0].code
    names = {code: each.name for code, each in by_code.items()}
    code = select(OF, f"Search {len(found):,} landlords by name", names, otherwise=str(first), what="landlord")
    return by_code[code]


def choose_year(landlord: PublishedLandlord) -> tuple[str, str]:
    """Year and homes, of those this landlord published."""
    left, right = st.columns(2, gap="small")
    compared = set(shipped()["year"].unique())
    newest = next((year for year in landlord.years if year in compared), landlord.years[0])
    with left:
        year = _of_this_landlord(YEAR, "Year", landlord.years, newest)
    with right:
        stocks = landlord.stocks or ("LCRA",)
        stock = _of_this_landlord(STOCK, "Homes", stocks, stocks[0])
    return year, stock


def _of_this_landlord(name: str, label: str, offered: Sequence[str], otherwise: str) -> str:
    if st.query_params.get(name) not in (None, *offered):
        address.forget(name)  # another landlord published other years: it starts from its own newest
    return select(name, label, {each: STOCK_WORDS.get(each, each) for each in offered}, otherwise=otherwise)


def finding(picture: PublishedPicture) -> None:
    """The page's sentence: what the published figures leave open, and whose they are."""
    of = picture.landlord
    about = [f"{of.homes:,} homes" if of.homes else "", of.region or "", STOCK_WORDS[picture.stock], picture.year]
    alike = f"Landlords of the same type and size: {picture.group} homes." if picture.group else ""
    show(
        heading(f"{of.name}: {_asks(picture.findings)}"),
        element(
            "p",
            f"{' · '.join(part for part in about if part)}. {alike} Published figures raise questions; they cannot "
            "place a landlord on the pyramid.",
            class_="lp-lead",
        ),
    )


def _asks(findings: Sequence[PublishedFinding]) -> str:
    held = [each for each in findings if each.value is not None]
    outside = [each for each in held if _outside(each)]
    if not held:
        return "nothing published to read"
    if not outside:
        return "nothing published stands apart from landlords alike"
    count = "one figure" if len(outside) == 1 else f"{len(outside)} figures"
    return f"{count} of {len(held)} to ask about"


def _outside(each: PublishedFinding) -> bool:
    among = each.peers or each.national
    low = each.low if each.low is not None else each.value
    high = each.high if each.high is not None else each.value
    return among is not None and low is not None and high is not None and (low > among.q3 or high < among.q1)


def cannot_say() -> None:
    """The limits, before any figure."""
    with card("What these figures cannot say", key="cannot-say"):
        show(element("ul", *(element("li", each) for each in CANNOT_SAY), class_="lp-plain"))


def findings(picture: PublishedPicture) -> None:
    """The six findings, each with landlords alike and its caveat."""
    for first in range(0, len(picture.findings), 2):  # pair by pair, so that a phone keeps the order
        pair = picture.findings[first : first + 2]
        for column, place, each in zip(st.columns(2, gap="medium"), (first, first + 1), pair, strict=False):
            with column, card(each.title, key=f"finding-{place}"):
                show(element("p", each.sentence, class_="lp-text"))
                if each.value is not None:
                    _strip(each, place)
                show(note(element("strong", "Beware: "), each.caveat))


def _strip(each: PublishedFinding, place: int) -> None:
    among = each.peers or each.national
    if each.value is None or among is None:
        show(note("No national figures are held for this year and these homes."))
        return
    who = "all landlords" if among.group == "all" else f"{among.group} landlords"
    strip = Strip(
        title="this landlord",
        value=each.value,
        low=each.low,
        high=each.high,
        among=among,
        unit="%" if each.unit == "%" else "",
        verdict="outside the middle half" if _outside(each) else "not told apart from the middle half",
    )
    draw(
        quartiles([strip], headline=f"{_whole(each.national)}Band: the middle half of {who}", who=who),
        key=f"published-{place}",
    )


def _whole(national: Spread | None) -> str:
    return f"Median of all {national.n:,} landlords: {national.median:.1f}. " if national else ""


def how_to_load(*, regulator_is_loaded: bool, landlords: int) -> None:
    """Where the regulator's workbook is not loaded: what it is and how it comes in."""
    if regulator_is_loaded:
        return
    words = (
        "The Regulator of Social Housing publishes one workbook a year with the Tenant Satisfaction Measures of every "
        "large landlord in England (about 360). Download it from GOV.UK (search for “Tenant Satisfaction Measures full "
        "dataset”) and upload it on Our records as it is; or run “python cli.py load-tsm WORKBOOK.xlsx”."
    )
    held = f"Until then only the {landlords} landlords loaded here can be looked up." if landlords else ""
    empty.nothing("The regulator's workbook is not loaded", words, *([held] if held else []))
    empty.link_to_our_records()


def nothing_published() -> None:
    """No landlord with a published measure."""
    show(
        heading("What is published of any landlord"),
        element(
            "p", "Once the regulator's workbook is loaded, every large landlord can be searched here.", class_="lp-lead"
        ),
    )
