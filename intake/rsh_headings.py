"""What a column of the regulator's workbook holds, told from its heading: headings move and carry footnote digits."""

import re
from dataclasses import dataclass
from typing import Literal

Part = Literal["value", "numerator", "denominator", "answer", "yes", "no", "note"]

STOCKS = ("LCRA", "LCHO", "Combined")
# The regulator asks for building safety and anti-social behaviour over all social homes, for repairs over rented ones.
_STOCK_OF_LANDLORD_MEASURE = {"BS": "Combined", "NM": "Combined", "RP": "LCRA"}

_PERCEPTION = re.compile(r"\((TP\d\d)\)$")
_MANAGEMENT = re.compile(r"\((CH|NM|BS|RP)(\d\d)(?: ?(\d))?( Numerator| Denominator)?\)$")
_EXTENSION = re.compile(r"stage (one|two) complaints .*(without|with) the use of the \d+ day extension$")
_NOT_AN_ANSWER = ("not applicable", "carried out a repair", "live in a building", "made a complaint")
_COUNTS_BEHIND = {
    ("CH01(1)", "numerator"): "stage_1_complaints",
    ("CH01(2)", "numerator"): "stage_2_complaints",
    ("CH02(1)", "numerator"): "ch02_1_in_time",
    ("CH02(2)", "numerator"): "ch02_2_in_time",
}


@dataclass(frozen=True)
class Field:
    """What one column says: which part of which measure, for which stock."""

    measure: str
    stock: str
    part: Part


def clean(heading: str) -> str:
    """A heading without odd spaces and the footnote digits after its last bracket."""
    text = re.sub(r"[\u200b\u200c\u200d\ufeff]", "", heading)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\)\s*\d+(\s*,\s*\d+)*$", ")", text)
    return re.sub(r"(extension|achieved|size)\s*\d+(,\d+)*( %)?$", r"\1\3", text)


def perception_fields(heading: str, stock: str) -> tuple[Field, ...]:
    """The fields of a column of a perception sheet; none where the product does not use it."""
    text = clean(heading)
    if "unweighted)" in text or "survey method" in text:
        return ()
    for opening, measure in (("Total sample size", "respondents"), ("Estimated margin of error", "margin_of_error")):
        if text.startswith(opening):
            return (Field(measure, stock, "value"),)
    if text.startswith("Relevant tenant population"):
        return (Field("margin_of_error", stock, "denominator"),)
    if text.startswith("Were weighted responses used"):
        return (Field("weighted", stock, "note"),)
    if "made a complaint to their landlord" in text:
        return (Field("complained", stock, "no" if "have not made" in text else "yes"),)
    found = _PERCEPTION.search(text)
    if found is None:
        return ()
    if text.startswith("Proportion"):
        return (Field(found[1], stock, "value"),)
    return () if any(words in text for words in _NOT_AN_ANSWER) else (Field(found[1], stock, "answer"),)


def management_fields(heading: str) -> tuple[Field, ...]:
    """The fields of a column of the management information sheet; none where the product does not use it."""
    text = clean(heading)
    stock, _, rest = text.partition(" - ")
    stock = stock if stock in STOCKS else ""
    if stock and "standard maximum timescales" in rest:
        return (Field("standard_timescales", stock, "note"),)
    extended = _EXTENSION.search(rest)
    if stock and extended:
        stage = 1 if extended[1] == "one" else 2
        return (Field(f"ch02_{stage}_{extended[2]}_extension", stock, "value"),)
    found = _MANAGEMENT.search(text)
    if found is None or "Did you own" in text:
        return ()
    measure = found[1] + found[2] + (f"({found[3]})" if found[3] else "")
    return _with_counts(measure, stock or _STOCK_OF_LANDLORD_MEASURE.get(found[1], ""), (found[4] or " value").strip())


def _with_counts(measure: str, stock: str, part: str) -> tuple[Field, ...]:
    parts: dict[str, Part] = {"value": "value", "Numerator": "numerator", "Denominator": "denominator"}
    field = Field(measure, stock, parts[part])
    if not stock:
        return ()
    counted = _COUNTS_BEHIND.get((measure, field.part))
    if counted:
        return (field, Field(counted, stock, "value"))
    if (measure, field.part) == ("CH01(1)", "denominator"):
        return (field, Field("homes", stock, "value"))
    return (field,)
