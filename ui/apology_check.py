"""The apology check: a draft in, its words marked in place. The draft stays in this visit and goes nowhere else."""

import streamlit as st

from metrics.apologies.check import LONGEST, ApologyCheck, CriterionFound, Mark, check_apology
from metrics.apologies.check import State as Found
from metrics.words import State
from ui.cards import card, rows, state_row
from ui.markup import Markup, element, note, show, strong, together

STATE: dict[Found, State] = {
    "met by its words": "met",
    "met in part": "too close to call",
    "missed": "not met",
    "cannot be told": "not evidenced",
}


def check() -> None:
    """The form, and what the words of the draft show."""
    with card("Check a draft", key="check"):
        show(
            note(
                "Paste an apology before it is sent. It is read on this server for this visit only: it is not stored, "
                "logged or put in the address, and nobody else sees it."
            )
        )
        with st.form("apology-check", border=False):
            draft = st.text_area("Draft of the apology", height=220, max_chars=LONGEST, key="apology-draft")
            asked = st.form_submit_button("Check the words")
        if asked and not draft.strip():
            show(note("There is nothing to check yet: paste the draft above."))
        elif draft.strip():
            _result(check_apology(draft))


def _result(found: ApologyCheck) -> None:
    show(element("h3", _summary(found), class_="lp-title", role="status"))
    numbers = {id(mark): place for place, mark in enumerate(found.avoid, start=1)}
    show(_marked(found, numbers))
    show(
        note(
            "Numbered and double underlined: words to avoid, explained below. Dotted underline: words that show a "
            "criterion."
        )
    )
    if found.avoid:
        show(element("h3", "Words to avoid", class_="lp-title"), _to_avoid(found))
    show(element("h3", "The six criteria", class_="lp-title"), rows([_criterion(each) for each in found.criteria]))
    show(
        element("h3", "What this cannot tell", class_="lp-title"),
        element("ul", *(element("li", each) for each in found.cannot_tell), class_="lp-plain"),
        note(f"Word lists, version {found.lexicon_version}."),
    )


def _summary(found: ApologyCheck) -> str:
    sorry = "" if found.says_sorry else "It does not say sorry. "
    count = len(found.avoid)
    avoid = "no word to avoid" if not count else "1 place to change" if count == 1 else f"{count} places to change"
    return f"{sorry}Its words meet {found.met} of the {found.to_tell} criteria that words can show; {avoid}."


def _marked(found: ApologyCheck, numbers: dict[int, int]) -> Markup:
    """The draft as it is, with its marks: escaped like every other text, its lines kept by the style sheet."""
    pieces = [text if mark is None else _mark(text, mark, numbers) for text, mark in found.pieces()]
    return element(
        "div", *pieces, class_="lp-draft", role="region", aria_label="The draft with its marks", tabindex="0"
    )


def _mark(text: str, mark: Mark, numbers: dict[int, int]) -> Markup:
    if mark.kind == "shows":
        return element("mark", text, class_="lp-shows", title=f"{mark.why}: {mark.name}")
    number = numbers[id(mark)]
    label = element("sup", str(number), aria_label=f"note {number}: {mark.name}")
    return element("mark", text, label, class_="lp-avoid", title=f"{mark.name}: {mark.why}")


def _to_avoid(found: ApologyCheck) -> Markup:
    return element("ol", *(element("li", _explained(mark)) for mark in found.avoid), class_="lp-plain")


def _explained(mark: Mark) -> Markup:
    where = "" if mark.in_apology else " It stands outside the apology itself and may be harmless: look again."
    asks = mark.kind in ("condition", "turn")
    return together(
        strong(f"“{' '.join(mark.words.split())}”"), f" {mark.name}. {mark.why}{where if asks else ''} ({mark.source})"
    )


def _criterion(each: CriterionFound) -> Markup:
    shown = list({mark.words.lower(): " ".join(mark.words.split()) for mark in each.shown_by}.values())[:5]
    parts = [f"Shown by “{'”, “'.join(shown)}”." if shown else ""]
    parts += [f"Not found: {'; '.join(each.missing)}." if each.missing else "", each.advice]
    return state_row(STATE[each.state], each.title, more=" ".join(part for part in parts if part), figure=each.state)
