"""The app: page settings, navigation by reader, the shared choice. Figures are the pages' business."""

from pathlib import Path

import streamlit as st

from ui.navigation import pages
from ui.shell import frame

st.set_page_config(
    page_title="Learning Pyramid",
    page_icon=str(Path(__file__).parent / "ui" / "icon.png"),
    layout="wide",
    initial_sidebar_state="auto",
)
page = st.navigation(pages(), position="hidden")
if frame(page):
    page.run()
