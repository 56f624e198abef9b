"""The lines of a landlord: counted again by hand, in periods that share no case, with nothing known too early."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from dateutil.relativedelta import relativedelta

from metrics.catalogue import INDICATORS
from metrics.records import Records
from metrics.trends import QuarterlyTrends, Rebase, Trend, quarterly
from metrics.trends.by_period import period_ends
from metrics.trends.choice import EITHER_SIDE, chart_of
from metrics.trends.point_cases import PointAsked, cases_of_point
from metrics.trends.rows import EVERY_LINE
from seed_data.generator import generate
from tests.builders import complaint, event, records, row
from tests.recount.counts import first_upheld, stage_1_due
from tests.recount.trends import month_of, quarter_of

AS_AT = date(2026, 9, 30)
DAY = timedelta(days=1)


@cache
def seeded(code: str) -> Records:
    frames = generate()[code]
    return Records(landlord_code=code, frames={name: frame.lazy() for name, frame in frames.items() if frame.height})


@cache
def trends(code: str = "BRACK", as_at: date = AS_AT) -> QuarterlyTrends:
    return quarterly(seeded(code), as_at)


def line(key: str, code: str = "BRACK") -> Trend:
    found = trends(code).row(key)
    assert found is not None
    return found


def rows_of(code: str, table: str) -> Iterator[dict[str, object]]:
    return seeded(code).frame(table).collect().iter_rows(named=True)


def compared(found: Trend, good: Counter[date], of: Counter[date]) -> None:
    """Every point's count, with periods of nothing left out."""
    assert len(found.points) >= 10
    for point in found.points:
        assert (point.numerator, point.denominator) == (good[point.end], of[point.end])


def test_each_point_opens_as_many_cases_as_it_counts() -> None:
    """The latest points of every line, also of those read some months after their period."""
    for each in trends().rows:
        for point in each.points[-2:]:
            asked = PointAsked(key=each.key, period=each.period, end=point.end)
            whole = point.numerator if point.denominator is None else point.denominator
            assert cases_of_point(seeded("BRACK"), asked, "all").height == whole, (each.key, point.end)
            if point.denominator is not None:
                assert cases_of_point(seeded("BRACK"), asked, "numerator").height == point.numerator, each.key
                fell_short = cases_of_point(seeded("BRACK"), asked, "attention").height
                assert fell_short == point.denominator - point.numerator, each.key


def test_complaints_a_month_are_those_received() -> None:
    found = line("stage_1_per_1000_homes")
    received = Counter(month_of(each["received_on"]) for each in rows_of("BRACK", "complaints"))
    assert found.period == "month"
    assert [point.numerator for point in found.points] == [received[point.end] for point in found.points]
    own = next(rows_of("BRACK", "landlords"))
    homes = own["homes_lcra"] + own["homes_lcho"]
    assert found.latest.value == pytest.approx(1000 * received[AS_AT] / homes)


@pytest.mark.parametrize("code", ["BRACK", "MALLO"])
def test_refusals_by_period_are_those_counted_by_hand(code: str) -> None:
    found = line("refused", code)
    end_of = month_of if found.period == "month" else quarter_of
    of = Counter(end_of(each["received_on"]) for each in rows_of(code, "complaints"))
    refused = Counter(
        end_of(each["received_on"]) for each in rows_of(code, "complaints") if each["status"] == "refused"
    )
    compared(found, refused, of)


def test_stage_1_by_month_is_counted_in_the_month_it_fell_due() -> None:
    clocked = [each for each in rows_of("BRACK", "complaints") if each["status"] not in ("refused", "withdrawn")]
    due = [(stage_1_due(each), each["stage_1_responded_on"]) for each in clocked]
    good = Counter(month_of(day) for day, answered in due if answered is not None and answered <= day)
    compared(line("stage_1_on_time"), good, Counter(month_of(day) for day, _ in due))


def test_what_settles_late_is_read_three_months_after_each_period() -> None:
    opened = {
        each["action_ref"]: each["opened_on"]
        for each in rows_of("BRACK", "learning_actions")
        if each["kind"] != "individual remedy"
    }
    learned: dict[object, date] = {}
    for link in rows_of("BRACK", "learning_links"):
        day = opened.get(link["action_ref"])
        if day is not None:
            learned[link["complaint_ref"]] = min(day, learned.get(link["complaint_ref"], day))
    good: Counter[date] = Counter()
    of: Counter[date] = Counter()
    for each in rows_of("BRACK", "complaints"):
        upheld = None if each["status"] in ("refused", "withdrawn") else first_upheld(each)
        if upheld is None:
            continue
        end = month_of(upheld[1])
        of[end] += 1
        read_on = end + DAY + relativedelta(months=3) - DAY
        good[end] += each["complaint_ref"] in learned and learned[each["complaint_ref"]] <= read_on
    found = line("learning_recorded")
    assert found.settles == 3
    assert found.latest.end == date(2026, 6, 30)
    compared(found, good, of)


def test_a_point_once_drawn_does_not_move_when_the_next_quarter_comes() -> None:
    """Each period is read at its own time, so what is learned later changes no point that was there."""
    earlier, later = trends("BRACK", date(2026, 6, 30)), trends()
    compared_lines = 0
    for before in earlier.rows:
        after = later.row(before.key)
        if after is None or after.period != before.period:
            continue
        counts = {point.end: (point.numerator, point.denominator) for point in after.points}
        shared = [point for point in before.points if point.end in counts]
        assert [counts[point.end] for point in shared] == [(point.numerator, point.denominator) for point in shared]
        compared_lines += 1
    assert compared_lines > 15


def test_every_figure_is_a_line_or_says_why_not() -> None:
    for code in ("BRACK", "SORRE", "MALLO"):
        found = trends(code)
        keys = [each.key for each in found.rows] + [each.indicator.key for each in found.left_out]
        assert sorted(keys) == sorted(each.key for each in INDICATORS)
        assert all(each.reason for each in found.left_out)


def test_the_expected_number_is_the_sum_of_every_lines_own_chance() -> None:
    found = trends()
    assert found.expected_by_chance == pytest.approx(sum(each.chance for each in found.rows))
    assert all(0 <= each.chance < 0.05 for each in found.rows)
    assert 0.01 < max(each.chance for each in found.rows) < 0.03  # other simulations of XmR give 0.015 to 0.026


def test_volume_is_never_better_or_worse() -> None:
    for code in ("BRACK", "QUILL"):
        for each in trends(code).rows:
            if each.indicator.better == "neither":
                assert each.variation.startswith(("changed", "only chance"))
                assert each.assurance == "no line"


def test_few_points_are_on_trial_and_no_records_give_no_line() -> None:
    assert {each.is_trial for each in trends().rows} == {True, False}
    assert all(each.is_trial == (len(each.points) < 13) for each in trends().rows)
    nothing = quarterly(records(landlords=[row("landlords")]), AS_AT)
    assert (nothing.rows, nothing.expected_by_chance) == ((), 0)


def test_a_period_the_records_do_not_cover_is_no_point() -> None:
    days = [date(2024, 2, 20) + timedelta(days=place) for place in range(0, 700, 3)]
    rows = [complaint(received_on=day) for day in days]
    found = quarterly(records(landlords=[row("landlords")], complaints=rows), AS_AT).row("stage_1_per_1000_homes")
    assert found is not None
    assert found.points[0].end == date(2024, 6, 30)  # begun in the middle of a quarter
    assert found.latest.end == date(2025, 12, 31)  # ended before the next quarter did


REBASE = Rebase(
    event_ref="E1", line=EVERY_LINE, reason="Another system", author="A. Executive", decided_on=date(2026, 1, 5)
)


def with_a_step(*, events: list[date]) -> Records:
    """30 complaints a month, 60 from 2025 on."""
    days = [
        date(year, month, 1 + place % 27)
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
        for place in range(60 if year == 2025 else 30)
    ]
    happened = [event(event_ref=f"E{number}", happened_on=day) for number, day in enumerate(events, start=1)]
    return records(
        landlords=[row("landlords")], complaints=[complaint(received_on=day) for day in days], events=happened
    )


@cache
def stepped(*, with_event: bool, rebases: tuple[Rebase, ...], at: date = date(2025, 1, 1)) -> Trend:
    held = with_a_step(events=[at] if with_event else [])
    found = quarterly(held, date(2025, 12, 31), rebases=rebases).row("stage_1_per_1000_homes")
    assert found is not None
    return found


def test_a_shift_is_a_signal_until_limits_begin_anew_at_its_event() -> None:
    plain, anew = (stepped(with_event=True, rebases=each) for each in ((), (REBASE,)))
    assert plain.is_signal and not anew.is_signal
    assert [point.numerator for point in plain.points] == [point.numerator for point in anew.points]
    assert [point.stretch for point in anew.points] == [0] * 24 + [1] * 12
    assert anew.is_trial and not plain.is_trial
    assert [(step.reason, step.author) for step in anew.rebases] == [("Another system", "A. Executive")]


def test_no_limit_begins_anew_without_a_recorded_event() -> None:
    assert stepped(with_event=False, rebases=(REBASE,)) == replace(stepped(with_event=False, rebases=()))
    assert not stepped(with_event=True, rebases=(replace(REBASE, event_ref="E9"),)).rebases
    assert not stepped(with_event=True, rebases=(replace(REBASE, line="refused"),)).rebases
    assert stepped(with_event=True, rebases=(replace(REBASE, line="stage_1_per_1000_homes"),)).rebases


def test_the_period_an_event_falls_into_belongs_to_the_time_before() -> None:
    found = stepped(with_event=True, rebases=(REBASE,), at=date(2024, 12, 2))
    assert [point.stretch for point in found.points].count(0) == 24


@pytest.mark.parametrize(
    ("k", "n", "kind"),
    [
        ([50] * 12, [100] * 12, "XmR"),
        ([96] * 12, [100] * 12, "P"),
        ([50] * 11 + [150], [100] * 11 + [300], "P"),
        ([5] * 12, [10] * 12, "P"),
        ([0] * 12, [500] * 12, "P"),
    ],
)
def test_the_chart_follows_the_declared_rule(k: list[int], n: list[int], kind: str) -> None:
    chosen = chart_of(k, n, is_rate=False, period="month")
    assert (chosen.kind, bool(chosen.why)) == (kind, True)


def test_a_rate_of_few_complaints_is_a_u_chart() -> None:
    few, many = ([EITHER_SIDE - 1] * 12, [EITHER_SIDE] * 12)
    assert chart_of(few, few, is_rate=True, period="quarter").kind == "U"
    assert chart_of(many, many, is_rate=True, period="quarter").kind == "XmR"


def test_periods_end_on_month_and_quarter_ends() -> None:
    assert period_ends(date(2026, 9, 30), "quarter", 2) == [date(2026, 6, 30), date(2026, 9, 30)]
    assert period_ends(date(2026, 9, 29), "quarter", 1) == [date(2026, 6, 30)]
    assert period_ends(date(2026, 1, 31), "quarter", 1) == [date(2025, 12, 31)]
    assert period_ends(date(2024, 2, 29), "month", 2) == [date(2024, 1, 31), date(2024, 2, 29)]
    assert period_ends(date(2024, 2, 28), "month", 1) == [date(2024, 1, 31)]
