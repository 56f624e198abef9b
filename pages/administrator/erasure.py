"""Retention and erasure: what is removed because its time is over, and what because a person asked."""

from ui.administration import erasure_parts, retention_parts, setting_parts

code = setting_parts.choose_landlord(erasure_parts.TITLE, erasure_parts.MEANING)
if code:
    retention_parts.by_rule(code)
    erasure_parts.by_reference(code)
