"""Working days, quarters and windows, one day at a time."""

import calendar
from datetime import date, timedelta
from functools import cache

import holidays

DAY = timedelta(days=1)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=[year]))


def is_working_day(day: date) -> bool:
    """Monday to Friday and not an England and Wales bank holiday."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@cache
def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`."""
    while count > 0:
        day += DAY
        if is_working_day(day):
            count -= 1
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days d have first < d <= last."""
    counted = 0
    while first < last:
        first += DAY
        counted += is_working_day(first)
    return counted


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier; the month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window(as_at: date, months: int = 12) -> tuple[date, date]:
    """First and last day of the window of that many months ending as_at, both in."""
    return months_before(as_at + DAY, months), as_at


def is_quarter_end(day: date) -> bool:
    """The last day of March, June, September or December."""
    return day.month in (3, 6, 9, 12) and (day + DAY).month != day.month


def last_quarter_end_before(day: date) -> date:
    """The nearest quarter end strictly before `day`."""
    day -= DAY
    while not is_quarter_end(day):
        day -= DAY
    return day


def chain_of_quarters(as_at: date, back: int = 8) -> list[date]:
    """The `back` quarter ends before as_at, oldest first, and then as_at itself."""
    days = [as_at]
    for _ in range(back):
        days.insert(0, last_quarter_end_before(days[0]))
    return days


def last_complete_quarters(as_at: date, count: int) -> list[tuple[date, date]]:
    """First and last day of the last complete quarters by as_at, oldest first."""
    end = as_at if is_quarter_end(as_at) else last_quarter_end_before(as_at)
    quarters: list[tuple[date, date]] = []
    for _ in range(count):
        begin = last_quarter_end_before(end) + DAY
        quarters.insert(0, (begin, end))
        end = begin - DAY
    return quarters


def end_of_financial_year(year: str) -> date:
    """31 March that ends a financial year written like 2024-25."""
    return date(int(year[:4]) + 1, 3, 31)
