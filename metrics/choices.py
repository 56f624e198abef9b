"""The words a column may hold, as the records declare them."""

STOCK = ("LCRA", "LCHO")
OUTCOMES = ("upheld", "partly upheld", "not upheld")
UPHELD = ("upheld", "partly upheld")
STATUSES = ("open", "closed", "refused", "withdrawn")
MADE_AT = ("stage 1", "stage 2", "ombudsman")
COMMITMENT_KINDS = ("apology", "repair", "inspection", "compensation", "policy", "other")
FINDINGS = (
    "severe maladministration",
    "maladministration",
    "service failure",
    "reasonable redress",
    "no maladministration",
    "outside jurisdiction",
    "withdrawn",
    "resolved with intervention",
)
TRIGGERS = (
    "own analysis",
    "resident voice",
    "staff voice",
    "emerging risk",
    "single complaint",
    "ombudsman",
    "regulator",
    "press",
    "legal",
)
ACTION_KINDS = ("individual remedy", "training", "process", "policy", "system", "contract", "culture")
STRENGTHS = ("weak", "intermediate", "strong")
OWNER_ROLES = ("officer", "manager", "head of service", "executive", "governing body")
LINKED_TO = (
    "risk register",
    "internal audit",
    "asset programme",
    "repairs data",
    "tsm",
    "knowledge and information",
    "equality",
    "other",
)
BODIES = ("governing body", "committee", "MRC", "executive")
ITEMS = (
    "performance update",
    "trend review",
    "ombudsman update",
    "annual report",
    "emerging risk",
    "first principles",
    "culture test",
    "self-assessment",
    "wider order",
    "root cause review",
)
RESPONSES = ("noted", "challenged", "decided")
EVENT_KINDS = ("policy change", "system migration", "contractor change", "merger", "weather", "other")
