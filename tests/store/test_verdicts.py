"""Reviewers' verdicts and accepted deviations: kept at once, read back, and felt by the figures."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from metrics.assessment import read_indicators
from metrics.ghosts import episodes
from metrics.ghosts.precision import live_precision
from store.database import Store
from store.deviations import Deviation, accept_deviation, accepted_deviations
from store.newest import newest_decisions
from store.snapshot import read_records, version
from store.verdicts import Verdict, record_verdict, verdicts
from tests.builders import row
from tests.store.loads import load_rows

AS_AT = date(2024, 9, 30)
OURS = Verdict(
    landlord_code="L1",
    complaint_ref="C1",
    household_ref="H1",
    window="before",
    first_signal_on=date(2024, 5, 1),
    detectors=("label", "phrase"),
    grade="A",
    verdict="not a ghost",
    reason="A first report of a leak, labelled by mistake.",
    reviewer="R. Reader, complaints team",
    decided_on=date(2024, 10, 2),
)
ACCEPTED = Deviation(
    landlord_code="L1",
    deviation="extra stage",
    owner="Director of housing",
    reason="A pilot agreed with residents.",
    accepted_on=date(2024, 1, 1),
    expires_on=date(2024, 7, 1),
)


def test_the_last_verdict_on_an_episode_counts_even_of_one_day(store: Store) -> None:
    assert newest_decisions(store, "L1") == (0,) * 6
    other = replace(OURS, window="after")
    for each in (OURS, other, replace(OURS, verdict="ghost", household_ref="H2"), replace(OURS, landlord_code="L2")):
        record_verdict(store, each)
    found = verdicts(store, "L1")
    assert found["verdict"].to_list() == ["not a ghost", "ghost"]
    assert found["window"].to_list() == ["after", "before"]
    assert found["detectors"].to_list() == [["label", "phrase"]] * 2
    assert newest_decisions(store, "L1")[0] > 0
    assert verdicts(store, "nobody").is_empty()


def test_of_episodes_without_a_complaint_the_household_tells_them_apart(store: Store) -> None:
    never = replace(OURS, complaint_ref=None, window="never")
    for each in (never, replace(never, household_ref="H2"), replace(never, complaint_ref="H1", window="before")):
        record_verdict(store, each)
    assert verdicts(store, "L1").height == 3


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"verdict": "perhaps"}, "verdict: found 'perhaps'; wanted one of ghost, not a ghost"),
        ({"window": "later"}, "window: found 'later'"),
        ({"grade": "D"}, "grade: found 'D'"),
        ({"detectors": ("label", "dowsing")}, "detectors: found dowsing"),
        ({"reason": "  "}, "reason: found nothing"),
        ({"reviewer": ""}, "reviewer: found nothing"),
    ],
)
def test_a_verdict_without_what_it_needs_is_refused(change: dict[str, object], wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        replace(OURS, **change)  # type: ignore[arg-type]


def with_a_ghost_each(store: Store, complaints: int) -> None:
    numbers = range(1, complaints + 1)
    load_rows(
        store,
        landlords=[row("landlords")],
        complaints=[
            row("complaints", complaint_ref=f"C{i}", household_ref=f"H{i}", received_on=date(2024, 6, 3))
            for i in numbers
        ],
        contacts=[
            row(
                "contacts",
                contact_ref=f"K{i}",
                household_ref=f"H{i}",
                complaint_ref=None,
                occurred_at=datetime(2024, 5, 1, 10),
                label="informal complaint",
            )
            for i in numbers
        ],
    )


def test_a_verdict_changes_the_counts_and_the_indicator_at_once(store: Store) -> None:
    with_a_ghost_each(store, 30)
    records, loaded = read_records(store, "L1"), version(store)
    assert episodes(records, AS_AT).height == 30
    before = read_indicators(records, AS_AT)["complaints_without_ghost"]
    record_verdict(store, OURS)
    records = read_records(store, "L1")
    after = read_indicators(records, AS_AT)["complaints_without_ghost"]
    assert episodes(records, AS_AT).height == 29
    assert (before.numerator, after.numerator) == (0, 1)
    assert version(store) == loaded, "what loads alone decide is not worked out again"


def test_live_precision_counts_the_last_verdicts_of_each_detector(store: Store) -> None:
    for i in range(6):
        record_verdict(store, replace(OURS, complaint_ref=f"C{i}", verdict="ghost" if i else "not a ghost"))
    record_verdict(store, replace(OURS, complaint_ref="C9", detectors=("reset",)))
    found = {each.detector: each for each in live_precision(verdicts(store, "L1"))}
    assert (found["label"].reviewed, found["label"].upheld) == (6, 5)
    assert found["phrase"].share == pytest.approx(5 / 6)
    assert found["reset"].reviewed == 1 and found["reset"].share is None
    assert found["payment"].reviewed == 0 and found["payment"].share is None


def test_the_register_of_accepted_deviations(store: Store) -> None:
    later = replace(ACCEPTED, expires_on=date(2025, 7, 1))
    for each in (ACCEPTED, later, replace(ACCEPTED, landlord_code="L2")):
        accept_deviation(store, each)
    assert accepted_deviations(store, "L1") == [ACCEPTED, later]
    assert ACCEPTED.stands_on(date(2024, 6, 30)) and not ACCEPTED.stands_on(date(2024, 7, 1))
    assert accepted_deviations(store, "nobody") == []


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"deviation": ""}, "deviation: found nothing"),
        ({"owner": " "}, "owner: found nothing"),
        ({"reason": ""}, "reason: found nothing"),
        ({"expires_on": date(2023, 12, 31)}, "expires_on: found 2023-12-31"),
    ],
)
def test_a_deviation_without_owner_reason_or_end_is_refused(change: dict[str, object], wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        replace(ACCEPTED, **change)  # type: ignore[arg-type]
