"""Limits come out as others have printed them, to the last decimal printed."""

import json
from pathlib import Path

import pytest

from metrics.trends import spc
from tests.metrics.trends.published import COPIED, LINES, Published, decimals_of

FILE = Path(__file__).resolve().parents[4] / "shared" / "data" / "spc" / "published_cases.json"


@pytest.mark.parametrize("case", COPIED, ids=lambda case: case.source)
def test_limits_are_those_printed(case: Published) -> None:
    found = spc(case.values, screened=case.screened)
    assert {name: round(found[name], case.decimals) for name in case.printed} == {
        name: round(number, case.decimals) for name, number in case.printed.items()
    }


@pytest.mark.skipif(not FILE.exists(), reason="the folder ../shared with published limits is not beside this checkout")
def test_limits_are_those_of_the_published_file() -> None:
    cases = json.loads(FILE.read_text("utf-8"))
    assert len(cases) >= 6
    for case in cases:
        found = spc(case["values"], screened=case["screened"])
        for name in (each for each in LINES if each in case):
            assert round(found[name], decimals_of(case, name)) == case[name], f"{case['source']}: {name}"


def test_another_multiple_would_be_noticed() -> None:
    case = COPIED[2]
    assert round(spc(case.values, screened=not case.screened)["high"], case.decimals) != case.printed["high"]
