"""The parts of the Cases screen."""

from charts.trend import trend
from metrics.phrasing import capital
from metrics.reading import Assessment
from metrics.sentences.figures import interval_words, n_of_m, threshold_words, value_words
from ui import empty
from ui.basis import badge
from ui.cards import card
from ui.case_choice import CaseChoice
from ui.case_rows import case_rows, downloads
from ui.event_list import event_list
from ui.figure import draw
from ui.markup import Piece, element, heading, note, show, state_word, strong, together
from ui.narrowing_choice import only_words
from ui.selection import Choice
from ui.trend_loading import events

NOTHING = {
    "attention": "Nothing needs attention here: every one of them counts.",
    "numerator": "None of them counts yet.",
    "all": "Nothing fell into these twelve months.",
}


def figure_line(found: Assessment, picked: CaseChoice) -> None:
    """The figure these cases stand behind."""
    reading = found.readings[picked.indicator.key]
    count, interval, line = n_of_m(reading), interval_words(reading), threshold_words(reading)
    pieces: list[Piece] = [strong(value_words(reading)), f" ({count})" if count else ""]
    pieces += [f", {interval}" if interval else ""]
    state: list[Piece] = [" · ", state_word(reading.state)] if reading.state else []
    limit = [together(f" · threshold {line} ", badge(reading.indicator.threshold.basis))] if line else []
    show(
        heading(f"{picked.indicator.title}: {_finding(picked)}"),
        element("p", *pieces, *state, *limit, class_="lp-lead"),
    )
    if reading.state == "not evidenced":
        empty.nothing("Not evidenced", reading.reason)


def _finding(picked: CaseChoice) -> str:
    count = f"{len(picked.rows):,}"
    tail = {"attention": "to look at", "numerator": "counted", "all": "in all"}[picked.which]
    narrower = only_words(picked.only)
    return f"{count} {tail}{', ' if narrower else ''}{narrower}"


def course(found: Assessment, picked: CaseChoice) -> None:
    """The figure over the quarters."""
    history = found.history.get(picked.indicator.key, ())
    if len(history) > 1:
        with card("Two years of it", key="trend"):
            happened = events(found.placement.landlord_code, history[0].as_at, history[-1].as_at)
            draw(trend(history, happened), key="trend")
            event_list(happened)


def listing(picked: CaseChoice, choice: Choice) -> None:
    """The rows and the files."""
    if not len(picked.rows):
        empty.line(NOTHING[picked.which])
        return
    declared = picked.indicator
    show(note(f"{capital(declared.of_which)}. Counted: {declared.counted}."))
    downloads(picked.rows, landlord_code=choice.code, name=f"{choice.code}-{choice.as_at.isoformat()}-{picked.name}")
    case_rows(picked.rows, choice=choice, of=picked.name)
