"""What `effect_shown`, `sustained` and `loops_owned` count: themes on a day, for the landlord or one service area."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import polars as pl

from metrics.effects.engine import SIX, ByDay, Effects
from metrics.effects.pooled import chance_of_so_few
from metrics.effects.theme_verdicts import LOOPING, ThemeVerdicts
from metrics.effects.trials import AFTER_DAYS, SHORT_AFTER_DAYS
from metrics.effects.verdicts import CHANCE, FELL, FEWEST, TESTED
from metrics.indicator import Indicator
from metrics.periods import window
from metrics.records import Records

FEWEST_THEMES = 3
LOOPS_OWNED = "loops_owned"
# By how many days before the day an action was done, and at which looks its theme's complaints must have fallen.
_DONE_BEFORE = {"effect_shown": SHORT_AFTER_DAYS, "sustained": AFTER_DAYS}
_OF_ACTION = ("title", "owner_role", "opened_on", "done_on")
_LOOKS = {"effect_shown": ("",), "sustained": ("", SIX)}
_OF_TRIAL = ("after", "comparison", "expected", "comparison_before", "comparison_after")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Themes that succeeded, of themes. Pooled (fewer than three themes tested): complaints after the actions, of
    complaints before and after, of so many `themes`; `met` if so few after can hardly be chance, None where they are
    too few to tell at either look."""

    numerator: int
    denominator: int
    themes: int
    pooled: bool = False
    met: bool | None = None


class ThemeCounts:
    """The themes of one landlord on several days; worked out at the first question."""

    def __init__(self, records: Records, effects: Effects) -> None:
        self._records, self.effects = records, effects
        self._latest = cache(self._latest_by_theme)

    def counted(self, indicator: Indicator, as_at: date, area: str | None) -> Counted:
        """Numerator and denominator on one day. Raises KeyError for an indicator of another population."""
        rows, pooled = self._rows(indicator, as_at, area)
        if pooled:
            return _pooled(rows, _LOOKS[indicator.key])
        return Counted(numerator=int(rows["succeeded"].sum()), denominator=rows.height, themes=rows.height)

    def rows(self, indicator: Indicator, as_at: date, area: str | None = None) -> pl.DataFrame:
        """The themes behind the figure, one row each, by service area: the action that speaks for the theme with its
        effect (columns of `metrics.effects.effects`, for looping themes see `_looping`), and `succeeded`."""
        return self._rows(indicator, as_at, area)[0]

    def _rows(self, indicator: Indicator, as_at: date, area: str | None) -> tuple[pl.DataFrame, bool]:
        """The rows, and whether they are pooled."""

        def chosen(rows: pl.DataFrame) -> pl.DataFrame:
            return rows if area is None else rows.filter(service_area=area)

        if indicator.key == LOOPS_OWNED:
            return chosen(self._looping.at(as_at)), False
        tested, every = (chosen(rows.at(as_at)) for rows in self._latest(indicator))
        pooled = tested.height < FEWEST_THEMES
        return (every if pooled else tested), pooled

    def _latest_by_theme(self, indicator: Indicator) -> tuple[ByDay, ByDay]:
        """By day: of each theme the action done last in the window among those tested, and among all tried."""
        firsts = [window(day, indicator.months)[0] for day in self.effects.days]
        windows = pl.DataFrame(
            {"as_at": self.effects.days, "first": firsts}, schema={"as_at": pl.Date, "first": pl.Date}
        )
        last = pl.col("as_at") - timedelta(days=_DONE_BEFORE[indicator.key])
        fell = [pl.col(f"verdict{look}") == FELL for look in _LOOKS[indicator.key]]
        tried = (
            self.effects.frame.filter("is_tried")
            .join(windows, on="as_at")
            .filter(pl.col("done_on").is_between("first", last))
            .drop("first")
            .with_columns(succeeded=pl.all_horizontal(fell))
            .sort("as_at", "done_on", "action_ref")
        )
        tested = tried.filter(pl.col("verdict").is_in(TESTED))
        one, other = (
            each.unique(["as_at", "service_area"], keep="last", maintain_order=True).sort("as_at", "service_area")
            for each in (tested, tried)
        )
        return ByDay(one), ByDay(other)

    @cached_property
    def _looping(self) -> ByDay:
        return ByDay(_looping(ThemeVerdicts(self._records, self.effects).frame, self.effects.frame))


def theme_rows(records: Records, indicator: Indicator, as_at: date, area: str | None = None) -> pl.DataFrame:
    """The themes behind a figure on one day; columns as `ThemeCounts.rows`."""
    return ThemeCounts(records, Effects(records, [as_at])).rows(indicator, as_at, area)


def _pooled(rows: pl.DataFrame, looks: tuple[str, ...]) -> Counted:
    after, before = int(rows["after"].sum()), int(rows["before"].sum())
    met: bool | None = True
    for look in looks:
        trials = rows.select("before", *(pl.col(f"{name}{look}").alias(name) for name in _OF_TRIAL))
        if int(trials["after"].sum()) + before < FEWEST:
            met = None
            break
        met = met and chance_of_so_few(trials) <= CHANCE
    return Counted(numerator=after, denominator=after + before, themes=rows.height, pooled=True, met=met)


def _looping(themes: pl.DataFrame, actions: pl.DataFrame) -> pl.DataFrame:
    """One row per day and looping theme: as_at, service_area, upheld_in_four_quarters, latest_verdict, succeeded (an
    open action is owned at the top) and the action that owns it, else the tested one, else none: action_ref, title,
    owner_role, opened_on, done_on."""
    return (
        themes.filter(pl.col("verdict") == LOOPING)
        .select(
            "as_at",
            "latest_verdict",
            service_area="theme",
            upheld_in_four_quarters=pl.col("upheld_by_quarter").list.sum(),
            succeeded=pl.col("owner_action_ref").is_not_null(),
            action_ref=pl.coalesce("owner_action_ref", "latest_action_ref"),
        )
        .join(actions.select("as_at", "action_ref", *_OF_ACTION), on=["as_at", "action_ref"], how="left")
        .sort("as_at", "service_area")
    )
