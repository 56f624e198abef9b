"""Limits that others have printed, copied here with their source so that they hold without the folder beside.

The first three are of NHSRplotthedots' stored test output (standard normal numbers of R's seed 123, and the same with
the fifteenth set to 10), the next two of its vignette on screening, which sets its own limits beside those of the
Making Data Count spreadsheet; the last of nhspy-plotthedots' tests. Both packages are under the MIT licence.
"""

from typing import Any, NamedTuple

NORMAL = (
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.7013559, -0.47279141,
)  # fmt: skip
WITH_A_TEN = (*NORMAL[:14], 10.0, *NORMAL[15:])
VIGNETTE = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
TO_TEN = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


class Published(NamedTuple):
    """A series, the switch, the lines as printed, and to how many decimals they were."""

    source: str
    values: tuple[float, ...]
    screened: bool
    printed: dict[str, float]
    decimals: int


COPIED = (
    Published("normal", NORMAL, True, {"mean": 0.1416238, "low": -3.01138, "high": 3.294627}, 5),
    Published("with a ten, screened", WITH_A_TEN, True, {"low": -2.383666, "high": 3.722497}, 6),
    Published("with a ten", WITH_A_TEN, False, {"mean": 0.6694159, "low": -4.596625, "high": 5.935457}, 6),
    Published("vignette, screened", VIGNETTE, True, {"mean": 1.94, "low": -0.72, "high": 4.6}, 2),
    Published("vignette, as the spreadsheet", VIGNETTE, False, {"mean": 1.94, "low": -3.06, "high": 6.95}, 2),
    Published("one to ten", TO_TEN, False, {"mean": 5.5, "low": 2.84, "high": 8.16}, 2),
    Published("one to ten, near", TO_TEN, False, {"near_low": 3.7266666667, "near_high": 7.2733333333}, 10),
)
LINES = ("mean", "low", "high", "near_low", "near_high")


def decimals_of(case: dict[str, Any], name: str) -> int:
    """How many decimals a number was printed with, where the case does not say."""
    if "decimals" in case:
        return int(case["decimals"])
    return len(str(case[name]).partition(".")[2])
