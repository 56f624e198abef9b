"""The simulation behind docs/ghost-estimates.md, at a small size with its fixed seed: intervals hold about as often as
the page says."""

from benchmarks.ghost_estimates_simulation import audits, funnels, recaptures, splits, surveys

DRAWS = 300
SLACK = 0.05  # four standard deviations of a share of 95% over 300 draws


def _shares(rows: list[tuple[str, ...]], column: int) -> list[float]:
    return [float(row[column].rstrip("%")) / 100 for row in rows]


def test_intervals_of_audit_survey_and_split_hold_the_truth() -> None:
    assert min(_shares(list(audits(DRAWS)), 5)) > 0.90 - SLACK
    assert min(_shares(list(surveys(DRAWS)), 3)) > 0.95 - SLACK
    parts = list(splits(DRAWS))
    assert min(_shares(parts, 3) + _shares(parts, 4)) > 0.95 - SLACK


def test_the_range_of_a_recapture_holds_within_its_odds_and_one_number_does_not() -> None:
    rows = list(recaptures(DRAWS))
    inside = [row for row in rows if row[1] in {"0.5", "1", "2", "4"}]
    assert min(_shares(inside, 4)) > 0.95 - SLACK
    dependent = [row for row in rows if row[1] != "1"]
    assert max(_shares(dependent, 3)) < 0.2


def test_a_funnel_finds_the_quiet_team_and_seldom_another() -> None:
    rows = {(row[0], row[1]): row for row in funnels(DRAWS)}
    plain, quiet = rows["0.2", "none"], rows["0.2", "one, a quarter"]
    assert _shares([plain], 2)[0] < 0.1
    assert _shares([quiet], 3)[0] > 0.9
