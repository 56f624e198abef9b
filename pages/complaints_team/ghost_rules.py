"""Words and deviations: what a landlord added to the lexicons, and the deviations from the Code's path it accepts."""

from ui.deviation_parts import register
from ui.link import link
from ui.markup import element, heading, show
from ui.navigation import GHOST_WORDS
from ui.own_words_parts import own_words
from ui.selection import chosen

choice = chosen()

show(
    heading("Words and deviations"),
    element(
        "p",
        "Two decisions shape what Ghost stages shows: which of your own words count as signs, and which deviations "
        "from the Code's path are accepted, by whom and until when. Each entry stays on record with name and reason.",
        class_="lp-lead",
    ),
)
own_words(choice.code)
link(GHOST_WORDS, label="Change the words", query_params={"landlord": choice.code}, landlord_code=choice.code)
register(choice)
