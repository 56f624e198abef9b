"""Random landlords with actions and complaints crowded where windows begin and end."""

from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from metrics.choices import ACTION_KINDS, OWNER_ROLES
from tests import builders
from tests.builders import Row
from tests.recount.days import last_complete_quarters
from tests.strategies import Landlord

AS_AT = (date(2025, 3, 31), date(2024, 12, 31), date(2024, 2, 29), date(2025, 5, 14))
CATEGORIES = ("repairs", "damp", "lifts", "noise", "rent", "pests")
AREAS = (None, "north", "south")
TEAMS = (None, "blue", "green")


class _Maker:
    def __init__(self, *, seed: int, as_at: date, share_treated: float) -> None:
        self.rng, self.as_at = Random(seed), as_at
        self.treated = CATEGORIES[: max(1, round(share_treated * len(CATEGORIES)))]

    def between(self, low: int, high: int) -> timedelta:
        return timedelta(days=self.rng.randint(low, high))

    def action(self, index: int) -> Row:
        kind = self.rng.random()
        done: date | None = self.as_at - self.between(-20, 1100)
        if kind < 0.3:
            done = self.as_at - timedelta(days=self.rng.choice((183, 365, 366, 730))) + self.between(-1, 1)
        assert done is not None
        opened = done - self.between(0, 200)
        return builders.action(
            action_ref=f"A{index}",
            opened_on=opened,
            done_on=None if kind > 0.85 else done,
            theme=self.rng.choice(self.treated),
            area=self.rng.choice(AREAS) if self.rng.random() < 0.3 else None,
            team=self.rng.choice(TEAMS) if self.rng.random() < 0.3 else None,
            kind=ACTION_KINDS[0] if self.rng.random() < 0.15 else self.rng.choice(ACTION_KINDS[1:]),
            owner_role=self.rng.choice(OWNER_ROLES),
        )

    def received(self, actions: list[Row]) -> date:
        """Any day of four years, or the edge of some action's window, or a day after as_at."""
        if actions and self.rng.random() < 0.15:
            about = self.rng.choice(actions)
            opened, done = about["opened_on"], about["done_on"] or self.as_at
            edges = [opened - timedelta(days=back) for back in (90, 91, 92, 454, 455, 456)]
            edges += [done + timedelta(days=on) for on in (0, 1, 183, 184, 365, 366)]
            return self.rng.choice([*edges, self.as_at])
        return self.as_at - self.between(-30, 1400)

    def complaint(self, index: int, actions: list[Row], *, falling: float) -> Row:
        received, category = self.received(actions), self.rng.choice((*CATEGORIES, *self.treated))
        falls = category in self.treated and self.rng.random() < falling
        if falls and received > self.as_at - timedelta(days=400):
            received -= timedelta(days=self.rng.randint(400, 900))
        if self.rng.random() < 0.2:
            quarters = last_complete_quarters(self.as_at, 4)
            received = self.rng.choice(self.rng.choice(quarters)) - self.between(9, 11)
        answered = None if self.rng.random() < 0.2 else received + timedelta(days=10)
        return builders.complaint(
            complaint_ref=f"C{index}",
            received_on=received,
            category=category,
            area=self.rng.choice(AREAS),
            team=self.rng.choice(TEAMS),
            status=self.rng.choice((None, "closed", "closed", "withdrawn")),
            stage_1_responded_on=answered,
            stage_1_outcome=self.rng.choice(("upheld", "partly upheld", "not upheld")),
        )


def make_landlord(*, seed: int, as_at: date, complaints: int, actions: int, treated: float, falling: float) -> Landlord:
    """Actions first, then complaints about their windows."""
    maker = _Maker(seed=seed, as_at=as_at, share_treated=treated)
    acted = [maker.action(index) for index in range(actions)]
    received = [maker.complaint(index, acted, falling=falling) for index in range(complaints)]
    tables: dict[str, list[Row]] = {"complaints": received, "learning_actions": acted}
    made = f"{seed=}, {as_at=}, {complaints=}, {actions=}, {treated=}, {falling=}"
    return Landlord(as_at=as_at, tables=tables, national=[], made_with=made)


@st.composite
def landlords(draw: st.DrawFn) -> Landlord:
    """From no complaint to seven hundred; from one treated category of six to all of them."""
    return make_landlord(
        seed=draw(st.integers(0, 2**20)),
        as_at=draw(st.sampled_from(AS_AT)),
        complaints=draw(st.sampled_from((0, 5, 40, 150, 400, 700))),
        actions=draw(st.sampled_from((0, 1, 2, 4, 8, 14))),
        treated=draw(st.sampled_from((0.2, 0.4, 0.6, 1.0))),
        falling=draw(st.sampled_from((0.0, 0.0, 0.5))),
    )
