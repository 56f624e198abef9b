"""The colours of the charts, light and dark, and the layout they share.

On screen a chart is drawn before anybody knows which theme the visitor uses, and the visitor may switch. So figures are
made with the placeholder colours below, which Streamlit replaces in the browser by `chartCategoricalColors` and
`chartSequentialColors` of the theme in use (`.streamlit/config.toml`; a test holds the two lists together). For paper,
`coloured` puts a palette's own colours in their place.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import plotly.graph_objects as go


class Palette(NamedTuple):
    """A colour for every role. States have a shape and a word too; volume has no colour of judgement."""

    ink: str
    muted: str
    hairline: str
    card: str
    met: str
    not_met: str
    close: str
    unknown: str
    accent: str
    band: str
    ramp_1: str
    ramp_2: str
    ramp_3: str
    ramp_4: str
    ramp_5: str
    on_ramp_1: str
    on_ramp_2: str
    on_ramp_3: str
    on_ramp_4: str
    dashed: str


SCREEN = Palette(*(f"#0000{place:02d}" for place in range(1, 21)))

LIGHT = Palette(
    ink="#17242f",
    muted="#55636e",
    hairline="#e3e5e4",
    card="#ffffff",
    met="#1f5f99",
    not_met="#b8500b",
    close="#4a4f63",
    unknown="#6a757e",
    accent="#1f5f7a",
    band="#cfdfe6",
    ramp_1="#e4dfd3",
    ramp_2="#b9c9cf",
    ramp_3="#6f9db0",
    ramp_4="#1f5f7a",
    ramp_5="#123e52",
    on_ramp_1="#17242f",
    on_ramp_2="#17242f",
    on_ramp_3="#10222c",
    on_ramp_4="#ffffff",
    dashed="#b4bcc2",
)

DARK = Palette(
    ink="#ece9e1",
    muted="#a9b5bd",
    hairline="#2b3840",
    card="#182127",
    met="#82b7ee",
    not_met="#f2a561",
    close="#c3c5dc",
    unknown="#98a5ae",
    accent="#7dbad4",
    band="#24414e",
    ramp_1="#47433a",
    ramp_2="#34505c",
    ramp_3="#3d7086",
    ramp_4="#8cc3da",
    ramp_5="#cbe5f0",
    on_ramp_1="#ece9e1",
    on_ramp_2="#ece9e1",
    on_ramp_3="#ffffff",
    on_ramp_4="#0d1a21",
    dashed="#5a6871",
)

PALETTES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK}

FONT = '"Source Sans", "Source Sans Pro", sans-serif'
TEXT, SMALL = 15, 13.5
MARGIN = {"l": 4, "r": 8, "t": 8, "b": 4}


def blank(*, height: int) -> go.Figure:
    """An empty figure in the house's manner: no title (the headline stands above it), no legend, a light grid."""
    figure = go.Figure()
    figure.update_layout(
        template=go.layout.Template(),
        height=height,
        margin=MARGIN,
        font={"family": FONT, "size": SMALL, "color": SCREEN.ink},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hoverlabel={"bgcolor": SCREEN.card, "font": {"family": FONT, "size": SMALL, "color": SCREEN.ink}},
        xaxis={"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": {"color": SCREEN.muted}},
        yaxis={
            "gridcolor": SCREEN.hairline,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"color": SCREEN.muted},
        },
        dragmode=False,
    )
    return figure


def coloured(figure: go.Figure, palette: Palette) -> go.Figure:
    """The same figure with a palette's colours in place of the placeholders, for paper and pictures."""
    text = figure.to_json()
    for placeholder, colour in zip(SCREEN, palette, strict=True):
        text = text.replace(placeholder, colour)
    return go.Figure(json.loads(text))


def plain(text: str) -> str:
    """A landlord's own words for a label: Plotly reads a little HTML there, so what looks like it is escaped."""
    return escape(text, quote=False)
