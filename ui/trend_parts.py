"""The parts of the screen on quarterly trends: matrix, chart of a line, what changed, what is only noise."""

import streamlit as st

from charts.control_chart import control_chart
from metrics.trends import QuarterlyTrends, Trend
from metrics.trends.choice import CHART_RULE, PERIOD_RULE
from metrics.trends.words import (
    ASSURANCE_WORDS,
    HOW_EXPECTED,
    TRIAL,
    expected_sentence,
    heading,
    lead,
    noise_words,
    passing_words,
    period_words,
    point_words,
    read_after,
    signal_words,
    threshold_said,
    value_words,
)
from ui import address
from ui.cards import card, row, rows
from ui.event_list import event_list
from ui.figure import draw
from ui.literal import literal
from ui.markup import Markup, definitions, element, note, show, table
from ui.markup import heading as headline
from ui.navigation import CASES
from ui.point_case_parts import opens_point
from ui.selection import Choice
from ui.selector import EVERY
from ui.sparkline import course
from ui.trend_choice import LINE
from ui.trend_icons import assurance_icon, variation_icon

DRAWN_POINTS = {"month": 24, "quarter": 8}
MOST_NOISE = 6
LEGEND = (
    "Round: better. Square: worse. Diamond: changed, where neither way is good. Ring: only chance. H high, L low. "
    "Second mark: P its limits pass the threshold, F they fail it, ? now the one, now the other. The icon speaks of "
    "the latest point only."
)
CHART_LEGEND = (
    "Shaded: where chance alone puts a point; dotted lines two thirds of the way out; solid line the centre. Large "
    "marks are signals: round better, square worse, diamond changed. Numbers at the top are events."
)


def finding(found: QuarterlyTrends) -> None:
    """The page's sentence, and which lines it means."""
    show(headline(heading(found)), element("p", lead(found), class_="lp-lead"))


def matrix(found: QuarterlyTrends, picked: Trend | None, choice: Choice) -> None:
    """A row for each line, its chart open under the one picked; under them what chance would give."""
    with card("Every line at a glance", key="matrix"):
        show(note(LEGEND))
        for group, members in found.groups.items():
            show(element("h3", group, class_="lp-group"))
            for each in members:
                _line(found, each, choice, opened=each is picked)
        show(
            element("p", expected_sentence(found), class_="lp-text"),
            note(HOW_EXPECTED),
        )
        with st.expander("The matrix as a table", key="matrix-figures"):
            show(_as_table(found))


def _line(found: QuarterlyTrends, each: Trend, choice: Choice, *, opened: bool) -> None:
    with st.container(key=f"line-{each.key}", gap=None):
        left, right = st.columns([2.1, 4], gap="small", vertical_alignment="center")
        with left:
            # A button, not a link: a link to the page one is on would not change its address.
            st.button(
                literal(each.title),
                key=f"open-{each.key}",
                type="tertiary",
                on_click=address.pick,
                args=(LINE, each.key),
            )
        with right:
            show(_cells(each))
        if opened:
            _chart(found, each, choice)


def _cells(each: Trend) -> Markup:
    latest = each.latest
    when = period_words(latest.end, each.period) + (" · trial limits" if each.is_trial else "")
    shown = each.points[-DRAWN_POINTS[each.period] :]
    line = each.indicator.threshold.value if threshold_said(each) else None
    words = (
        f"{value_words(each, shown[0].value)} in {period_words(shown[0].end, each.period)} to "
        f"{value_words(each, latest.value)} in {period_words(latest.end, each.period)}"
    )
    value = element(
        "div",
        element("p", value_words(each, latest.value, latest.denominator), class_="value"),
        element("p", when, class_="more"),
    )
    return element(
        "div",
        value,
        variation_icon(each.variation),
        assurance_icon(each.assurance),
        course([point.value for point in shown], line=line, words=words),
        class_="lp-trend",
    )


def _chart(found: QuarterlyTrends, each: Trend, choice: Choice) -> None:
    """The chart behind a row, how it came about, and the way to its cases."""
    with st.container(key=f"chart-{each.key}", gap="small"):
        draw(control_chart(each, found.events), key=f"control-{each.key}")
        event_list(found.events)
        show(note(CHART_LEGEND), *(note(sentence) for sentence in _about(each)))
        latest = each.latest
        many = latest.numerator if latest.denominator is None else latest.denominator
        opens_point(f"Open the {many:,} of {period_words(latest.end, each.period)}", choice, each)
        which = "attention" if each.indicator.gate else "all"
        st.page_link(
            CASES,
            label=f"Open the {each.indicator.unit} behind it (twelve months)",
            query_params=choice.link(indicator=each.key, which=which, area=EVERY),
        )


def _about(each: Trend) -> list[str]:
    said = [each.why_chart, TRIAL if each.is_trial else "", read_after(each)]
    if line := threshold_said(each):
        said.append(
            f"Threshold {line}: {ASSURANCE_WORDS[each.assurance][0].lower()}{ASSURANCE_WORDS[each.assurance][1:]}."
        )
    said += [
        f"Limits begin anew after “{step.event.title}”, because: {step.reason} ({step.author})."
        for step in each.rebases
    ]
    return [sentence for sentence in said if sentence]


def _as_table(found: QuarterlyTrends) -> Markup:
    columns = ("Line", "Latest", "Period", "Change", "Threshold", "Signal by chance alone")
    body = [
        (
            each.title,
            point_words(each, each.latest),
            period_words(each.latest.end, each.period),
            each.variation,
            each.assurance,
            f"{each.chance:.1%}",
        )
        for each in found.rows
    ]
    return table(columns, body, caption=heading(found), wordy=frozenset({"Line"}))


def what_changed(found: QuarterlyTrends) -> None:
    """Signals in words."""
    with card("What changed", key="changed"):
        told = [(each, signal_words(each)) for each in sorted(found.signals, key=lambda each: not each.is_new)]
        told += [(each, words) for each in found.rows if (words := passing_words(each))]
        if not told:
            show(note("Nothing beyond what chance gives."))
            return
        show(rows([row(each.title, more=words) for each, words in told]))
        show(note("A signal says that something changed, not what, nor that it will last. Ask why before acting."))


def only_noise(found: QuarterlyTrends) -> None:
    """Lines that moved and yet say nothing: those that moved most for their own spread first."""
    with card("What is only noise", key="noise"):
        quiet = [each for each in found.rows if not each.is_signal and not passing_words(each)]
        moved = sorted(quiet, key=_moved, reverse=True)
        moved = [each for each in moved if _moved(each) > 0][:MOST_NOISE]
        if not moved:
            show(note("No line moved without a signal."))
            return
        show(rows([row(each.title, more=noise_words(each)) for each in moved]))
        show(note("These moved most of all lines without a signal. Nobody need explain them."))


def _moved(each: Trend) -> float:
    """The last step of a line against the width of its limits."""
    latest = each.latest
    if len(each.points) < 2 or latest.low is None or latest.high is None or latest.high <= latest.low:
        return 0.0
    return abs(latest.value - each.points[-2].value) / (latest.high - latest.low)


def rules(found: QuarterlyTrends) -> None:
    """How points and charts are chosen, and what has no chart."""
    with card("How the charts are chosen", key="rules"):
        show(definitions((("Month or quarter", PERIOD_RULE), ("Which chart", CHART_RULE), ("Signals", SIGNALS_RULE))))
        if found.left_out:
            with st.expander(f"{len(found.left_out)} figures without a chart, and why", key="left-out"):
                show(definitions((each.indicator.title, each.reason) for each in found.left_out))


SIGNALS_RULE = (
    "A point outside the limits; seven in a row each higher, or each lower, than the one before; of three in a row on "
    "one side two beyond two thirds of the way to the limit; seven in a row on one side of the centre. After NHS "
    "England's Making Data Count."
)
