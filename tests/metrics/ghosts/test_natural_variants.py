"""What is heard of words that others wrote: the figures of docs/ghost-detection.md, below which no change may fall."""

import polars as pl
import pytest

from tests.metrics.ghosts.natural import DETECTOR, found, measured, variants

# set, kind: wanted, heard at least, misheard at most; in every window alike
FLOORS = {
    ("first", "note"): (30, 30, 0),
    ("first", "label_any"): (16, 16, 0),
    ("first", "label_after"): (5, 5, 0),
    ("first", "payment"): (10, 10, 0),
    ("first", "channel"): (7, 7, 0),
    ("second", "note"): (30, 30, 2),
    ("second", "label_any"): (16, 16, 0),
    ("second", "label_after"): (5, 5, 0),
    ("second", "payment"): (10, 10, 0),
    ("second", "channel"): (7, 6, 1),
    ("last", "note"): (24, 22, 0),
    ("tuned", "note"): (111, 107, 0),
    ("locked", "note"): (92, 79, 0),
    ("locked again", "note"): (52, 40, 0),
}


@pytest.fixture(scope="module")
def figures() -> pl.DataFrame:
    return measured(["set", "kind", "window"])


@pytest.mark.parametrize(("part", "kind"), FLOORS)
def test_no_window_hears_less_or_mishears_more_than_was_reached(figures: pl.DataFrame, part: str, kind: str) -> None:
    wanted, at_least, at_most = FLOORS[part, kind]
    rows = figures.filter(pl.col("set") == part, pl.col("kind") == kind)
    assert rows["window"].to_list() == (["after"] if kind == "label_after" else ["after", "before", "between", "never"])
    assert rows["wanted"].unique().to_list() == [wanted]
    assert rows["heard"].min() >= at_least
    assert rows["misheard"].max() <= at_most


def test_every_variant_belongs_to_a_measured_group_and_names_its_source() -> None:
    rows = variants()
    assert set(rows.select("set", "kind").unique().iter_rows()) == set(FLOORS)
    assert set(rows["kind"]) == set(DETECTOR)
    assert rows.filter(pl.col("source").str.strip_chars() == "").is_empty()
    assert rows.group_by("kind").agg(pl.col("fires").n_unique())["fires"].unique().to_list() == [2]
    assert rows.select("kind", "text").is_duplicated().sum() == 0


def test_words_of_a_third_stage_say_nothing_in_the_records_of_other_windows() -> None:
    after = found().filter(pl.col("kind") == "label_after")
    assert after["window"].unique().to_list() == ["after"]


def test_two_readers_who_saw_neither_labels_nor_words_agree_with_the_labels() -> None:
    read = variants().drop_nulls(["second", "third"])
    for reader in ("second", "third"):
        sure = read.filter(pl.col(reader) != "unsure")
        assert sure.height >= 0.9 * read.height
        same = sure.filter(pl.col("fires") == (pl.col(reader) == "yes"))
        assert same.height >= 0.97 * sure.height
    unseen = read.filter(pl.col("set").is_in(["locked", "locked again"]))
    assert unseen.filter(pl.col("second") == "yes", pl.col("third") == "yes").height >= 100
