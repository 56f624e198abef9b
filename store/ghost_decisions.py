"""What people decided about ghost stages, as numbers that grow with each decision: keys for caches."""

from sqlalchemy import func, select
from sqlalchemy.sql.selectable import ScalarSelect

from store.database import Store, reading
from store.tables import metadata

OF_LANDLORDS = ("ghost_verdicts", "ghost_words", "accepted_deviations")


def newest_decisions(store: Store, landlord_code: str) -> tuple[int, ...]:
    """The numbers of a landlord's newest verdict, own words, accepted deviation, audit sample and audit answer; 0 where
    there is none."""
    asked = [_newest(name, "entry", landlord_code) for name in OF_LANDLORDS]
    samples, answers = metadata.tables["audit_samples"], metadata.tables["audit_answers"]
    own = select(samples.c.sample).where(samples.c.landlord_code == landlord_code)
    of_answers = select(func.coalesce(func.max(answers.c.entry), 0)).where(answers.c.sample.in_(own)).scalar_subquery()
    asked += [_newest("audit_samples", "sample", landlord_code), of_answers]
    with reading(store) as connection:
        return tuple(int(number) for number in connection.execute(select(*asked)).one())


def newest_words(store: Store, landlord_code: str) -> int:
    """The number of a landlord's newest words of its own; 0 where it has none."""
    with reading(store) as connection:
        return int(connection.execute(select(_newest("ghost_words", "entry", landlord_code))).scalar_one())


def _newest(name: str, number: str, landlord_code: str) -> ScalarSelect[int]:
    table = metadata.tables[name]
    newest = func.coalesce(func.max(table.c[number]), 0)
    return select(newest).where(table.c.landlord_code == landlord_code).scalar_subquery()
