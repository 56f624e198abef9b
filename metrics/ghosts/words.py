"""The words of ghost stages, spelled once: detectors, families, windows, grades."""

from typing import Literal

Window = Literal["before", "between", "after", "never"]
WINDOWS: tuple[Window, ...] = ("before", "between", "after", "never")
Grade = Literal["A", "B", "C"]
GRADES: tuple[Grade, ...] = ("A", "B", "C")

# Detector → family; two detectors of one family confirm nothing.
FAMILY: dict[str, str] = {
    "label": "label",
    "status_label": "label",
    "phrase": "text",
    "stage_2_lag": "time",
    "repeat_contacts": "repeat",
    "reset": "repeat",
    "payment": "money",
    "third_party": "third party",
}
DETECTORS = tuple(FAMILY)
FAMILIES = tuple(dict.fromkeys(FAMILY.values()))
RECORDED = ("label", "money", "third party")  # families by which somebody recorded it: grade A

NOT_A_GHOST = "not a ghost"
