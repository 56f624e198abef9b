"""Complaints by quarter: stage 1 and stage 2 as lines, with the range chance gives. No colour of judgement."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events, middle, quarter_ticks
from charts.theme import SCREEN, SMALL, blank
from metrics.periods import quarter_label
from metrics.phrasing import short_day
from metrics.volumes import QuarterVolume, Rate, Volumes
from metrics.volumes_words import quarters_headline, rate_interval_words, rate_words


def volume_course(found: Volumes) -> Chart:
    """Per 1,000 homes in each quarter; plain counts where homes are not known."""
    quarters = found.quarters
    figure = blank(height=290)
    figure.update_layout(margin={"l": 4, "r": 62, "t": 26, "b": 4})
    if quarters:
        _band(figure, quarters)
        _line(figure, quarters, stage=1)
        _line(figure, quarters, stage=2)
        quarter_ticks(figure, [quarter.end for quarter in quarters])
        mark_events(figure, found.events)
    figure.update_yaxes(rangemode="tozero", tickfont={"size": SMALL}, nticks=5)
    per = "per 1,000 homes" if found.homes else "counted"
    return Chart(
        figure=figure,
        headline=quarters_headline(found),
        alt=f"Complaints received and stage 2 requests by quarter, {per}. "
        + " ".join(f"{quarter_label(q.end)}: {_said(q.stage_1)}, stage 2 {_said(q.stage_2)}." for q in quarters)
        + events_in_words(found.events),
        columns=("Quarter", "Received", "Per 1,000 homes", "Range", "Stage 2 requests", "Stage 2 per 1,000 homes"),
        rows=tuple(
            (
                quarter_label(q.end),
                f"{q.stage_1.count:,}",
                rate_words(q.stage_1),
                rate_interval_words(q.stage_1) or "–",
                f"{q.stage_2.count:,}",
                rate_words(q.stage_2),
            )
            for q in quarters
        ),
    )


def _said(rate: Rate) -> str:
    return rate_words(rate) if rate.homes else f"{rate.count:,}"


def _height(rate: Rate) -> float:
    return rate.count if rate.value is None else rate.value


def _rate(quarter: QuarterVolume, stage: int) -> Rate:
    return quarter.stage_1 if stage == 1 else quarter.stage_2


def _line(figure: go.Figure, quarters: Sequence[QuarterVolume], *, stage: int) -> None:
    rates = [_rate(quarter, stage) for quarter in quarters]
    name = "received" if stage == 1 else "stage 2"
    figure.add_trace(
        go.Scatter(
            x=[middle(quarter.end) for quarter in quarters],
            y=[_height(rate) for rate in rates],
            mode="lines+markers",
            line={"color": SCREEN.accent, "width": 2.5 if stage == 1 else 2, "dash": "solid" if stage == 1 else "dot"},
            marker={
                "size": 8,
                "symbol": "circle" if stage == 1 else "square",
                "color": [SCREEN.card if rate.is_few else SCREEN.accent for rate in rates],
                "line": {"color": SCREEN.accent, "width": 2},
                "opacity": 1,
            },
            text=[
                f"quarter to {short_day(q.end)}<br>{name}: {_said(rate)} ({rate.count:,})"
                for q, rate in zip(quarters, rates, strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            name=name,
        )
    )
    figure.add_annotation(
        x=middle(quarters[-1].end), y=_height(rates[-1]), text=f"<b>{_said(rates[-1])}</b><br>{name}", showarrow=False,
        xanchor="left", xshift=9, align="left", font={"size": SMALL, "color": SCREEN.ink},
    )  # fmt: skip


def _band(figure: go.Figure, quarters: Sequence[QuarterVolume]) -> None:
    around = [quarter.stage_1.interval for quarter in quarters]
    known = [(middle(q.end), each) for q, each in zip(quarters, around, strict=True) if each is not None]
    if len(known) < 2:
        return
    days = [day for day, _ in known]
    figure.add_trace(
        go.Scatter(
            x=[*days, *reversed(days)],
            y=[*(high for _, (_, high) in known), *(low for _, (low, _) in reversed(known))],
            fill="toself",
            fillcolor=SCREEN.band,
            line={"width": 0},
            hoverinfo="skip",
            name="range",
        )
    )
