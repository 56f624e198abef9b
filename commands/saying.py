"""What a command says: JSON on standard output for programs, sentences on standard error for people."""

import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

from store.loading import Progress


def give(value: Mapping[str, Any] | list[dict[str, Any]]) -> None:
    """JSON on standard output; dates as 2025-03-31."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def say(message: str) -> None:
    """A line on standard error."""
    print(message, file=sys.stderr)  # noqa: T201  # messages are this program's to print


def progress() -> Progress:
    """On a terminal one line that counts; in a log a line for every tenth, so that it stays readable."""
    told = 0

    def tell(done: int, of: int) -> None:
        nonlocal told
        if sys.stderr.isatty():
            sys.stderr.write(f"\rstored {done:,} of {of:,} rows" + ("\n" if done == of else ""))
            sys.stderr.flush()
        elif done == of or done * 10 // of > told:
            told = done * 10 // of
            say(f"stored {done:,} of {of:,} rows")

    return tell


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
