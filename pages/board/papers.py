"""Papers so far: what meetings were given, as it was made, and what changed between them."""

from ui import kept_paper_parts, paper_loading
from ui.selection import chosen

choice = chosen()
kept = paper_loading.kept(choice.code)

kept_paper_parts.finding(kept)
if kept:
    kept_paper_parts.listed(kept)
    kept_paper_parts.opened(kept, choice)
