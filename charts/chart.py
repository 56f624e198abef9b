"""What every chart hands over: the figure, what it shows in words, and the same figures as a table."""

from dataclasses import dataclass

import plotly.graph_objects as go


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """A figure that can be drawn, heard and read.

    headline    what it shows, in a line
    alt         the same for whoever cannot see it: kind of chart and its main figures
    columns, rows   the figures behind it, as text
    """

    figure: go.Figure
    headline: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
