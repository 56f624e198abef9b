"""Commitments, Ombudsman and Apologies in the app: the sentence first, figures that open their cases, the check."""

import logging
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.apologies.words import heading as apologies_heading
from metrics.commitments.words import heading as commitments_heading
from metrics.ombudsman.words import heading as ombudsman_heading
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.commitment_list_parts import SHOW_WORDS
from ui.loading import apologies, commitments, ombudsman
from ui.navigation import APOLOGIES, APOLOGY_LIST, COMMITMENT_LIST, COMMITMENTS, OMBUDSMAN

AS_AT = "2026-09-30"
DAY = date.fromisoformat(AS_AT)
DRAFT = (
    "Dear [NAME],\nWe apologise for any inconvenience this may have caused, but the contractor did not attend.\n"
    "<script>alert('x')</script><img src=x onerror=alert(1)> I am sorry that we left you without heating & water.\n"
    "We now ring residents first, and I will visit you on 12 May."
)


def links(app: AppTest, *, to: str) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link") if to in link.proto.query_string]


def test_commitments_open_with_what_is_overdue(visit: Visit) -> None:
    app = visit(COMMITMENTS, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    picture = commitments("BRACK", DAY).picture()
    assert h1(app) == commitments_heading(picture)
    assert h1(app).startswith(f"{picture.overdue} promises are overdue")
    assert all(len(chart.proto.alt) > 40 for chart in app.get("plotly_chart"))
    assert "order_raised_on" not in text(app)


def test_each_list_holds_as_many_as_its_figure(visit: Visit) -> None:
    book = commitments("BRACK", DAY) if visit(COMMITMENTS, landlord="BRACK", as_at=AS_AT) else None
    assert book is not None
    picture = book.picture()
    year = picture.year
    counts = {
        "overdue": picture.overdue,
        "open": picture.open,
        "due": year.due,
        "on time": year.on_time,
        "late": year.late,
        "overdue of the year": year.overdue,
        "phantom": year.phantom,
        **picture.phantoms,
        "closed early": picture.phantoms_early,
        "unchecked": picture.unchecked,
        "orders": len(picture.orders.waiting),
    }
    assert {name: len(book.listed(name)) for name in counts} == counts
    assert set(SHOW_WORDS) == {*counts, "escalated"}


@pytest.mark.parametrize("shown", list(SHOW_WORDS))
def test_every_list_can_be_opened(visit: Visit, shown: str) -> None:
    app = visit(COMMITMENT_LIST, landlord="BRACK", as_at=AS_AT, show=shown)
    assert not app.exception
    assert not app.warning
    assert h1(app) == f"{SHOW_WORDS[shown]}: {len(commitments('BRACK', DAY).listed(shown)):,}"


def test_a_filter_in_the_address_narrows_every_figure(visit: Visit) -> None:
    app = visit(COMMITMENTS, landlord="BRACK", as_at=AS_AT, owner="Officer 9")
    assert h1(app).startswith("Officer 9: 11 promises are overdue")
    assert all("owner=Officer+9" in each for each in links(app, to="show="))


def test_without_commitments_nothing_reads_zero(visit: Visit) -> None:
    app = visit(COMMITMENTS, landlord="SORRE", as_at=AS_AT)
    assert h1(app) == "Whether promises are kept is not evidenced"
    assert not app.get("plotly_chart")
    assert h1(visit(COMMITMENT_LIST, landlord="SORRE", as_at=AS_AT)) == "Whether promises are kept is not evidenced"


def test_the_ombudsman_page_gives_the_rate_beside_others_with_caveats(visit: Visit) -> None:
    app = visit(OMBUDSMAN, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    found, around = ombudsman("BRACK", DAY)
    assert h1(app) == ombudsman_heading(found)
    assert "85.0% (34 of 40)" in text(app)
    assert around.caveats[0].split(":")[0] in text(app)
    assert "about 60% of the official counts" in text(app)
    assert links(app, to="indicator=decisions_accepted")


def test_the_ombudsman_page_names_no_complaint_and_no_area_with_a_few(visit: Visit) -> None:
    app = visit(OMBUDSMAN, landlord="BRACK", as_at=AS_AT)
    assert re.findall(r"C-\d{6}", text(app)) == []
    found, _ = ombudsman("BRACK", DAY)
    few = [each.name for each in found.areas if each.findings < 5]
    assert few
    for name in few:
        assert re.search(rf"{re.escape(name)}</p>", text(app)) is None
    assert "not counted out here" in text(app)


def test_without_determinations_nothing_reads_zero(visit: Visit) -> None:
    assert h1(visit(OMBUDSMAN, landlord="SORRE", as_at=AS_AT)) == "What the Ombudsman found is not evidenced"


def test_apologies_open_with_how_many_are_good(visit: Visit) -> None:
    app = visit(APOLOGIES, landlord="BRACK", as_at=AS_AT)
    assert not app.exception
    picture = apologies("BRACK", DAY).picture
    assert h1(app) == apologies_heading(picture)
    assert "have not been read" in text(app)
    assert links(app, to="show=unread")


def test_the_lists_of_apologies_agree_with_the_figures(visit: Visit) -> None:
    app = visit(APOLOGY_LIST, landlord="BRACK", as_at=AS_AT, show="unread", form="email")
    assert not app.exception
    book = apologies("BRACK", DAY)
    email = next(group for group in book.picture.by["form"] if group.name == "email").quality
    assert h1(app).endswith(f"(email): {email.unread}")
    nobody = dict.fromkeys(("stage", "made_by_role", "form", "team"), None)
    for each in book.picture.year.criteria:
        assert len(book.listed(f"without {each.key}", nobody)) == each.met.n - each.met.k


def check(app: AppTest, draft: str) -> AppTest:
    app.text_area(key="apology-draft").input(draft)
    return next(each for each in app.button if each.label == "Check the words").click().run()


def test_a_draft_is_marked_in_place_and_escaped(visit: Visit) -> None:
    app = check(visit(APOLOGIES, landlord="BRACK", as_at=AS_AT), DRAFT)
    assert not app.exception
    shown = text(app)
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in shown
    assert "<script>" not in shown
    assert "<img" not in shown
    assert re.search(r'<mark class="lp-avoid"[^>]*>any<sup', shown)
    assert re.search(r'<mark class="lp-avoid"[^>]*>\[NAME\]<sup', shown)
    assert re.search(r'<mark class="lp-shows"[^>]*>we left you</mark>', shown)
    assert "Whether it is sincere" in shown


def test_a_landlord_without_apologies_can_still_check_a_draft(visit: Visit) -> None:
    app = check(visit(APOLOGIES, landlord="SORRE", as_at=AS_AT), "I am sorry.")
    assert "How good our apologies are is not evidenced" in h1(app)
    assert "Its words meet 0 of the 5 criteria" in text(app)


def test_an_empty_draft_is_told_so(visit: Visit) -> None:
    assert "nothing to check yet" in text(check(visit(APOLOGIES, landlord="BRACK", as_at=AS_AT), "  \n "))


def test_a_draft_is_kept_nowhere(visit: Visit, database: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Zanzibarquokka"
    with caplog.at_level(logging.DEBUG):
        app = check(visit(APOLOGIES, landlord="BRACK", as_at=AS_AT), f"I am sorry, {secret}.")
    assert secret in text(app), "it is shown to whoever asked"
    assert secret not in caplog.text
    assert all(secret not in str(value) for value in app.query_params.values())
    folder = Path(database.removeprefix("sqlite:///")).parent
    kept = [path for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert kept == []
    assert secret not in text(visit(APOLOGIES, landlord="BRACK", as_at=AS_AT)), "another visit starts empty"
