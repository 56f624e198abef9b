"""Self-check: what the team expects, sealed first; then the position, cases to fix, what to record, say and do."""

from ui import paper_loading, self_check_parts
from ui.selection import chosen

choice = chosen()

if paper_loading.sealed(choice.code, choice.as_at) is None:
    self_check_parts.to_seal(choice)
else:
    self_check_parts.shown(choice)
