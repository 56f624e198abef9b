"""Who complains, when and about what: complaints as they arrive, before anyone has handled them."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from seed_data.dates import ALL_DAYS, LAST, Days, Shares, rate_at
from seed_data.shares import Words, pick
from seed_data.story import Service, Story, Wave

EFFECT_STARTS, EFFECT_WHOLE = 85, 140  # days after a wave opens
WEEKEND = {5: 0.35, 6: 0.25}
CHANNELS = ("phone", "email", "web form", "letter", "in person", "social media", "councillor or MP", "representative")
CHANNEL_WEIGHTS = (43.0, 27.0, 17.0, 4.0, 4.0, 2.0, 2.0, 1.0)

SUBCATEGORIES: dict[str, tuple[str, ...]] = {
    "Responsive repairs": ("Missed appointment", "Repair not finished", "Delay", "Quality of work", "Repeat repair"),
    "Damp and mould": ("Mould returned", "Delay in inspection", "Ventilation", "Damage to belongings"),
    "Leaks and water ingress": ("Roof leak", "Leak from above", "Pipework", "Delay in tracing"),
    "Gas and heating": ("No heating", "No hot water", "Missed service visit", "Boiler replaced late"),
    "Anti-social behaviour": ("Noise", "Harassment", "Case not opened", "No update"),
    "Estate management": ("Cleaning", "Grounds", "Parking", "Lighting", "Fly-tipping"),
    "Rent and service charges": ("Charge queried", "Arrears letter", "Refund late", "Statement unclear"),
    "Moving and allocations": ("Transfer delayed", "Offer withdrawn", "Condition at letting"),
    "Staff conduct and communication": ("Call not returned", "Manner", "Wrong information"),
    "Pest control": ("Treatment delayed", "Recurring infestation"),
}


def season(service: Service) -> Shares:
    """How much more or less of a service area each day of the records sees; 1 on average over a year."""
    day_of_year = (ALL_DAYS - ALL_DAYS.astype("datetime64[Y]")).astype(np.int64)
    wave: Shares = 1 + service.winter * np.cos(2 * np.pi * (day_of_year - 15) / 365.25)
    return wave


def weekdays() -> Shares:
    """Weight of each day by its day of the week; 1 on average."""
    weekday = (ALL_DAYS.astype(np.int64) + 3) % 7
    weight = np.where(weekday == 5, WEEKEND[5], np.where(weekday == 6, WEEKEND[6], 1.28))
    return np.asarray(weight, dtype=np.float64)


def effect(service: Service, waves: tuple[Wave, ...]) -> Shares:
    """What the learning so far has left of complaints on a theme, by day: 1 is everything."""
    left = np.ones(len(ALL_DAYS))
    for wave in waves:
        factor = dict(wave.effects).get(service.category, 1.0)
        since = (ALL_DAYS - np.datetime64(wave.opens, "D")).astype(np.int64)
        left *= np.interp(since, [EFFECT_STARTS, EFFECT_WHOLE], [1.0, factor])
    return left


def expected(story: Story, service: Service) -> Shares:
    """Complaints expected on each day in one service area."""
    daily = story.homes / 1000 * rate_at(story.handling.per_1000, ALL_DAYS) / 365.25
    waves = story.learning.waves if story.learning else ()
    return daily * service.share * season(service) * weekdays() * effect(service, waves)


def arrivals(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """Complaints in order of arrival: columns household, service (its number) and received_on."""
    counts = [rng.poisson(expected(story, service)) for service in story.services]
    days = np.concatenate([np.repeat(ALL_DAYS, count) for count in counts])
    number = np.concatenate([np.full(count.sum(), n) for n, count in enumerate(counts)])
    frame = pl.DataFrame({"household": households(story, rng, len(days)), "service": number, "received_on": days})
    return frame.sort("received_on", "service", "household")


def households(story: Story, rng: np.random.Generator, rows: int) -> NDArray[np.int64]:
    """Households drawn evenly; the last of them are the low cost home ownership ones."""
    return rng.integers(1, story.homes + 1, rows)


def household_refs(household: NDArray[np.int64]) -> pl.Series:
    """Pseudonymous references of households: H000123."""
    digits = pl.Series("household_ref", household).cast(pl.String).str.zfill(6)
    return ("H" + digits).alias("household_ref")


def areas_of(story: Story, household: NDArray[np.int64]) -> Words:
    """The area of each household: areas take households in turn, so each has its share of every stock."""
    return np.array(story.areas, dtype=object)[household % len(story.areas)]


def teams_of(story: Story, service: NDArray[np.int64], household: NDArray[np.int64]) -> Words:
    """The team that takes a service area's work where the household lives."""
    most = max(len(each.teams) for each in story.services)
    grid = np.array([[each.teams[n % len(each.teams)] for n in range(most)] for each in story.services], dtype=object)
    turn = (household % len(story.areas)) % most
    return grid[service, turn]


def hidden_of(story: Story, service: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Does the service area belong to the arm that settles dissatisfaction outside the stages?"""
    return np.array([each.hidden for each in story.services])[service]


def categories_of(story: Story, service: NDArray[np.int64]) -> Words:
    """The name of each service area."""
    return np.array([each.category for each in story.services], dtype=object)[service]


def subcategories_of(rng: np.random.Generator, category: Words) -> Words:
    """A finer category, the first of a service area's list being the commonest."""
    chosen = np.empty(len(category), dtype=object)
    for name, finer in SUBCATEGORIES.items():
        rows = category == name
        chosen[rows] = pick(rng, finer, int(rows.sum()), [1 / (n + 1) for n in range(len(finer))])
    return chosen


def still_within(days: Days) -> NDArray[np.bool_]:
    """Which days have happened by the extract date."""
    return ~np.isnat(days) & (days <= LAST)
