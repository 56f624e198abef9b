"""The server's log is JSON, and an exception's words, which may quote a resident, never reach it."""

import io
import json
import logging

import pytest

from ui.log import Formatter

PLANTED = "Mrs Agnes Planted, 12 Rose Lane, 07700 900123"


@pytest.fixture
def written() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(written: io.StringIO) -> logging.Logger:
    made = logging.Logger("store.loading")
    handler = logging.StreamHandler(written)
    handler.setFormatter(Formatter())
    made.addHandler(handler)
    return made


def test_an_exception_is_told_by_kind_and_place_only(logger: logging.Logger, written: io.StringIO) -> None:
    try:
        try:
            int(PLANTED)
        except ValueError as fault:
            raise KeyError(PLANTED) from fault
    except KeyError:
        logger.exception("a page could not be drawn")
    assert "Planted" not in written.getvalue() and "07700" not in written.getvalue()
    told = json.loads(written.getvalue())
    assert told["level"] == "ERROR" and told["by"] == "store.loading" and told["message"] == "a page could not be drawn"
    assert told["time"].startswith("20")
    assert "builtins.KeyError at" in told["exc_info"] and "from builtins.ValueError at" in told["exc_info"]
    assert "test_log.py:" in told["exc_info"]


def test_a_line_stays_a_line_whatever_is_said(logger: logging.Logger, written: io.StringIO) -> None:
    logger.warning("two\nlines and a %s", '"quote"')
    assert len(written.getvalue().splitlines()) == 1
    assert json.loads(written.getvalue())["message"] == 'two\nlines and a "quote"'
