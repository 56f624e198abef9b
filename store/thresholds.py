"""A landlord's own thresholds: changed by the administrator alone, each an entry of its settings with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from metrics.catalogue import GATES, indicator
from metrics.own_thresholds import may_change
from store.database import Store, reading
from store.people import SettingKept, enter_setting
from store.tables import metadata

PREFIX = "threshold: "
METHOD = "method"


@dataclass(frozen=True, kw_only=True)
class InForce:
    """Indicator key to the landlord's own line, and the number of the last change of any of them."""

    version: int = 0
    values: Mapping[str, float] = field(default_factory=dict)


def changeable() -> tuple[str, ...]:
    """The keys of indicators whose threshold a landlord may set: judged by this method's judgement, by no rule."""
    return tuple(each.key for each in GATES if may_change(each))


def thresholds(store: Store, landlord_code: str) -> Mapping[str, SettingKept]:
    """The last entry on each threshold ever changed, by indicator key. Raises RefusedError for all but the
    administrator."""
    store.reader.require("people and settings")
    return _last(store, landlord_code)


def thresholds_in_force(store: Store, landlord_code: str) -> InForce:
    """The landlord's own lines as they stand, for working figures out."""
    last = _last(store, landlord_code)
    values = {key: float(each.value) for key, each in last.items() if each.value != METHOD}
    return InForce(version=max((each.version for each in last.values()), default=0), values=values)


def change_threshold(store: Store, landlord_code: str, key: str, value: float | None, *, reason: str) -> None:
    """Set a landlord's own line from now on; None: the method's again. Papers that were kept stay as they are. Raises
    RefusedError for all but the administrator, ValueError for an indicator judged by a rule, a share that is none, and
    without a reason."""
    store.reader.require("people and settings")
    if key not in changeable():
        raise ValueError(f"threshold: found {key!r}; wanted one of {', '.join(changeable())}: the others follow a rule")
    if value is not None and not 0 < value < 1:
        raise ValueError(f"{key}: found {value}; wanted a share between 0 and 1, such as 0.9")
    said = METHOD if value is None else repr(value)
    called = PREFIX + indicator(key).title
    enter_setting(store, landlord_code, PREFIX + key, said, reason=reason, called=called)


def _last(store: Store, landlord_code: str) -> dict[str, SettingKept]:
    table = metadata.tables["landlord_settings"]
    asked = select(table).where(table.c.landlord_code == landlord_code, table.c.setting.startswith(PREFIX))
    found: dict[str, SettingKept] = {}
    with reading(store) as connection:
        for row in connection.execute(asked.order_by(table.c.entry)).mappings():
            values = dict(row)
            found[values["setting"].removeprefix(PREFIX)] = SettingKept(version=values.pop("entry"), **values)
    return found
