"""Who may see what: a reader, the roles a reader may hold, and what each role permits.

Pure rules. The store holds every row it gives out to them (`store.sight`); screens only ask what to offer.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

import polars as pl

from metrics.periods import quarter_end
from metrics.records import TABLES

Role = Literal["governing body", "MRC", "executive", "complaints team", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
Permission = Literal[
    "figures", "small numbers", "pseudonymous cases", "cases", "review", "load", "judge", "people and settings"
]

PERMITS: dict[Role, frozenset[Permission]] = {
    "governing body": frozenset({"figures", "judge"}),
    "MRC": frozenset({"figures", "judge"}),
    "executive": frozenset({"figures", "small numbers", "pseudonymous cases"}),
    "complaints team": frozenset({"figures", "small numbers", "cases", "review", "load"}),
    "administrator": frozenset({"people and settings"}),
}
"""What a role permits. Whether the MRC sees pseudonymous cases is a setting of each landlord: the Housing Ombudsman
wants members to see individual cases, the Local Government Ombudsman's guidance keeps them to figures. Whoever sees
cases can count them: small numbers come with them."""

# One row of these tables speaks of one household; the others are about the landlord.
CASE_TABLES = frozenset(
    {
        "complaints",
        "contacts",
        "commitments",
        "work_orders",
        "payments",
        "determinations",
        "learning_links",
        "apologies",
    }
)
PSEUDONYMOUS = frozenset(
    {
        "complaint_ref",
        "household_ref",
        "contact_ref",
        "commitment_ref",
        "work_order_ref",
        "payment_ref",
        "determination_ref",
        "apology_ref",
        "stage_1_handler",
        "stage_2_handler",
    }
)
"""Columns by which a landlord's own system finds a person: a pseudonym stands for them in the pseudonymous view."""
FREE_TEXT = frozenset(
    column.name for table in TABLES if table.name in CASE_TABLES for column in table.columns if column.free_text
)


class RefusedError(PermissionError):
    """A reader asked for what its role does not permit. The message is for the reader and tells nothing held back."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody who reads: name, roles, and the codes of the landlords whose rows this reader may see.

    `landlords` is None for every landlord of the store. `mrc_sees_cases` names the landlords whose setting lets the MRC
    see pseudonymous cases. `signed_in` is False for whoever sits at the machine itself.
    """

    name: str
    roles: frozenset[Role]
    landlords: frozenset[str] | None = None
    mrc_sees_cases: frozenset[str] = frozenset()
    signed_in: bool = True

    @property
    def scope(self) -> str:
        """What decides which rows come out, as one text: readers of one scope may share a cache."""
        landlords = "every" if self.landlords is None else sorted(self.landlords)
        return repr((sorted(self.roles), landlords, sorted(self.mrc_sees_cases)))

    def may(self, permission: Permission, landlord_code: str | None = None) -> bool:
        """Whether a role permits it, for that landlord where one is named."""
        if landlord_code is not None and not self.reaches(landlord_code):
            return False
        if any(permission in PERMITS[role] for role in self.roles):
            return True
        return (
            permission in ("pseudonymous cases", "small numbers")
            and "MRC" in self.roles
            and (landlord_code in self.mrc_sees_cases if landlord_code else bool(self.mrc_sees_cases))
        )

    def reaches(self, landlord_code: str) -> bool:
        """Whether this landlord's rows are within reach at all."""
        return self.landlords is None or landlord_code in self.landlords

    def require(self, permission: Permission, landlord_code: str | None = None) -> None:
        """Raise RefusedError unless permitted."""
        if landlord_code is not None and not self.reaches(landlord_code):
            raise RefusedError(f"You have no access to the records of the landlord “{landlord_code}”.")
        if not self.may(permission, landlord_code):
            raise RefusedError(f"{WORDS[permission]} {_held(self.roles)}")

    def require_day(self, as_at: date, landlord_code: str) -> None:
        """Raise RefusedError for a day between quarter ends, unless small numbers are permitted: the figures of two
        days that follow each other differ by what happened to a few people."""
        if as_at != quarter_end(as_at) and not self.may("small numbers", landlord_code):
            raise RefusedError(f"Your view of this landlord shows figures at quarter ends; {as_at} is none.")

    def sees_cases(self, landlord_code: str) -> bool:
        """Whether cases come out at all, whole or pseudonymous."""
        return self.may("cases", landlord_code) or self.may("pseudonymous cases", landlord_code)

    def narrowed(self, other: "Reader") -> "Reader":
        """Another reader, without what this one may not: for doing something in somebody's stead."""
        if self.landlords is None or other.landlords is None:
            landlords = self.landlords if other.landlords is None else other.landlords
        else:
            landlords = self.landlords & other.landlords
        return replace(
            other,
            roles=self.roles & other.roles,
            landlords=landlords,
            mrc_sees_cases=other.mrc_sees_cases,
            signed_in=self.signed_in,
        )

    def within(self, landlord: pl.Expr) -> pl.Expr:
        """The rows of landlords within reach."""
        return pl.lit(value=True) if self.landlords is None else landlord.is_in(sorted(self.landlords))


WORDS: dict[Permission, str] = {
    "figures": "Figures are for readers with a role at a landlord.",
    "small numbers": "Pages that break figures down to a few people are for executives and the complaints team.",
    "pseudonymous cases": "Cases are not part of your view of this landlord.",
    "cases": "Whole cases with residents' own words are for the complaints team.",
    "review": "The review queue is for the complaints team.",
    "load": "Records are loaded by the complaints team.",
    "judge": "The board's own judgement is recorded by the governing body or the MRC.",
    "people and settings": "People, settings and the audit are for the administrator.",
}


def _held(roles: Collection[Role]) -> str:
    return f"You are signed in as: {', '.join(sorted(roles)) or 'no role yet'}."


LOCAL = Reader(name="", roles=frozenset(ROLES), signed_in=False)
"""Whoever sits at the machine on which nothing is configured: sees everything, and only from that machine."""
