"""Values against the middle half of landlords: a band from quartile to quartile, a tick at the median, and a dot with
its interval. One row a measure, its name above the row so that it fits a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.published.satisfaction import Spread

ROW = 54
STEP = 10


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One row: a value with its interval (None: a full count) and the landlords it is held against, in `unit`."""

    title: str
    code: str = ""
    value: float
    low: float | None
    high: float | None
    among: Spread | None
    unit: str
    verdict: str

    def number(self, value: float) -> str:
        """A value with its unit; whole percentages, one decimal for anything else."""
        return f"{value:.0f}%" if self.unit == "%" else f"{value:.1f}"

    def said(self) -> str:
        """The value with its interval."""
        if self.low is None or self.high is None:
            return self.number(self.value)
        return f"{self.number(self.value)} ({self.number(self.low)} to {self.number(self.high)})"

    def middle_half(self) -> str:
        """The landlords it is held against, in numbers."""
        return f"{self.number(self.among.q1)} to {self.number(self.among.q3)}" if self.among else "–"


def quartiles(strips: Sequence[Strip], *, headline: str, who: str, name: str = "Measure") -> Chart:
    """The rows in the order given. `who` names the landlords of the band."""
    figure = blank(height=52 + ROW * max(1, len(strips)))
    figure.update_layout(margin={"l": 10, "r": 10, "t": 4, "b": 4})
    # All at once: Plotly checks the whole layout again for each line added by itself.
    figure.update_layout(
        shapes=[shape for row, strip in enumerate(strips) for shape in _shapes(row, strip)],
        annotations=[_words(row, strip) for row, strip in enumerate(strips)],
    )
    _dots(figure, strips)
    low, high = _range(strips)
    figure.update_yaxes(visible=False, range=[len(strips) - 0.35, -0.75])
    figure.update_xaxes(
        range=[low, high], showgrid=True, gridcolor=SCREEN.hairline, nticks=6, tickfont={"size": SMALL},
        ticksuffix="%" if strips and strips[0].unit == "%" else "",
    )  # fmt: skip
    return Chart(
        figure=figure,
        headline=headline,
        alt=f"{headline}. Each value against the middle half of {who}. "
        + " ".join(
            f"{each.title}: {each.said()}, middle half {each.middle_half()}, {each.verdict}." for each in strips
        ),
        columns=(name, "Value and interval", "Middle half", "Median", "Landlords", "In words"),
        rows=tuple(
            (
                f"{each.title} ({each.code})" if each.code else each.title,
                each.said(),
                each.middle_half(),
                each.number(each.among.median) if each.among else "–",
                f"{each.among.n:,}" if each.among else "–",
                each.verdict,
            )
            for each in strips
        ),
    )


def _range(strips: Sequence[Strip]) -> tuple[float, float]:
    """From the lowest to the highest thing drawn, in whole steps for percentages."""
    drawn = [value for each in strips for value in (each.value, each.low, each.high) if value is not None]
    drawn += [value for each in strips if each.among for value in (each.among.q1, each.among.q3)]
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    if strips[0].unit == "%":
        return max(0.0, STEP * (low // STEP)), min(100.0, STEP * (high // STEP + 1)) + 0.5
    return 0.0, high * 1.08


def _shapes(row: int, strip: Strip) -> Iterator[dict[str, object]]:
    """The middle half, its median, and the interval."""
    if strip.among:
        among = strip.among
        yield {
            "type": "rect", "x0": among.q1, "x1": among.q3, "y0": row - 0.17, "y1": row + 0.17, "layer": "below",
            "fillcolor": SCREEN.ramp_2, "line": {"width": 0},
        }  # fmt: skip
        median = {"type": "line", "x0": among.median, "x1": among.median, "y0": row - 0.24, "y1": row + 0.24}
        yield {**median, "line": {"color": SCREEN.ink, "width": 1.5}}
    if strip.low is not None and strip.high is not None:
        around = {"type": "line", "x0": strip.low, "x1": strip.high, "y0": row, "y1": row}
        yield {**around, "line": {"color": SCREEN.accent, "width": 2.5}}


def _words(row: int, strip: Strip) -> dict[str, object]:
    return {
        "x": 0, "xref": "paper", "y": row - 0.3, "yanchor": "bottom", "xanchor": "left", "showarrow": False,
        "text": f"<b>{strip.number(strip.value)}</b>  {plain(strip.title)}",
        "font": {"size": SMALL, "color": SCREEN.ink},
    }  # fmt: skip


def _dots(figure: go.Figure, strips: Sequence[Strip]) -> None:
    figure.add_trace(
        go.Scatter(
            x=[each.value for each in strips],
            y=list(range(len(strips))),
            mode="markers",
            marker={
                "size": 12,
                "color": SCREEN.accent,
                "symbol": ["diamond" if each.low is None else "circle" for each in strips],
                "line": {"color": SCREEN.card, "width": 1.5},
            },
            text=[
                f"{plain(each.title)}: {each.said()}<br>middle half {each.middle_half()}<br>{each.verdict}"
                for each in strips
            ],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
