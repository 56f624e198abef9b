"""What was loaded before: the history, refused rows to mend, saved matches. Each is the store's to refuse."""

from intake.mapping import Mapping
from store.history import refused_workbook
from store.mappings import saved_mappings
from ui.opened import store


def refused_rows(load: int) -> bytes | None:
    """The workbook of a load's refused rows; None where none was."""
    return refused_workbook(store(), load)


def column_matches() -> dict[str, Mapping]:
    """Saved matches of columns by name."""
    return saved_mappings(store())
