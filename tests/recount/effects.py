"""Learning or looping, counted one action and one complaint at a time, with SciPy's own exact tests.

Every function takes records already cut to what was known at as_at (`known`), and as_at.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from scipy.integrate import quad
from scipy.stats import beta, binom, binomtest, fisher_exact

from tests.recount.counts import first_upheld
from tests.recount.days import last_complete_quarters, window
from tests.recount.known import Row, Tables

TESTED = ("fell", "rose", "no change seen")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What became of one action: counts before and after on its theme (b, a) and elsewhere (B, A), and the verdict."""

    action: Row
    before: int | None = None
    after: int | None = None
    elsewhere_before: int | None = None
    elsewhere_after: int | None = None
    comparison: str | None = None
    share_expected: float | None = None
    verdict: str = "not yet"


def _is_change(action: Row) -> bool:
    return bool(action["kind"] != "individual remedy")


def can_be_tested(action: Row, as_at: date, *, days: int = 183) -> bool:
    """Not an individual remedy, and done that many days or more before as_at."""
    return _is_change(action) and action["done_on"] is not None and (as_at - action["done_on"]).days >= days


def _is_on(complaint: Row, action: Row) -> bool:
    return (
        complaint["category"] == action["theme"]
        and (action["area"] is None or complaint["area"] == action["area"])
        and (action["team"] is None or complaint["team"] == action["team"])
    )


def _treated(cut: Tables, first: date, last: date) -> set[str]:
    """Categories with an action opened or done in those days."""
    return {
        row["theme"]
        for row in cut["learning_actions"]
        if _is_change(row)
        and any(day is not None and first <= day <= last for day in (row["opened_on"], row["done_on"]))
    }


def verdict_of(*, before: int, after: int, others: tuple[int, int] | None = None, share: float) -> str:
    """By SciPy's exact tests: Fisher's against other themes (before, after), else the binomial; fewer than 12
    complaints in all cannot tell."""
    if before + after < 12:
        return "too few to tell"
    for verdict, side in (("fell", "less"), ("rose", "greater")):
        if others is None:
            chance = binomtest(after, before + after, share, alternative=side).pvalue
        else:
            chance = fisher_exact([[after, before], [others[1], others[0]]], alternative=side).pvalue
        if chance <= 0.10:
            return verdict
    return "no change seen"


def effect(cut: Tables, action: Row, as_at: date, *, six_months: bool = False) -> Effect:
    """The effect of one action, after up to a year or after six months."""
    if not can_be_tested(action, as_at):
        return Effect(action=action)
    last_before = action["opened_on"] - timedelta(days=91)
    first_before = last_before - timedelta(days=364)
    first_after = action["done_on"] + timedelta(days=1)
    last_after = action["done_on"] + timedelta(days=183 if six_months else 365)
    last_after = min(last_after, as_at)
    treated = _treated(cut, first_before, last_after)
    counts = {"b": 0, "a": 0, "B": 0, "A": 0}
    for complaint in cut["complaints"]:
        if first_before <= complaint["received_on"] <= last_before:
            when = "b"
        elif first_after <= complaint["received_on"] <= last_after:
            when = "a"
        else:
            continue
        if _is_on(complaint, action):
            counts[when] += 1
        if complaint["category"] not in treated:
            counts[when.upper()] += 1
    others = (counts["B"], counts["A"]) if counts["A"] >= 10 and counts["B"] >= 10 else None
    if others is not None:
        comparison, share = "other themes", counts["A"] / (counts["A"] + counts["B"])
    else:
        days_after = (last_after - first_after).days + 1
        comparison, share = "time alone", days_after / (365 + days_after)
    return Effect(
        action=action,
        before=counts["b"],
        after=counts["a"],
        elsewhere_before=counts["B"],
        elsewhere_after=counts["A"],
        comparison=comparison,
        share_expected=share,
        verdict=verdict_of(before=counts["b"], after=counts["a"], others=others, share=share),
    )


def _latest(effects: list[Effect]) -> Effect:
    return max(effects, key=lambda each: (each.action["done_on"], each.action["action_ref"]))


def _by_theme(effects: list[Effect]) -> dict[str, Effect]:
    """The most recently done of each theme; of two on one day the later reference."""
    themes = {each.action["theme"] for each in effects}
    return {theme: _latest([each for each in effects if each.action["theme"] == theme]) for theme in themes}


def tested(effects: list[Effect]) -> list[Effect]:
    return [each for each in effects if each.verdict in TESTED]


def all_effects(cut: Tables, as_at: date) -> list[Effect]:
    return [effect(cut, action, as_at) for action in cut["learning_actions"]]


def upheld_by_quarter(cut: Tables, theme: str, as_at: date) -> list[int]:
    """Complaints on the theme first upheld in each of the last four complete quarters."""
    days = []
    for row in cut["complaints"]:
        first = first_upheld(row)
        if row["category"] == theme and row["status"] not in ("refused", "withdrawn") and first is not None:
            days.append(first[1])
    return [sum(first <= day <= last for day in days) for first, last in last_complete_quarters(as_at, 4)]


def theme_verdict(cut: Tables, theme: str, as_at: date) -> tuple[str, str | None]:
    """looping, learning or untested; and the verdict of its most recently done tested action."""
    on_theme = [row for row in cut["learning_actions"] if row["theme"] == theme]
    found = tested([effect(cut, row, as_at) for row in on_theme])
    latest = _latest(found).verdict if found else None
    if latest == "fell":
        return "learning", latest
    acted = any(can_be_tested(row, as_at) for row in on_theme)
    if acted and all(upheld_by_quarter(cut, theme, as_at)):
        return "looping", latest
    return "untested", latest


def themes(cut: Tables) -> set[str]:
    """Every category complained about or acted on."""
    return {row["category"] for row in cut["complaints"]} | {row["theme"] for row in cut["learning_actions"]}


def loops_owned(cut: Tables, as_at: date, area: str | None) -> tuple[int, int]:
    looping = [
        theme for theme in themes(cut) if area in (None, theme) and theme_verdict(cut, theme, as_at)[0] == "looping"
    ]
    owned = [
        theme
        for theme in looping
        if any(
            row["theme"] == theme and row["done_on"] is None and row["owner_role"] in ("executive", "governing body")
            for row in cut["learning_actions"]
        )
    ]
    return len(owned), len(looping)


@dataclass(frozen=True, kw_only=True)
class Themes:
    """`effect_shown` or `sustained`: a share of themes, or (pooled) a fact with its chance; None: not evidenced."""

    numerator: int
    denominator: int
    pooled: bool
    met: bool | None = None


def chance_of_so_few(effects: list[Effect]) -> float:
    """P(X <= sum of a). Themes against time alone expect their share; those against other themes a share drawn from
    Beta(A, B + 1), all at one quantile, averaged over every quantile."""
    shared = any(each.comparison == "other themes" for each in effects)
    if not shared:
        return _at_most(effects, [_expected(each) for each in effects])
    if len(effects) == 1:
        only = effects[0]
        table = [[only.after, only.before], [only.elsewhere_after, only.elsewhere_before]]
        return float(fisher_exact(table, alternative="less").pvalue)
    return float(quad(lambda u: _at_most(effects, [_expected(each, u) for each in effects]), 0, 1, limit=200)[0])


def _expected(each: Effect, quantile: float | None = None) -> float:
    if quantile is None or each.comparison != "other themes":
        assert each.share_expected is not None
        return each.share_expected
    assert each.elsewhere_after is not None and each.elsewhere_before is not None
    return float(beta.ppf(quantile, each.elsewhere_after, each.elsewhere_before + 1))


def _at_most(effects: list[Effect], shares: list[float]) -> float:
    """P(X <= sum of a), X the sum of independent binomials, one term after another."""
    so_far = [1.0]
    for each, share in zip(effects, shares, strict=True):
        assert each.before is not None and each.after is not None
        n = each.before + each.after
        term = [float(p) for p in binom.pmf(range(n + 1), n, share)]
        longer = [0.0] * (len(so_far) + n)
        for i, p in enumerate(so_far):
            for j, q in enumerate(term):
                longer[i + j] += p * q
        so_far = longer
    return sum(so_far[: sum(each.after or 0 for each in effects) + 1])


def _pool(effects: list[Effect]) -> tuple[int, int, bool | None]:
    a = sum(each.after or 0 for each in effects)
    n = a + sum(each.before or 0 for each in effects)
    return a, n, chance_of_so_few(effects) <= 0.10 if n >= 12 else None


def _done_in(cut: Tables, as_at: date, *, months: int, days: int, area: str | None) -> list[Row]:
    first, last = window(as_at, months)
    return [
        row
        for row in cut["learning_actions"]
        if can_be_tested(row, as_at, days=days) and first <= row["done_on"] <= last and area in (None, row["theme"])
    ]


def effect_shown(cut: Tables, as_at: date, area: str | None) -> Themes:
    found = [effect(cut, row, as_at) for row in _done_in(cut, as_at, months=24, days=183, area=area)]
    by_theme = _by_theme(tested(found))
    if len(by_theme) >= 3:
        fell = sum(each.verdict == "fell" for each in by_theme.values())
        return Themes(numerator=fell, denominator=len(by_theme), pooled=False)
    a, n, met = _pool(list(_by_theme(found).values()))
    return Themes(numerator=a, denominator=n, pooled=True, met=met)


def sustained(cut: Tables, as_at: date, area: str | None) -> Themes:
    rows = _done_in(cut, as_at, months=36, days=365, area=area)
    found = [effect(cut, row, as_at) for row in rows]
    by_theme = _by_theme(tested(found))
    if len(by_theme) >= 3:
        fell = sum(
            each.verdict == "fell" and effect(cut, each.action, as_at, six_months=True).verdict == "fell"
            for each in by_theme.values()
        )
        return Themes(numerator=fell, denominator=len(by_theme), pooled=False)
    pooled = list(_by_theme(found).values())
    a, n, at_twelve = _pool(pooled)
    _, _, at_six = _pool([effect(cut, each.action, as_at, six_months=True) for each in pooled])
    met = None if at_six is None or at_twelve is None else at_six and at_twelve
    return Themes(numerator=a, denominator=n, pooled=True, met=met)
