"""What is heard in contacts of people who mostly ask something: every tenth of the 3,080 test questions to a bank of
`ordinary_contacts.csv` (Casanueva and others, 2020, PolyAI, CC BY 4.0), with the matter they were sorted under."""

from pathlib import Path

import polars as pl

from metrics.ghosts import DEFAULT
from metrics.ghosts.matching import dissatisfied

FILE = Path(__file__).with_name("ordinary_contacts.csv")
# Of those heard, those that a person who read them called dissatisfied.
RIGHTLY = (
    "asked for a refund last week",
    "why hasn't it gone through yet",
    "nothing is happening",
    "highly unsatisfied",
    "extremely unhappy",
    "My Landlord hasn't got the money yet",
)


def test_of_ordinary_questions_one_in_twenty_is_misheard_at_most() -> None:
    contacts = pl.read_csv(FILE)
    heard = contacts.filter(dissatisfied(contacts["text"], DEFAULT))["text"].to_list()
    misheard = [text for text in heard if not any(words in text for words in RIGHTLY)]
    assert contacts.height == 308
    assert len(heard) - len(misheard) == len(RIGHTLY)
    assert len(misheard) <= 0.05 * contacts.height, misheard
