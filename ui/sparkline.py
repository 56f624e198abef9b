"""A trend in the width of a word: the quarters of one indicator, its threshold, and the last value."""

from collections.abc import Sequence
from urllib.parse import quote

from metrics.reading import Reading
from metrics.sentences.figures import value_words
from ui.markup import Markup, element

WIDTH, HEIGHT, EDGE = 130.0, 40.0, 5.0


def sparkline(readings: Sequence[Reading]) -> Markup:
    """The course of readings as a small picture with its words; nothing where fewer than two quarters have a value."""
    values = [None if reading.state == "not evidenced" else _drawn(reading) for reading in readings]
    if sum(value is not None for value in values) < 2:
        return element("span")
    first, last = next(r for r in readings if r.state != "not evidenced" and _drawn(r) is not None), readings[-1]
    words = f"From {value_words(first)} in {first.as_at:%B %Y} to {value_words(last)} in {last.as_at:%B %Y}"
    return course(values, line=readings[-1].threshold, words=words)


def course(values: Sequence[float | None], *, line: float | None, words: str) -> Markup:
    """Values as a small picture, with the line they are held against; `words` says the same."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return element("span")
    within = [*known, *([line] if line is not None else [])]
    low, spread = min(within), max(within) - min(within) or 1.0
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    points = [
        (EDGE + place * step, _height(value, low, spread)) for place, value in enumerate(values) if value is not None
    ]
    parts = [element("span", class_="course", style=_mask(points))]
    if line is not None:
        parts.append(element("span", class_="line", style=f"top:{_height(line, low, spread):.1f}px"))
    return element("div", *parts, class_="lp-spark", role="img", aria_label=words)


def _mask(points: Sequence[tuple[float, float]]) -> str:
    """The course as a mask, so that the style sheet colours it: the browser's cleaning of HTML takes pictures out."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:.0f} {HEIGHT:.0f}'>"
        f"<polyline points='{path}' fill='none' stroke='black' stroke-width='2'/>"
        f"<circle cx='{points[-1][0]:.1f}' cy='{points[-1][1]:.1f}' r='3.6'/></svg>"
    )
    address = f'url("data:image/svg+xml,{quote(drawn)}")'
    return f"-webkit-mask-image:{address};mask-image:{address}"


def _drawn(reading: Reading) -> float | None:
    return reading.numerator if reading.indicator.bound_on == "count" else reading.value


def _height(value: float, low: float, spread: float) -> float:
    return HEIGHT - EDGE - (value - low) / spread * (HEIGHT - 2 * EDGE)
