"""The documents the indicators rest on, spelled once."""

from metrics.indicator import Source

CODE = "Complaint Handling Code 2024 (Housing Ombudsman)"
PYRAMID = "Housing Ombudsman on the learning pyramid"
TSM = "Tenant Satisfaction Measures: Technical Requirements (Regulator of Social Housing)"
APOLOGIES = "Housing Ombudsman on apologies"
SYSTEMIC = "On systemic failure: learning or looping"


def code(paragraph: str) -> Source:
    """A paragraph of the Code."""
    return Source(document=CODE, paragraph=paragraph, dated="1 April 2024")


def pyramid(words: str) -> Source:
    """The Ombudsman's own words on the pyramid."""
    return Source(document=PYRAMID, paragraph=words, dated="October 2024")


def tsm(measure: str) -> Source:
    """A Tenant Satisfaction Measure."""
    return Source(document=TSM, paragraph=measure, dated="April 2024")


def apology_report(words: str) -> Source:
    """The Ombudsman's report on apologies."""
    return Source(document=APOLOGIES, paragraph=words, dated="26 February 2026")


def systemic(words: str) -> Source:
    """The article on systemic failure this tool started from."""
    return Source(document=SYSTEMIC, paragraph=words)
