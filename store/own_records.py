"""Two kinds of record beside those a landlord hands over: they come with the regulator's workbook and load like any."""

from metrics.choices import STOCK
from metrics.records import TABLES
from metrics.table import Column, Table

_ANY_STOCK = (*STOCK, "Combined")

TSM_MISSING = Table(
    name="tsm_missing",
    meaning="Why a figure is absent from the regulator's workbook",
    key=("landlord_code", "year", "stock", "measure"),
    columns=(
        Column(name="landlord_code", kind="reference", meaning="The landlord", required=True),
        Column(name="year", kind="reference", meaning="Financial year, such as 2024-25", required=True),
        Column(
            name="stock", kind="choice", meaning="Stock the figure would speak for", required=True, allowed=_ANY_STOCK
        ),
        Column(name="measure", kind="reference", meaning="The measure", required=True),
        Column(name="code", kind="text", meaning="The regulator's code, such as [X]"),
        Column(name="reason", kind="text", meaning="What the code means", required=True),
    ),
)

NATIONAL_FIGURES = Table(
    name="national_figures",
    meaning="National figures: quartiles, medians and totals of a measure",
    key=("year", "stock", "landlord_group", "measure", "statistic"),
    columns=(
        Column(name="year", kind="reference", meaning="Financial year, such as 2024-25", required=True),
        Column(name="stock", kind="reference", meaning="Stock the figure speaks for", required=True),
        Column(name="landlord_group", kind="reference", meaning="Which landlords", required=True),
        Column(name="measure", kind="reference", meaning="The measure", required=True),
        Column(name="statistic", kind="reference", meaning="q1, median, q3, n …", required=True),
        Column(name="value", kind="number", meaning="The figure", required=True),
        Column(name="source", kind="text", meaning="Where it comes from"),
    ),
)

# Every table that loads fill and snapshots hold.
LOADED_TABLES: tuple[Table, ...] = (*TABLES, TSM_MISSING, NATIONAL_FIGURES)
LOADED_BY_NAME = {table.name: table for table in LOADED_TABLES}
