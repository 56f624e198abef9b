"""SQL in values and in names of columns, on both databases: stored as the characters they are, or named and left."""

from pathlib import Path

import pytest

from metrics.access import Reader, RefusedError
from store.database import Store
from store.history import files_at, history
from store.loading import Manner, load_paths
from store.people import keep_person, people, person
from store.snapshot import read_records
from tests.store.loads import stored

SQL = [
    "A1'; DROP TABLE complaints; --",
    "x') ON CONFLICT DO NOTHING; DELETE FROM audit_entries; --",
    "$$; SELECT pg_sleep(100); $$",
    "\\N",
    "{0} %s ? :name",
]
HEADER = "landlord_code,complaint_ref,household_ref,stock,category,received_on,team"


def load(store: Store, folder: Path, header: str, *rows: str) -> None:
    (folder / "landlords.csv").write_text("landlord_code,name\nL1,Riverbank\n")
    (folder / "complaints.csv").write_text("\n".join([header, *rows]) + "\n")
    files = [folder / "landlords.csv", folder / "complaints.csv"]
    load_paths(store, files, manner=Manner(method="test", files=files_at(files)))


def test_sql_in_a_value_is_a_value(store: Store, tmp_path: Path) -> None:
    rows = [f'L1,"{text}",H1,LCRA,Repairs,2024-05-01,"{text}"' for text in SQL]
    load(store, tmp_path, HEADER, *rows)
    held = stored(store, "complaints")
    assert set(held["complaint_ref"]) == set(held["team"]) == set(SQL)
    assert set(read_records(store, "L1").frame("complaints").collect()["team"]) == set(SQL)
    load(store, tmp_path, HEADER, *rows)
    assert stored(store, "complaints").height == len(SQL), "found again by its reference"


def test_sql_in_the_name_of_a_column_is_a_column_nobody_reads(store: Store, tmp_path: Path) -> None:
    load(
        store,
        tmp_path,
        f'{HEADER},"x""); DROP TABLE loads; --",team) VALUES (1',
        "L1,A1,H1,LCRA,Repairs,2024-05-01,N,1,2",
    )
    assert stored(store, "complaints").height == 1
    assert len(history(store)) == 1


@pytest.mark.parametrize("text", SQL)
def test_sql_in_what_is_asked_for_finds_nothing_and_breaks_nothing(store: Store, text: str) -> None:
    assert person(store, (text,)) is None
    keep_person(store, text, roles=frozenset({"MRC"}), landlords=frozenset({text}), reason=text)
    assert [each.subject for each in people(store)] == [text.casefold().strip()]
    reader = Reader(name=text, roles=frozenset({"complaints team"}), landlords=frozenset({text}))
    with pytest.raises(RefusedError):
        read_records(store.opened_for(reader), "L1")
