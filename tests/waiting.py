"""Takes the gates whose engines are not built yet as met, so that tests can reach the levels above them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from metrics.indicator import Indicator
from metrics.read import Evidence
from metrics.reading import Reading

_read = Evidence.read


def _met(
    self: Evidence, indicator: Indicator, as_at: date, held: Mapping[str, int], area: str | None = None
) -> Reading:
    reading = _read(self, indicator, as_at, held, area)
    return replace(reading, state="met", reason="") if indicator.waits_for else reading


@contextmanager
def taken_as_met() -> Iterator[None]:
    """Within this, an indicator that waits for its engine reads met."""
    with patch.object(Evidence, "read", _met):
        yield
