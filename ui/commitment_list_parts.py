"""The commitments behind a figure: which list, of whom, how old; and the rows."""

from metrics.commitments.book import CommitmentBook, Only
from metrics.commitments.standing import AGES, Age
from metrics.commitments.words import WHY_WORDS
from ui import empty
from ui.case_rows import case_rows, downloads
from ui.commitment_choice import only_words
from ui.markup import heading, show
from ui.selection import Choice
from ui.selector import EVERY, select

SHOW_WORDS: dict[str, str] = {
    "overdue": "Overdue now",
    "open": "Open, with time to run",
    "due": "Fell due in the twelve months",
    "on time": "Kept",
    "late": "Done late",
    "overdue of the year": "Fell due in the twelve months and overdue",
    "phantom": "Closed on paper only",
    **{str(why): words for why, words in WHY_WORDS.items()},
    "closed early": "Closed on paper before their day",
    "unchecked": "Repairs closed without naming a work order",
    "promised before stage 2": "Promised at stage 1, then taken to stage 2",
    "escalated": "Broken when the resident asked for stage 2",
    "promised again": "Broken, and promised again afterwards",
    "orders due": "Orders of the Ombudsman that fell due in the twelve months",
    "orders": "Orders of the Ombudsman waiting",
}


def choose_list() -> tuple[str, Age | None]:
    """Which list, and of which age."""
    shown = select("show", "Which commitments", SHOW_WORDS)
    if shown != "overdue":
        return shown, None
    age = select("age", "Overdue for", {EVERY: "However long"} | {str(each): str(each) for each in AGES})
    return shown, next((each for each in AGES if each == age), None)


def finding(book: CommitmentBook, shown: str, only: Only, age: Age | None) -> None:
    """Which list it is, and how many there are."""
    of = _of(only, age)
    show(heading(f"{SHOW_WORDS[shown]}{f' ({of})' if of else ''}: {len(book.listed(shown, only, age=age)):,}"))


def listing(book: CommitmentBook, shown: str, only: Only, age: Age | None, choice: Choice) -> None:
    """The rows and the files."""
    rows = book.listed(shown, only, age=age)
    if not len(rows):
        empty.line("No commitment belongs here.")
        return
    name = "-".join(each for each in ("commitments", shown, _of(only, age)) if each)
    downloads(rows, landlord_code=choice.code, name=f"{choice.code}-{choice.as_at.isoformat()}-{name}")
    case_rows(rows, choice=choice, of=name)


def _of(only: Only, age: Age | None) -> str:
    return ", ".join(each for each in (only_words(only), age or "") if each)
