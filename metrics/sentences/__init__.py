"""Findings in plain English: every sentence a screen or a paper says is made here, from values."""
