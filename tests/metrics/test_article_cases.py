"""Four cases of the Ombudsman's report on severe maladministration (February 2026), rebuilt as fictional records.

Each raises the signals a reader would expect; docs/article-cases.md says which and why. Names and dates are invented.
"""

from datetime import date, datetime, timedelta
from typing import Any

from metrics.apologies.picture import apologies_picture
from metrics.commitments.standing import standings
from metrics.counting.cases import Which, cases_behind
from metrics.effects import themes
from metrics.ghosts import episodes
from metrics.learning.picture import learning_picture
from metrics.records import Records
from metrics.systemic.own import late_stages
from tests import builders as b
from tests.recount.known import Row

AS_AT = date(2025, 3, 31)


def _attention(records: Records, key: str, *, which: Which = "attention") -> list[str]:
    """The complaints a figure asks to look at."""
    return cases_behind(records, key, AS_AT, which=which)["complaint_ref"].to_list()


def _call(day: date, **values: Any) -> Row:
    plain = {"household_ref": "H1", "category": "asb", "direction": "inbound", "channel": "phone"}
    return b.contact(occurred_at=datetime(day.year, day.month, day.day, 10), **(plain | values))


# 1. "… delayed responding to a stage 2 complaint for nearly 2 years. The resident often had to chase."


def _nearly_two_years() -> Records:
    asked, answered = date(2023, 3, 6), date(2025, 2, 17)
    complaint = b.complaint(
        complaint_ref="C1", category="asb", received_on=date(2023, 2, 1),
        stage_1_acknowledged_on=date(2023, 2, 3), stage_1_responded_on=date(2023, 2, 15), stage_1_outcome="not upheld",
        stage_1_handler="Officer 1", stage_2_requested_on=asked, stage_2_acknowledged_on=date(2023, 6, 5),
        stage_2_responded_on=answered, stage_2_outcome="upheld", stage_2_handler="Manager 4",
    )  # fmt: skip
    chasers = [_call(asked + timedelta(days=40 * n), note="Still waiting for an answer.") for n in range(1, 17)]
    finding = b.determination(
        complaint_ref="C1", decided_on=date(2025, 3, 20), category="asb", finding="severe maladministration"
    )
    return b.records(complaints=[complaint], contacts=chasers, determinations=[finding])


def test_a_stage_2_answered_after_nearly_two_years() -> None:
    records = _nearly_two_years()
    late = late_stages(records, AS_AT, date(2023, 1, 1))
    assert late["cause"].to_list() == ["stage 2 acknowledged late", "stage 2 answered late"]
    assert late["on"].to_list()[1] < date(2023, 5, 1), "due within weeks of the request"
    in_2023 = cases_behind(records, "stage_2_on_time", date(2023, 6, 30), which="attention")
    assert in_2023["complaint_ref"].to_list() == ["C1"], "it counts in the year in which the answer fell due"
    assert _attention(records, "apology_given") == ["C1"]
    assert cases_behind(records, "learned_first", AS_AT, which="attention").height == 1
    (found,) = episodes(records, date(2023, 6, 30)).to_dicts()
    assert (found["window"], found["detectors"]) == ("between", ["stage_2_lag"])


def test_chasing_within_an_open_stage_2_is_no_hidden_stage_of_its_own() -> None:
    """Sixteen calls while stage 2 is open are chasers of the formal process: the clock tells of the delay."""
    detectors = {name for row in episodes(_nearly_two_years(), AS_AT).to_dicts() for name in row["detectors"]}
    assert "phrase" not in detectors
    assert "repeat_contacts" not in detectors


# 2. "The landlord apologised at stage 1, but it did not at stage 2."


def _apology_at_stage_1_alone() -> Records:
    complaint = b.complaint(
        complaint_ref="C1", category="heating", received_on=date(2024, 10, 1),
        stage_1_acknowledged_on=date(2024, 10, 3), stage_1_responded_on=date(2024, 10, 15), stage_1_outcome="upheld",
        stage_1_apology_on=date(2024, 10, 15), stage_1_handler="Officer 1",
        stage_2_requested_on=date(2024, 11, 4), stage_2_acknowledged_on=date(2024, 11, 6),
        stage_2_responded_on=date(2024, 12, 2), stage_2_outcome="upheld", stage_2_compensation=400.0,
        stage_2_handler="Manager 4",
    )  # fmt: skip
    return b.records(
        complaints=[complaint],
        apologies=[b.apology(complaint_ref="C1", made_on=date(2024, 10, 15), stage="stage 1", timely=True)],
    )


def test_an_apology_at_stage_1_and_none_at_stage_2() -> None:
    records = _apology_at_stage_1_alone()
    assert _attention(records, "apology_given", which="numerator") == ["C1"], "the gate asks the first stage"
    missing = apologies_picture(records, AS_AT).only_at_1
    assert (missing.k, missing.n) == (1, 1), "the gap at stage 2 is told beside the gate"


# 3. "It visited the home nearly 20 times and took 102 weeks to resolve the repair."


def _twenty_visits() -> Records:
    promised = date(2023, 2, 13)
    due, done = date(2023, 3, 13), promised + timedelta(weeks=102)
    complaint = b.complaint(
        complaint_ref="C1", category="repairs", received_on=date(2023, 2, 1),
        stage_1_acknowledged_on=date(2023, 2, 2), stage_1_responded_on=promised, stage_1_outcome="upheld",
        stage_1_apology_on=promised, stage_1_handler="Officer 1",
    )  # fmt: skip
    again = b.complaint(
        complaint_ref="C2", category="repairs", received_on=date(2023, 4, 24), stage_1_acknowledged_on=date(2023, 4, 25)
    )
    promise = b.commitment(
        complaint_ref="C1", promised_on=promised, due_on=due, completed_on=done, work_order_ref="W20",
        description="Mend the front steps so that the resident can leave her home",
    )  # fmt: skip
    visits = [
        b.work_order(
            work_order_ref=f"W{n}",
            raised_on=promised + timedelta(days=35 * (n - 1)),
            completed_on=promised + timedelta(days=35 * (n - 1) + 3),
        )
        for n in range(1, 21)
    ]
    calls = [
        _call(promised + timedelta(days=30 + 7 * n), category="repairs", note="No one came again. I am fed up.")
        for n in range(4)
    ]
    blame = b.apology(
        complaint_ref="C1", made_on=promised, stage="stage 1", timely=True, personal=False, empathetic=False,
        takes_responsibility=False, shares_learning=False, offers_remedy=True,
        text="Our contractor let us down. We apologise if any inconvenience was caused.",
    )  # fmt: skip
    return b.records(
        complaints=[complaint, again], commitments=[promise], work_orders=visits, contacts=calls, apologies=[blame]
    )


def test_twenty_visits_and_one_hundred_and_two_weeks() -> None:
    records = _twenty_visits()
    after_a_year = date(2024, 2, 29)
    overdue = standings(records, after_a_year).row(0, named=True)
    assert overdue["standing"] == "overdue"
    assert _attention(records, "commitments_honoured") == [], "it fell due in 2023 and counts there"
    late = cases_behind(records, "commitments_honoured", after_a_year, which="attention")
    assert late["complaint_ref"].to_list() == ["C1"]
    assert standings(records, AS_AT).row(0, named=True)["standing"] == "late", "102 weeks are late, not never"
    came_back = cases_behind(records, "not_repeated", date(2023, 12, 31), which="attention")
    assert came_back["complaint_ref"].to_list() == ["C1"], "she complained again within the half year"
    hidden = episodes(records, date(2023, 6, 30)).to_dicts()
    assert ("between", "A") not in {(row["window"], row["grade"]) for row in hidden}
    assert {"phrase", "repeat_contacts", "reset"} & {name for row in hidden for name in row["detectors"]}
    weak = cases_behind(records, "apology_quality", date(2023, 12, 31), which="attention")
    assert weak.height == 1, "shifting the blame is no apology"


# 4. "The landlord did multiple surveys but often did little or no repair works following them."


def _surveys_without_works() -> Records:
    """Eight surveys in two years, each kept to its day, none followed by works; training each time; damp goes on."""
    complaints, promises, actions = [], [], []
    for n in range(8):
        answered = date(2023, 5, 10) + timedelta(days=91 * n)
        complaints.append(
            b.upheld_complaint(
                complaint_ref=f"C{n}", responded_on=answered, category="damp", household_ref="H1" if n < 3 else f"H{n}",
                stage_1_apology_on=answered,
            )
        )  # fmt: skip
        promises.append(
            b.commitment(
                complaint_ref=f"C{n}", kind="inspection", promised_on=answered, due_on=answered + timedelta(days=21),
                completed_on=answered + timedelta(days=14), description="Survey the home for damp",
            )
        )  # fmt: skip
        complaints += [
            b.upheld_complaint(
                complaint_ref=f"C{n}{m}", responded_on=answered + timedelta(days=20 + m), category="damp",
                household_ref=f"H{n}{m}",
            )
            for m in range(4)
        ]  # fmt: skip
    for n, opened in enumerate((date(2023, 10, 2), date(2024, 4, 1))):
        actions.append(
            b.action(
                action_ref=f"A{n}", theme="damp", kind="training", strength="weak", opened_on=opened,
                done_on=opened + timedelta(days=30), title="Refresher on damp surveys",
            )
        )  # fmt: skip
    silent = b.apology(
        complaint_ref="C7", made_on=date(2025, 2, 5), timely=True, personal=True, empathetic=True,
        takes_responsibility=False, shares_learning=False, offers_remedy=False,
    )  # fmt: skip
    return b.records(complaints=complaints, commitments=promises, learning_actions=actions, apologies=[silent])


def test_surveys_without_works() -> None:
    records = _surveys_without_works()
    kept = cases_behind(records, "commitments_honoured", AS_AT, which="attention")
    assert kept.is_empty(), "every survey was kept to: promises kept cannot show that nothing was mended"
    (damp,) = themes(records, AS_AT).to_dicts()
    assert (damp["theme"], damp["verdict"], damp["latest_verdict"]) == ("damp", "looping", "no change seen")
    found = learning_picture(records, AS_AT)
    assert found.ladder.counts["done"] == 2
    assert found.ladder.counts["fell"] == 0
    assert {each.strength: each.actions for each in found.strengths} == {"weak": 2, "intermediate": 0, "strong": 0}
    assert cases_behind(records, "loops_owned", AS_AT, which="attention")["service_area"].to_list() == ["damp"]
    weak = cases_behind(records, "apology_quality", AS_AT, which="attention")
    assert weak.height == 1, "no remedy is named, so the resident does not know what comes next"
    came_back = cases_behind(records, "not_repeated", date(2024, 3, 31), which="attention")
    assert "C0" in came_back["complaint_ref"].to_list()
