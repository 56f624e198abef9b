"""How far complaints went: received, taken to stage 2, decided by the Ombudsman, as three bars of one cohort."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank
from metrics.volumes import Flow, Part
from metrics.volumes_words import flow_headline, part_interval_words, part_words


def escalation(flows: tuple[Flow, ...]) -> Chart:
    """Bars for the newest cohort; the table holds the one a year older beside it."""
    flow = flows[0]
    steps: list[tuple[str, Part | None]] = [
        ("received", Part(k=flow.received, n=flow.received)),
        ("to stage 2", flow.stage_2),
        ("to the Ombudsman", flow.ombudsman),
    ]
    figure = blank(height=186)
    figure.update_layout(margin={"l": 4, "r": 8, "t": 4, "b": 4}, bargap=0.42)
    for row, (name, part) in enumerate(steps):
        count = part.k if part else 0
        figure.add_trace(
            go.Bar(
                x=[count],
                y=[row],
                orientation="h",
                marker={"color": (SCREEN.ramp_2, SCREEN.ramp_3, SCREEN.ramp_4)[row]},
                hovertemplate=f"{name}: {count:,}<extra></extra>" if part else "not evidenced<extra></extra>",
                name=name,
            )
        )
        _label(figure, row, part, of=flow.received)
    figure.update_xaxes(visible=False, range=[0, max(flow.received, 1) * 1.02])
    figure.update_yaxes(
        tickvals=[0, 1, 2], ticktext=[f"{name}  " for name, _ in steps], range=[2.6, -0.6], showgrid=False,
        tickfont={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip
    return Chart(
        figure=figure,
        headline=flow_headline(flow),
        alt=f"Three bars of complaints received from {_day(flow.first)} to {_day(flow.last)}. {flow_headline(flow)}",
        columns=("Received", "Complaints", "Taken to stage 2", "Range", "Decided by the Ombudsman", "Range "),
        rows=tuple(_row(each) for each in flows),
    )


def _label(figure: go.Figure, row: int, part: Part | None, *, of: int) -> None:
    inside = row == 0 and of > 0
    text = "not evidenced" if part is None else f"{part.k:,}" if row == 0 else part_words(part)
    figure.add_annotation(
        x=0 if inside or part is None else part.k, y=row, text=text, showarrow=False, xanchor="left", xshift=8,
        align="left", font={"size": SMALL, "color": SCREEN.on_ramp_2 if inside else SCREEN.ink},
    )  # fmt: skip


def _row(flow: Flow) -> tuple[str, ...]:
    last = flow.ombudsman
    return (
        f"{_day(flow.first)} to {_day(flow.last)}",
        f"{flow.received:,}",
        part_words(flow.stage_2),
        part_interval_words(flow.stage_2) or "–",
        part_words(last) if last else "not evidenced",
        part_interval_words(last) or "–" if last else "–",
    )


def _day(value: object) -> str:
    return f"{value:%d %b %Y}".lstrip("0")
