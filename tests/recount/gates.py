"""The gates as the definitions table them: level, must or should, threshold, smallest n, and what each needs."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Gate:
    """One row of the table of indicators."""

    key: str
    level: str
    gate: str
    threshold: float | None
    needs: tuple[str, ...]
    kind: str = "share"
    lower_is_better: bool = False
    divides: bool = True
    smallest_n: int = 5
    by_themes: bool = False


def _gate(key: str, level: str, gate: str, threshold: float | None, *needs: str, **more: object) -> Gate:
    return Gate(key=key, level=level, gate=gate, threshold=threshold, needs=needs, **more)  # type: ignore[arg-type]


_T, _O, _S, _C = "transactional", "operational", "strategic", "cultural"
_ACTIONS = "learning_actions"

GATES: tuple[Gate, ...] = (
    _gate("acknowledged_on_time", _T, "must", 0.90, "complaints"),
    _gate("stage_1_on_time", _T, "should", 0.90, "complaints"),
    _gate("stage_2_on_time", _T, "should", 0.90, "complaints"),
    _gate("commitments_honoured", _T, "must", 0.85, "commitments"),
    _gate("complaints_without_ghost", _T, "must", 0.90, "complaints", "contacts"),
    _gate("apology_given", _T, "should", 0.90, "complaints"),
    _gate("independent_stage_2", _T, "should", 0.98, "complaints"),
    _gate("learning_recorded", _O, "must", 0.50, "complaints", _ACTIONS, "learning_links"),
    _gate("actions_on_time", _O, "must", 0.75, _ACTIONS),
    _gate("practice_changed", _O, "must", 0.60, _ACTIONS),
    _gate("not_repeated", _O, "should", 0.90, "complaints"),
    _gate("told_residents", _O, "should", 0.60, _ACTIONS),
    _gate("decisions_accepted", _O, "should", 0.90, "determinations"),
    _gate("orders_complied", _O, "must", 0.95, "commitments", kind="fact"),
    _gate("root_cause_analysed", _S, "must", 0.60, _ACTIONS),
    _gate("senior_owned", _S, "must", 0.30, _ACTIONS),
    _gate("joined_up", _S, "must", 0.40, _ACTIONS),
    _gate("owned_beyond_complaints", _S, "should", 0.60, _ACTIONS),
    _gate("effect_shown", _S, "should", 0.40, _ACTIONS, "complaints", by_themes=True, smallest_n=3),
    _gate("board_scrutiny", _S, "must", 3, "governance", kind="fact", divides=False),
    _gate("loops_owned", _S, "should", 0.75, _ACTIONS, "complaints", kind="fact", by_themes=True),
    _gate("strong_actions", _S, "should", 0.30, _ACTIONS),
    _gate("proactive", _C, "must", 0.60, _ACTIONS),
    _gate("learned_first", _C, "should", 0.50, "determinations", _ACTIONS),
    _gate("sustained", _C, "must", 0.40, _ACTIONS, "complaints", by_themes=True, smallest_n=3),
    _gate("listens", _C, "should", None, "tsm", divides=False),
    _gate("complaints_satisfaction", _C, "should", None, "tsm", divides=False),
    _gate("openness", _C, "should", None, "tsm", lower_is_better=True, divides=False),
    _gate("apology_quality", _C, "should", 0.70, "apologies"),
    _gate("culture_tested", _C, "must", 1, "governance", kind="fact", divides=False),
)
GATE_BY_KEY = {gate.key: gate for gate in GATES}
LEVELS = (_T, _O, _S, _C)
