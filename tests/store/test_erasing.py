"""Erasure by reference: nothing of the person stays in any byte of the store, and the figures stay."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from intake.pseudonyms import pseudonym
from metrics.access import Reader, RefusedError
from metrics.assessment import read_indicators
from store import audit
from store import settings as settings_module
from store.database import Store
from store.erasing import erase, preview
from store.loading import Manner, load_paths
from store.papers import content_of, keep_paper, kept_papers
from store.protecting import KEY_VARIABLE, ask_for_pseudonyms
from store.snapshot import records_to_count
from store.verdicts import Verdict, record_verdict
from tests.store.loads import assert_snapshot_is_database, stored
from tests.store.test_protecting import everything_in

AS_AT = date(2024, 9, 30)
PLANTED = "the parrot saw it all"
WHY = "Asked by the resident under article 17"
HEAD = "landlord_code,complaint_ref,household_ref,stock,category,received_on,stage_1_acknowledged_on\n"
FILES = {
    "landlords.csv": "landlord_code,name\nL1,Riverbank Homes\nL2,Hilltop Homes\n",
    "complaints.csv": HEAD
    + "".join(f"L1,CASE-{n},HOUSE-{n},LCRA,Repairs,2024-05-{n},2024-05-{n}\n" for n in range(10, 28))
    + "L2,CASE-10,HOUSE-10,LCRA,Repairs,2024-05-10,2024-05-11\n",
    "contacts.csv": "landlord_code,contact_ref,complaint_ref,household_ref,occurred_at,direction,note\n"
    f"L1,TALK-1,CASE-10,HOUSE-10,2024-05-12 10:00,inbound,Says {PLANTED}\n"
    f"L1,TALK-2,,HOUSE-10,2024-05-13 10:00,inbound,Rang again: {PLANTED}\n"
    "L1,TALK-3,,HOUSE-11,2024-05-13 10:00,inbound,See also CASE-10 and CASE-100\n"
    "L1,TALK-4,CASE-10,HOUSE-10,no day,inbound,\n",
    "commitments.csv": "landlord_code,commitment_ref,complaint_ref,made_at,kind,description,promised_on,due_on\n"
    f"L1,PROMISE-1,CASE-10,stage 1,repair,Cage for the parrot: {PLANTED},2024-05-20,2024-06-20\n",
}
OF_PERSON = ("HOUSE-10", "CASE-10", "TALK-1", "TALK-2", "PROMISE-1", "parrot")


@pytest.fixture
def held(store: Store, tmp_path: Path) -> Store:
    """Eighteen households of one landlord, one of them the one to erase, and one of the same reference elsewhere."""
    load_again(store, tmp_path)
    for landlord in ("L1", "L2"):
        record_verdict(
            store,
            Verdict(
                landlord_code=landlord,
                complaint_ref="CASE-10",
                household_ref="HOUSE-10",
                window="before",
                first_signal_on=date(2024, 5, 12),
                detectors=("label",),
                grade="A",
                verdict="ghost",
                reason=f"In {landlord} {PLANTED}",
                reviewer="R",
                decided_on=date(2024, 6, 1),
            ),
        )
    keep_paper(
        store, landlord_code="L1", kind="self-check", as_at=AS_AT, kept_by="R", finding="Fine", method_version="1.0",
        data_hash="0", content='{"rows": ["CASE-10", "CASE-100", "Says the parrot saw it all"]}',
    )  # fmt: skip
    return store


def load_again(store: Store, folder: Path) -> dict[str, tuple[int, int]]:
    for name, content in FILES.items():
        (folder / name).write_text(content)
    manner = Manner(method="test", extract_date=date(2024, 10, 1))
    result = load_paths(store, [folder / name for name in FILES], manner=manner)
    return {name: (counts.kept, counts.changed) for name, counts in result.tables.items()}


def counts(store: Store) -> list[tuple[str, object, object, object]]:
    readings = read_indicators(records_to_count(store, "L1"), AS_AT).values()
    return [(each.key, each.numerator, each.denominator, each.state) for each in readings]


def left_in(store: Store, landlord: str = "L1") -> list[str]:
    """What of the person is in any byte; the other landlord's rows of the same references are theirs."""
    if landlord == "L1":
        erase(store, "L2", "HOUSE-10", reason="So that what is left is of L1 alone")
    whole = everything_in(store)
    return [words for words in OF_PERSON if words.encode() in whole.replace(b"CASE-100", b"")]


def test_what_is_held_is_told_by_table_before_anything_is_done(held: Store) -> None:
    found = preview(held, "L1", "HOUSE-10")
    assert found is not None
    assert found.rows == {"commitments": 1, "complaints": 1, "contacts": 2}
    assert (found.kind, found.in_audit) == ("household_ref", 0)
    case = preview(held, "L1", "CASE-10")
    assert case is not None
    assert case.rows == {"commitments": 1, "complaints": 1, "contacts": 1}
    assert preview(held, "L1", "HOUSE-1") is None
    assert PLANTED.encode() in everything_in(held)


def test_nothing_of_the_household_stays_and_every_figure_does(held: Store) -> None:
    before = counts(held)
    erase(held, "L1", "HOUSE-10", reason=WHY)
    assert counts(held) == before
    assert stored(held, "complaints").filter(landlord_code="L2")["complaint_ref"].to_list() == ["CASE-10"]
    assert_snapshot_is_database(held)
    other = stored(held, "contacts").filter(contact_ref="TALK-3")["note"][0]
    assert "CASE-100" in other
    paper = kept_papers(held, "L1")[0]
    assert "CASE-100" in content_of(held, paper)
    assert left_in(held) == []


def test_a_case_alone_leaves_the_households_other_contacts(held: Store) -> None:
    erase(held, "L1", "CASE-10", reason=WHY)
    contacts = stored(held, "contacts").filter(landlord_code="L1").sort("contact_ref")
    assert contacts.filter(household_ref="HOUSE-10").height == 2
    assert contacts.filter(contact_ref="TALK-2")["note"][0] == f"Rang again: {PLANTED}"
    assert contacts["note"].null_count() == 1


def test_the_next_export_does_not_bring_them_back(held: Store, tmp_path: Path) -> None:
    erase(held, "L1", "HOUSE-10", reason=WHY)
    before = stored(held, "complaints")
    assert load_again(held, tmp_path) == {
        "landlords": (0, 0), "complaints": (0, 0), "contacts": (0, 1), "commitments": (0, 0),
    }  # fmt: skip
    assert stored(held, "complaints").equals(before)


def test_it_is_found_by_the_landlords_own_reference_under_pseudonyms(
    held: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "k" * 32)
    settings_module.settings.cache_clear()
    ask_for_pseudonyms(held, "L1", "every reference", reason="Our policy")
    erase(held, "L1", "HOUSE-10", reason=WHY)
    made = pseudonym("HOUSE-10", kind="household_ref", key=b"k" * 32)
    assert made not in stored(held, "complaints")["household_ref"].to_list()
    assert load_again(held, tmp_path)["complaints"] == (0, 0)
    settings_module.settings.cache_clear()


def test_it_is_audited_without_the_reference_and_for_the_administrator_alone(held: Store) -> None:
    erase(held, "L1", "HOUSE-10", reason=WHY)
    entry = audit.entries(held, limit=1)[0]
    assert (entry.what, entry.landlord_code) == ("erased", "L1")
    assert "HOUSE-10" not in entry.detail
    assert WHY in entry.detail
    assert audit.verify(held).fault is None
    team = held.opened_for(Reader(name="t", roles=frozenset({"complaints team"})))
    with pytest.raises(RefusedError):
        preview(team, "L1", "HOUSE-11")
    with pytest.raises(RefusedError):
        erase(team, "L1", "HOUSE-11", reason=WHY)
    with pytest.raises(ValueError, match="reason"):
        erase(held, "L1", "HOUSE-11", reason=" ")
    with pytest.raises(ValueError, match="nothing is held"):
        erase(held, "L1", "HOUSE-99", reason=WHY)
    assert stored(held, "complaints").filter(pl.col("household_ref") == "HOUSE-11").height == 1
