"""How every chart stands on a screen: headline, picture with its alternative text, and its figures one click away."""

import streamlit as st

from charts.chart import Chart
from ui.markup import note, show, table

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


def draw(chart: Chart, *, key: str, with_headline: bool = True, figures: str = "Figures") -> None:
    """Draw a chart; `figures` names the fold that holds the same data as a table."""
    if with_headline:
        show(note(chart.headline))
    # A chart takes its colours when it is first put up: another theme must put it up again, which another key does.
    st.plotly_chart(chart.figure, key=f"{key}-{st.context.theme.type}", alt=chart.alt, config=CONFIG, width="stretch")
    with st.expander(figures, key=f"{key}-figures"):
        show(table(chart.columns, chart.rows, caption=chart.headline))
