"""Keyed pseudonyms of references."""

import hashlib
import hmac
from base64 import b32encode

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from intake.pseudonyms import is_pseudonym, key_print, pseudonym, pseudonyms

KEY = b"k" * 32


def test_it_is_hmac_sha_256_and_nothing_of_our_own() -> None:
    made = b32encode(hmac.new(KEY, b"household_ref\x1fH1", hashlib.sha256).digest()).decode()[:12]
    assert pseudonym("H1", kind="household_ref", key=KEY)[:14] == f"H-{made}"


@given(st.lists(st.text(min_size=1, max_size=20) | st.none(), max_size=30))
def test_same_for_same_different_for_different_and_itself_for_itself(values: list[str | None]) -> None:
    given = pl.Series(values, dtype=pl.String)
    once = pseudonyms(given, kind="household_ref", key=KEY)
    assert [each is None for each in once] == [each is None for each in values]
    assert once.n_unique() == given.n_unique()
    assert pseudonyms(once, kind="household_ref", key=KEY).to_list() == once.to_list()
    assert all(is_pseudonym(each, kind="household_ref", key=KEY) for each in once.drop_nulls())
    assert not set(once.drop_nulls()) & set(given.drop_nulls())


def test_kinds_and_keys_differ_and_both_handlers_are_of_one_kind() -> None:
    assert pseudonym("1", kind="household_ref", key=KEY) != pseudonym("1", kind="household_ref", key=b"x" * 32)
    assert pseudonym("1", kind="complaint_ref", key=KEY)[2:] != pseudonym("1", kind="contact_ref", key=KEY)[2:]
    assert pseudonym("A", kind="stage_1_handler", key=KEY) == pseudonym("A", kind="stage_2_handler", key=KEY)


def test_another_keys_pseudonym_is_a_reference_like_any() -> None:
    other = pseudonym("H1", kind="household_ref", key=b"x" * 32)
    assert pseudonym(other, kind="household_ref", key=KEY) != other
    assert key_print(KEY) != key_print(b"x" * 32)
    assert KEY.decode() not in key_print(KEY)
