"""Audit of contacts: a random sample read by a person, so that what detectors find can be corrected."""

from ui import audit_parts
from ui.ghost_decisions import audit
from ui.selection import chosen

choice = chosen()
found = audit(choice.code, choice.as_at)

audit_parts.finding(found, choice)
if found is not None:
    audit_parts.read_next(found, choice)
    audit_parts.result(found)
audit_parts.draw_form(found, choice)
