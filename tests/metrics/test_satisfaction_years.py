"""Changes between years, own measures beside published ones, and what each table holds."""

from datetime import date

from metrics.filled import OTHERWISE, evidences, tables_filled
from metrics.published.satisfaction_years import own_headline, satisfaction, satisfaction_headline
from metrics.records import TABLES
from tests.builders import complaint, records, row, tsm

AS_AT = date(2025, 6, 30)


def test_a_change_is_called_only_where_intervals_part() -> None:
    found = satisfaction(
        records(
            landlords=[row("landlords")],
            tsm=[
                tsm(measure="TP01", value=60.0, year="2023-24", base=1000),
                tsm(measure="TP01", value=70.0, year="2024-25", base=1000),
                tsm(measure="TP02", value=60.0, year="2023-24", base=100),
                tsm(measure="TP02", value=65.0, year="2024-25", base=100),
                tsm(measure="TP09", value=40.0, year="2023-24", base=None),
                tsm(measure="TP09", value=20.0, year="2024-25", base=500),
                tsm(measure="TP06", value=40.0, year="2024-25", base=500),
            ],
        ),
        AS_AT,
    )
    verdicts = {each.measure: found.change(each) for each in found.of("2024-25", "LCRA")}
    assert verdicts["TP06"] is None
    assert {key: change.verdict for key, change in verdicts.items() if change} == {
        "TP01": "rose",
        "TP02": "not told apart",
        "TP09": "no interval",
    }


def test_years_that_have_not_ended_are_not_known() -> None:
    held = records(tsm=[tsm(measure="TP01", value=60.0, year=year) for year in ("2023-24", "2024-25")])
    assert satisfaction(held, date(2025, 3, 30)).years == ("2023-24",)
    assert satisfaction(held, date(2025, 3, 31)).years == ("2024-25", "2023-24")


def test_own_measures_are_laid_beside_the_published_and_differences_explained() -> None:
    held = records(
        landlords=[row("landlords", homes_lcra=1000, homes_lcho=None)],
        complaints=[
            complaint(received_on=date(2024, 6, 3), stage_1_responded_on=date(2024, 6, 10)),
            complaint(received_on=date(2024, 6, 3), status="refused"),
        ],
        tsm=[tsm(measure="CH02(1)", value=100.0, year="2024-25"), tsm(measure="CH01(1)", value=2.0, year="2024-25")],
    )
    found = satisfaction(held, AS_AT)
    own = {each.measure: each for each in found.own_of("2024-25")}
    assert (own["CH01(1)"].value, own["CH01(1)"].published) == (2.0, 2.0)
    assert (own["CH02(1)"].value, own["CH02(1)"].published) == (50.0, 100.0)
    assert "50 points kinder than" in own_headline(found.own_of("2024-25"))
    reasons = " ".join(found.explained["2024-25"])
    assert "The records begin on 3 June 2024" in reasons
    assert "1 of the stages begun" in reasons


def test_without_complaints_nothing_is_laid_beside() -> None:
    found = satisfaction(records(tsm=[tsm(measure="CH02(1)", value=100.0)]), AS_AT)
    assert (found.own, found.explained) == ((), {})
    assert own_headline(found.own) == "Nothing is published to lay the records beside."


def test_the_heading_says_how_many_answers_stand_apart() -> None:
    held = records(
        landlords=[row("landlords")],
        tsm=[
            tsm(measure=measure, value=value, year="2024-25", base=3000)
            for measure, value in (("TP01", 20.0), ("TP02", 99.0), ("TP03", 70.0))
        ],
    )
    found = satisfaction(held, AS_AT).of("2024-25", "LCRA")
    assert satisfaction_headline(found) == "Of 3 answers, 1 lies above and 1 lies below the middle half of landlords"
    assert satisfaction_headline(found[:1]) == "The one answer lies below the middle half of landlords"
    assert satisfaction_headline(()) == "What tenants said"


def test_tables_say_what_they_hold() -> None:
    held = records(
        complaints=[
            complaint(received_on=date(2024, 5, 1), team="North"),
            complaint(received_on=date(2024, 6, 1), team=None),
        ]
    )
    found = {each.name: each for each in tables_filled(held)}
    complaints = found["complaints"]
    assert (complaints.rows, complaints.first, complaints.last) == (2, date(2024, 5, 1), date(2024, 6, 1))
    assert {column.name: column.share for column in complaints.columns}["team"] == 0.5
    assert "contractor" in {column.name for column in complaints.sparse}
    assert (found["contacts"].rows, found["contacts"].share, found["contacts"].first) == (0, None, None)


def test_every_table_says_what_it_would_tell() -> None:
    silent = [table.name for table in TABLES if not evidences(table.name) and table.name not in OTHERWISE]
    assert silent == []
    gates = [each.gate is not None for each in evidences("complaints")]
    assert gates == sorted(gates, reverse=True)
