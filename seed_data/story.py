"""What makes one landlord different from another, as plain values: shares over time, not code."""

from dataclasses import dataclass, field

from seed_data.dates import Rate


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service area. `share` of the landlord's complaints; `winter` how much more of them come in January than in
    July (0: no season); `teams` take turns by area; `hidden` marks a team that keeps dissatisfaction out of the stages.
    """

    category: str
    share: float
    teams: tuple[str, ...]
    winter: float = 0.0
    hidden: bool = False
    contracted: bool = False


@dataclass(frozen=True, kw_only=True)
class Handling:
    """How complaints are handled. `per_1000` is complaints received per 1,000 homes a year; every other value is a
    share: of stages acknowledged or answered in time, of answers extended, of answers upheld, of stage 1 answers that
    go to stage 2, and so on."""

    per_1000: Rate
    acknowledged: Rate = 0.97
    answered: Rate = 0.95
    acknowledged_2: Rate = 0.97
    answered_2: Rate = 0.95
    extended: Rate = 0.12
    upheld: float = 0.64
    escalates: float = 0.17
    hidden_escalates: float = 0.17
    apologises: Rate = 0.95
    independent: Rate = 0.995
    refused: float = 0.025
    withdrawn: float = 0.02
    repeats: Rate = 0.05
    officers: int = 12


@dataclass(frozen=True, kw_only=True)
class Wave:
    """A round of learning actions on some themes, opened over `spread` days, none done before `done_from`. `effects`
    is what happens to complaints on a theme afterwards: 0.5 halves them for good; a theme not named stays the same."""

    themes: tuple[str, ...]
    opens: str
    actions_each: int
    spread: int = 75
    done_from: str = ""
    effects: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Learning:
    """Learning actions: the waves, single remedies beside them, and the shares of actions (by day opened) that have a
    root cause analysis, a senior owner, and so on. `kind_weights` and `triggers` are (word, weight) pairs."""

    waves: tuple[Wave, ...]
    remedies_a_year: float
    kinds: tuple[tuple[str, float], ...]
    reactive: tuple[tuple[str, float], ...] = (("single complaint", 6.0), ("ombudsman", 2.0), ("regulator", 1.0))
    linked: Rate = 0.8
    on_time: Rate = 0.85
    never_done: float = 0.02
    told: Rate = 0.7
    root_cause: Rate = 0.2
    senior: Rate = 0.1
    joined_up: Rate = 0.2
    beyond_complaints: Rate = 0.5
    strong: Rate = 0.15
    proactive: Rate = 0.3


@dataclass(frozen=True, kw_only=True)
class Promises:
    """Commitments made in responses: how many upheld complaints carry one, and how they end. What is neither kept,
    a phantom nor late stays undone."""

    carried: float = 0.6
    kept: Rate = 0.92
    phantom: Rate = 0.01
    late: Rate = 0.04
    contractors: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """An Ombudsman order planted as overdue."""

    ordered_on: str
    due_on: str
    severe: bool
    description: str


@dataclass(frozen=True, kw_only=True)
class AtOmbudsman:
    """Determinations: share of stage 2 answers that get one, share of findings against the landlord (and of those
    severe), share put to review, of which changed, share of orders done in time."""

    reaches: float = 0.12
    against: float = 0.65
    severe: float = 0.05
    reviews: Rate = 0.05
    review_changes: float = 0.3
    orders_kept: float = 1.0
    overdue: tuple[Overdue, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """Ghost stages. `inside` and `outside` are shares of complaints with a planted signal, for teams marked hidden and
    for the others; `never` is households per 1,000 homes a year whose dissatisfaction never reaches a stage."""

    inside: Rate = 0.01
    outside: Rate = 0.01
    never: Rate = 0.3
    resets_inside: float = 0.0
    resets_outside: float = 0.002
    labels_inside: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Board:
    """Governance: from when a body took each reading, how often it challenged, and when culture was tested.

    `quarterly` lists (item, body, from ISO date); `challenges` is the share of quarters in which one item was
    challenged or decided; `once` lists (ISO date, body, item, response)."""

    quarterly: tuple[tuple[str, str, str], ...]
    challenges: Rate = 0.0
    once: tuple[tuple[str, str, str, str], ...] = ()
    assessed_on: tuple[str, ...] = ("2024-06-20", "2025-06-19", "2026-06-18")
    not_complied: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Tenant Satisfaction Measures: respondents a year, values by year for the measures that carry the story; the
    others follow TP01. `complained` is the share who say they complained."""

    base: int
    years: tuple[str, ...]
    overall: tuple[float, ...]
    listens: tuple[float, ...]
    complaints: tuple[float, ...]
    complained: tuple[float, ...]
    in_time_flattered_by: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Story:
    """One fictional landlord. `only` names the tables it holds beside `landlords` (None: every table)."""

    code: str
    name: str
    landlord_type: str
    region: str
    homes_lcra: int
    homes_lcho: int
    plot: str
    areas: tuple[str, ...]
    services: tuple[Service, ...]
    handling: Handling
    survey: Survey
    learning: Learning | None = None
    promises: Promises | None = None
    ombudsman: AtOmbudsman | None = None
    hidden: Hidden = field(default_factory=Hidden)
    board: Board | None = None
    apology_criteria: Rate = 0.6
    requests_per_1000: float = 250.0
    events: tuple[tuple[str, str, str], ...] = ()
    only: tuple[str, ...] | None = None

    @property
    def homes(self) -> int:
        """All homes owned."""
        return self.homes_lcra + self.homes_lcho
