"""A figure per gate at one as_at: numerator, denominator, threshold, probability and state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.recount.chance import probability_good, state_of_share
from tests.recount.counts import SHARES, culture_tests, quarters_scrutinised
from tests.recount.days import end_of_financial_year, window
from tests.recount.effects import effect_shown, loops_owned, sustained
from tests.recount.gates import GATES, Gate
from tests.recount.known import Row, Tables, known

NOT_EVIDENCED = "not evidenced"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What the recount reads; None stands for a number that could not be worked out."""

    gate: Gate
    state: str
    numerator: float | None = None
    denominator: float | None = None
    threshold: float | None = None
    probability: float | None = None


def _from_counts(gate: Gate, *, k: float, n: float, threshold: float) -> Figure:
    state = state_of_share(
        k=k, n=n, threshold=threshold, smallest_n=gate.smallest_n, lower_is_better=gate.lower_is_better
    )
    probability = None
    if state != NOT_EVIDENCED:
        probability = probability_good(k=k, n=n, threshold=threshold, lower_is_better=gate.lower_is_better)
    return Figure(gate=gate, state=state, numerator=k, denominator=n, threshold=threshold, probability=probability)


def _met_if(gate: Gate, met: bool, *, numerator: float, denominator: float | None) -> Figure:
    return Figure(
        gate=gate,
        state="met" if met else "not met",
        numerator=numerator,
        denominator=denominator,
        threshold=gate.threshold,
    )


def _survey_rows(cut: Tables, measure: str) -> dict[str, Row]:
    return {row["year"]: row for row in cut["tsm"] if row["measure"] == measure and row["stock"] == "LCRA"}


def _national(national: Sequence[Row], *, measure: str, statistic: str) -> dict[str, float]:
    return {
        row["year"]: row["value"]
        for row in national
        if row["measure"] == measure
        and row["stock"] == "LCRA"
        and row["landlord_group"] == "all"
        and row["statistic"] == statistic
        and row["value"] is not None
    }


def _survey(gate: Gate, cut: Tables, as_at: date, national: Sequence[Row]) -> Figure:
    """The latest year that the landlord and the national figures both have, ended within 30 months before as_at."""
    measure = {"listens": "TP06", "complaints_satisfaction": "TP09", "openness": "complained"}[gate.key]
    own = _survey_rows(cut, measure)
    if gate.key == "openness":
        ratio = _national(national, measure="reported_to_recorded", statistic="median")
        recorded = _survey_rows(cut, "CH01(1)")
        lines = {year: ratio[year] * recorded[year]["value"] / 1000 for year in ratio if year in recorded}
    else:
        lines = {y: value / 100 for y, value in _national(national, measure=measure, statistic="q3").items()}
    first, last = window(as_at, 30)
    years = [year for year in own if year in lines and first <= end_of_financial_year(year) <= last]
    if not years:
        return Figure(gate=gate, state=NOT_EVIDENCED)
    row = own[max(years)]
    if row["base"] is None:
        return Figure(gate=gate, state=NOT_EVIDENCED)
    return _from_counts(gate, k=row["value"] / 100 * row["base"], n=row["base"], threshold=lines[max(years)])


def _is_held(gate: Gate, cut: Tables) -> bool:
    return all(cut[table] for table in gate.needs)


def _of_themes(gate: Gate, cut: Tables, as_at: date, area: str | None) -> Figure:
    """Themes counted one by one; fewer than three tested, their complaints taken together as a fact."""
    if gate.key == "loops_owned":
        owned, looping = loops_owned(cut, as_at, area)
        return _met_if(gate, looping == 0 or owned / looping >= 0.75, numerator=owned, denominator=looping)
    found = effect_shown(cut, as_at, area) if gate.key == "effect_shown" else sustained(cut, as_at, area)
    k, n = found.numerator, found.denominator
    if not found.pooled:
        assert gate.threshold is not None
        return _from_counts(gate, k=k, n=n, threshold=gate.threshold)
    if found.met is None:
        return Figure(gate=gate, state=NOT_EVIDENCED)
    return Figure(gate=gate, state="met" if found.met else "not met", numerator=k, denominator=n)


def read_gate(gate: Gate, cut: Tables, as_at: date, national: Sequence[Row], area: str | None) -> Figure:
    """One gate, of the whole landlord or (where the figure divides) of one service area."""
    if not _is_held(gate, cut):
        return Figure(gate=gate, state=NOT_EVIDENCED)
    if gate.key == "board_scrutiny":
        quarters = quarters_scrutinised(cut, as_at)
        return _met_if(gate, quarters >= 3, numerator=quarters, denominator=4)
    if gate.key == "culture_tested":
        tests = culture_tests(cut, as_at)
        return _met_if(gate, tests >= 1, numerator=tests, denominator=None)
    if gate.key in ("listens", "complaints_satisfaction", "openness"):
        return _survey(gate, cut, as_at, national)
    if gate.by_themes:
        return _of_themes(gate, cut, as_at, area)
    cases = [counted for place, counted in SHARES[gate.key](cut, as_at) if area is None or place == area]
    k, n = sum(cases), len(cases)
    if gate.kind == "fact":
        return _met_if(gate, n == 0 or k / n >= 0.95, numerator=k, denominator=n)
    assert gate.threshold is not None
    return _from_counts(gate, k=k, n=n, threshold=gate.threshold)


def read(tables: Tables, as_at: date, *, national: Sequence[Row] = (), area: str | None = None) -> dict[str, Figure]:
    """Every gate at as_at."""
    cut = known(tables, as_at)
    return {gate.key: read_gate(gate, cut, as_at, national, area) for gate in GATES}
