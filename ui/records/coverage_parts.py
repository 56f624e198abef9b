"""What one landlord holds: rows, dates and filled columns of each table, and what a missing table would tell."""

from collections.abc import Sequence

from metrics.filled import OTHERWISE, TableFilled, evidences
from metrics.phrasing import capital, short_day, table_words
from metrics.sentences.figures import share_words
from ui.cards import card, rows, state_row
from ui.markup import Markup, note, show, table
from ui.selection import Choice

MOST_NAMED = 6


def coverage(found: Sequence[TableFilled], choice: Choice) -> None:
    """Held tables, then the missing ones with what they would evidence."""
    held = [each for each in found if each.rows]
    missing = [each for each in found if not each.rows]
    with card(f"{choice.landlord.name} holds {len(held)} of {len(found)} tables", key="held"):
        show(
            table(
                ("Table", "Rows", "First", "Last", "Cells filled", "Never filled"),
                [_line(each) for each in held],
                caption="Everything held, whatever the day chosen above",
                wordy=frozenset({"Never filled"}),
            )
        )
    with card("What is missing, and what it would tell", key="missing"):
        if not missing:
            show(note("Every table is held."))
            return
        show(rows([_missing(each) for each in missing]))


def _line(each: TableFilled) -> tuple[str, ...]:
    words = table_words(each.name)
    return (
        capital(words),
        f"{each.rows:,}",
        short_day(each.first) if each.first else "–",
        short_day(each.last) if each.last else "–",
        share_words(each.share) if each.share is not None else "–",
        ", ".join(column.name for column in each.sparse) or "–",
    )


def _missing(each: TableFilled) -> Markup:
    needing = evidences(each.name)
    named = "; ".join(one.title for one in needing[:MOST_NAMED])
    more = f"; and {len(needing) - MOST_NAMED} more" if len(needing) > MOST_NAMED else ""
    words = table_words(each.name)
    would = f"It would evidence: {named}{more}." if needing else OTHERWISE.get(each.name, "")
    return state_row("not evidenced", f"{capital(words)}: not held", more=f"{each.meaning}. {would}")
