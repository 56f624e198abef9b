"""Commitments, the Ombudsman and apologies against a plain recount, on random landlords and any day."""

from hypothesis import given

from metrics.apologies.picture import apologies_picture
from metrics.commitments.book import SHOW, commitment_book
from metrics.commitments.picture import commitments_picture
from metrics.commitments.standing import AGES
from metrics.counting.cases import cases_behind
from metrics.ombudsman.picture import ombudsman_picture
from metrics.volumes import Part
from tests.recount import promises
from tests.strategies import Landlord, landlords


def pair(part: Part | None) -> tuple[int, int]:
    return (part.k, part.n) if part else (0, 0)


@given(landlords())
def test_commitments_agree_with_the_recount(landlord: Landlord) -> None:
    records, as_at = landlord.records(), landlord.as_at
    found, counted = commitments_picture(records, as_at), promises.commitments(landlord.tables, as_at)
    year = found.year
    assert [year.on_time, year.late, year.phantom, year.overdue, year.open] == list(counted["year"].values())
    assert found.overdue == counted["overdue"] == sum(found.ages.values())
    assert found.ages[AGES[-1]] == counted["older than a year"]
    assert max((each.oldest for each in found.by["owner"] if each.oldest), default=None) == counted["oldest"]
    assert {name: count for name, count in found.phantoms.items() if count} == dict(counted["why"])
    assert found.phantoms_early == counted["early"]
    assert sorted(each.days_to_run for each in found.orders.waiting) == counted["waiting"]
    assert pair(found.orders.complied) == counted["complied"]
    assert pair(found.escalated.broken) == counted["escalated"]
    if found.year_before:
        before = promises.commitments(landlord.tables, promises.year_before(as_at))["year"]
        assert found.year_before.on_time == before["on time"]


@given(landlords())
def test_the_ombudsmans_findings_agree_with_the_recount(landlord: Landlord) -> None:
    for place, row in enumerate(landlord.tables["determinations"]):
        row["compensation_offered"] = (None, 0.0, 50.0, 50.0, 120.0)[place % 5]
        row["compensation_ordered"] = (100.0, None, 100.0, 40.0)[place % 4]
    records, as_at = landlord.records(), landlord.as_at
    found, counted = ombudsman_picture(records, as_at), promises.ombudsman(landlord.tables, as_at)
    assert (found.year.findings, found.year.severe) == (counted["findings"], counted["severe"])
    assert pair(found.year.rate) == counted["rate"]
    assert (found.challenges.asked.k, found.challenges.changed) == (counted["asked"], counted["changed"])
    if found.learned_first is not None:
        assert pair(found.learned_first) == counted["learned first"]
    money = found.money
    assert (money.cases, money.offered, money.ordered, money.more.k) if money else counted["money"] == (0, 0, 0, 0)
    assert sum(each.findings for each in found.areas) == found.year.findings


@given(landlords())
def test_apologies_agree_with_the_recount(landlord: Landlord) -> None:
    found, counted = (
        apologies_picture(landlord.records(), landlord.as_at),
        promises.apologies(landlord.tables, landlord.as_at),
    )
    assert found.year.made == counted["made"]
    assert pair(found.year.good) == counted["good"]
    assert [pair(each.met) for each in found.year.criteria] == counted["criteria"]
    if found.prompt is not None:
        assert (found.prompt.given.k, found.prompt.late, found.prompt.none) == counted["prompt"]
        assert pair(found.only_at_1) == counted["only at 1"]
    for groups in found.by.values():
        assert sum(group.quality.made for group in groups) == found.year.made


@given(landlords())
def test_the_figures_are_those_of_the_catalogue_and_every_group_adds_up(landlord: Landlord) -> None:
    records, as_at = landlord.records(), landlord.as_at
    book = commitment_book(records, as_at)
    found = book.picture()
    assert found == commitments_picture(records, as_at)
    assert found.year.due == cases_behind(records, "commitments_honoured", as_at).height
    assert found.year.on_time == cases_behind(records, "commitments_honoured", as_at, which="numerator").height
    assert found.orders.complied.n == cases_behind(records, "orders_complied", as_at).height
    assert found.orders.complied.k == cases_behind(records, "orders_complied", as_at, which="numerator").height
    for groups in found.by.values():
        assert sum(group.overdue for group in groups) == found.overdue
        assert sum(group.honoured.n for group in groups) == found.year.due
        assert all(sum(group.ages.values()) == group.overdue for group in groups)
    lists = {name: len(book.listed(name)) for name in SHOW}
    assert lists["due"] == sum(lists[name] for name in ("on time", "late", "phantom", "overdue of the year")) + (
        found.year.open
    )
    decided = ombudsman_picture(records, as_at)
    assert pair(decided.challenges.accepted) == tuple(
        cases_behind(records, "decisions_accepted", as_at, which=which).height for which in ("numerator", "all")
    )
    good = apologies_picture(records, as_at).year.good
    assert pair(good) == tuple(
        cases_behind(records, "apology_quality", as_at, which=which).height for which in ("numerator", "all")
    )
