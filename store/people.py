"""Who may see what: a small table that an administrator keeps, and each landlord's own settings.

Every entry stays, with its reason; the last one on a subject counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, true

from intake.pseudonyms import WISHES
from metrics.access import ROLES, Reader, Role
from store import audit
from store.database import Store, reading, writing
from store.tables import metadata

EVERY_LANDLORD = "*"
SettingName = Literal["mrc_sees_cases", "masking", "pseudonyms", "retention_years"]
SETTING_NAMES: tuple[SettingName, ...] = get_args(SettingName)
YES, NO = "yes", "no"
# With fewer, a day of this year would reach back behind what was removed (`metrics.kept_days.REACH_MONTHS`).
SHORTEST_RETENTION = 5
OFFERED: Mapping[SettingName, tuple[str, ...]] = {
    "mrc_sees_cases": (NO, YES),
    "masking": (YES, NO),
    "pseudonyms": WISHES,
    "retention_years": ("no rule", *map(str, range(SHORTEST_RETENTION, 16))),
}
"""What each setting may be; the first holds until somebody decides."""


@dataclass(frozen=True, kw_only=True)
class PersonKept:
    """What the table says of somebody who signs in: `landlords` is None for every landlord."""

    subject: str
    roles: frozenset[Role]
    landlords: frozenset[str] | None
    reason: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SettingKept:
    """One setting of a landlord as last changed; `version` is the number of that change."""

    version: int
    landlord_code: str
    setting: str
    value: str
    reason: str
    changed_by: str
    changed_at: datetime


def keep_person(
    store: Store, subject: str, *, roles: frozenset[Role], landlords: frozenset[str] | None, reason: str
) -> None:
    """Enter what somebody may see from now on; no role: nothing any more. `subject` is the email or the provider's own
    name of the person. Raises RefusedError for all but the administrator, ValueError for missing or unknown words."""
    store.reader.require("people and settings")
    if not subject.strip() or not reason.strip():
        raise ValueError("found nothing; wanted the person's email and a reason")
    if unknown := roles - set(ROLES):
        raise ValueError(f"roles: found {', '.join(sorted(unknown))}; wanted some of {', '.join(ROLES)}")
    values = {
        "subject": subject.strip().casefold(),
        "roles": ",".join(sorted(roles)),
        "landlords": EVERY_LANDLORD if landlords is None else ",".join(sorted(landlords)),
        **_signed(store, reason),
    }
    with writing(store) as connection:
        connection.execute(insert(metadata.tables["people"]).values(**values))
        detail = f"{values['subject']}: {values['roles'] or 'no role'} of {values['landlords'] or 'no landlord'}"
        audit.append(connection, store, "person", detail=f"{detail} ({reason.strip()})")


def people(store: Store) -> list[PersonKept]:
    """Everybody in the table, by subject. Raises RefusedError for all but the administrator."""
    store.reader.require("people and settings")
    return sorted(_people(store).values(), key=lambda each: each.subject)


def person(store: Store, subjects: tuple[str, ...]) -> PersonKept | None:
    """What the table says of the first of these subjects that it knows: for signing in, before there is a reader."""
    known = _people(store, tuple(subject.strip().casefold() for subject in subjects))
    return next((known[each.casefold()] for each in subjects if each.casefold() in known), None)


def reader_named(store: Store, subject: str) -> Reader | None:
    """Somebody of the table as a reader, for a paper made in their stead; None where the table knows nobody of that
    name."""
    kept = person(store, (subject,))
    if kept is None:
        return None
    return Reader(
        name=kept.subject,
        roles=kept.roles,
        landlords=kept.landlords,
        mrc_sees_cases=with_setting(store, "mrc_sees_cases"),
    )


def change_setting(
    store: Store,
    landlord_code: str,
    setting: SettingName,
    value: str,
    *,
    reason: str,
    also: Callable[[Connection], object] | None = None,
) -> None:
    """Change a landlord's setting from now on; `also` is done in the same transaction. Raises RefusedError for all but
    the administrator, ValueError for a value that is none and without a reason."""
    store.reader.require("people and settings")
    _judge(setting, value)
    enter_setting(store, landlord_code, setting, value, reason=reason, called=setting, also=also)


def enter_setting(
    store: Store,
    landlord_code: str,
    setting: str,
    value: str,
    *,
    reason: str,
    called: str,
    also: Callable[[Connection], object] | None = None,
) -> None:
    """Put a setting that was judged in, with its reason; the audit tells of it as `called`. Raises ValueError without a
    reason."""
    if not reason.strip():
        raise ValueError("reason: found nothing; wanted the reason of the change")
    values = {"landlord_code": landlord_code, "setting": setting, "value": value, **_signed(store, reason)}
    with writing(store) as connection:
        if also is not None:
            also(connection)
        connection.execute(insert(metadata.tables["landlord_settings"]).values(**values))
        detail = f"{called}: {value} ({reason.strip()})"
        audit.append(connection, store, "setting", landlord_code=landlord_code, detail=detail)


def landlord_settings(store: Store, landlord_code: str) -> Mapping[str, SettingKept]:
    """A landlord's settings as they stand, by name. Raises RefusedError."""
    store.reader.require("people and settings")
    table = metadata.tables["landlord_settings"]
    return _last_settings(store, table.c.landlord_code == landlord_code).get(landlord_code, {})


def settings_of_all(store: Store) -> Mapping[str, Mapping[str, SettingKept]]:
    """Every landlord's settings as they stand, for the store's own use: landlord code, then name."""
    return _last_settings(store, true())


def with_setting(store: Store, setting: SettingName, value: str = YES) -> frozenset[str]:
    """The landlords whose setting has that value."""
    table = metadata.tables["landlord_settings"]
    kept = _last_settings(store, table.c.setting == setting)
    return frozenset(code for code, named in kept.items() if named[setting].value == value)


def _signed(store: Store, reason: str) -> dict[str, object]:
    return {
        "reason": reason.strip(),
        "changed_by": store.reader.name or "at the machine",
        "changed_at": datetime.now(UTC).replace(tzinfo=None),
    }


def _judge(setting: SettingName, value: str) -> None:
    if setting not in SETTING_NAMES:
        raise ValueError(f"setting: found {setting!r}; wanted one of {', '.join(SETTING_NAMES)}")
    if value not in OFFERED[setting]:
        raise ValueError(f"{setting}: found {value!r}; wanted one of {', '.join(OFFERED[setting])}")


def _people(store: Store, subjects: tuple[str, ...] | None = None) -> dict[str, PersonKept]:
    table = metadata.tables["people"]
    asked = select(table).order_by(table.c.entry)
    if subjects is not None:
        asked = asked.where(table.c.subject.in_(subjects))
    with reading(store) as connection:
        return {row["subject"]: _kept(row) for row in connection.execute(asked).mappings()}


def _kept(row: RowMapping) -> PersonKept:
    every = row["landlords"] == EVERY_LANDLORD
    return PersonKept(
        subject=row["subject"],
        roles=frozenset(role for role in ROLES if role in row["roles"].split(",")),
        landlords=None if every else frozenset(filter(None, row["landlords"].split(","))),
        reason=row["reason"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
    )


def _last_settings(store: Store, where: ColumnElement[bool]) -> dict[str, dict[str, SettingKept]]:
    table = metadata.tables["landlord_settings"]
    kept: dict[str, dict[str, SettingKept]] = {}
    with reading(store) as connection:
        for row in connection.execute(select(table).where(where).order_by(table.c.entry)).mappings():
            values = dict(row)
            found = SettingKept(version=values.pop("entry"), **values)
            kept.setdefault(found.landlord_code, {})[found.setting] = found
    return kept
