"""The engine against the plain recount, and what must hold of any landlord."""

from copy import deepcopy
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from metrics.ghosts import episodes, ghosted_complaints
from metrics.periods import quarter_ends_to, window
from tests.metrics.ghosts.landlords import as_plain, ghostly_landlords, in_order
from tests.recount import ghosts as recount
from tests.recount.known import known
from tests.strategies import Landlord, shuffled


@given(landlord=ghostly_landlords())
def test_every_episode_equals_the_recount(landlord: Landlord) -> None:
    found = in_order(as_plain(episodes(landlord.records(), landlord.as_at)))
    assert found == in_order(recount.reported(landlord.tables, landlord.as_at))


@given(landlord=ghostly_landlords())
def test_ghosted_complaints_equal_the_recount_on_every_quarter_end_at_once(landlord: Landlord) -> None:
    days = quarter_ends_to(landlord.as_at, 4)
    found = set(ghosted_complaints(landlord.records(), days).rows())
    counted = set()
    for day in days:
        first, _ = window(day)
        cut = known(landlord.tables, day)
        this_year = {row["complaint_ref"] for row in cut["complaints"] if row["received_on"] >= first}
        counted |= {(day, ref) for ref in recount.ghosted(cut, day) & this_year}
    assert found == counted


@given(landlord=ghostly_landlords())
def test_what_happened_later_changes_nothing(landlord: Landlord) -> None:
    truncated = Landlord(as_at=landlord.as_at, tables=known(landlord.tables, landlord.as_at), national=[])
    now, then = (episodes(each.records(), landlord.as_at) for each in (landlord, truncated))
    assert now.to_dicts() == then.to_dicts()


@given(landlord=ghostly_landlords(), seed=st.integers(0, 2**16))
def test_the_order_of_rows_changes_nothing(landlord: Landlord, seed: int) -> None:
    one, other = (episodes(each.records(), landlord.as_at) for each in (landlord, shuffled(landlord, seed)))
    assert one.to_dicts() == other.to_dicts()


@given(landlord=ghostly_landlords())
def test_a_household_that_nobody_else_is_changes_no_other(landlord: Landlord) -> None:
    more = deepcopy(landlord.tables)
    for name, rows in landlord.tables.items():
        ref = {"complaints": "complaint_ref", "contacts": "contact_ref", "payments": "payment_ref"}[name]
        more[name] += [{**row, "household_ref": f"X{row['household_ref']}", ref: f"X{row[ref]}"} for row in rows]
    doubled = Landlord(as_at=landlord.as_at, tables=more, national=[])
    found = episodes(doubled.records(), landlord.as_at).to_dicts()
    mine = [row for row in found if not row["household_ref"].startswith("X")]
    assert mine == episodes(landlord.records(), landlord.as_at).to_dicts()
    assert len(found) == 2 * len(mine)


def test_no_day_before_the_first_record_has_an_episode() -> None:
    landlord = Landlord(as_at=date(2020, 1, 1) - timedelta(1), tables={}, national=[])
    assert episodes(landlord.records(), landlord.as_at).is_empty()
    assert ghosted_complaints(landlord.records(), [landlord.as_at]).is_empty()
