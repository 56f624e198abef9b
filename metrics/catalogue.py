"""The table of contents: every indicator, in reading order. An indicator exists because it is named here."""

from metrics.indicator import Indicator
from metrics.indicators.cultural import CULTURAL
from metrics.indicators.descriptive import DESCRIPTIVE
from metrics.indicators.operational import OPERATIONAL
from metrics.indicators.strategic import STRATEGIC
from metrics.indicators.transactional import TRANSACTIONAL

GATES: tuple[Indicator, ...] = (*TRANSACTIONAL, *OPERATIONAL, *STRATEGIC, *CULTURAL)
INDICATORS: tuple[Indicator, ...] = (*GATES, *DESCRIPTIVE)

_BY_KEY = {each.key: each for each in INDICATORS}
if len(_BY_KEY) != len(INDICATORS):
    raise ValueError("two indicators share a key")


def indicator(key: str) -> Indicator:
    """The indicator of that key. Raises KeyError naming the keys there are."""
    if key not in _BY_KEY:
        raise KeyError(f"no indicator {key!r}; there are: {', '.join(_BY_KEY)}")
    return _BY_KEY[key]
