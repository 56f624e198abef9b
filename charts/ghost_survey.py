"""The survey gap: households that say they complained for each complaint recorded, beside landlords alike."""

from charts.chart import Chart
from charts.quartiles import Strip, quartiles
from metrics.ghosts.survey import StockGap, SurveyGap
from metrics.small_numbers import is_few


def ghost_survey(found: SurveyGap) -> Chart:
    """A row for each stock surveyed; a stock with fewer than five complaints recorded is left out. More than one is the
    rule nearly everywhere, so only landlords alike give it a meaning."""
    shown = [each for each in found.stocks if each.to_complaints is not None and not is_few(each.recorded_complaints)]
    strips = [_strip(each) for each in shown]
    return quartiles(strips, headline=headline(shown), who=_who(shown), name="Stock")


def headline(shown: list[StockGap]) -> str:
    """What the survey says, in a line."""
    if not shown:
        return "The survey gap is not evidenced"
    said = "; ".join(f"{each.stock}: {_value(each)[0]:.1f}, {verdict(each)}" for each in shown)
    return f"For each complaint recorded, so many households say that they complained: {said}"


def verdict(each: StockGap) -> str:
    """Against the middle half of landlords alike, by the interval."""
    among = each.peers or each.everyone
    if among is None:
        return "no published figures to hold it against"
    _, low, high = _value(each)
    if low > among.q3:
        return "above the middle half of landlords alike"
    return "below the middle half of landlords alike" if high < among.q1 else "not told apart from landlords alike"


def _strip(each: StockGap) -> Strip:
    value, low, high = _value(each)
    return Strip(
        title=f"{each.stock}, survey of {each.year}",
        value=value,
        low=low,
        high=high,
        among=each.peers or each.everyone,
        unit="times",
        verdict=verdict(each),
    )


def _value(each: StockGap) -> tuple[float, float, float]:
    assert each.to_complaints is not None
    return each.to_complaints


def _who(shown: list[StockGap]) -> str:
    of = next((each for each in shown if each.peers or each.everyone), None)
    if of is None:
        return "landlords alike"
    group = "landlords of the same type and size" if of.peers else "all landlords"
    return f"{group}, published figures of {of.compared_year}"
