"""The profile: each large service area placed by itself, beside the whole."""

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, blank, plain
from metrics.reading import AreaPlacement
from metrics.sentences.figures import share_words
from metrics.sentences.position import position_words
from metrics.sentences.supporting import profile_words
from metrics.words import FOUNDATIONS_NOT_SECURE, POSITIONS, Position

# Two lines each, so that five stand side by side on a telephone.
SHORT = {
    FOUNDATIONS_NOT_SECURE: "not<br>secure",
    "transactional": "trans-<br>actional",
    "operational": "opera-<br>tional",
}
LONGEST_NAME = 40


def profile(areas: tuple[AreaPlacement, ...], whole: Position) -> Chart:
    """One row a service area, largest at the top, with a line at the position of the whole."""
    shown = list(reversed(areas))
    figure = blank(height=96 + 52 * len(shown))
    if whole in POSITIONS:
        _whole(figure, POSITIONS.index(whole), len(shown))
    _areas(figure, shown)
    figure.update_xaxes(
        tickvals=list(range(len(POSITIONS))),
        ticktext=[SHORT.get(each, each) for each in POSITIONS],
        range=[-0.45, len(POSITIONS) - 0.55],
        tickfont={"size": SMALL},
        tickangle=0,
        showgrid=True,
        gridcolor=SCREEN.hairline,
    )
    figure.update_yaxes(visible=False, range=[-0.5, len(shown) + 0.45])
    return Chart(
        figure=figure,
        headline=profile_words(areas, whole),
        alt="Service areas by the position each would hold. "
        + " ".join(f"{area.area}: {position_words(area.position)}." for area in areas),
        columns=("Service area", "Complaints in the year", "Share of complaints", "Position"),
        rows=tuple(
            (area.area, f"{area.complaints:,}", share_words(area.share_of_complaints), position_words(area.position))
            for area in areas
        ),
    )


def _areas(figure: go.Figure, shown: list[AreaPlacement]) -> None:
    places = [POSITIONS.index(area.position) if area.position in POSITIONS else None for area in shown]
    for row, (area, place) in enumerate(zip(shown, places, strict=True)):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=row + 0.36,
            text=plain(_short(area.area)),
            showarrow=False,
            xanchor="left",
            font={"size": SMALL, "color": SCREEN.ink},
        )
        if place is not None:
            line = {"color": SCREEN.band, "width": 6}
            figure.add_shape(type="line", layer="below", x0=-0.4, x1=place, y0=row, y1=row, line=line)
    figure.add_trace(
        go.Scatter(
            x=places,
            y=list(range(len(shown))),
            mode="markers",
            marker={"size": 13, "color": SCREEN.accent},
            text=[
                f"{plain(area.area)}: {position_words(area.position)}, {area.complaints:,} complaints" for area in shown
            ],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        )
    )


def _whole(figure: go.Figure, here: int, rows: int) -> None:
    line = {"color": SCREEN.muted, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", layer="below", x0=here, x1=here, y0=-0.5, y1=rows - 0.1, line=line)
    font = {"size": SMALL, "color": SCREEN.muted}
    figure.add_annotation(x=here, y=rows - 0.05, text="the whole", showarrow=False, yanchor="bottom", font=font)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
