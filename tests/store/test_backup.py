"""A backup holds everything, can be restored into either database, and is refused where it is not whole."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from sqlalchemy import Connection, Table, insert

from metrics import as_json
from metrics.access import Reader, RefusedError
from metrics.assessment import assess
from seed_data.generator import generate
from store import audit, whole_tables
from store.archive import MANIFEST, ArchiveError
from store.backup import HoldsDataError, backup, checked, restore
from store.database import Store, is_current, open_store, reading, upgrade, writing
from store.loading import kept, load, prepared_of
from store.own_records import LOADED_BY_NAME
from store.papers import content_of, keep_paper, kept_papers
from store.secrets import view_secret
from store.snapshot import records_to_count
from store.tables import metadata
from tests.builders import row
from tests.store.loads import BY_TEST, assert_snapshot_is_database, load_rows, stored

AS_AT = date(2026, 9, 30)
AWKWARD = 'He said "no",\n\tthen; it\'s \\N — naïve 😀 \\.'
Members = dict[str, bytes]
FILLED = {"loads", "load_tables", "store_secrets", "audit_entries"}


def everything(store: Store) -> dict[str, pl.DataFrame]:
    with reading(store) as connection:
        return {name: whole_tables.read(connection, name) for name in whole_tables.names()}


def assert_holds(store: Store, wanted: dict[str, pl.DataFrame]) -> None:
    """The same rows in every table; the audit has gone on since."""
    found = everything(store)
    assert found.keys() == wanted.keys()
    for name, rows in wanted.items():
        assert_frame_equal(found[name].head(rows.height), rows)
        assert name == "audit_entries" or found[name].height == rows.height, name


def fill_own_tables(connection: Connection) -> None:
    """Two rows in each of the store's own tables, one of them as awkward as its types allow."""
    for table in metadata.sorted_tables:
        if table.name not in LOADED_BY_NAME and table.name not in FILLED:
            for number, awkward in enumerate((False, True), start=1):
                connection.execute(insert(table).values(_values(table, number, awkward=awkward)))


def _values(table: Table, number: int, *, awkward: bool) -> dict[str, Any]:
    kinds: dict[type, Any] = {str: AWKWARD if awkward else "", int: number, bool: awkward, bytes: b"\x00\xff\n"}
    kinds |= {date: date(2024, 2, 29), datetime: datetime(2024, 2, 29, 23, 59, 59, 1 if awkward else 0), float: 0.1}
    values = {c.name: kinds[c.type.python_type] for c in table.columns if c is not table.autoincrement_column}
    for column in table.primary_key.columns:
        if column.type.python_type is str:
            values[column.name] = f"{number}{AWKWARD}"
    values |= {c.name: 1 for c in table.columns if c.foreign_keys}
    blank = {c.name: None for c in table.columns if c.nullable and awkward}
    return values | blank


@pytest.fixture
def full(store: Store) -> Store:
    """One landlord's whole records, and something in every other table."""
    frames = generate()["LARKS"]
    contacts = frames["contacts"].head(1500)
    seeds = {name: kept(rows) for name, rows in (frames | {"contacts": contacts}).items()}
    load(store, prepared_of(seeds), manner=BY_TEST)
    load_rows(store, landlords=[row("landlords", name=AWKWARD)], contacts=[row("contacts", note=AWKWARD)])
    with writing(store) as connection:
        fill_own_tables(connection)
    keep_paper(
        store, landlord_code="L1", kind="board", as_at=AS_AT, kept_by="Ann", finding="Operational",
        method_version="1.0", data_hash="d" * 64, content=AWKWARD,
    )  # fmt: skip
    return store


@pytest.fixture
def small(store: Store, tmp_path: Path) -> tuple[Store, Path]:
    """A store with a little in it, and its backup."""
    load_rows(store, landlords=[row("landlords")], complaints=[row("complaints", received_on=date(2024, 4, 1))])
    backup(store, tmp_path / "small.zip")
    return store, tmp_path / "small.zip"


@pytest.fixture
def anew(new_url: Callable[[], str]) -> Iterator[Callable[[], Store]]:
    """Opens other, empty stores of the same kind."""
    opened: list[Store] = []

    def empty(url: str | None = None) -> Store:
        opened.append(open_store(url or new_url()))
        upgrade(opened[-1])
        return opened[-1]

    yield empty
    for each in opened:
        each.engine.dispose()


def figures(store: Store) -> str:
    """Every figure of the landlord, with its reasons and doubt."""
    found = assess(records_to_count(store, "LARKS"), AS_AT)
    told = (as_json.indicators(found.readings), as_json.position(found.placement), as_json.trajectory(found.trajectory))
    return json.dumps(told, default=str)


def test_everything_comes_back_by_way_of_the_other_database(
    full: Store, anew: Callable[..., Store], tmp_path: Path
) -> None:
    before, worked_out = everything(full), figures(full)
    assert {name for name, rows in before.items() if rows.is_empty()} == {"tsm_missing", "national_figures"}
    on_the_way = anew(f"sqlite:///{tmp_path / 'on_the_way.db'}")
    told = backup(full, tmp_path / "one.zip")
    restore(on_the_way, tmp_path / "one.zip")
    backup(on_the_way, tmp_path / "two.zip")
    back = anew()
    restore(back, tmp_path / "two.zip")
    for restored in (on_the_way, back):
        assert_holds(restored, before)
        assert figures(restored) == worked_out
        assert view_secret(restored) == view_secret(full)
        paper = kept_papers(restored, "L1")[0]
        assert hashlib.sha256(content_of(restored, paper).encode()).hexdigest() == paper.paper_hash
        assert_snapshot_is_database(restored)
        assert audit.verify(restored).fault is None
    assert told.rows["contacts"] == before["contacts"].height
    assert (tmp_path / "one.zip").stat().st_mode & 0o077 == 0


def test_a_restored_store_goes_on_where_it_was(small: tuple[Store, Path], anew: Callable[[], Store]) -> None:
    store, archive = small
    other = anew()
    restore(other, archive)
    result = load_rows(other, landlords=[row("landlords", landlord_code="L2")])
    assert result.load == 2
    assert {visit.what for visit in audit.entries(other)} == {"loaded", "exported", "restored"}
    assert stored(store, "landlords").height == 1


def test_a_store_that_holds_anything_is_replaced_only_when_told(
    small: tuple[Store, Path], anew: Callable[[], Store]
) -> None:
    store, archive = small
    other = anew()
    load_rows(other, landlords=[row("landlords", landlord_code="L9")])
    held, seal = everything(other), audit.verify(other).last_hash
    with pytest.raises(HoldsDataError, match="landlords 1"):
        restore(other, archive)
    assert_holds(other, held)
    assert restore(other, archive, replace=True).replaced_seal == seal
    assert stored(other, "landlords")["landlord_code"].to_list() == ["L1"]
    assert seal in audit.entries(other)[0].detail
    assert_snapshot_is_database(other)
    restore(store, archive, replace=True)
    assert_snapshot_is_database(store)


def rewritten(archive: Path, change: Callable[[Members], None]) -> Path:
    """The same archive after somebody changed its files."""
    with ZipFile(archive) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    change(members)
    changed = archive.with_name("changed.zip")
    with ZipFile(changed, "w", ZIP_STORED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return changed


def say(members: Members, **values: Any) -> None:
    members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | values).encode()


def put(members: Members, name: str, rows: pl.DataFrame) -> None:
    """A table of other rows, with a manifest that vouches for it."""
    content = BytesIO()
    rows.write_parquet(content)
    members[f"tables/{name}.parquet"] = content.getvalue()
    tables = json.loads(members[MANIFEST])["tables"]
    tables[name] = {"rows": rows.height, "sha256": hashlib.sha256(content.getvalue()).hexdigest()}
    say(members, tables=tables)


def of(members: Members, name: str) -> pl.DataFrame:
    return pl.read_parquet(BytesIO(members[f"tables/{name}.parquet"]))


def _other_cells(members: Members) -> None:
    content = BytesIO()
    of(members, "complaints").with_columns(category=pl.lit("made up")).write_parquet(content)
    members["tables/complaints.parquet"] = content.getvalue()


def _no_table(members: Members) -> None:
    del members["tables/complaints.parquet"]


def _something_more(members: Members) -> None:
    members["tables/../../etc/passwd"] = b"x"


def _no_manifest(members: Members) -> None:
    del members[MANIFEST]


def _another_format(members: Members) -> None:
    say(members, format=2)


def _newer(members: Members) -> None:
    say(members, tables_version="9999")


def _a_table_of_tomorrow(members: Members) -> None:
    put(members, "tomorrow", pl.DataFrame({"a": [1]}))


def _another_past(members: Members) -> None:
    put(members, "audit_entries", of(members, "audit_entries").with_columns(who=pl.lit("nobody")))


def _an_impossible_row(members: Members) -> None:
    rows = of(members, "complaints")
    put(members, "complaints", pl.concat([rows, rows]))


def _a_blank_that_may_not_be(members: Members) -> None:
    put(members, "complaints", of(members, "complaints").with_columns(received_on=pl.lit(None, dtype=pl.Date)))


DAMAGES: dict[Callable[[Members], None], str] = {
    _other_cells: "damaged: tables/complaints.parquet is not what its manifest says",
    _no_table: r"not those of its manifest \(tables/complaints.parquet\)",
    _something_more: "not those of its manifest",
    _no_manifest: "no backup: there is no manifest.json",
    _another_format: "another format",
    _newer: "newer version of this program",
    _a_table_of_tomorrow: "newer version of this program .*tomorrow",
    _another_past: "audit is not the one",
    _an_impossible_row: "complaints (read back is not what the backup holds|cannot be stored)",
    _a_blank_that_may_not_be: "complaints cannot be stored",
}


def test_a_backup_that_is_not_whole_is_refused_and_nothing_changes(small: tuple[Store, Path]) -> None:
    store, archive = small
    held = everything(store)
    for change, words in DAMAGES.items():
        with pytest.raises(ArchiveError, match=words):
            restore(store, rewritten(archive, change), replace=True)
        assert_holds(store, held)
    assert_snapshot_is_database(store)
    assert is_current(store)


def test_a_backup_of_an_older_version_is_brought_up_to_this_one(
    small: tuple[Store, Path], anew: Callable[[], Store]
) -> None:
    """As the tables were before there was an audit: those that came later are not in it."""
    later = {"store_secrets", "people", "landlord_settings", "audit_entries"}

    def older(members: Members) -> None:
        tables = json.loads(members[MANIFEST])["tables"]
        for name in sorted(tables):
            if name in later or not _existed(name):
                del members[f"tables/{name}.parquet"], tables[name]
        say(members, tables=tables, tables_version="0005", audit_entries=0, audit_last_hash=audit.BEGINNING)

    other = anew()
    restore(other, rewritten(small[1], older))
    assert is_current(other)
    assert_frame_equal(stored(other, "complaints"), stored(small[0], "complaints"))
    assert [entry.what for entry in audit.entries(other)] == ["restored"]
    assert view_secret(other)


def _existed(name: str) -> bool:
    return name in LOADED_BY_NAME or name.startswith("load")


@pytest.mark.parametrize("part", [0.0, 0.2, 0.999])
def test_half_a_file_is_refused(part: float, tmp_path: Path) -> None:
    archive = little_archive(tmp_path)
    whole = archive.read_bytes()
    archive.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(ArchiveError, match="no backup, or a damaged one"):
        checked(archive)


def little_archive(folder: Path) -> Path:
    store = open_store(f"sqlite:///{folder / 'little.db'}")
    upgrade(store)
    load_rows(store, landlords=[row("landlords")])
    backup(store, folder / "little.zip")
    store.engine.dispose()
    return folder / "little.zip"


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return little_archive(tmp_path_factory.mktemp("little"))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_a_flipped_bit_is_found_or_changes_nothing(little: Path, data: st.DataObject) -> None:
    content = bytearray(little.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    flipped = little.with_name("flipped.zip")
    flipped.write_bytes(content)
    whole = checked(little).manifest
    try:
        found = checked(flipped).manifest
    except ArchiveError:
        return
    assert found == whole


def test_a_backup_never_takes_the_place_of_a_file_and_never_stays_half(
    small: tuple[Store, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, archive = small
    whole = archive.read_bytes()
    with pytest.raises(FileExistsError, match="there already"):
        backup(store, archive)
    assert archive.read_bytes() == whole

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="No space left"):
        backup(store, archive.with_name("next.zip"))
    assert not archive.with_name("next.zip").exists()
    assert list(archive.parent.glob(".backup-*")) == []


SOME_ONLY = (
    Reader(name="c", roles=frozenset({"complaints team"})),
    Reader(name="a", roles=frozenset({"administrator"})),
    Reader(name="b", roles=frozenset({"administrator", "complaints team"}), landlords=frozenset({"L1"})),
)


def test_only_who_sees_everything_may_take_it_away_or_replace_it(little: Path) -> None:
    store = open_store(f"sqlite:///{little.with_suffix('.db')}")
    for reader in SOME_ONLY:
        with pytest.raises(RefusedError):
            backup(store.opened_for(reader), little.with_name("other.zip"))
        with pytest.raises(RefusedError):
            restore(store.opened_for(reader), little, replace=True)
    assert not little.with_name("other.zip").exists()
    store.engine.dispose()
