"""Planted truth: every detector in every window is found, and the decoys are left alone."""

from collections import Counter

import pytest

from metrics.ghosts import episodes, signals
from metrics.ghosts.words import DETECTORS, FAMILY
from tests.metrics.ghosts.planted import AS_AT, planted
from tests.recount.ghosts import grade

SEEDS = range(8)


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_what_was_planted_is_found(seed: int) -> None:
    landlord = planted(seed)
    found = signals(landlord.records(), AS_AT)
    rows = set(found.select("household_ref", "complaint_ref", "window", "detector").rows())
    assert Counter((window, detector) for _, _, window, detector in landlord.truth - rows) == Counter(), "missed"
    assert Counter((window, detector) for _, _, window, detector in rows - landlord.truth) == Counter(), "too many"


def test_every_detector_is_planted_in_every_window_it_can_have() -> None:
    planted_in = {(detector, window) for _, _, window, detector in planted(0).truth}
    everywhere = {"label", "phrase", "repeat_contacts", "payment", "third_party"}
    assert {detector for detector, _ in planted_in} == set(DETECTORS)
    assert planted_in >= {(each, window) for each in everywhere for window in ("before", "between", "after", "never")}
    assert planted_in >= {("status_label", "before"), ("status_label", "after"), ("reset", "between")}


def test_planted_episodes_carry_their_grade_and_families() -> None:
    landlord = planted(1)
    told: dict[tuple[str, str | None, str], set[str]] = {}
    for household, ref, window, detector in landlord.truth:
        told.setdefault((household, ref, window), set()).add(detector)
    found = episodes(landlord.records(), AS_AT).to_dicts()
    assert {(row["household_ref"], row["complaint_ref"], row["window"]): set(row["detectors"]) for row in found} == told
    for row in found:
        assert row["grade"] == grade(set(row["detectors"]))
        assert set(row["families"]) == {FAMILY[detector] for detector in row["detectors"]}
