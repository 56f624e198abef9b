"""The app: page settings, navigation by reader, the shared choice. Figures are the pages' business."""

from pathlib import Path

import streamlit as st

from ui.navigation import pages
from ui.shell import run

page = st.navigation(pages(), position="hidden")
st.set_page_config(
    page_title=f"{page.title} · Learning Pyramid",
    page_icon=str(Path(__file__).parent / "ui" / "icon.png"),
    layout="wide",
    initial_sidebar_state="auto",
)
run(page)
