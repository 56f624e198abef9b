"""The heart: pure functions over Polars frames. No database, no drawing, no Streamlit."""
