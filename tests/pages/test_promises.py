"""Commitments, Ombudsman and Apologies in the app: the sentence first, figures that open their cases, the check."""

import logging
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from metrics.apologies.words import heading as apologies_heading
from metrics.commitments.book import Only
from metrics.commitments.words import heading as commitments_heading
from metrics.ombudsman.listing import SHOW
from metrics.ombudsman.words import heading as ombudsman_heading
from tests.pages.conftest import Visit
from tests.pages.test_pages import h1, text
from ui.case_loading import findings
from ui.commitment_list_parts import SHOW_WORDS
from ui.loading import apologies, commitments, ombudsman
from ui.navigation import APOLOGIES, APOLOGY_LIST, COMMITMENT_LIST, COMMITMENTS, FINDING_LIST, OMBUDSMAN

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
        "orders due": picture.orders.complied.n,
    }
    assert {name: len(book.listed(name)) for name in counts} == counts
    of_complaints = {
        "promised before stage 2": picture.escalated.broken.n,
        "escalated": picture.escalated.broken.k,
        "promised again": picture.escalated.promised_again,
    }
    for name, count in of_complaints.items():
        assert book.listed(name).frame["complaint_ref"].n_unique() == count
    assert set(SHOW_WORDS) == {*counts, *of_complaints}


def test_each_share_kept_opens_as_many_as_fell_due(visit: Visit) -> None:
    app = visit(COMMITMENTS, landlord="BRACK", as_at=AS_AT)
    book = commitments("BRACK", DAY)
    found = {link.proto.label: parse_qs(link.proto.query_string) for link in app.get("page_link")}
    shares = {label: query for label, query in found.items() if re.search(r"open the [\d,]+ due$", label)}
    groups = [group for by in ("kind", "made_at") for group in book.picture().by[by] if group.honoured.n]
    assert len(shares) == len(groups) > 5
    for query in shares.values():
        only = Only(kind=_one(query, "promise"), made_at=_one(query, "made_at"))
        label = next(each for each, asked in shares.items() if asked is query)
        assert f"open the {len(book.listed('due', only)):,} due" in label


def _one(query: dict[str, list[str]], name: str) -> str | None:
    return None if query[name] == ["every"] else query[name][0]


def test_an_age_in_the_address_lists_that_age(visit: Visit) -> None:
    app = visit(COMMITMENTS, landlord="BRACK", as_at=AS_AT)
    picture = commitments("BRACK", DAY).picture()
    labels = [link.proto.label.replace("\\", "") for link in app.get("page_link")]
    for age, count in picture.ages.items():
        assert (f"Overdue for {age}: {count:,}" in labels) == bool(count)
        assert len(commitments("BRACK", DAY).listed("overdue", age=age)) == count


def test_complaints_without_an_apology_at_stage_2_are_named(visit: Visit) -> None:
    app = visit(APOLOGIES, landlord="BRACK", as_at=AS_AT)
    picture = apologies("BRACK", DAY).picture
    assert picture.only_at_1 is not None
    assert len(picture.without_at_2) == picture.only_at_1.k > 0
    named = [link.proto.label for link in app.get("page_link") if "no apology at stage 2" in link.proto.label]
    assert len(named) == min(12, picture.only_at_1.k)


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
    assert links(app, to="findings=every+finding")


def test_each_list_of_findings_holds_as_many_as_its_figure(visit: Visit) -> None:
    visit(OMBUDSMAN, landlord="BRACK", as_at=AS_AT)
    found, book = ombudsman("BRACK", DAY)[0], findings("BRACK", DAY)
    year, said, money, first = found.year, found.challenges, found.money, found.learned_first
    assert money is not None
    assert first is not None
    counts = {
        "every finding": year.findings,
        "considered": year.considered,
        "upheld": year.rate.k,
        **year.by_finding,
        "put to review": said.asked.k,
        "review changed it": said.changed,
        "review left it": said.refused,
        "review without outcome": said.open,
        "our own learning came first": first.k,
        "came as news": first.n - first.k,
    }
    assert {name: len(book.listed(name)) for name in counts} == counts
    of_cases = {
        "both sums given": money.cases,
        "more ordered than offered": money.more.k,
        "ordered where nothing was offered": money.nothing_offered,
    }
    for name, count in of_cases.items():
        assert book.listed(name).frame["complaint_ref"].n_unique() == count, name
    assert set(SHOW) == {*counts, *of_cases}


@pytest.mark.parametrize("shown", list(SHOW))
def test_every_list_of_findings_can_be_opened(visit: Visit, shown: str) -> None:
    app = visit(FINDING_LIST, landlord="BRACK", as_at=AS_AT, findings=shown)
    assert not app.exception
    assert not app.warning
    assert h1(app).endswith(f": {len(findings('BRACK', DAY).listed(shown)):,}")


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
