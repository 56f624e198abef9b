"""What the server writes down while it runs: a line of JSON for each thing, on standard error, without personal data.

An exception's own words may quote a cell, an address or a reference. So of an exception only its kind and the places in
the code are written, whoever logs it; the program's own messages name no one.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

import streamlit.logger
import uvicorn.config
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

FIELDS = ("asctime", "levelname", "name", "message")
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(JsonFormatter):
    """A record as JSON: time in UTC, level, who wrote, message; of an exception its kinds and where."""

    def __init__(self) -> None:
        super().__init__(
            " ".join(f"%({field})s" for field in FIELDS),
            rename_fields={"asctime": "time", "levelname": "level", "name": "by"},
            datefmt="%Y-%m-%dT%H:%M:%S",
            json_ensure_ascii=False,
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        )

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the standard library's name
        """The kinds of an exception and of what it came from, each with the last places in the code."""
        raised: _Raised = ei
        told: list[str] = []
        error = raised[1]
        while error is not None and len(told) < _DEEPEST:
            frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
            places = ", ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
            told.append(f"{type(error).__module__}.{type(error).__qualname__} at {places}")
            error = error.__cause__ or error.__context__
        return " from ".join(told)


_DEEPEST, _PLACES = 5, 6


def set_up(level: str) -> None:
    """Let everything that is logged in this process come out so, Streamlit's own and the server's too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Formatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Streamlit gives each of its loggers a handler of its own, and the server its own: they write as the others do.
    uvicorn.config.LOGGING_CONFIG.update(handlers={}, loggers={})
    streamlit.logger.setup_formatter = _to_root
    streamlit.logger.update_formatter()


def _to_root(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = True
