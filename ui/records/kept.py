"""What was loaded before: the history, refused rows to mend, saved matches. Each is the store's to refuse."""

from collections.abc import Callable

from intake.mapping import Mapping
from store.history import refused_workbook
from store.mappings import saved_mappings
from ui.opened import at_any_time, store


def refused_rows(load: int) -> Callable[[], bytes]:
    """Makes the workbook of a load's refused rows; empty where none was."""
    held = at_any_time()
    return lambda: refused_workbook(held(), load) or b""


def column_matches() -> dict[str, Mapping]:
    """Saved matches of columns by name."""
    return saved_mappings(store())
