"""What indicators count: frames derived once from the records, each row one case, stage, commitment, action or finding.

Every population has `service_area` (the complaint category it belongs to; null where it belongs to none) beside the
columns its module names; `known_by_day`, which coverage reads, belongs to no area. Nothing
here depends on the day a figure speaks for: what changes with that day is a date column the indicator compares with it,
so that any past quarter can be worked out from the same frame.
"""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import polars as pl

from metrics.populations.apologies import apologies
from metrics.populations.commitments import commitments
from metrics.populations.complaints import complaints
from metrics.populations.governance import governance, governance_quarters
from metrics.populations.known_by_day import known_by_day
from metrics.populations.learning import actions
from metrics.populations.ombudsman import findings
from metrics.populations.stages import stages
from metrics.records import Records

POPULATIONS: Mapping[str, Callable[[Records], pl.LazyFrame]] = {
    "stages": stages,
    "complaints": complaints,
    "commitments": commitments,
    "actions": actions,
    "findings": findings,
    "apologies": apologies,
    "governance": governance,
    "governance_quarters": governance_quarters,
    "known_by_day": known_by_day,
}


def population(records: Records, name: str) -> pl.LazyFrame:
    """The derived frame of that name, as kept or worked out now. Raises KeyError for a name no module declares."""
    return records.derived[name] if name in records.derived else POPULATIONS[name](records)


@cache
def method_print() -> str:
    """A print of everything a kept population depends on beside the records: this room, the records' declaration, the
    calendar. Another print means that it must be worked out again."""
    here = Path(__file__).parent
    declared = [here.parent / name for name in ("records.py", "table.py", "choices.py", "working_days.py")]
    sources = [*sorted(here.glob("*.py")), *declared]
    text = b"".join(source.read_bytes() for source in sources) + version("holidays").encode()
    return sha256(text).hexdigest()[:12]
