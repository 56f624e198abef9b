"""The style sheet: nothing set under 13 pixels, every colour in a light and a dark form."""

import re
from pathlib import Path

CSS = (Path(__file__).resolve().parents[2] / "ui" / "style.css").read_text("utf-8")


def test_nothing_is_set_under_thirteen_pixels() -> None:
    sizes = [float(size) * 16 for size in re.findall(r"font-size: ([\d.]+)rem", CSS)]
    sizes += [float(size) * 16 for size in re.findall(r"font: [^;]*?([\d.]+)rem", CSS)]
    assert sizes
    assert min(sizes) >= 13


def test_every_colour_has_a_light_and_a_dark_form() -> None:
    loose = [line for line in CSS.splitlines() if re.search(r"#[0-9a-f]{3,6}\b", line) and "light-dark(" not in line]
    assert loose == []
