"""The maladministration rate year by year with its interval, beside what is published of others."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.chart import Chart
from charts.quarter_axis import events_in_words, mark_events
from charts.theme import SCREEN, SMALL, blank
from metrics.events import Event
from metrics.ombudsman.context import Context
from metrics.ombudsman.findings import Findings
from metrics.ombudsman.picture import OmbudsmanPicture
from metrics.ombudsman.words import rate_words
from metrics.phrasing import day, short_day
from metrics.sentences.figures import share_words

DAYS = 365.25  # from one point to the next


def maladministration(found: OmbudsmanPicture, around: Context, events: Sequence[Event] = ()) -> Chart:
    """A point for each twelve months in which findings were considered, oldest first; a dotted line at the newest
    national rate. `events` are marked by number in their order, each where its day lies between the points' ends."""
    years = [each for each in reversed(found.years) if each.considered]
    figure = blank(height=260)
    figure.update_layout(margin={"l": 4, "r": 92, "t": 18, "b": 4})
    _national(figure, around)
    _points(figure, years)
    figure.update_yaxes(range=[0, 1.04], tickformat=".0%", nticks=6, tickfont={"size": SMALL})
    figure.update_xaxes(
        tickvals=list(range(len(years))),
        ticktext=[f"{each.until:%b}<br>{each.until:%Y}" for each in years],
        tickfont={"size": SMALL},
        tickangle=0,
        range=[-0.5, max(0.5, len(years) - 0.5)],
    )
    if years:
        mark_events(figure, events, at=lambda on: len(years) - 1 - (years[-1].until - on).days / DAYS)
    nation = [(f"All landlords, {each.year}", share_words(each.rate), "", each.source) for each in around.national]
    return Chart(
        figure=figure,
        headline=headline(found, around),
        alt="Maladministration rate in each twelve months, with its 95% interval. "
        + " ".join(f"To {day(each.until)}: {rate_words(each.rate)}." for each in years)
        + "".join(f" All landlords in {each.year}: {share_words(each.rate)}." for each in around.national[:1])
        + events_in_words(events),
        columns=("Twelve months", "Rate", "Likely between", "Of findings considered"),
        rows=tuple((*_row(each),) for each in reversed(years)) + tuple(nation) or (("–",) * 4,),
    )


def headline(found: OmbudsmanPicture, around: Context) -> str:
    """The landlord's rate beside the nation's newest."""
    if not found.year.considered:
        return "No finding was considered in these twelve months"
    here = f"Here {rate_words(found.year.rate)}"
    if not around.national:
        return here
    newest = around.national[0]
    return f"{here}; all landlords {share_words(newest.rate)} in {newest.year}, as the Ombudsman published it"


def _row(each: Findings) -> tuple[str, str, str, str]:
    low, high = each.rate.interval or (0.0, 0.0)
    n = each.considered
    return (
        f"to {day(each.until)}",
        f"{100 * (each.rate.share or 0):.1f}%",
        f"{share_words(low, n)} and {share_words(high, n)}",
        f"{each.rate.k:,} of {n:,}",
    )


def _national(figure: go.Figure, around: Context) -> None:
    for each in around.national[:1]:
        figure.add_hline(y=each.rate, line={"color": SCREEN.muted, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=1, xref="paper", y=each.rate, text=f"all landlords<br>{each.year}", showarrow=False, xanchor="left",
            align="left", xshift=6, font={"size": SMALL, "color": SCREEN.muted},
        )  # fmt: skip


def _points(figure: go.Figure, years: list[Findings]) -> None:
    shares = [each.rate.share or 0.0 for each in years]
    edges = [each.rate.interval or (0.0, 0.0) for each in years]
    figure.add_trace(
        go.Scatter(
            x=list(range(len(years))),
            y=shares,
            mode="lines+markers",
            line={"color": SCREEN.accent, "width": 1.5},
            marker={"size": 10, "color": SCREEN.accent},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [high - share for share, (_, high) in zip(shares, edges, strict=True)],
                "arrayminus": [share - low for share, (low, _) in zip(shares, edges, strict=True)],
                "color": SCREEN.muted,
                "thickness": 1.2,
                "width": 5,
            },
            text=[f"to {short_day(each.until)}<br>{rate_words(each.rate)}" for each in years],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )
