"""The tables of a store that a team shares: who may see what, settings of landlords, the audit, the store's secrets."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, DateTime, Text
from sqlmodel import Field, SQLModel


class StoreSecret(SQLModel, table=True):
    """A secret made with the tables, such as the key of the pseudonymous view."""

    __tablename__ = "store_secrets"

    name: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class Person(SQLModel, table=True):
    """What somebody who signs in may see. The last entry on a subject counts; those before it stay on record.

    `roles` and `landlords` are joined by commas; no role: none any more. `landlords` is "*" for every landlord.
    """

    __tablename__ = "people"

    entry: int | None = Field(default=None, primary_key=True)
    subject: str = Field(sa_type=Text, index=True)
    roles: str = Field(sa_type=Text)
    landlords: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    changed_by: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=DateTime)


class SignIn(SQLModel, table=True):
    """A sign-in by the provider's subject and the second it was made; `ended_at` once somebody signed out of it."""

    __tablename__ = "sign_ins"

    subject: str = Field(primary_key=True, sa_type=Text)
    issued_at: int = Field(primary_key=True, sa_type=BigInteger)
    ended_at: datetime | None = Field(default=None, sa_type=DateTime)


class LandlordSetting(SQLModel, table=True):
    """One setting of one landlord. The last entry counts; `entry` is its version, and those before it stay."""

    __tablename__ = "landlord_settings"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    setting: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    changed_by: str = Field(sa_type=Text)
    changed_at: datetime = Field(sa_type=DateTime)


class AuditEntry(SQLModel, table=True):
    """Who did what, when, to which landlord's records. `hash` covers the entry and the hash before it."""

    __tablename__ = "audit_entries"

    entry: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    happened_at: datetime = Field(sa_type=DateTime)
    who: str = Field(sa_type=Text)
    what: str = Field(sa_type=Text)
    landlord_code: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class ErasedReference(SQLModel, table=True):
    """A household or case whose records were erased: a keyed print of its reference, never the reference."""

    __tablename__ = "erased_references"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    print: str = Field(sa_type=Text)
    erased_at: datetime = Field(sa_type=DateTime)


class Removal(SQLModel, table=True):
    """Records removed because their time was over. The last one of a landlord says up to when."""

    __tablename__ = "removals"

    entry: int | None = Field(default=None, primary_key=True)
    landlord_code: str = Field(sa_type=Text, index=True)
    removed_before: date = Field(sa_type=Date)
    reason: str = Field(sa_type=Text)
    removed_by: str = Field(sa_type=Text)
    removed_at: datetime = Field(sa_type=DateTime)


class KeptDayOf(SQLModel, table=True):
    """A landlord's figures at a quarter end, as they were before the records behind them were removed (JSON)."""

    __tablename__ = "kept_days"

    landlord_code: str = Field(primary_key=True, sa_type=Text)
    as_at: date = Field(primary_key=True, sa_type=Date)
    content: str = Field(sa_type=Text)
