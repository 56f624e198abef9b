"""What this store does to records before they are kept: pseudonyms where the landlord asks for them, and masking.

The key of pseudonyms is in the environment and never in the store; the store holds its print alone, so that a missing
or another key is refused and never makes other pseudonyms in silence.
"""

from collections.abc import Mapping
from typing import cast

import polars as pl
from sqlalchemy import Connection, insert, select

from intake.protecting import MASKED_SCHEMA, Protection, counted, protected
from intake.pseudonyms import WISHES, Wish, key_print, pseudonyms
from metrics.access import CASE_TABLES
from metrics.records import TABLE_BY_NAME
from metrics.table import Table
from store import audit, rewriting
from store.database import Store, reading, writing
from store.erased import left_out
from store.kept_days import removed_before
from store.people import NO, SettingName, change_setting, settings_of_all
from store.settings import PREFIX, settings
from store.snapshot import current
from store.tables import metadata

KEY_PRINT = "pseudonym key print"
KEY_VARIABLE = f"{PREFIX}PSEUDONYM_KEY"
_REFERENCES = {
    "ghost_verdicts": ("complaint_ref", "household_ref"),
    "audit_contacts": ("contact_ref", "household_ref"),
    "audit_answers": ("contact_ref",),
}


def protection_of(store: Store) -> Protection:
    """How a load into this store is protected at this moment. Raises ValueError where a landlord asks for pseudonyms
    and the key is missing or another one."""
    said = settings_of_all(store)
    wishes = {code: cast("Wish", kept["pseudonyms"].value) for code, kept in said.items() if "pseudonyms" in kept}
    asked = {code: wish for code, wish in wishes.items() if wish != WISHES[0]}
    unmasked = frozenset(code for code, kept in said.items() if "masking" in kept and kept["masking"].value == NO)
    rule, rule_print = left_out(store)
    return Protection(
        wishes=asked,
        key=_key(store) if asked else b"",
        unmasked=unmasked,
        left_out=rule,
        left_out_print=rule_print,
        begins=removed_before(store),
    )


def change(store: Store, landlord_code: str, setting: str, value: str, *, reason: str) -> None:
    """Change a landlord's setting; pseudonyms also of what is held. Raises RefusedError for all but the administrator,
    ValueError for a setting or value that is none and without a reason."""
    if setting == "pseudonyms":
        ask_for_pseudonyms(store, landlord_code, value, reason=reason)
    else:
        change_setting(store, landlord_code, cast("SettingName", setting), value, reason=reason)


def ask_for_pseudonyms(store: Store, landlord_code: str, wish: str, *, reason: str) -> None:
    """Pseudonymise a landlord's references from now on, and those held already. Raises ValueError without the key, and
    where the wish would need references back that are pseudonyms already."""
    store.reader.require("people and settings")
    now = protection_of(store).wishes.get(landlord_code, WISHES[0])
    if wish in WISHES and WISHES.index(wish) < WISHES.index(now) and _holds_cases(store, landlord_code):
        raise ValueError(
            f"pseudonyms: found {now!r}, and records held under it; wanted the same or more. There is no way back "
            "from a pseudonym."
        )
    key = _key(store, first=True)

    def convert(connection: Connection) -> None:
        _keep_print(connection, key)
        if wish != WISHES[0]:
            _protect_held(
                store, connection, landlord_code, Protection(wishes={landlord_code: cast("Wish", wish)}, key=key)
            )

    change_setting(store, landlord_code, "pseudonyms", wish, reason=reason, also=convert)
    rewriting.leave_no_trace(store)


def mask_held(store: Store, landlord_code: str) -> pl.DataFrame:
    """Mask free text that was stored before it was masked on loading; gives what was masked, by table and column."""
    store.reader.require("people and settings")
    protection = protection_of(store)
    with writing(store) as connection:
        found = _protect_held(store, connection, landlord_code, protection)
        detail = f"free text held: {found.height} columns masked"
        audit.append(connection, store, "masked", landlord_code=landlord_code, detail=detail)
    rewriting.leave_no_trace(store)
    return found


def _key(store: Store, *, first: bool = False) -> bytes:
    given = settings().pseudonym_key
    if given is None:
        raise ValueError(
            f"{KEY_VARIABLE}: found nothing; wanted the key of pseudonyms, because a landlord asks for them "
            "(`openssl rand -hex 32`, kept outside the store)."
        )
    key = given.get_secret_value().encode()
    kept = _kept_print(store)
    if kept is None and not first:
        raise ValueError(
            f"{KEY_VARIABLE}: the store holds no print of a key; ask for pseudonyms again on the page Settings."
        )
    if kept is not None and kept != key_print(key):
        raise ValueError(
            f"{KEY_VARIABLE}: found another key than the references held were made with (print {key_print(key)}, "
            f"wanted {kept}). Another key would make other pseudonyms of the same references."
        )
    return key


def _kept_print(store: Store) -> str | None:
    table = metadata.tables["store_secrets"]
    with reading(store) as connection:
        found = connection.execute(select(table.c.value).where(table.c.name == KEY_PRINT)).scalar()
    return None if found is None else str(found)


def _keep_print(connection: Connection, key: bytes) -> None:
    table = metadata.tables["store_secrets"]
    if connection.execute(select(table.c.value).where(table.c.name == KEY_PRINT)).first() is None:
        connection.execute(insert(table).values(name=KEY_PRINT, value=key_print(key)))


def _holds_cases(store: Store, landlord_code: str) -> bool:
    seen = current(store)
    return any(
        not rows.filter(pl.col("landlord_code") == landlord_code).head(1).collect().is_empty()
        for name in CASE_TABLES
        if (rows := seen.stored(TABLE_BY_NAME[name])) is not None
    )


def _protect_held(store: Store, connection: Connection, landlord_code: str, protection: Protection) -> pl.DataFrame:
    changed: dict[str, pl.DataFrame] = {}
    found = []
    for name, rows in rewriting.held(store, landlord_code).items():
        safe, masked = _protected_rows(rows, TABLE_BY_NAME[name], protection)
        found.append(masked)
        if not safe.equals(rows):
            changed[name] = safe
    rewriting.rewrite(store, connection, landlord_code, changed, method="protection")
    _beside(connection, landlord_code, protection)
    rewriting.drop_refused_rows(connection, landlord_code)
    return counted(pl.concat([pl.DataFrame(schema=MASKED_SCHEMA), *found], how="diagonal"))


def _protected_rows(rows: pl.DataFrame, table: Table, protection: Protection) -> tuple[pl.DataFrame, pl.DataFrame]:
    text = rows.select(name for name, dtype in table.schema.items() if dtype == pl.String())
    safe = protected(text, table=table, protection=protection)
    return rows.with_columns(safe.frame), safe.masked


def _beside(connection: Connection, landlord_code: str, protection: Protection) -> None:
    """References in what reviewers decided: few rows, kept one by one."""
    wish = protection.wishes.get(landlord_code, "no")
    wanted: set[str] | None = {"no": set[str](), "households": {"household_ref"}}.get(wish)
    for name, columns in _REFERENCES.items():
        meant = [each for each in columns if wanted is None or each in wanted]
        for column in meant:
            _replaced(connection, name, column, landlord_code, protection.key)


def _replaced(connection: Connection, name: str, column: str, landlord_code: str, key: bytes) -> None:
    table, samples = metadata.tables[name], metadata.tables["audit_samples"]
    own = (
        table.c.landlord_code == landlord_code
        if "landlord_code" in table.c
        else table.c.sample.in_(select(samples.c.sample).where(samples.c.landlord_code == landlord_code))
    )
    held = [
        row[0]
        for row in connection.execute(select(table.c[column]).where(own, table.c[column].is_not(None)).distinct())
    ]
    made: Mapping[str, str] = dict(
        zip(held, pseudonyms(pl.Series(held, dtype=pl.String), kind=column, key=key).to_list(), strict=True)
    )
    for before, after in made.items():
        connection.execute(table.update().where(own, table.c[column] == before).values({column: after}))
