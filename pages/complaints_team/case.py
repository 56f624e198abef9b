"""One complaint: its course, its clocks, what was hidden, promised, said and learned."""

from metrics.phrasing import day
from ui import case_parts, empty
from ui.case_loading import complaint
from ui.case_search import case_reference
from ui.markup import heading, show
from ui.selection import chosen

choice = chosen()
reference = case_reference()
case = complaint(choice.code, reference, choice.as_at) if reference else None

if not reference:
    show(heading("One complaint"))
    empty.line("Type a complaint's reference above, or open one from the cases behind a figure.")
elif case is None:
    show(heading("This complaint is not here"))
    empty.nothing(
        f"No complaint “{reference}”",
        f"{choice.landlord.name} holds no complaint of that reference received up to {day(choice.as_at)}. "
        "Check the reference, or choose a later quarter above.",
    )
else:
    case_parts.finding(case)
    case_parts.timeline(case)
    case_parts.clocks(case)
    case_parts.hidden(case, choice)
    case_parts.promises(case)
    case_parts.learning(case)
    case_parts.contacts(case)
    case_parts.outside(case)
