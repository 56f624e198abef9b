"""The ten service areas the fictional landlords share, and the years of their surveys."""

from seed_data.story import Service

REPAIRS, DAMP, LEAKS, GAS = "Responsive repairs", "Damp and mould", "Leaks and water ingress", "Gas and heating"
ASB, ESTATES, CHARGES = "Anti-social behaviour", "Estate management", "Rent and service charges"
MOVES, STAFF, PESTS = "Moving and allocations", "Staff conduct and communication", "Pest control"
YEARS = ("2023-24", "2024-25", "2025-26")


def services(
    *, repairs: tuple[str, ...], housing: tuple[str, ...], homeownership: str, hidden: bool = False
) -> tuple[Service, ...]:
    """The usual ten service areas; `hidden` marks the repairs arm."""
    compliance = repairs if hidden else ("Compliance",)
    return (
        Service(category=REPAIRS, share=0.27, teams=repairs, winter=0.25, hidden=hidden, contracted=True),
        Service(category=DAMP, share=0.14, teams=("Damp and mould team",), winter=0.75, contracted=True),
        Service(category=LEAKS, share=0.11, teams=("Planned works",), winter=0.35, contracted=True),
        Service(category=GAS, share=0.08, teams=compliance, winter=0.65, hidden=hidden, contracted=True),
        Service(category=ASB, share=0.11, teams=housing, winter=-0.3),
        Service(category=ESTATES, share=0.09, teams=("Estates",), winter=-0.2),
        Service(category=CHARGES, share=0.07, teams=(homeownership,)),
        Service(category=MOVES, share=0.05, teams=("Lettings",)),
        Service(category=STAFF, share=0.05, teams=("Customer hub",)),
        Service(category=PESTS, share=0.03, teams=("Estates",), winter=-0.3, contracted=True),
    )
