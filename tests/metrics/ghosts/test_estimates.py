"""The estimates: against SciPy, plain Python and cases worked out by hand."""

from datetime import date, datetime, timedelta
from math import exp, isclose, log, sqrt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from metrics.ghosts import episodes
from metrics.ghosts.audit import added_up, prevalence, sample_for_audit
from metrics.ghosts.estimates import ladder
from metrics.ghosts.hidden import hidden_stages
from metrics.ghosts.recapture import ODDS_RATIOS, at_odds, of_counts, recapture, recaptures
from metrics.ghosts.survey import survey_gap
from metrics.periods import window
from metrics.records import Records
from tests import builders
from tests.metrics.ghosts.landlords import ghostly_landlords
from tests.strategies import Landlord

AS_AT = date(2025, 3, 31)


def answers(*, flagged: tuple[int, int, int], unflagged: tuple[int, int, int]) -> pl.DataFrame:
    """(contacts, answered, ghosts) of each kind."""
    rows = [
        {"contact_ref": f"{kind}{n}", "flagged": kind, "drawn_from": contacts, "is_ghost": n < ghosts}
        for kind, (contacts, answered, ghosts) in ((True, flagged), (False, unflagged))
        for n in range(answered)
    ]
    return pl.DataFrame(rows)


def test_prevalence_is_the_weighted_share_with_the_published_standard_error() -> None:
    found = prevalence(answers(flagged=(200, 50, 40), unflagged=(1800, 60, 3)))
    assert found is not None
    assert isclose(found.value, 0.1 * 0.8 + 0.9 * 0.05)
    assert isclose(found.standard_error, sqrt(0.01 * 0.8 * 0.2 / 50 + 0.81 * 0.05 * 0.95 / 60))
    assert found.low < found.value < found.high
    flagged = stats.binomtest(40, 50).proportion_ci(method="wilson")
    unflagged = stats.binomtest(3, 60).proportion_ci(method="wilson")
    down = sqrt((0.1 * (0.8 - flagged.low)) ** 2 + (0.9 * (0.05 - unflagged.low)) ** 2)
    up = sqrt((0.1 * (flagged.high - 0.8)) ** 2 + (0.9 * (unflagged.high - 0.05)) ** 2)
    assert isclose(found.low, found.value - down)
    assert isclose(found.high, found.value + up)
    assert not found.is_thin


def test_nothing_found_among_the_unflagged_still_leaves_doubt() -> None:
    found = prevalence(answers(flagged=(200, 50, 50), unflagged=(1800, 50, 0)))
    assert found is not None
    assert found.standard_error == 0
    assert found.high > 0.1 + 0.9 * 0.05


def test_a_kind_without_answers_gives_no_prevalence() -> None:
    asked = answers(flagged=(200, 5, 4), unflagged=(1800, 5, 0))
    none_yet = asked.with_columns(is_ghost=pl.when(pl.col("flagged")).then("is_ghost"))
    assert prevalence(none_yet) is None
    with pytest.raises(ValueError, match="several samples"):
        prevalence(pl.concat([asked, asked.with_columns(drawn_from=pl.lit(7, pl.Int64))]))


def test_added_up_of_one_part_is_that_part() -> None:
    low, high = added_up([(2.0, 0.5, 0.4, 0.7)])
    assert (isclose(low, 0.8), isclose(high, 1.4)) == (True, True)


@given(
    m=st.integers(1, 200),
    only_first=st.integers(1, 500),
    only_second=st.integers(1, 500),
    odds=st.sampled_from(ODDS_RATIOS),
)
def test_recapture_is_chapmans_and_scales_what_is_unseen(
    m: int, only_first: int, only_second: int, odds: float
) -> None:
    n1, n2 = m + only_first, m + only_second
    chapman = (n1 + 1) * (n2 + 1) / (m + 1) - 1
    seen = n1 + n2 - m
    found = at_odds(n1, n2, m, odds)
    assert isclose(found.value, seen + odds * (chapman - seen), rel_tol=1e-9)
    variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
    spread = exp(float(stats.norm.ppf(0.975)) * sqrt(log(1 + variance / (chapman - seen) ** 2)))
    assert isclose(found.low, seen + odds * (chapman - seen) / spread, rel_tol=1e-9)
    assert isclose(found.high, seen + odds * (chapman - seen) * spread, rel_tol=1e-9)
    assert seen <= found.low <= found.value <= found.high


def test_recapture_needs_seven_in_common_and_two_looks() -> None:
    assert of_counts("label", "text", n1=40, n2=40, m=6).why_not.startswith("Both families found 6 households")
    assert of_counts("label", "text", n1=40, n2=40, m=7).why_not == ""
    assert of_counts("text", "third party", n1=40, n2=40, m=20).estimates == ()
    assert of_counts("label", "text", n1=20, n2=40, m=20).estimates == ()
    span = of_counts("label", "text", n1=40, n2=40, m=10).span
    assert span is not None and span[1] > 2 * span[0] - 70
    with pytest.raises(ValueError, match="two different families"):
        recapture(pl.DataFrame(), "label", "label")


def test_recapture_counts_a_household_once() -> None:
    rows = [("H1", ["label"]), ("H1", ["label", "text"]), ("H2", ["text"]), ("H3", ["money"])]
    found = recapture(pl.DataFrame(rows, schema=["household_ref", "families"], orient="row"), "label", "text")
    assert (found.by_first, found.by_second, found.by_both, found.found) == (1, 2, 1, 2)


def surveyed(
    *, complaints: int, share: float = 20.0, base: int = 500, homes: int = 1000
) -> dict[str, list[builders.Row]]:
    """`complaints` households complaining in 2024-25, a survey of that year, and an older complaint."""
    return {
        "landlords": [builders.row("landlords", homes_lcra=homes, homes_lcho=None)],
        "tsm": [builders.tsm(measure="complained", value=share, base=base, year="2024-25")],
        "complaints": [
            builders.complaint(received_on=date(2024, 6, 3), household_ref=f"H{n}", complaint_ref=f"C{n}")
            for n in range(complaints)
        ]
        + [builders.complaint(received_on=date(2024, 1, 5), household_ref="H0")],
    }


def test_the_survey_gap_divides_households_that_say_so_by_households_recorded() -> None:
    tables = surveyed(complaints=50)
    tables["complaints"].append(builders.complaint(received_on=date(2024, 9, 2), household_ref="H1"))
    gap = survey_gap(builders.records(**tables), AS_AT)
    (stock,) = gap.stocks
    assert (gap.first, gap.last) == (date(2024, 4, 1), AS_AT)
    assert (stock.recorded_households, stock.recorded_complaints) == (50, 51)
    assert stock.ratio is not None and isclose(stock.ratio[0], 0.2 * 1000 / 50)
    around = stats.binomtest(100, 500).proportion_ci(method="wilson")
    assert isclose(stock.ratio[1], around.low * 1000 / 50)
    assert isclose(stock.ratio[2], around.high * 1000 / 50)
    assert stock.hidden_share is not None and isclose(stock.hidden_share[0], 1 - 50 / 200)
    assert stock.everyone is not None and stock.compared_year == "2024-25"


def test_a_weighted_survey_is_less_sure() -> None:
    plain = survey_gap(builders.records(**surveyed(complaints=50)), AS_AT).stocks[0]
    weighted = survey_gap(builders.records(**surveyed(complaints=50)), AS_AT, design_effect=2.0).stocks[0]
    around = stats.binomtest(50, 250).proportion_ci(method="wilson")
    assert isclose(weighted.low, around.low)
    assert weighted.high > plain.high


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"tsm": []}, "No survey"),
        ({"landlords": []}, "number of homes"),
        ({"complaints": []}, "Complaints are not held"),
        ({"complaints": [builders.complaint(received_on=date(2024, 9, 2))]}, "held from 2 September 2024 only"),
    ],
)
def test_without_its_records_the_gap_says_why(change: dict[str, list[builders.Row]], why: str) -> None:
    gap = survey_gap(builders.records(**(surveyed(complaints=5) | change)), AS_AT)
    assert gap.stocks == ()
    assert why in gap.why_not


def labelled(household: str, day: date, **values: object) -> builders.Row:
    """A contact that says it was handled informally."""
    at = datetime(day.year, day.month, day.day, 10)
    return builders.contact(occurred_at=at, household_ref=household, label="Informal complaint", **values)


def test_the_ladder_counts_households_and_adds_the_survey() -> None:
    tables = surveyed(complaints=50)
    tables["contacts"] = [
        labelled("N1", date(2024, 7, 1)),
        labelled("N1", date(2025, 1, 20)),  # a second run of the same household
        labelled("N2", date(2024, 8, 1)),
        labelled("H3", date(2024, 5, 10)),  # before complaint C3 of 3 June
        labelled("N3", date(2024, 1, 10)),  # before the twelve months
    ]
    found = ladder(builders.records(**tables), AS_AT)
    assert (found.floor.value, found.floor.low) == (3, None)
    assert found.likely.value == 3
    assert found.upper.value is not None and isclose(found.upper.value, 200 - 50 + 1)
    assert found.upper.low is not None and found.upper.low < 151
    assert found.in_order is True and found.broken == ()


def test_a_ladder_out_of_order_says_so() -> None:
    tables = surveyed(complaints=30, share=3.0)
    tables["contacts"] = [labelled(f"N{n}", date(2024, 7, 1)) for n in range(40)]
    found = ladder(builders.records(**tables), AS_AT)
    assert found.in_order is False
    assert "likely (40) lies above upper (0)" in found.broken[0]


def test_an_audit_corrects_likely() -> None:
    tables = surveyed(complaints=50)
    tables["contacts"] = [labelled(f"N{n}", date(2024, 7, 1)) for n in range(40)]
    audited = ladder(builders.records(**tables), AS_AT, answers=answers(flagged=(40, 40, 30), unflagged=(160, 80, 4)))
    factor = (0.2 * 0.75 + 0.8 * 0.05) / 0.2
    assert audited.likely.value is not None and isclose(audited.likely.value, 40 * factor)
    assert audited.likely.low is not None and audited.likely.low < audited.likely.value
    assert "floor (40) lies above likely (38)" in audited.broken[0]


def test_where_nobody_could_look_nothing_reads_zero() -> None:
    found = ladder(builders.records(**surveyed(complaints=5)), AS_AT)
    assert (found.floor.value, found.likely.value) == (None, None)
    assert "nobody has looked" in found.floor.why_not
    assert any("Contacts are not held" in note for note in found.notes)


def test_a_sample_is_random_repeatable_and_says_what_it_was_drawn_from() -> None:
    quiet = [
        builders.contact(occurred_at=datetime(2024, 7, 1, 9) + timedelta(days=n), household_ref=f"Q{n}")
        for n in range(90)
    ]
    loud = [labelled(f"N{n}", date(2024, 7, 1)) for n in range(12)]
    out = [labelled("N0", date(2024, 7, 2), direction="outbound")]
    held = builders.records(contacts=[*quiet, *loud, *out])
    sample = sample_for_audit(held, AS_AT, 20, 5)
    counts = sample.group_by("flagged", "drawn_from").len().sort("flagged").rows()
    assert counts == [(False, 90, 20), (True, 12, 12)]
    assert sample["contact_ref"].is_unique().all()
    assert sample.equals(sample_for_audit(held, AS_AT, 20, 5))
    assert not sample.equals(sample_for_audit(held, AS_AT, 20, 6))
    assert sample["flagged"].to_list() != sorted(sample["flagged"].to_list())
    with pytest.raises(ValueError, match="1 or more"):
        sample_for_audit(held, AS_AT, 0, 5)


@settings(max_examples=25, deadline=None)
@given(landlord=ghostly_landlords())
def test_hidden_stages_are_the_engines_episodes(landlord: Landlord) -> None:
    held: Records = landlord.records()
    first, last = window(landlord.as_at)
    hidden = hidden_stages(held, [landlord.as_at]).filter(pl.col("first_signal_on").is_between(first, last))
    key = ["household_ref", "complaint_ref", "window", "first_signal_on", "grade", "families", "detectors"]
    listed = [pl.col(name).list.sort().list.join(",") for name in ("families", "detectors")]
    theirs, own = (
        sorted(frame.select(key).with_columns(listed).rows(), key=repr)
        for frame in (episodes(held, landlord.as_at), hidden)
    )
    assert own == theirs
    assert ladder(held, landlord.as_at).waiting == len(
        {row[0] for row in theirs} - {row[0] for row in theirs if row[4] != "C"}
    )
    assert len(recaptures(hidden)) == 15
