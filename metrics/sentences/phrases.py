"""Short phrases the sentences are made of: for each gate, what it means in a heading that it is not met or unknown."""

from collections.abc import Mapping

from metrics.catalogue import GATES

# What a position means when it is reached, the first half of the heading.
FIRST_HALF: Mapping[str, str] = {
    "transactional": "complaints are answered and put right",
    "operational": "changes are made",
    "strategic": "causes are known and owned at the top",
    "cultural": "learning is proactive, and complaints test the culture",
}

SHORTFALL: Mapping[str, str] = {
    "acknowledged_on_time": "complaints are acknowledged late",
    "stage_1_on_time": "stage 1 answers come late",
    "stage_2_on_time": "stage 2 answers come late",
    "commitments_honoured": "promises are not kept",
    "complaints_without_ghost": "complaints wait in hidden stages",
    "apology_given": "apologies come late or not at all",
    "independent_stage_2": "stage 2 is decided by the same person as stage 1",
    "learning_recorded": "little is learned from upheld complaints",
    "actions_on_time": "learning actions run late",
    "practice_changed": "few actions change practice",
    "not_repeated": "the same complaints come back",
    "told_residents": "residents are not told what changed",
    "decisions_accepted": "Ombudsman decisions are often disputed",
    "orders_complied": "Ombudsman orders are completed late",
    "root_cause_analysed": "root causes are seldom analysed",
    "senior_owned": "officers own them alone",
    "joined_up": "learning stands apart from other programmes",
    "owned_beyond_complaints": "the complaints team owns the learning alone",
    "effect_shown": "actions are not followed by fewer complaints",
    "board_scrutiny": "the governing body seldom challenges",
    "loops_owned": "themes that keep looping have no owner at the top",
    "strong_actions": "few actions are strong ones",
    "proactive": "learning waits for pressure from outside",
    "learned_first": "the Ombudsman finds it first",
    "sustained": "the falls did not last",
    "listens": "fewer residents feel listened to than elsewhere",
    "complaints_satisfaction": "fewer residents are content with complaint handling than elsewhere",
    "openness": "more residents complain than are recorded",
    "apology_quality": "apologies fall short of the Ombudsman's criteria",
    "culture_tested": "complaints have not been used to test the culture",
}

UNSEEN: Mapping[str, str] = {
    "acknowledged_on_time": "too few acknowledgements fell due to tell",
    "commitments_honoured": "there is no evidence that promises are kept",
    "complaints_without_ghost": "nobody has looked for hidden stages yet",
    "learning_recorded": "there is no evidence of learning from upheld complaints",
    "actions_on_time": "there is no evidence that learning actions are done",
    "practice_changed": "there is no evidence that practice changes",
    "orders_complied": "there is no evidence of what became of Ombudsman orders",
    "root_cause_analysed": "there is no evidence of root cause analysis",
    "senior_owned": "there is no evidence of who owns the learning",
    "joined_up": "there is no evidence that learning is joined to other programmes",
    "board_scrutiny": "there is no evidence of scrutiny by the governing body",
    "proactive": "there is no evidence of what sets learning off",
    "sustained": "it is not known whether falls in complaints lasted",
    "culture_tested": "there is no evidence that complaints test the culture",
}

_WITHOUT_WORDS = [
    gate.key for gate in GATES if gate.key not in SHORTFALL or (gate.gate == "must" and gate.key not in UNSEEN)
]
if _WITHOUT_WORDS:
    raise ValueError(f"gates without words for a heading: {', '.join(_WITHOUT_WORDS)}")
