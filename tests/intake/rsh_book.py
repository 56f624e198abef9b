"""A small workbook in the regulator's form, with the traps of the published ones: a header that moves, footnote digits,
codes, a printed 0 that is a blank, a margin of error as a share, LARP for LA, and sizes written two ways."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

ANSWERS = (
    "very satisfied",
    "fairly satisfied",
    "neither satisfied nor dissatisfied",
    "fairly dissatisfied",
    "very dissatisfied",
)
WHO = [
    "Landlord name",
    "Landlord code",
    "Landlord type",
    "Landlord group size (homes owned, LCRA and LCHO combined)",
    "Landlord predominant region",
]
Row = Sequence[Any]


def perception_headings(stock: str, note: str = "") -> list[str]:
    """Headings of a perception sheet with two measures; `note` is a footnote digit."""
    return [
        *WHO,
        f"Relevant\xa0tenant population size ({stock})",
        "Total sample size achieved",
        "Estimated margin of error achieved2 %",
        "Any additional notes from RSH",
        f"Proportion of respondents who report that they are satisfied with the service (TP01){note}",
        "Proportion of respondents who report that they are satisfied (TP01) for each survey method - Telephone6",
        f"Proportion of respondents who report that they are satisfied with complaints handling (TP09){note}",
        *(f"Number of respondents who report that they are {answer} with the service (TP01)" for answer in ANSWERS),
        "Number of respondents who report that they have made a complaint to their landlord in the last 12 months",
        "Number of respondents who report that they have not made a complaint to their landlord in the last 12 months",
        *(
            f"Number of respondents who report that they are {answer} with complaints (TP09){note}"
            for answer in ANSWERS
        ),
        "Number of respondents who report 'not applicable/ don't know' (TP09)",
        "Were weighted responses used to calculate tenant perception measures",
        "Proportion of tenants (unweighted) who reported they are satisfied overall\u200b with the service (TP01)",
    ]


def management_headings(stocks: Sequence[str], note: str = "", extensions: bool = True) -> list[str]:
    """Headings of the management information sheet."""
    found = [
        *WHO,
        "Proportion of homes for which all required lift checks have been carried out (BS05)",
        f"Proportion of homes that do not meet the Decent Homes Standard (RP01){note}",
        f"Number of dwelling units within properties with lifts checked (BS05 Numerator) {note}",
        f"Number of dwelling units within properties with lifts (BS05 Denominator){note}",
    ]
    for stock in stocks:
        found += [
            f"{stock} - Has CH02 been calculated using the standard maximum timescales as set out in the Code?",
            f"{stock} - Number of stage one complaints made by tenants per 1,000 homes (CH01 1)",
            f"{stock} - Proportion of stage one complaints responded to within timescales (CH02 1){note}",
            f"{stock} - Number of stage one complaints made by tenants (CH01 1 Numerator)",
            f"{stock} - Number of dwelling units owned (CH01 1 Denominator)",
            f"{stock} - Number of stage one complaints responded to in time (CH02 1 Numerator)",
            f"{stock} - Number of stage one complaints made (CH02 1 Denominator){note} ",
            f"{stock} - Number of stage two complaints made by tenants (CH01 2 Numerator)",
        ]
        if extensions:
            found.append(
                f"{stock} - Out of the number of stage one complaints made by tenants, what number were responded to "
                "within Complaint Handling Code timescales – with the use of the 10 day extension5 "
            )
    return found


def book(sheets: Mapping[str, tuple[int, Sequence[str], Sequence[Row]]]) -> bytes:
    """A workbook: sheet name to (rows above the header, headings, rows)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        for name, (above, headings, rows) in sheets.items():
            sheet = workbook.add_worksheet(name)
            for place in range(above):
                sheet.write(place, 0, f"Note {place}")
            for place, row in enumerate([headings, *rows]):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(above + place, column, cell)
    return out.getvalue()


def small_book(above: int = 2) -> bytes:
    """Three landlords of 2023-24; `above` moves every header down."""
    alder = ["Alder  Homes ", "L0001", "PRP", ">40000", "South"]
    birch = ["Birch Council", 4877, "LARP", "<5,000", "Merged during year"]
    cedar = ["Cedar 21", "LH03", "PRP", "5,000-40,000", "London"]
    tp01, tp09 = [40, 30, 10, 10, 10], [5, 15, 10, 10, 10]
    perceived = [
        # 100 × 1.96 × sqrt(0.25/100 × (2000-100)/1999) = 9.55 points, printed as the share 0.0955
        [*alder, 2000, 100, 0.0955, "[X]", 70.0, 71.5, 40.0, *tp01, 25, 75, *tp09, 3, "Yes", 70],
        [
            *birch,
            2000,
            100,
            9.6,
            "Complaints left out.",
            70.0,
            "[S]",
            "[E]",
            *tp01,
            30,
            "[X]",
            *["[E]"] * 5,
            0,
            "No",
            70,
        ],
        [*cedar, 2000, 100, 9.6, "[X]", 70.0, "[X]", 0, *tp01, 0, 100, 0, 0, 0, 0, 0, 0, "No", 70],
    ]
    x = "[X]"
    managed = [
        [*alder, 0, 1.5, 0, 0, "Yes", 50.0, 80.0, 100, 2000, 80, 100, 10, 20, "[Z]", 0, 0, x, x, x, x, x, x],
        [*birch, 100, 0, 7, 7, "No", 20.5, 90.0, 82, 4000, 74, 82, 0, 0, "[Z]", 25, 75, 4, 160, 3, 4, 1, x],
        [*cedar, 0, "[E]", x, 50, "[Z]", 0, 0, x, x, x, x, x, x, "[Z]", 0, 0, x, 50, x, x, x, x],
    ]
    return book(
        {
            "Introduction": (0, ["Tenant Satisfaction Measures 2024"], []),
            "TSM24_LCRA_Perception": (above, perception_headings("LCRA", "7"), perceived),
            "TSM24_Management_Info": (above + 1, management_headings(("LCRA", "LCHO"), "5"), managed),
            "TSM24_Perception_Not_Inc": (
                2,
                ["Landlord name", "Landlord code", "Notes from RSH following TSM review"],
                [["Dogwood Homes", "L0009", "Survey wording differed."]],
            ),
        }
    )
