"""The engine against the plain recount, and what must hold of any landlord."""

from copy import deepcopy
from datetime import date, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from metrics.ghosts import episodes, ghosted_complaints
from metrics.ghosts.hidden import hidden_stages
from metrics.ghosts.where import episodes_by
from metrics.periods import quarter_ends_to, window
from tests.builders import contact
from tests.metrics.ghosts.landlords import as_plain, ghostly_landlords, in_order
from tests.recount import ghosts as recount
from tests.recount.known import known
from tests.strategies import Landlord, shuffled


@given(landlord=ghostly_landlords())
def test_every_episode_equals_the_recount(landlord: Landlord) -> None:
    found = in_order(as_plain(episodes(landlord.records(), landlord.as_at)))
    assert found == in_order(recount.reported(landlord.tables, landlord.as_at))


@given(landlord=ghostly_landlords(), seed=st.integers(0, 2**16))
def test_the_boards_counts_and_the_queue_name_the_same_whereabouts(landlord: Landlord, seed: int) -> None:
    listed = episodes(landlord.records(), landlord.as_at)
    found = hidden_stages(shuffled(landlord, seed).records(), [landlord.as_at])
    counted = found.filter(pl.col("first_signal_on").is_between(*window(landlord.as_at)))
    for by in ("team", "channel", "category"):
        placed = episodes_by(landlord.records(), landlord.as_at, counted, by)
        assert dict(placed.group_by("place").len().iter_rows()) == dict(listed.group_by(by).len().iter_rows())


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


def test_two_teams_told_on_one_day_are_named_alike_whatever_the_order_of_rows() -> None:
    day = datetime(2025, 1, 7, 9)
    told = [
        contact(contact_ref=f"K{number:02}", occurred_at=day, direction="inbound", note="Fed up.", team=team)
        for number, team in enumerate(("Hub", "Desk") * 20)
    ]
    for rows in (told, told[::-1]):
        landlord = Landlord(as_at=date(2025, 3, 31), tables={"contacts": rows}, national=[])
        listed = episodes(landlord.records(), landlord.as_at)
        assert (
            listed["team"].to_list() == hidden_stages(landlord.records(), [landlord.as_at])["team"].to_list() == ["Hub"]
        )
