"""The pieces of the page Our records: load, match, check, history, coverage, templates."""
