"""What people decide about ghost stages beside verdicts: audits, accepted deviations, a landlord's own words."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.ghosts.around import Around
from metrics.ghosts.around import around as around_contact
from metrics.ghosts.audit import Standing, sample_for_audit, standing
from metrics.ghosts.own_words import read_toml
from store import audits
from store.audits import Answer, Sample
from store.deviations import Deviation, accept_deviation, accepted_deviations
from store.ghost_words import OwnWords, keep_words, word_versions
from ui import loading
from ui.opened import seen

MOST_SEED = 2**31


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The sample that speaks for a day, its contacts in the order to be read with their last answers, and how far it
    has come."""

    sample: Sample
    contacts: tuple[Mapping[str, Any], ...]
    standing: Standing


def audit(landlord_code: str, as_at: date) -> Audit | None:
    """The audit of that day; None where no sample was drawn."""
    found = audits.audit_for(loading.store(), landlord_code, as_at)
    if found is None:
        return None
    answers = audits.answers(loading.store(), found.sample)
    return Audit(sample=found, contacts=tuple(answers.to_dicts()), standing=standing(answers))


def draw_sample(landlord_code: str, as_at: date, n: int, *, drawn_by: str) -> None:
    """Draw `n` contacts of each kind at random and keep them. Raises ValueError where there is none or no name."""
    seed = secrets.randbelow(MOST_SEED)
    seen("viewed cases", landlord_code, f"contacts for an audit, to {as_at}")
    records = loading.records_shown(loading.key_of(landlord_code), landlord_code)
    audits.keep_sample(
        loading.store(),
        sample_for_audit(records, as_at, n, seed),
        landlord_code=landlord_code,
        as_at=as_at,
        seed=seed,
        drawn_by=drawn_by,
        drawn_on=date.today(),
    )


def keep_answer(answer: Answer) -> None:
    """Keep an answer to the audit."""
    audits.keep_answer(loading.store(), answer)


def around(landlord_code: str, contact: Mapping[str, Any], as_at: date) -> Around:
    """A contact of the sample and what stands beside it."""
    seen("viewed a case", landlord_code, f"contact {contact['contact_ref']}")
    records = loading.records_shown(loading.key_of(landlord_code), landlord_code)
    return around_contact(records, contact["contact_ref"], contact["household_ref"], contact["on"], as_at)


def deviations(landlord_code: str) -> tuple[Deviation, ...]:
    """The register of accepted deviations as it was written."""
    return tuple(accepted_deviations(loading.store(), landlord_code))


def accept(deviation: Deviation) -> None:
    """Write into the register."""
    accept_deviation(loading.store(), deviation)


def versions_of_words(landlord_code: str) -> tuple[OwnWords, ...]:
    """The versions of a landlord's own words, the first one first."""
    return tuple(word_versions(loading.store(), landlord_code))


def own_words(landlord_code: str) -> dict[str, tuple[str, ...]]:
    """The landlord's words that count, by list."""
    versions = versions_of_words(landlord_code)
    return read_toml(versions[-1].words) if versions else {}


def keep_own_words(words: OwnWords) -> None:
    """Let these words count from now on."""
    keep_words(loading.store(), words)
