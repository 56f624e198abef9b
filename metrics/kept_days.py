"""Figures of past quarter ends as they were worked out before the records behind them were removed.

Where a landlord removes old records, a day whose windows reach back to them cannot be worked out again. The quarter
ends of that time were kept before: readings, caps and coverage, each with the threshold it was judged by then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

REACH_MONTHS = 48
"""How far back a figure may look: the longest window is 36 months, and the test of an action looks a year beyond."""
WHOLE = ""


@dataclass(frozen=True, kw_only=True)
class KeptDay:
    """One quarter end as it was: readings and caps by service area (`WHOLE` for the landlord), rows held by table, the
    newest record's date, complaints received by service area, and the method version."""

    as_at: date
    readings: Mapping[str, Mapping[str, Mapping[str, Any]]]
    caps: Mapping[str, Sequence[Mapping[str, Any]]]
    held: Mapping[str, int]
    newest: date | None
    received: Mapping[str, int]
    method_version: str

    def reading(self, key: str, area: str | None) -> Mapping[str, Any] | None:
        """The fields of an indicator's reading as it was; None where it was not worked out then."""
        return self.readings.get(area or WHOLE, {}).get(key)

    def caps_of(self, area: str | None) -> Sequence[Mapping[str, Any]]:
        """The fields of the caps that bound then."""
        return self.caps.get(area or WHOLE, ())

    def as_json(self) -> str:
        """The day as a store keeps it."""
        return json.dumps(asdict(self), default=date.isoformat)


def kept_day(text: str) -> KeptDay:
    """A day from the text `KeptDay.as_json` gave."""
    told = json.loads(text)
    newest = told["newest"]
    return KeptDay(
        **told | {"as_at": date.fromisoformat(told["as_at"]), "newest": newest and date.fromisoformat(newest)}
    )


@dataclass(frozen=True, kw_only=True)
class KeptDays:
    """What a landlord removed (`removed_before`: records whose time was over by then) and the days kept for it."""

    removed_before: date | None = None
    days: Mapping[date, KeptDay] = field(default_factory=dict)

    @property
    def recomputed_from(self) -> date | None:
        """The first day whose windows reach no removed record; None where nothing was removed."""
        return None if self.removed_before is None else self.removed_before + relativedelta(months=REACH_MONTHS)

    def is_beyond(self, day: date) -> bool:
        """Whether a day can no longer be worked out from the records."""
        return self.recomputed_from is not None and day < self.recomputed_from
