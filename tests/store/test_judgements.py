"""A board's own judgement, and saved column mappings."""

from dataclasses import replace
from datetime import date

import pytest

from intake.mapping import Mapping
from store.database import Store
from store.judgements import Judgement, judgements, record_judgement
from store.mappings import forget_mapping, save_mapping, saved_mappings

OURS = Judgement(
    landlord_code="L1",
    as_at=date(2024, 3, 31),
    position="operational",
    reason="We saw the repairs desk change its practice ourselves.",
    name="A. Chair",
    made_on=date(2024, 5, 2),
    expires_on=date(2025, 5, 2),
)


def test_judgements_are_kept_newest_first(store: Store) -> None:
    later = replace(OURS, as_at=date(2024, 6, 30), position="transactional", made_on=date(2024, 8, 1))
    for each in (OURS, later, replace(OURS, landlord_code="L2")):
        record_judgement(store, each)
    assert judgements(store, "L1") == [later, OURS]
    assert judgements(store, "nobody") == []


def test_a_judgement_stands_until_it_expires() -> None:
    assert OURS.stands_on(date(2024, 5, 2)) and OURS.stands_on(date(2025, 5, 1))
    assert not OURS.stands_on(date(2024, 5, 1)) and not OURS.stands_on(date(2025, 5, 2))


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"position": "excellent"}, "position: found 'excellent'; wanted one of foundations not secure"),
        ({"reason": "  "}, "reason: found nothing"),
        ({"name": ""}, "name: found nothing"),
        ({"expires_on": date(2024, 5, 2)}, "expires_on: found 2024-05-02"),
    ],
)
def test_a_judgement_without_reason_name_or_end_is_refused(change: dict[str, object], wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        replace(OURS, **change)  # type: ignore[arg-type]


def test_mappings_are_saved_replaced_and_forgotten(store: Store) -> None:
    mapping = Mapping(
        table="complaints",
        columns={"Réf.": "complaint_ref"},
        values={"status": {"Shut": "closed"}},
        joined={"household_ref": ("Street", "#row")},
        only_landlords=("L1",),
    )
    save_mapping(store, Mapping(table="contacts"), name="CRM", saved_by="tester")
    save_mapping(store, mapping, name=" Case system ", saved_by="tester")
    assert saved_mappings(store) == {"CRM": Mapping(table="contacts"), "Case system": mapping}
    save_mapping(store, Mapping(table="payments"), name="CRM", saved_by="tester")
    forget_mapping(store, "Case system")
    forget_mapping(store, "never saved")
    assert saved_mappings(store) == {"CRM": Mapping(table="payments")}
    with pytest.raises(ValueError, match="wanted a name"):
        save_mapping(store, mapping, name=" ", saved_by="tester")
