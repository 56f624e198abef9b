"""Takes the gates that count themes as met: random landlords hardly ever have actions whose effect shows, so no test
would reach the levels above."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from metrics.counting.read import Evidence
from metrics.indicator import THEMES, Indicator
from metrics.reading import Reading

_read = Evidence.read


def _met(
    self: Evidence, indicator: Indicator, as_at: date, held: Mapping[str, int], area: str | None = None
) -> Reading:
    reading = _read(self, indicator, as_at, held, area)
    by_themes = indicator.population == THEMES
    return replace(reading, state="met", reason="", probability=None) if by_themes else reading


@contextmanager
def taken_as_met() -> Iterator[None]:
    """Within this, an indicator that counts themes reads met, as a fact."""
    with patch.object(Evidence, "read", _met):
        yield
