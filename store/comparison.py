"""What a load changes: the rows that arrived against the rows stored, worked out in Polars and not row by row."""

from dataclasses import dataclass

import polars as pl

from intake.notices import NOTICE_SCHEMA
from metrics.table import Table

_STORED = "stored:"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """New rows, changed rows as they are to be stored (whole), and the count of rows that say what is stored.

    New rows are in the order of the natural key, which a database takes in fastest.
    """

    new: pl.DataFrame
    changed: pl.DataFrame
    unchanged: int

    @property
    def rows(self) -> int:
        """How many rows are to be written."""
        return self.new.height + self.changed.height

    @property
    def is_empty(self) -> bool:
        """Whether the load would change nothing."""
        return self.rows == 0

    def and_then(self, table: Table, other: "Difference") -> "Difference":
        """This difference and that of another part of the same table (intake refuses a key that comes twice)."""
        return Difference(
            new=in_key_order(table, pl.concat([self.new, other.new])),
            changed=pl.concat([self.changed, other.changed]),
            unchanged=self.unchanged + other.unchanged,
        )


def compare(
    table: Table, arrived: pl.DataFrame, stored: pl.LazyFrame | None, *, provided: tuple[str, ...]
) -> Difference:
    """Compare `arrived` with `stored` (None: nothing is), both of the table's declared schema, by natural key.

    Only the `provided` columns speak: a stored row keeps its value in every other column. Blank key parts count as
    equal to blank. Raises ValueError if two arrived rows share a key, which intake must have refused.
    """
    arrived = in_key_order(table, arrived.select(*table.schema))
    if stored is None:
        return Difference(new=arrived, changed=arrived.clear(), unchanged=0)
    spoken = [name for name in provided if name in table.schema and name not in table.key]
    silent = [name for name in table.schema if name not in table.key and name not in spoken]
    met = (
        arrived.lazy()
        .join(_marked(table, stored), on=list(table.key), how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            pl.any_horizontal(False, *(pl.col(n).ne_missing(pl.col(_STORED + n)) for n in spoken)).alias("differs")
        )
        .collect()
    )
    held, differs = pl.col(_STORED), pl.col("differs")
    new = met.filter(held.is_null()).select(*table.schema)
    changed = met.filter(held.is_not_null() & differs)
    kept_values = [pl.col(_STORED + name).alias(name) for name in silent]
    return Difference(
        new=new,
        changed=changed.with_columns(kept_values).select(*table.schema),
        unchanged=met.height - new.height - changed.height,
    )


def _marked(table: Table, stored: pl.LazyFrame) -> pl.LazyFrame:
    others = [pl.col(name).alias(_STORED + name) for name in table.schema if name not in table.key]
    return stored.select(*table.key, *others, pl.lit(value=True).alias(_STORED))


def in_key_order(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows by natural key. Raises ValueError if two share one."""
    ascends, tied = pl.lit(value=False), pl.lit(value=True)
    for name in table.key:
        before = pl.col(name).shift(1)
        ascends |= tied & (pl.col(name) > before)
        tied &= pl.col(name) == before
    # Most exports come in the order of their references: seeing that is much cheaper than sorting again.
    if rows.select(ascends.slice(1).fill_null(value=False).all()).item():
        return rows
    ordered = rows.sort(table.key)
    repeated = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).shift(1)) for name in table.key)
    if ordered.select(repeated.slice(1).any()).item():
        raise ValueError(f"{table.name}: two rows of one load share a key ({', '.join(table.key)})")
    return ordered


def after(table: Table, stored: pl.LazyFrame | None, difference: Difference) -> pl.LazyFrame:
    """The stored rows as they are once the difference is written, by natural key."""
    if stored is None:
        return difference.new.lazy()
    untouched = stored
    if not difference.changed.is_empty():
        keys = difference.changed.lazy().select(table.key)
        untouched = stored.join(keys, on=list(table.key), how="anti", nulls_equal=True)
    together = [untouched.select(*table.schema), difference.new.lazy(), difference.changed.lazy()]
    return pl.concat(together).sort(table.key)


def impossible_rows(table: Table, difference: Difference) -> tuple[Difference, pl.DataFrame]:
    """Turn away rows that only the stored values make impossible, and say why.

    Intake judges what a file carries. Where it carries a part of the columns, a date may come to lie before the stored
    one it must follow, or a new row may lack a required value. Gives what remains and the refusals, in the shape of
    `intake.notices`.
    """
    faults = [*_out_of_order(table), *_missing(table)]
    refused = [_notices(table, rows, fault) for rows in (difference.new, difference.changed) for fault in faults]
    sound = ~pl.any_horizontal(False, *(fault.holds for fault in faults))
    remaining = Difference(
        new=difference.new.filter(sound), changed=difference.changed.filter(sound), unchanged=difference.unchanged
    )
    return remaining, pl.concat(refused)


@dataclass(frozen=True, kw_only=True)
class _Fault:
    column: str
    holds: pl.Expr
    found: pl.Expr
    wanted: str


def _out_of_order(table: Table) -> list[_Fault]:
    return [
        _Fault(
            column=later,
            holds=(pl.col(later) < pl.col(earlier)).fill_null(value=False),
            found=pl.format(f"{{}}, with {earlier} {{}} stored", later, earlier),
            wanted=f"a date not before {earlier}",
        )
        for earlier, later in table.order
    ]


def _missing(table: Table) -> list[_Fault]:
    return [
        _Fault(
            column=column.name,
            holds=pl.col(column.name).is_null(),
            found=pl.lit("nothing, in a row that is not stored yet"),
            wanted=f"{column.name}, which every new row of {table.name} needs",
        )
        for column in table.columns
        if column.required
    ]


def _notices(table: Table, rows: pl.DataFrame, fault: _Fault) -> pl.DataFrame:
    key = pl.format(
        " ".join(f"{name} {{}}" for name in table.key),
        *(pl.col(name).cast(pl.String).fill_null("blank") for name in table.key),
    )
    return (
        rows.filter(fault.holds)
        .select(
            pl.lit(table.name).alias("file"),
            pl.lit(None, dtype=pl.Int64).alias("row"),
            pl.lit(fault.column).alias("column"),
            pl.concat_str(key, pl.lit(": "), fault.found).alias("found"),
            pl.lit(fault.wanted).alias("wanted"),
        )
        .select(*NOTICE_SCHEMA)
    )
