"""The pyramid: four bands, what is secured filled, what is not yet dashed, and where the landlord stands."""

from dataclasses import dataclass

import plotly.graph_objects as go

from charts.chart import Chart
from charts.theme import SCREEN, SMALL, TEXT, blank
from metrics.reading import Placement
from metrics.sentences.position import band_words, position_words
from metrics.words import FOUNDATIONS_NOT_SECURE, LEVELS, NOT_STATED, POSITIONS, Level

GAP = 0.07
HALF_BASE = 1.0
HEIGHT = 372
NARROW = 2  # on a telephone this band holds one short line below its name, and the one above it none


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one band is drawn: its fill and line, and the colours of its words."""

    fill: str
    line: str
    dash: str
    text: str
    hatched: bool = False


HERE = Look(fill=SCREEN.ramp_4, line=SCREEN.ramp_4, dash="solid", text=SCREEN.on_ramp_4)
SECURED = Look(fill=SCREEN.ramp_3, line=SCREEN.ramp_3, dash="solid", text=SCREEN.on_ramp_3)
NOT_YET = Look(fill=SCREEN.card, line=SCREEN.dashed, dash="4px,3px", text=SCREEN.muted)
INSECURE = Look(fill=SCREEN.ramp_1, line=SCREEN.ramp_3, dash="solid", text=SCREEN.on_ramp_1, hatched=True)


def pyramid(placement: Placement) -> Chart:
    """The pyramid with the landlord's place in it."""
    figure = blank(height=HEIGHT)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 0})
    figure.update_xaxes(range=[-HALF_BASE * 1.02, HALF_BASE * 1.02], visible=False)
    figure.update_yaxes(range=[-0.02, len(LEVELS) + 0.02], visible=False)
    for place, level in enumerate(LEVELS):
        _band(figure, place, level, placement)
    return Chart(
        figure=figure,
        headline=_headline(placement),
        alt=f"A pyramid of four levels. {_headline(placement)}. "
        + " ".join(_spoken(placement, level) for level in LEVELS),
        columns=("Level", "Stands", "Musts met", "Supporting facts met", "Supporting facts evidenced"),
        rows=tuple(_row(placement, level) for level in reversed(LEVELS)),
    )


def _headline(placement: Placement) -> str:
    if placement.position == NOT_STATED:
        return "No position is stated"
    return f"You are here: {position_words(placement.position)}"


def band_state(placement: Placement, level: Level) -> str:
    """How a band stands, in words: you are here, foundations not secure, secured, met but waiting for a level below, or
    not yet."""
    place = LEVELS.index(level) + 1
    if placement.position == NOT_STATED:
        return "not stated"
    if placement.position == FOUNDATIONS_NOT_SECURE and place == 1:
        return FOUNDATIONS_NOT_SECURE
    here = max(1, POSITIONS.index(placement.position))
    if place == here:
        return "you are here"
    if place < here:
        return "secured"
    return "met, but not counted yet" if placement.levels[level].secured else "not yet"


_LOOKS = {"you are here": HERE, "secured": SECURED, FOUNDATIONS_NOT_SECURE: INSECURE}


def _band(figure: go.Figure, place: int, level: Level, placement: Placement) -> None:
    state = band_state(placement, level)
    look = _LOOKS.get(state, NOT_YET)
    low, high = place + (GAP / 2 if place else 0), place + 1 - GAP / 2
    wide, narrow = _half_width(low), _half_width(high) if place < len(LEVELS) - 1 else 0.0
    figure.add_trace(
        go.Scatter(
            x=[-wide, wide, narrow, -narrow, -wide],
            y=[low, low, high, high, low],
            mode="lines",
            fill="toself",
            fillcolor=look.fill,
            fillpattern={"shape": "/", "fgcolor": look.line, "bgcolor": look.fill, "size": 9, "solidity": 0.12}
            if look.hatched
            else None,
            line={"color": look.line, "width": 1.5, "dash": look.dash},
            hoverinfo="skip",
            name=level,
        )
    )
    _words(figure, place, level, placement, look)


def _half_width(height: float) -> float:
    return HALF_BASE * (1 - height / len(LEVELS))


def _words(figure: go.Figure, place: int, level: Level, placement: Placement, look: Look) -> None:
    top = place == len(LEVELS) - 1
    state = band_state(placement, level)
    bold = state in ("you are here", FOUNDATIONS_NOT_SECURE)
    name = f"<b>{level}</b>" if bold else level
    backed = {"bgcolor": look.fill, "borderpad": 2} if look.hatched else {}
    figure.add_annotation(
        x=0, y=place + (0.27 if top else 0.6), text=name, showarrow=False, **backed,
        font={"size": SMALL if top else TEXT + (3 if bold else 0), "color": look.text},
    )  # fmt: skip
    if not top:
        under = band_words(placement.levels[level])
        tail = {"you are here": " · you are here", FOUNDATIONS_NOT_SECURE: " · not secure"}.get(state, "")
        if place == NARROW and tail:
            under, tail = "you are here", ""
        figure.add_annotation(
            x=0,
            y=place + 0.33,
            text=f"{under}{tail}",
            showarrow=False,
            font={"size": SMALL, "color": look.text},
            **backed,
        )


def _spoken(placement: Placement, level: Level) -> str:
    return f"{level.capitalize()}: {band_state(placement, level)}, {band_words(placement.levels[level])}."


def _row(placement: Placement, level: Level) -> tuple[str, ...]:
    stands = placement.levels[level]
    return (
        level.capitalize(),
        band_state(placement, level),
        f"{stands.musts_met} of {stands.musts}",
        f"{stands.shoulds_met} of {stands.shoulds}",
        f"{stands.shoulds_evidenced} of {stands.shoulds}",
    )
