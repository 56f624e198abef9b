"""The shared pieces of the screens: the only room that knows Streamlit and the store at once."""
