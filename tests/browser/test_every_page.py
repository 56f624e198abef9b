"""Every page, in light and dark, on a desk and on a phone: nothing axe calls serious, nothing out of reach."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Scheme, Visiting
from tests.browser.visitor import NARROW, Visitor
from ui.navigation import PLACES

DAY = "2026-09-30"
# Only colours differ from one scheme to the other.
RULES_IN: dict[Scheme, dict[str, object]] = {
    "dark": {"resultTypes": ["violations"]},
    "light": {
        "resultTypes": ["violations"],
        "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    },
}
# What a page needs in its address to show all it has.
ASKS = {
    "case": [{"landlord": "TARRO", "ref": "C-002309"}],
    "cases": [{"landlord": "TARRO", "indicator": "stage_2_on_time"}],
    "point-cases": [{"landlord": "BRACK", "line": "stage_1_on_time", "period": "month", "ended": DAY}],
    "records": [{"landlord": "SORRE", "part": part} for part in ("Load", "Held and missing", "History", "Templates")],
}
VIEWS = [(place.address, ask) for place in PLACES for ask in ASKS.get(place.address, [{"landlord": "BRACK"}])]
NAMES = ["-".join([address, *list(ask.values())[1:]]) for address, ask in VIEWS]
every_view = pytest.mark.parametrize(("address", "ask"), VIEWS, ids=NAMES)


SCHEME_IS = """scheme => {
    const paper = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    return (parseInt(paper.match(/\\d+/)[0]) < 128) === (scheme === 'dark');
}"""


def violations(visitor: Visitor) -> list[str]:
    """What axe calls serious or critical, in the dark and then, of colours, in the light, with where it is."""
    found = []
    for scheme, rules in RULES_IN.items():
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.page.wait_for_function(SCHEME_IS, arg=scheme)
        visitor.settle()
        found += [f"{scheme}: {each}" for each in _violations(visitor, rules)]
    return found


def _violations(visitor: Visitor, rules: dict[str, object]) -> list[str]:
    found = Axe().run(visitor.page, options=rules).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


@every_view
def test_on_a_phone_nothing_spills_is_cut_or_serious(visiting: Visiting, address: str, ask: dict[str, str]) -> None:
    phone = visiting(size=NARROW)
    phone.open(address, as_at=DAY, **ask)
    expect(phone.page.get_by_role("dialog")).to_have_count(0)
    assert phone.spills() == ""
    assert phone.cuts() == ""
    expect(phone.page.get_by_test_id("stSidebar").get_by_role("link", name="Why")).not_to_be_in_viewport()
    assert violations(phone) == []


# Marks what the Tab key must reach, gives how many stops that is, and remembers from then on which it came to.
REACHABLE = """() => {
    const found = [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]')]
        .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true})
            && each.getBoundingClientRect().width > 0 && !each.closest('[inert], [aria-hidden=true]'));
    // A group of choices is one stop: the arrow keys go on from there.
    const groups = new Set();
    const stops = found.filter(each => {
        const group = each.closest('[role=radiogroup]');
        if (!group) return true;
        return !groups.has(group) && groups.add(group);
    });
    stops.forEach((each, place) => { each.dataset.stop = place; });
    window.reached = new Set();
    document.addEventListener('focusin', ({target}) => {
        const group = target.closest('[role=radiogroup]');
        const stop = (group?.querySelector('[data-stop]') ?? target).dataset?.stop;
        if (stop !== undefined) window.reached.add(Number(stop));
    });
    return stops.length;
}"""
MISSED = "wanted => [...Array(wanted).keys()].filter(stop => !window.reached.has(stop))"
NAME_OF = """stop => { const each = document.querySelector(`[data-stop="${stop}"]`);
    return each.tagName + ' ' + (each.ariaLabel || each.textContent || each.id).trim().slice(0, 60); }"""


@every_view
def test_at_a_desk_nothing_is_serious_and_the_tab_key_reaches_everything(
    visitor: Visitor, address: str, ask: dict[str, str]
) -> None:
    visitor.open(address, as_at=DAY, **ask)
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    assert visitor.cuts() == ""
    assert violations(visitor) == []
    wanted = visitor.page.evaluate(REACHABLE)
    for pressed in range(wanted * 2 + 20):
        if pressed >= wanted and pressed % 10 == wanted % 10 and not visitor.page.evaluate(MISSED, wanted):
            break
        visitor.page.keyboard.press("Tab")
    missed = visitor.page.evaluate(MISSED, wanted)
    assert [visitor.page.evaluate(NAME_OF, stop) for stop in missed] == []
