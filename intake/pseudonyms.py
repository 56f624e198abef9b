"""Keyed pseudonyms for references: the same for the same, in every table and load, with no way back without the key.

HMAC-SHA-256. A pseudonym carries a check made with the same key, so that one that comes back (a mended row, an export
of this program) is known and stays as it is.
"""

import hmac
from base64 import b32encode
from collections.abc import Collection
from typing import Literal, get_args

import polars as pl

from metrics.access import PSEUDONYMOUS
from metrics.table import Table

Wish = Literal["no", "households", "every reference"]
WISHES: tuple[Wish, ...] = get_args(Wish)
_MADE, _CHECK = 12, 4  # signs of five bits each
_OF_PEOPLE = frozenset({"household_ref", "stage_1_handler", "stage_2_handler"})


def pseudonymous_columns(table: Table, wish: Wish) -> tuple[str, ...]:
    """The columns of a table that stand for people (`households`: residents and handlers alone; `every reference`: also
    those by which another system finds a case of theirs)."""
    meant: Collection[str] = {"no": frozenset[str](), "households": _OF_PEOPLE, "every reference": PSEUDONYMOUS}[wish]
    return tuple(name for name in table.schema if name in meant)


def pseudonyms(values: pl.Series, *, kind: str, key: bytes) -> pl.Series:
    """The pseudonym of each value; blank stays blank, and a pseudonym itself. Each distinct value is worked out once.

    `kind` keeps apart what is numbered apart, such as `complaint_ref` and `payment_ref`.
    """
    distinct = values.drop_nulls().unique()
    made = [pseudonym(value, kind=kind, key=key) for value in distinct]
    return values.replace_strict(distinct, pl.Series(made, dtype=pl.String), default=None, return_dtype=pl.String)


def pseudonym(value: str, *, kind: str, key: bytes) -> str:
    """What stands for one value, such as `H-4QX2M7AAKTZ6R3WP`."""
    kind = "handler" if kind.endswith("_handler") else kind
    if is_pseudonym(value, kind=kind, key=key):
        return value
    made = _signs(key, f"{kind}\x1f{value}", _MADE)
    return f"{kind[0].upper()}-{made}{_signs(key, f'check{made}', _CHECK)}"


def is_pseudonym(value: str, *, kind: str, key: bytes) -> bool:
    """Whether this key made it."""
    prefix, _, signs = value.partition("-")
    if prefix != kind[0].upper() or len(signs) != _MADE + _CHECK:
        return False
    return hmac.compare_digest(signs[_MADE:].encode(), _signs(key, f"check{signs[:_MADE]}", _CHECK).encode())


def key_print(key: bytes) -> str:
    """What tells a key from another without giving it away."""
    return hmac.digest(key, b"learning pyramid: print of the key", "sha256").hex()[:16]


def _signs(key: bytes, text: str, many: int) -> str:
    return b32encode(hmac.digest(key, text.encode(), "sha256"))[:many].decode()
