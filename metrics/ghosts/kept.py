"""What of ghost stages hangs on records and lexicons alone: worked out once per load, where a store keeps it."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import polars as pl

from metrics.ghosts.grading import DETECTOR
from metrics.ghosts.known import cases
from metrics.ghosts.lexicon import DEFAULT, Lexicon, load
from metrics.ghosts.marks import RECORD, candidates
from metrics.ghosts.own_record import own_signals
from metrics.ghosts.waiting import settled
from metrics.records import Records

MARKS, CASES = "ghost_marks", "ghost_cases"
_WHO = ("household_ref", "category", "team", "channel")


def marks(records: Records) -> pl.LazyFrame:
    """Every signal there may be, one a row, texts read: detector, on, household and key (numbers of
    `metrics.ghosts.known.cases`; see `metrics.ghosts.waiting.settled`), after_only, household_ref, category, team,
    channel, records; known_from and known_until (null: for ever), between which it can be known. `window` and
    `complaint` (rank) where a complaint's own record says so, null where the day decides."""
    lexicon = lexicon_of(records)
    complaints = ghost_frame(records, CASES).collect()
    given = settled(candidates(records, lexicon), complaints).with_columns(
        complaint=pl.lit(None, pl.UInt32), window=pl.lit(None, pl.String), known_until=pl.lit(None, pl.Date)
    )
    record = pl.struct(pl.lit("complaints").alias("table"), "ref", "on")
    own = (
        own_signals(records, complaints, lexicon)
        .join(complaints.select(*_WHO, complaint="rank"), on="complaint", maintain_order="left")
        .with_columns(
            key=pl.lit(None, pl.Int64),
            after_only=pl.lit(value=False),
            records=pl.concat_list(record).cast(pl.List(RECORD)),
        )
    )
    columns = [name for name in given.columns if name in own.columns]
    both = pl.concat([given.select(columns), own.select(columns)], how="vertical")
    # Neighbours in this order are looked up beside one another, which is most of what a search costs.
    return both.with_columns(pl.col("detector").cast(DETECTOR)).sort("household", "on").lazy()


def lexicon_of(records: Records) -> Lexicon:
    """The lexicons with the landlord's own additions."""
    return load(records.ghost_words) if records.ghost_words else DEFAULT


FRAMES: Mapping[str, Callable[[Records], pl.LazyFrame]] = {
    MARKS: marks,
    CASES: lambda records: cases(records).lazy(),
}


def ghost_frame(records: Records, name: str) -> pl.LazyFrame:
    """The frame of that name: as kept by the same method and the same words, or else worked out now."""
    held = records.derived.get(kept_name(records, name))
    return FRAMES[name](records) if held is None else held


def kept_name(records: Records, name: str) -> str:
    """What a kept frame is called: its name and a print of all it depends on beside the records, the landlord's own
    words too."""
    return f"{name}-{_method_print(records.ghost_words)}"


@cache
def _method_print(words: str) -> str:
    text = b"".join(source.read_bytes() for source in method_files()) + version("holidays").encode() + words.encode()
    return sha256(text).hexdigest()[:12]


def method_files() -> list[Path]:
    """What a kept frame depends on beside the records: this room, its lexicons, the declaration of the records, the
    calendar."""
    here = Path(__file__).parent
    declared = [here.parent / name for name in ("records.py", "table.py", "choices.py", "working_days.py")]
    return [*sorted(here.glob("*.py")), *sorted(here.glob("lexicons/*.toml")), *declared]
