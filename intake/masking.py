"""Masking what names or reaches a person in free text: emails, phone numbers, addresses, names.

A sign stands where something was: `[email]`, `[phone]`, `[address]`, `[name]`. Masking finds most, not all: how much,
on hand-written notes, is measured in `tests/intake/test_masking.py` and said in `docs/data-protection.md`.
"""

import re
from collections.abc import Callable

import phonenumbers
import polars as pl

from intake.names_in_text import rules

COUNTRY = "GB"
EMAIL = r"(?i)\b[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+\b"
POSTCODE = (
    r"(?i)\b(?:gir ?0aa|[a-pr-uwyz](?:[0-9]{1,2}|[a-hk-y][0-9]{1,2}|[0-9][a-hjkps-uw]|[a-hk-y][0-9][abehmnprv-y])"
    r" ?[0-9][abd-hjlnp-uw-z]{2})\b"
)
_WAY = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Cl|Drive|Dr|Way|Court|Ct|Terrace|Gardens|Gdns|Crescent|Cres|Square|Sq|"
    "Place|Grove|Park|Hill|Green|Mews|Walk|Row|Wharf|Quay|Rise|View|House|Tower|Lodge|Mansions|Heights|Point|Buildings"
)
_NUMBER = r"(?:(?i:no\.?|number)\s*)?\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[A-Za-z]?)?"
_DWELLING = r"(?i:flat|apartment|apt|unit|maisonette)\s+\d{1,4}[A-Za-z]?"
_NAMED_WAY = rf"(?:[A-Z][\w'’.-]+\s+){{1,3}}(?i:{_WAY})\b\.?"
_PLAIN_WAY = r"(?:the\s+)?[a-z'’]{3,}\s+(?:street|road|avenue|crescent|terrace|gardens|lane|drive)\b"
_THEN = rf"(?:,\s*[A-Z][\w'’-]+(?:\s+(?:upon\s+|on\s+|under\s+)?[A-Z][\w'’-]+){{0,2}})?(?:,?\s*{POSTCODE})?"
ADDRESS = (
    rf"(?:{_DWELLING},?\s+)?\b{_NUMBER},?\s+(?:{_NAMED_WAY}|(?i:the\s+)[A-Za-z]+\b(?:,\s*[a-z]+)?|{_PLAIN_WAY})"
    rf"(?:[ \t]+(?:[A-Z][\w'’-]+[ \t]+(?:upon[ \t]+)?(?:[A-Z][\w'’-]+[ \t]+)?)?{POSTCODE})?{_THEN}"
    rf"|{_DWELLING}(?:,?\s+{_NAMED_WAY})?{_THEN}|(?i:po box)\s+\d+{_THEN}|{POSTCODE}"
)
ENOUGH_DIGITS = r"(?:\d[\s().-]{0,3}){9}"
KINDS = ("emails", "phones", "addresses", "names")


def masked(texts: pl.Series) -> pl.DataFrame:
    """The texts masked, with how many of each kind were found: columns `text` and `KINDS`, in the order given.

    Each distinct text is looked at once. What is masked already stays as it is.
    """
    distinct = texts.drop_nulls().unique()
    found = pl.DataFrame({"before": distinct, "text": distinct}).with_columns(
        pl.lit(0, pl.Int32).alias(kind) for kind in KINDS
    )
    found = _by_pattern(found, "emails", EMAIL, "[email]")
    found = _by_hand(found, "phones", where=pl.col("text").str.contains(ENOUGH_DIGITS), by=_without_phones)
    found = _by_pattern(found, "addresses", ADDRESS, "[address]")
    for rule in rules():
        found = _by_hand(found, "names", where=rule.gate(pl.col("text")), by=rule.applied)
    given = pl.DataFrame({"before": texts.cast(pl.String)})
    joined = given.join(found, on="before", how="left", maintain_order="left")
    return joined.select("text", *(pl.col(kind).fill_null(0) for kind in KINDS))


def _by_pattern(found: pl.DataFrame, kind: str, pattern: str, sign: str) -> pl.DataFrame:
    text = pl.col("text")
    return found.with_columns(
        text.str.count_matches(pattern).cast(pl.Int32).alias(kind), text.str.replace_all(pattern, sign).alias("text")
    )


def _by_hand(found: pl.DataFrame, kind: str, *, where: pl.Expr, by: Callable[[str], tuple[str, int]]) -> pl.DataFrame:
    """What no pattern alone can tell, for the texts that may hold it."""
    looked_at = found.filter(where)
    told = [by(text) for text in looked_at["text"]]
    changed = looked_at.select(
        "before",
        pl.Series("text", [text for text, _ in told], dtype=pl.String),
        pl.col(kind) + pl.Series([count for _, count in told], dtype=pl.Int32),
    )
    return found.update(changed, on="before")


def _without_phones(text: str) -> tuple[str, int]:
    """UK and international numbers, as Google's library of numbering plans knows them. Invented ranges count too."""
    spans = [
        (found.start, found.end)
        for found in phonenumbers.PhoneNumberMatcher(text, COUNTRY, phonenumbers.Leniency.POSSIBLE)
        if _looks_dialled(text[found.start : found.end])
    ]
    for begins, ends in reversed(spans):
        text = f"{text[:begins]}[phone]{text[ends:]}"
    return text, len(spans)


def _looks_dialled(number: str) -> bool:
    """A national number begins with 0; one without is a reference."""
    digits = re.sub(r"\D", "", number)
    return number.lstrip("(").startswith(("+", "0")) and 9 < len(digits) < 15
