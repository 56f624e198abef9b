"""Quarters, windows and financial years. Calendar quarters; the financial year runs from April to March (design §4)."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter that holds `day`."""
    first_of_quarter = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first_of_quarter + relativedelta(months=3) - DAY


def last_quarter_end(day: date) -> date:
    """The last quarter end on or before `day`."""
    return day if day == quarter_end(day) else quarter_before(day)


def quarter_before(day: date) -> date:
    """The last quarter end strictly before `day`."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - DAY if day != quarter_end(day) else _previous(day)


def _previous(end: date) -> date:
    return end + DAY - relativedelta(months=3) - DAY


def quarter_ends_to(as_at: date, before: int) -> list[date]:
    """`as_at` and the `before` quarter ends that come before it, oldest first."""
    days = [as_at]
    for _ in range(before):
        days.append(quarter_before(days[-1]))
    return days[::-1]


@lru_cache(maxsize=1024)  # every indicator asks again for the same few windows
def window(as_at: date, months: int = 12) -> tuple[date, date]:
    """First and last day of the `months` months ending `as_at`, both ends in: (as_at + 1 day) minus months (design
    §4)."""
    return as_at + DAY - relativedelta(months=months), as_at


def financial_year(day: date) -> str:
    """The financial year that holds `day`, such as `2024-25`."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def year_end(year: str) -> date:
    """31 March that ends a financial year written `2024-25`. Raises ValueError for anything else."""
    return date(int(year[:4]) + 1, 3, 31)


def quarter_label(day: date) -> str:
    """The quarter of the financial year that holds `day`, such as `Q4 2024-25` for January to March 2025."""
    number = (day.month - 4) // 3 % 4 + 1
    return f"Q{number} {financial_year(day)}"
