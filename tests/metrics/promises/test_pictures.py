"""Commitments, the Ombudsman's findings and apologies: the cases of the articles and the published example, by name."""

from datetime import date

import polars as pl

from metrics.apologies.picture import apologies_picture
from metrics.commitments.book import Only, commitment_book
from metrics.commitments.picture import commitments_picture
from metrics.commitments.standing import standings
from metrics.counting.cases import cases_behind
from metrics.ombudsman.picture import ombudsman_picture
from metrics.ombudsman.words import challenge_words
from metrics.records import Records
from tests import builders as b

DAY = date(2025, 3, 31)
ASKED = date(2025, 2, 3)


def one(records: Records) -> dict[str, object]:
    return standings(records, DAY).row(0, named=True)


def with_repair(**values: object) -> Records:
    """A repair promised in January, closed in time by the case system, and the repairs system beside it."""
    return b.records(
        complaints=[b.upheld_complaint(complaint_ref="C1", responded_on=date(2025, 1, 6), stage_1_handler="Officer 1")],
        commitments=[
            b.commitment(
                complaint_ref="C1",
                due_on=date(2025, 2, 3),
                completed_on=date(2025, 1, 31),
                work_order_ref="W1",
                contractor="North Repairs",
            )
        ],
        work_orders=[b.work_order(work_order_ref=values.get("raised_as", "W1"), raised_on=date(2025, 1, 7))],
        contractors=[b.contractor("North Repairs", engaged_from=date(2020, 4, 1), engaged_to=values.get("engaged_to"))],
    )


def test_the_articles_first_case_a_repair_raised_with_a_contractor_no_longer_employed() -> None:
    """Seed 002: the remedy was raised with a contractor the landlord no longer had."""
    found = with_repair(engaged_to=date(2024, 7, 31))
    assert (one(found)["standing"], one(found)["why"]) == ("phantom", "contractor not engaged")
    assert commitments_picture(found, DAY).phantoms["contractor not engaged"] == 1


def test_the_articles_second_case_works_closed_although_they_were_never_raised() -> None:
    """Seed 002: works were closed on the system despite not being raised."""
    found = with_repair(raised_as="W9")
    assert (one(found)["standing"], one(found)["why"]) == ("phantom", "order never raised")
    assert commitments_picture(found, DAY).phantoms["order never raised"] == 1


def test_the_same_repair_with_its_order_and_an_engaged_contractor_is_kept() -> None:
    assert one(with_repair())["standing"] == "on time"
    assert commitments_picture(with_repair(), DAY).year.honoured.share == 1


def test_a_test_whose_table_is_not_held_falls_away_and_is_said() -> None:
    whole = with_repair(raised_as="W9")
    bare = Records(
        landlord_code=b.LANDLORD, frames={name: whole.frames[name] for name in ("complaints", "commitments")}
    )
    picture = commitments_picture(bare, DAY)
    assert picture.year.phantom == 0
    assert ["Work orders" in picture.lapsed[0], "Contractors" in picture.lapsed[1]] == [True, True]
    assert commitments_picture(whole, DAY).lapsed == ()


def escalated(**values: object) -> Records:
    plain = {"due_on": date(2025, 1, 27), "promised_on": date(2025, 1, 6)}
    return b.records(
        complaints=[
            b.upheld_complaint(complaint_ref="C1", responded_on=date(2025, 1, 6), stage_2_requested_on=ASKED),
        ],
        commitments=[b.commitment(complaint_ref="C1", **(plain | values))],
    )


def test_escalated_although_the_right_remedy_had_been_promised_and_was_unfulfilled() -> None:
    assert commitments_picture(escalated(), DAY).escalated.broken.k == 1
    assert commitments_picture(escalated(completed_on=ASKED), DAY).escalated.broken.k == 0, "done by then"
    assert commitments_picture(escalated(due_on=ASKED), DAY).escalated.broken.k == 0, "its day had not passed"
    assert commitments_picture(escalated(made_at="stage 2"), DAY).escalated.broken.n == 0, "promised only afterwards"


def test_the_same_remedy_promised_again_is_told() -> None:
    records = escalated()
    again = b.commitment(complaint_ref="C1", due_on=date(2025, 4, 30), promised_on=date(2025, 3, 3), made_at="stage 2")
    both = pl.concat([records.frame("commitments"), b.frame("commitments", [again]).lazy()])
    found = Records(landlord_code=b.LANDLORD, frames={**records.frames, "commitments": both})
    assert commitments_picture(found, DAY).escalated.promised_again == 1
    assert commitments_picture(records, DAY).escalated.promised_again == 0


def test_orders_tell_their_days_to_run_the_most_pressing_first() -> None:
    found = b.records(
        complaints=[b.complaint(complaint_ref="C1", received_on=date(2024, 1, 8))],
        commitments=[
            b.order(complaint_ref="C1", due_on=date(2025, 4, 14), commitment_ref="O2"),
            b.order(complaint_ref="C1", due_on=date(2025, 3, 30), commitment_ref="O1", severe=True),
            b.order(complaint_ref="C1", due_on=date(2025, 3, 3), completed_on=date(2025, 3, 3)),
        ],
    )
    orders = commitments_picture(found, DAY).orders
    assert [(each.commitment_ref, each.days_to_run) for each in orders.waiting] == [("O1", -1), ("O2", 14)]
    assert [each.severe for each in orders.overdue] == [True]
    assert (orders.complied.k, orders.complied.n) == (1, 2)


def test_the_published_example_gateshead_2024_25() -> None:
    """21 determinations, 45 findings, maladministration rate (34 + 2 + 2) of 44 = 86.4%: Gateshead Council's own
    account of the Ombudsman's landlord report for 2024-25."""
    counts = {
        "maladministration": 34,
        "severe maladministration": 2,
        "service failure": 2,
        "reasonable redress": 2,
        "no maladministration": 4,
        "outside jurisdiction": 1,
    }
    words = [finding for finding, count in counts.items() for _ in range(count)]
    rows = [
        b.determination(decided_on=date(2024, 9, 2), finding=finding, complaint_ref=f"C{place % 21}")
        for place, finding in enumerate(words)
    ]
    complaints = [b.complaint(complaint_ref=f"C{place}", received_on=date(2023, 5, 2)) for place in range(21)]
    year = ombudsman_picture(b.records(determinations=rows, complaints=complaints), DAY).year
    assert (year.determinations, year.findings, year.considered, year.severe) == (21, 45, 44, 2)
    assert (year.rate.k, year.rate.n) == (38, 44)
    assert f"{100 * (year.rate.share or 0):.1f}%" == "86.4%"


def test_one_sum_on_several_findings_of_a_case_counts_once() -> None:
    rows = [
        b.determination(decided_on=DAY, complaint_ref="C1", compensation_offered=100.0, compensation_ordered=250.0),
        b.determination(decided_on=DAY, complaint_ref="C1", compensation_offered=100.0, compensation_ordered=300.0),
        b.determination(decided_on=DAY, complaint_ref="C2", compensation_offered=0.0, compensation_ordered=50.0),
        b.determination(decided_on=DAY, complaint_ref="C3", compensation_offered=80.0),
    ]
    money = ombudsman_picture(b.records(determinations=rows), DAY).money
    assert money is not None
    assert (money.cases, money.offered, money.ordered, money.not_given) == (2, 100.0, 600.0, 1)
    assert (money.more.k, money.nothing_offered) == (2, 1)


def test_a_review_asked_for_later_has_not_happened_yet() -> None:
    row = b.determination(
        decided_on=date(2025, 3, 3), review_requested_on=date(2025, 4, 3), review_changed_finding=False
    )
    found = b.records(determinations=[row])
    assert ombudsman_picture(found, DAY).challenges.asked.k == 0
    later = ombudsman_picture(found, date(2025, 6, 30)).challenges
    assert (later.asked.k, later.refused, later.accepted.k) == (1, 1, 0)
    assert "left as they were" in challenge_words(later)


def test_that_no_review_is_recorded_is_not_the_same_as_none() -> None:
    quiet = ombudsman_picture(b.records(determinations=[b.determination(decided_on=DAY)]), DAY).challenges
    assert challenge_words(quiet).endswith("none was made, or nobody wrote it down.")


def test_apology_at_stage_1_but_not_at_stage_2() -> None:
    """Seed 004, the case of a loss of heating."""
    both = {
        "stage_1_apology_on": date(2025, 1, 6),
        "stage_2_requested_on": date(2025, 1, 20),
        "stage_2_responded_on": date(2025, 2, 17),
        "stage_2_outcome": "upheld",
    }
    found = b.records(complaints=[b.upheld_complaint(responded_on=date(2025, 1, 6), **both)])
    only = apologies_picture(found, DAY).only_at_1
    assert only is not None
    assert (only.k, only.n) == (1, 1)


def test_apologies_by_criterion_leave_out_what_was_not_read() -> None:
    rows = [
        b.apology(complaint_ref="C1", made_on=DAY, stage="stage 1", timely=True, personal=False),
        b.apology(complaint_ref="C1", made_on=DAY, stage="stage 2", timely=True),
        b.apology(complaint_ref="C1", made_on=DAY),
    ]
    complaints = [b.complaint(complaint_ref="C1", received_on=date(2025, 1, 6))]
    picture = apologies_picture(b.records(apologies=rows, complaints=complaints), DAY)
    personal = picture.year.criteria[1]
    assert (picture.year.made, picture.year.good.n, picture.year.unread) == (3, 2, 1)
    assert (personal.met.k, personal.met.n, personal.blank) == (0, 1, 1)
    assert [group.name for group in picture.by["stage"]] == ["not recorded", "stage 1", "stage 2"]


def test_figures_and_cases_are_the_same_expressions() -> None:
    found = with_repair(raised_as="W9")
    picture = commitments_picture(found, DAY)
    assert picture.year.due == cases_behind(found, "commitments_honoured", DAY).height
    kept = cases_behind(found, "commitments_honoured", DAY, which="numerator").height
    assert picture.year.on_time == kept == 0
    book = commitment_book(found, DAY)
    assert book.picture(Only(owner="Officer 1")) == picture
    assert book.picture(Only(owner="Nobody")).year.due == len(book.listed("due", Only(owner="Nobody"))) == 0
