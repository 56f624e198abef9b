"""`cli.py spc`: any series of numbers in, limits and signals out; anything else in, a sentence and exit code 1."""

import io
import json

import pytest

import cli
from tests.metrics.trends.published import COPIED

GOOD = {"values": [5, 6, 5, 6, 5, 6, 20, 5, 6, 5, 6, 5], "screened": True}


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command on a text; gives the exit code, what it printed and what it said."""

    def run(text: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = cli.main(["spc", "--json"])
        out, said = capsys.readouterr()
        return code, out, said

    return run


def test_the_shape_is_the_interface(ask) -> None:  # type: ignore[no-untyped-def]
    code, out, said = ask(json.dumps(GOOD))
    assert (code, said) == (0, "")
    found = json.loads(out)
    assert list(found) == ["mean", "low", "high", "near_low", "near_high", "points"]
    assert found["points"][6] == {"value": 20.0, "signals": ["outside limits"]}
    assert [point["value"] for point in found["points"]] == GOOD["values"]


@pytest.mark.parametrize("case", COPIED, ids=lambda case: case.source)
def test_published_limits_come_out(ask, case) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = ask(json.dumps({"values": case.values, "screened": case.screened}))
    assert code == 0
    assert all(
        round(json.loads(out)[name], case.decimals) == round(case.printed[name], case.decimals) for name in case.printed
    )


def test_screening_is_on_where_it_is_left_out(ask) -> None:  # type: ignore[no-untyped-def]
    assert ask(json.dumps({"values": GOOD["values"]}))[1] == ask(json.dumps(GOOD))[1]


def test_no_store_is_opened(ask, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert ask(json.dumps(GOOD))[0] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[1, 2, 3]", "found a list; wanted an object"),
        ("7", "found a number; wanted an object"),
        ("{}", "values: found nothing; wanted a list"),
        ('{"values": "1, 2"}', "values: found text; wanted a list"),
        ('{"values": []}', "values: found 0; wanted at least 2"),
        ('{"values": [1]}', "values: found 1; wanted at least 2"),
        ('{"values": [1, "2", 3]}', "values: found text as number 2; wanted a number"),
        ('{"values": [1, null]}', "values: found nothing as number 2; wanted a number"),
        ('{"values": [true, 1]}', "values: found true or false as number 1"),
        ('{"values": [1, NaN]}', "values: found nan as number 2"),
        ('{"values": [1, Infinity]}', "values: found inf as number 2"),
        ('{"values": [1, 1e300]}', "wanted one from -1e15 to 1e15"),
        (f'{{"values": [1, {10**400}]}}', "wanted one from -1e15 to 1e15"),
        ('{"values": [1, 2], "screened": "yes"}', "screened: found text; wanted true or false"),
        ('{"values": [1, 2], "screen": false}', "found screen; wanted only values and screened"),
    ],
)
def test_wrong_input_is_told_and_nothing_printed(ask, text: str, said: str) -> None:  # type: ignore[no-untyped-def]
    code, out, told = ask(text)
    assert (code, out) == (1, "")
    assert said in told
    assert "Traceback" not in told
