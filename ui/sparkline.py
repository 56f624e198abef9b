"""A trend in the width of a word: the quarters of one indicator, its threshold, and the last value."""

from collections.abc import Sequence

from metrics.figures_in_words import value_words
from metrics.reading import Reading
from ui.markup import Markup, element

WIDTH, HEIGHT, EDGE = 130.0, 40.0, 5.0


def sparkline(readings: Sequence[Reading]) -> Markup:
    """The course as a small picture with its words; nothing where fewer than two quarters have a value."""
    values = [None if reading.state == "not evidenced" else _drawn(reading) for reading in readings]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return element("span")
    line = readings[-1].threshold
    low, high = (
        min([*known, *([line] if line is not None else [])]),
        max([*known, *([line] if line is not None else [])]),
    )
    spread = high - low or 1.0
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    points = [
        (EDGE + place * step, _height(value, low, spread)) for place, value in enumerate(values) if value is not None
    ]
    parts = [
        element(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
            fill="none",
            stroke="var(--accent)",
            stroke_width=2,
        ),
        element("circle", cx=f"{points[-1][0]:.1f}", cy=f"{points[-1][1]:.1f}", r=3.5, fill="var(--accent)"),
    ]
    if line is not None:
        y = f"{_height(line, low, spread):.1f}"
        parts.insert(
            0,
            element("line", x1=0, x2=WIDTH, y1=y, y2=y, stroke="var(--muted)", stroke_width=1, stroke_dasharray="4 3"),
        )
    first, last = (reading for reading in (readings[values.index(known[0])], readings[-1]))
    words = f"From {value_words(first)} in {first.as_at:%B %Y} to {value_words(last)} in {last.as_at:%B %Y}"
    return element(
        "svg", *parts, class_="lp-spark", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", aria_label=words
    )


def _drawn(reading: Reading) -> float | None:
    return reading.numerator if reading.indicator.bound_on == "count" else reading.value


def _height(value: float, low: float, spread: float) -> float:
    return HEIGHT - EDGE - (value - low) / spread * (HEIGHT - 2 * EDGE)
