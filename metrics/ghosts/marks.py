"""What contacts and payments say, whatever the day it is looked at: the expensive reading, done once.

Every frame here has the columns of `CANDIDATES`; one row is one signal that may count, depending on the complaints of
its household and on what is known at the day asked about.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from metrics.ghosts.lexicon import Lexicon
from metrics.ghosts.matching import dissatisfied, distinct_held_in, held_in, may_be_dissatisfied
from metrics.records import Records

RECORD = pl.Struct({"table": pl.String, "ref": pl.String, "on": pl.Date})
CANDIDATES: dict[str, pl.DataType | type[pl.DataType]] = {
    "detector": pl.String,
    "on": pl.Date,
    "begins_on": pl.Date,  # the first of the records that fired it
    "household_ref": pl.String,
    "category": pl.String,
    "team": pl.String,
    "channel": pl.String,
    "after_only": pl.Boolean,  # says something in the window `after` alone
    "records": pl.List(RECORD),
}
REPEATS, WITHIN_DAYS = 3, 28
_OF_CONTACT = ("contact_ref", "household_ref", "category", "team", "channel", "occurred_at")
_ODD = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplier: spreads neighbouring numbers over all buckets
_BUCKET_BITS = 22


def candidates(records: Records, lexicon: Lexicon) -> pl.DataFrame:
    """Every signal that contacts and payments may be."""
    found = [*of_contacts(records, lexicon), repeat_contacts(records), payments(records, lexicon)]
    return pl.concat([pl.DataFrame(schema=CANDIDATES), *found], how="vertical")


def of_contacts(records: Records, lexicon: Lexicon) -> list[pl.DataFrame]:
    """Signals of labels, phrases, and phrases in the mouth of a third party."""
    marked = _marked(records, lexicon)
    labelled = marked.filter("label_any", ~pl.col("by_ombudsman")).with_columns(after_only=pl.lit(False))
    late = marked.filter("label_after", ~pl.col("label_any"), ~pl.col("by_ombudsman"))
    unhappy = marked.filter("phrase").with_columns(after_only=pl.lit(False))
    return [
        _one_record("label", labelled),
        _one_record("label", late.with_columns(after_only=pl.lit(True))),
        _one_record("phrase", unhappy),
        _one_record("third_party", unhappy.filter("by_third_party")),
    ]


def _marked(records: Records, lexicon: Lexicon) -> pl.DataFrame:
    """Contacts with a label of the lexicon or a phrase of dissatisfaction, and who they came from."""
    contacts = records.frame("contacts")
    words = contacts.select(pl.col("label", "channel").unique().implode()).collect()
    labels, channels = words["label"].explode(), words["channel"].explode()
    any_window = distinct_held_in(labels, lexicon, "labels.any_window", but_for="labels.except")
    after_only = distinct_held_in(labels, lexicon, "labels.after_only", but_for="labels.except")
    ombudsman = distinct_held_in(channels, lexicon, "channels.ombudsman")
    third_party = distinct_held_in(channels, lexicon, "channels.third_party")
    any_label, after_label = _is_one_of("label", any_window), _is_one_of("label", after_only)
    phrase = ((pl.col("direction") == "inbound") & may_be_dissatisfied(pl.col("note"), lexicon)).fill_null(False)
    marked = (
        contacts.select(*_OF_CONTACT, "label", "direction", "note")
        .filter(any_label | after_label | phrase)
        .with_columns(
            on=pl.col("occurred_at").dt.date(),
            label_any=any_label,
            label_after=after_label,
            phrase=pl.col("direction") == "inbound",
            by_ombudsman=_is_one_of("channel", ombudsman),
            by_third_party=_is_one_of("channel", third_party),
        )
        .collect()
    )
    holds = marked.with_row_index("place").filter(pl.col("phrase").fill_null(False)).select("place", "note")
    stands = holds.filter(dissatisfied(holds["note"], lexicon))["place"]
    return marked.drop("note").with_columns(phrase=pl.int_range(pl.len(), dtype=pl.UInt32).is_in(stands.implode()))


def _is_one_of(column: str, texts: pl.Series) -> pl.Expr:
    return pl.col(column).is_in(texts.implode()).fill_null(False)


def _one_record(detector: str, contacts: pl.DataFrame) -> pl.DataFrame:
    record = pl.struct(pl.lit("contacts").alias("table"), pl.col("contact_ref").alias("ref"), "on")
    return contacts.with_columns(
        detector=pl.lit(detector), begins_on="on", records=pl.concat_list(record).cast(pl.List(RECORD))
    ).select(*CANDIDATES)


def repeat_contacts(records: Records) -> pl.DataFrame:
    """Each inbound contact that is the third within 28 days of the same household and named category."""
    contacts = records.frame("contacts").with_row_index("place")
    named = contacts.filter((pl.col("direction") == "inbound") & pl.col("category").is_not_null())
    hashed = pl.col("household_ref").hash(seed=1) + pl.col("category").hash(seed=2)
    few = named.select("place", issue=hashed, day=pl.col("occurred_at").dt.date().to_physical()).collect()
    places = few.filter(_is_crowded(few))["place"]
    issue = ["household_ref", "category"]
    ordered = (
        contacts.filter(pl.col("place").is_in(places.implode()))
        .select(*_OF_CONTACT)
        .collect()
        .sort(*issue, "occurred_at", "contact_ref")
        .with_columns(on=pl.col("occurred_at").dt.date())
    )
    back = REPEATS - 1
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift(back) for name in issue)
    close = (pl.col("on") - pl.col("on").shift(back)).dt.total_days() <= WITHIN_DAYS
    # Lists of records are dear: they are built of the few that are left.
    thirds = ordered.with_columns(
        pl.col(name).shift(step).alias(f"{name}_{step}") for name in ("contact_ref", "on") for step in range(REPEATS)
    ).filter(same & close)
    records_of = [
        pl.struct(table=pl.lit("contacts"), ref=f"contact_ref_{step}", on=f"on_{step}")
        for step in reversed(range(REPEATS))
    ]
    return thirds.with_columns(
        detector=pl.lit("repeat_contacts"),
        begins_on=pl.col(f"on_{back}"),
        after_only=pl.lit(False),
        records=pl.concat_list(records_of).cast(pl.List(RECORD)),
    ).select(*CANDIDATES)


def _is_crowded(contacts: pl.DataFrame) -> pl.Series:
    """Contacts that may be one of three within 28 days: those whose issue has three in the stretch of 29 days they lie
    in and a neighbouring one. Issues are told apart by a hash cut to a few million values, which never loses any, and
    lets few through that the exact comparison must drop."""
    issue = contacts["issue"].to_numpy()
    stretch = (contacts["day"].to_numpy() // (WITHIN_DAYS + 1)).astype(np.uint64)

    def bucket(shift: int) -> npt.NDArray[np.int64]:
        mixed: npt.NDArray[np.uint64] = (issue + (stretch + np.uint64(shift)) * _ODD) * _ODD
        return (mixed >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)

    counts = np.bincount(bucket(1), minlength=1 << _BUCKET_BITS).astype(np.int32)
    here, before, after = counts[bucket(1)], counts[bucket(0)], counts[bucket(2)]
    return pl.Series(here + np.maximum(before, after) >= REPEATS)


def payments(records: Records, lexicon: Lexicon) -> pl.DataFrame:
    """Payments under no complaint whose reason is blank or goodwill."""
    reason = pl.col("reason")
    blank = reason.is_null() | (reason.str.strip_chars() == "")
    goodwill = held_in(reason, lexicon, "payments.goodwill") & ~held_in(reason, lexicon, "payments.except")
    record = pl.struct(
        pl.lit("payments").alias("table"), pl.col("payment_ref").alias("ref"), pl.col("paid_on").alias("on")
    )
    return (
        records.frame("payments")
        .filter(pl.col("complaint_ref").is_null() & (blank | goodwill))
        .select(
            "household_ref",
            detector=pl.lit("payment"),
            on=pl.col("paid_on"),
            begins_on=pl.col("paid_on"),
            category=pl.lit(None, pl.String),
            team=pl.lit(None, pl.String),
            channel=pl.lit(None, pl.String),
            after_only=pl.lit(False),
            records=pl.concat_list(record).cast(pl.List(RECORD)),
        )
        .select(*CANDIDATES)
        .collect()
    )
