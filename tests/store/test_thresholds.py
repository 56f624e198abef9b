"""A landlord's own thresholds: versioned, with a reason, by the administrator alone, and named wherever used."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.access import Reader, RefusedError
from metrics.assessment import assess
from metrics.catalogue import indicator
from metrics.own_thresholds import departures, may_change
from metrics.trends.lines import lines
from metrics.words import METHOD_VERSION
from store import audit
from store.database import Store
from store.snapshot import records_to_count
from store.thresholds import change_threshold, changeable, thresholds
from tests.builders import row
from tests.store.loads import load_rows

AS_AT, KEY = date(2024, 9, 30), "learning_recorded"
WHY = "We hold ourselves to more"


@pytest.fixture
def held(store: Store) -> Store:
    """Forty upheld complaints, three quarters of which an action came of."""
    day = date(2024, 2, 1)
    complaints = [
        row(
            "complaints",
            complaint_ref=f"C{n}",
            household_ref=f"H{n}",
            received_on=day,
            stage_1_acknowledged_on=day,
            stage_1_responded_on=day + timedelta(days=5),
            stage_1_outcome="upheld",
        )
        for n in range(40)
    ]
    load_rows(
        store,
        landlords=[row("landlords")],
        complaints=complaints,
        learning_actions=[row("learning_actions", action_ref="A1", opened_on=day + timedelta(days=6))],
        learning_links=[row("learning_links", action_ref="A1", complaint_ref=f"C{n}") for n in range(30)],
    )
    return store


def test_only_this_methods_own_judgement_may_be_changed() -> None:
    assert KEY in changeable()
    declared = indicator(KEY)
    for basis in ("CODE", "TSM"):
        assert not may_change(replace(declared, threshold=replace(declared.threshold, basis=basis)))
    assert not {"orders_complied", "listens", "ch02_stage_1"} & set(changeable())


def test_the_line_holds_everywhere_and_is_named(held: Store) -> None:
    before = assess(records_to_count(held, "L1"), AS_AT)
    assert before.placement.method_version == METHOD_VERSION
    assert departures([each.indicator for each in before.readings.values()]) == []
    was = before.readings[KEY].threshold
    change_threshold(held, "L1", KEY, 0.99, reason=WHY)
    records = records_to_count(held, "L1")
    after = assess(records, AS_AT)
    now = after.readings[KEY]
    assert (now.numerator, now.denominator) == (before.readings[KEY].numerator, before.readings[KEY].denominator)
    assert (now.threshold, now.state, now.indicator.threshold.of_method) == (0.99, "not met", was)
    assert {reading.threshold for reading in after.history[KEY]} <= {0.99}
    assert next(line.indicator for line in lines(records) if line.indicator.key == KEY).threshold.value == 0.99
    assert after.placement.method_version == f"{METHOD_VERSION}, own thresholds {records.thresholds_version}"
    assert len(departures([each.indicator for each in after.readings.values()])) == 1
    others = {key: each.threshold for key, each in after.readings.items() if key != KEY}
    assert others == {key: each.threshold for key, each in before.readings.items() if key != KEY}


def test_each_change_stays_and_the_methods_own_comes_back(held: Store) -> None:
    change_threshold(held, "L1", KEY, 0.99, reason=WHY)
    change_threshold(held, "L1", KEY, None, reason="Too much at once")
    kept = thresholds(held, "L1")[KEY]
    assert (kept.value, kept.reason) == ("method", "Too much at once")
    assert assess(records_to_count(held, "L1"), AS_AT).placement.method_version == METHOD_VERSION
    told = [each.detail for each in audit.entries(held) if each.what == "setting"]
    assert len(told) == 2
    assert WHY in told[1]


def test_what_is_refused(held: Store) -> None:
    for key, value, reason in (("orders_complied", 0.5, WHY), (KEY, 1.0, WHY), (KEY, 0.0, WHY), (KEY, 0.5, " ")):
        with pytest.raises(ValueError, match="wanted"):
            change_threshold(held, "L1", key, value, reason=reason)
    for role in ("complaints team", "governing body", "executive", "MRC"):
        other = held.opened_for(Reader(name="x", roles=frozenset({role})))
        with pytest.raises(RefusedError):
            change_threshold(other, "L1", KEY, 0.5, reason=WHY)
    assert thresholds(held, "L1") == {}
