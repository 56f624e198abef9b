"""The numbers of the newest decisions, which grow with each decision: keys for caches of what hangs on them."""

from sqlalchemy import select
from sqlalchemy.sql.selectable import ScalarSelect

from store import deviations, ghost_words, rebases
from store.database import Store, reading
from store.ledger import newest
from store.tables import metadata


def newest_decisions(store: Store, landlord_code: str) -> tuple[int, ...]:
    """The numbers of a landlord's newest verdict, own words, accepted deviation, audit sample, setting or threshold,
    and audit answer; 0 where there is none."""
    samples, answers = metadata.tables["audit_samples"], metadata.tables["audit_answers"]
    own = select(samples.c.sample).where(samples.c.landlord_code == landlord_code)
    of_landlord = ("ghost_verdicts", ghost_words.TABLE, deviations.TABLE, "audit_samples", "landlord_settings")
    asked = [_newest(name, landlord_code) for name in of_landlord]
    return _numbers(store, *asked, newest("audit_answers", answers.c.sample.in_(own)))


def newest_words(store: Store, landlord_code: str) -> int:
    """The number of a landlord's newest words of its own; 0 where it has none."""
    return _numbers(store, _newest(ghost_words.TABLE, landlord_code))[0]


def newest_rebase(store: Store, landlord_code: str) -> int:
    """The number of a landlord's newest decision to work limits out anew; 0 where there is none."""
    return _numbers(store, _newest(rebases.TABLE, landlord_code))[0]


def _newest(table: str, landlord_code: str) -> ScalarSelect[int]:
    return newest(table, metadata.tables[table].c.landlord_code == landlord_code)


def _numbers(store: Store, *asked: ScalarSelect[int]) -> tuple[int, ...]:
    with reading(store) as connection:
        return tuple(int(number) for number in connection.execute(select(*asked)).one())
