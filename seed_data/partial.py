"""Mallowfen and Sorrelby: one too small to tell, one with two tables only. See README.md."""

from seed_data.services import ASB, DAMP, LEAKS, REPAIRS, YEARS, services
from seed_data.story import AtOmbudsman, Board, Handling, Hidden, Learning, Promises, Story, Survey, Wave

VERY_SMALL = Story(
    code="MALLO",
    name="Mallowfen Homes",
    landlord_type="PRP",
    region="East of England",
    homes_lcra=1_480,
    homes_lcho=0,
    plot="Very small: good work, but so few complaints that little can be told; the self-assessment is stale.",
    areas=("Church End", "Fen Road", "Mill Close"),
    services=services(repairs=("Homes team",), housing=("Homes team",), homeownership="Homes team"),
    handling=Handling(per_1000=33.0, acknowledged=0.96, answered=0.96, upheld=0.6, escalates=0.14, officers=3),
    survey=Survey(
        base=420,
        years=YEARS,
        overall=(80.2, 81.4, 79.9),
        listens=(70.4, 71.6, 70.1),
        complaints=(42.0, 38.5, 44.1),
        complained=(14.1, 12.9, 13.6),
    ),
    learning=Learning(
        waves=(
            Wave(themes=(REPAIRS, DAMP), opens="2023-10-01", spread=160, actions_each=2),
            Wave(themes=(LEAKS, ASB), opens="2024-10-01", spread=160, actions_each=2, effects=((LEAKS, 0.6),)),
            Wave(themes=(REPAIRS, DAMP), opens="2025-11-01", spread=160, actions_each=3, done_from="2026-04-07"),
        ),
        remedies_a_year=2,
        kinds=(("process", 3.0), ("training", 1.0)),
        linked=0.75,
        on_time=0.9,
        root_cause=0.5,
        senior=0.5,
        joined_up=0.3,
    ),
    promises=Promises(kept=0.95, phantom=0.0, late=0.03, contractors=(("Withy and Sons", "", ""),)),
    ombudsman=AtOmbudsman(reaches=0.15, against=0.5, severe=0.0, reviews=0.0),
    hidden=Hidden(inside=0.02, outside=0.02, never=0.5),
    board=Board(
        quarterly=(("performance update", "governing body", "2023-04-01"),),
        challenges=0.4,
        once=(("2025-07-08", "governing body", "annual report", "noted"),),
        assessed_on=("2024-05-14", "2025-03-18"),
    ),
    apology_criteria=0.75,
)


ONLY_COMPLAINTS = Story(
    code="SORRE",
    name="Sorrelby Homes",
    landlord_type="PRP",
    region="South West",
    homes_lcra=4_790,
    homes_lcho=260,
    plot="Only complaints and satisfaction measures are held: timeliness can be read, learning cannot.",
    areas=("Barton", "Coombe", "Hatherleigh Road", "Quayside"),
    services=services(repairs=("Repairs",), housing=("Housing",), homeownership="Homeownership"),
    handling=Handling(
        per_1000=(("2023-04-01", 48.0), ("2026-10-15", 57.0)), acknowledged=0.96, answered=0.94, officers=6
    ),
    survey=Survey(
        base=640,
        years=YEARS,
        overall=(71.0, 71.9, 72.2),
        listens=(60.0, 61.1, 61.9),
        complaints=(34.1, 35.0, 36.2),
        complained=(25.9, 26.4, 26.0),
    ),
    only=("complaints", "tsm"),
)
