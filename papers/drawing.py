"""Charts of papers, drawn by Vega-Lite without a browser and without the network: as SVG, and as PNG for Word.

Colours are those of the screens: blue and orange, never red and green, and every mark carries its words or its number.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import vl_convert

from papers.fonts import FOLDERS, SANS
from papers.model import Chart, ChartKind, Series

WIDTH = 520
INK, MUTED, GRID = "#1c2326", "#55606a", "#e3ded2"
COLOURS: Mapping[str, str] = {
    "plain": "#1f5f7a",
    "second": "#b8500b",
    "muted": "#b9c9cf",
    "met": "#1f5f99",
    "not met": "#b8500b",
    "too close to call": "#8a9aa8",
    "not evidenced": "#dcd7ca",
}
ON_DARK = frozenset({"plain", "second", "met", "not met"})
Spec = dict[str, Any]
_TEXT = {"labelFont": SANS, "titleFont": SANS, "labelFontSize": 12, "titleFontSize": 12, "labelColor": INK}
_CONFIG: Spec = {
    "font": SANS,
    "background": "white",
    "view": {"stroke": None},
    "axis": _TEXT | {"titleColor": MUTED, "titleFontWeight": "normal", "domain": False, "ticks": False,
                     "gridColor": GRID, "labelLimit": 260},
    "legend": _TEXT | {"title": None, "orient": "top", "symbolType": "square"},
    "text": {"font": SANS, "fontSize": 12, "color": INK},
}  # fmt: skip


@lru_cache(maxsize=1)
def _ready() -> None:
    for folder in FOLDERS:
        vl_convert.register_font_directory(str(folder))


@lru_cache(maxsize=64)
def svg(chart: Chart) -> str:
    """The chart as SVG whose text stays text."""
    _ready()
    drawn: str = vl_convert.vegalite_to_svg(spec(chart))
    return drawn


@lru_cache(maxsize=64)
def png(chart: Chart) -> bytes:
    """The chart as PNG, sharp enough for print."""
    _ready()
    drawn: bytes = vl_convert.vegalite_to_png(spec(chart), scale=2.5)
    return drawn


def spec(chart: Chart) -> Spec:
    """The chart in Vega-Lite's words."""
    return {"config": _CONFIG, "width": WIDTH, "padding": 4, **_DRAWN[chart.kind](chart)}


def _rows(chart: Chart) -> list[Spec]:
    return [
        {
            "category": category,
            "series": series.name,
            "value": series.values[place],
            "low": series.low[place] if series.low else None,
            "high": series.high[place] if series.high else None,
            "place": number,
        }
        for number, series in enumerate(chart.series)
        for place, category in enumerate(chart.categories)
        if series.values[place] is not None
    ]


def _bars(chart: Chart) -> Spec:
    rows = _rows(chart)
    y = {"field": "category", "type": "nominal", "sort": list(chart.categories), "title": None}
    x = {"field": "value", "type": "quantitative", "axis": None}
    words = {"field": "value", "type": "quantitative", "format": ",.0f"}
    return {
        "height": {"step": 24},
        "data": {"values": rows},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "color": COLOURS[chart.series[0].colour], "height": 15}},
            {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"text": words}},
        ],
    }


def _stack(chart: Chart) -> Spec:
    names = [series.name for series in chart.series]
    shades = [COLOURS[series.colour] for series in chart.series]
    on_dark = [series.name for series in chart.series if series.colour in ON_DARK]
    y = {"field": "category", "type": "nominal", "sort": list(chart.categories), "title": None}
    colour = {"field": "series", "type": "nominal", "sort": names, "scale": {"domain": names, "range": shades}}
    return {
        "height": {"step": 30},
        "data": {"values": [row for row in _rows(chart) if row["value"]]},
        "transform": [
            {
                "stack": "value", "groupby": ["category"], "as": ["from", "to"], "sort": [{"field": "place"}],
                "offset": "normalize" if chart.unit == "%" else "zero",
            },
            {"calculate": "(datum.from + datum.to) / 2", "as": "middle"},
        ],
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 20},
                "encoding": {
                    "x": {"field": "from", "type": "quantitative", "axis": None},
                    "x2": {"field": "to"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "text", "fontWeight": "bold"},
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "value", "type": "quantitative", "format": ",.0f"},
                    "color": {"condition": {"test": {"field": "series", "oneOf": on_dark}, "value": "white"},
                              "value": INK},
                },
            },
        ],
    }  # fmt: skip


def _course(chart: Chart) -> Spec:
    x = {
        "field": "category", "type": "ordinal", "sort": list(chart.categories), "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False, "labelPadding": 6},
        "scale": {"domain": list(chart.categories)},
    }  # fmt: skip
    layers = [layer for series in chart.series for layer in _line(chart, series)]
    return {
        "height": 150,
        "data": {"values": _rows(chart)},
        "encoding": {"x": x},
        "layer": [*layers, *_marks(chart)],
    }


def _line(chart: Chart, series: Series) -> list[Spec]:
    only = [{"filter": {"field": "series", "equal": series.name}}]
    colour = COLOURS[series.colour]
    # A band's upper edge is not part of the scale by itself: it would be drawn past the top.
    top = max((each for line in chart.series for each in (*line.values, *line.high) if each is not None), default=1.0)
    scale = {"zero": True, "nice": True, "domainMax": top or 1.0}
    y = {"field": "value", "type": "quantitative", "title": chart.unit, "scale": scale,
         "axis": {"tickCount": 4}}  # fmt: skip
    layers: list[Spec] = []
    if series.low:
        band = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers.append({"transform": only, "mark": {"type": "area", "color": colour, "opacity": 0.15}, "encoding": band})
    layers.append(
        {
            "transform": only,
            "mark": {"type": "line", "color": colour, "strokeWidth": 2, "point": {"color": colour, "size": 36}},
            "encoding": {"y": y},
        }
    )
    if len(chart.series) > 1:
        last = [*only, {"filter": {"field": "category", "equal": _last_shown(chart, series)}}]
        named = {"type": "text", "align": "right", "dy": -10, "color": colour, "text": series.name}
        layers.append({"transform": last, "mark": named, "encoding": {"y": y}})
    return layers


def _last_shown(chart: Chart, series: Series) -> str:
    shown = [name for name, value in zip(chart.categories, series.values, strict=True) if value is not None]
    return shown[-1] if shown else ""


def _marks(chart: Chart) -> list[Spec]:
    if not chart.marks:
        return []
    numbered = [{"category": category, "number": number} for number, (category, _) in enumerate(chart.marks, start=1)]
    above = {"y": {"value": -4}, "text": {"field": "number"}}
    return [
        {"data": {"values": numbered}, "mark": {"type": "rule", "color": MUTED, "strokeDash": [3, 3]}},
        {
            "data": {"values": numbered},
            "mark": {"type": "text", "baseline": "bottom", "fontSize": 12, "color": INK},
            "encoding": above,
        },
    ]


def _steps(chart: Chart) -> Spec:
    named = [row | {"height": chart.heights[int(row["value"])]} for row in _rows(chart) if row["value"] is not None]
    x = {
        "field": "category", "type": "ordinal", "sort": list(chart.categories), "title": None,
        "axis": {"labelAngle": 0, "grid": False, "labelPadding": 6}, "scale": {"domain": list(chart.categories)},
    }  # fmt: skip
    y = {
        "field": "height", "type": "ordinal", "title": None, "scale": {"domain": list(reversed(chart.heights))},
        "axis": {"grid": True},
    }  # fmt: skip
    colour = COLOURS[chart.series[0].colour]
    return {
        "height": {"step": 26},
        "data": {"values": named},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "line", "interpolate": "step", "color": colour, "strokeWidth": 2}},
            {"mark": {"type": "point", "filled": True, "color": colour, "size": 60, "opacity": 1}},
        ],
    }


_DRAWN: Mapping[ChartKind, Callable[[Chart], Spec]] = {
    "bars": _bars,
    "stack": _stack,
    "course": _course,
    "steps": _steps,
}
