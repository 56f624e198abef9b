"""Material for papers of every fictional landlord, worked out once."""

from collections.abc import Mapping
from datetime import date

import pytest

from metrics.records import Records
from papers.material import Material, gather
from seed_data.generator import generate

AS_AT = date(2026, 9, 30)


@pytest.fixture(scope="session")
def seeds() -> Mapping[str, Records]:
    """The records of every fictional landlord."""
    return {
        code: Records(landlord_code=code, frames={table: frame.lazy() for table, frame in frames.items()})
        for code, frames in generate().items()
    }


@pytest.fixture(scope="session")
def materials(seeds: Mapping[str, Records]) -> Mapping[str, Material]:
    """What papers of every fictional landlord are made of."""
    return {code: gather(records, AS_AT) for code, records in seeds.items()}
