"""Retention: what is over goes, from every copy, and the figures of past quarters stay as they were."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from metrics.access import Reader, RefusedError
from metrics.assessment import assess
from seed_data.dates import EXTRACT_DATE
from seed_data.generator import generate
from store import audit
from store.database import Store, open_store, upgrade
from store.loading import Manner, load_paths
from store.people import change_setting
from store.retention import remove_what_is_over, what_is_over
from store.snapshot import records_to_count
from tests.store.loads import assert_snapshot_is_database, stored
from tests.store.test_protecting import everything_in

CODE, TODAY, WHY = "QUILL", date(2029, 6, 30), "The yearly clearing out"
HEAD = "landlord_code,complaint_ref,household_ref,stock,category,status,received_on,closed_on\n"
FILES = {
    "landlords.csv": "landlord_code,name\nL1,Riverbank Homes\n",
    "complaints.csv": HEAD
    + "L1,OLD-CLOSED,H1,LCRA,Repairs,closed,2017-05-01,2017-06-01\n"
    + "L1,OLD-OPEN,H2,LCRA,Repairs,open,2017-05-01,\n"
    + "L1,OLD-PROMISE,H3,LCRA,Repairs,closed,2017-05-01,2017-06-01\n"
    + "L1,OLD-CALLED,H4,LCRA,Repairs,closed,2017-05-01,2017-06-01\n"
    + "L1,NEWER,H5,LCRA,Repairs,closed,2023-05-01,2023-06-01\n",
    "contacts.csv": "landlord_code,contact_ref,complaint_ref,household_ref,occurred_at,direction,note\n"
    "L1,K-OLD,OLD-CLOSED,H1,2017-05-12 10:00,inbound,the parrot saw it\n"
    "L1,K-ALONE,,H1,2017-05-12 10:00,inbound,the parrot again\n"
    "L1,K-LATE,OLD-CALLED,H4,2022-05-12 10:00,inbound,\n",
    "commitments.csv": "landlord_code,commitment_ref,complaint_ref,made_at,kind,promised_on,due_on,completed_on\n"
    "L1,P-KEPT,OLD-CLOSED,stage 1,repair,2017-05-20,2017-06-20,2017-06-01\n"
    "L1,P-OPEN,OLD-PROMISE,stage 1,repair,2017-05-20,2017-06-20,\n",
}


def load_files(store: Store, folder: Path) -> None:
    for name, content in FILES.items():
        (folder / name).write_text(content)
    load_paths(store, [folder / name for name in FILES], manner=Manner(method="test", extract_date=date(2024, 1, 1)))


def test_closed_cases_in_which_nothing_happened_since_go_and_no_other(store: Store, tmp_path: Path) -> None:
    load_files(store, tmp_path)
    assert what_is_over(store, "L1", today=date(2024, 6, 30)) is None
    with pytest.raises(ValueError, match="no rule"):
        remove_what_is_over(store, "L1", reason=WHY, today=date(2024, 6, 30))
    change_setting(store, "L1", "retention_years", "6", reason="Our schedule")
    told = what_is_over(store, "L1", today=date(2024, 6, 30))
    assert told is not None
    assert (told.before, dict(told.rows)) == (date(2018, 7, 1), {"commitments": 1, "complaints": 1, "contacts": 2})
    with pytest.raises(ValueError, match="reason"):
        remove_what_is_over(store, "L1", reason=" ", today=date(2024, 6, 30))
    remove_what_is_over(store, "L1", reason=WHY, today=date(2024, 6, 30))
    assert set(stored(store, "complaints")["complaint_ref"]) == {"OLD-OPEN", "OLD-PROMISE", "OLD-CALLED", "NEWER"}
    assert stored(store, "contacts")["contact_ref"].to_list() == ["K-LATE"]
    assert_snapshot_is_database(store)
    whole = everything_in(store)
    assert [words for words in ("OLD-CLOSED", "K-ALONE", "parrot") if words.encode() in whole] == []
    load_files(store, tmp_path)
    assert "OLD-CLOSED" not in stored(store, "complaints")["complaint_ref"].to_list()
    assert stored(store, "contacts")["contact_ref"].to_list() == ["K-LATE"]
    assert audit.verify(store).fault is None
    assert "retention" in [each.what for each in audit.entries(store)]


def test_the_administrator_alone_removes(store: Store, tmp_path: Path) -> None:
    load_files(store, tmp_path)
    team = store.opened_for(Reader(name="t", roles=frozenset({"complaints team"})))
    with pytest.raises(RefusedError):
        remove_what_is_over(team, "L1", reason=WHY)


def test_every_past_quarter_says_what_it_said(tmp_path: Path) -> None:
    (tmp_path / CODE).mkdir()
    for table, frame in generate()[CODE].items():
        frame.write_parquet(tmp_path / CODE / f"{table}.parquet")
    store = open_store(f"sqlite:///{tmp_path}/kept.db")
    upgrade(store)
    load_paths(store, [tmp_path / CODE], manner=Manner(method="test", extract_date=EXTRACT_DATE))
    quarters = [date(2025, 3, 31), date(2026, 9, 30)]
    before = [assess(records_to_count(store, CODE), day) for day in quarters]
    change_setting(store, CODE, "retention_years", "5", reason="Our schedule")
    removed = remove_what_is_over(store, CODE, reason=WHY, today=TODAY)
    assert removed.rows["complaints"] > 500
    assert stored(store, "complaints").height > 0
    records = records_to_count(store, CODE)
    after = [assess(records, day) for day in quarters]
    for was, now in zip(before, after, strict=True):
        assert now.readings == was.readings
        assert now.placement == was.placement
        assert now.trajectory == was.trajectory
        assert now.profile == was.profile
        assert now.history == was.history
    between = assess(records, date(2026, 9, 29))
    assert between.placement.position == "not stated"
    assert all("removed under the landlord's rule" in each.reason for each in between.readings.values())
    assert records.kept_days.days.keys() >= set(quarters)
    assert pl.Series(sorted(records.kept_days.days)).is_unique().all()
    store.engine.dispose()
