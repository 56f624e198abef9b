"""Why: every indicator by level, with its state, its doubt, its threshold and its cases."""

from metrics.catalogue import INDICATORS
from metrics.sentences.position import band_words, heading, why_words
from metrics.words import LEVEL_MEANING, LEVELS
from ui.indicator_row import indicator_row
from ui.loading import assessment
from ui.markup import element, note, show
from ui.markup import heading as headline
from ui.selection import chosen

choice = chosen()
found = assessment(choice.code, choice.as_at)

show(
    headline(why_words(found.placement)),
    element("p", f"{heading(found)}. Every figure by level, from the foundations up.", class_="lp-lead"),
)
for level in (*LEVELS, None):
    if level is None:
        show(
            headline("Beside the levels", level=2),
            note("Figures that describe. None of them is good or bad by itself."),
        )
    else:
        show(
            headline(level.capitalize(), level=2),
            note(f"{LEVEL_MEANING[level]} {band_words(found.placement.levels[level])}."),
        )
    for declared in (each for each in INDICATORS if each.level == level):
        indicator_row(
            found.readings[declared.key],
            found.history.get(declared.key, ()),
            resolved=found.placement.resolved.get(declared.key),
            choice=choice,
        )
show(note("Likely ranges are Wilson's 95% intervals. Thresholds marked “our judgement” are not the Ombudsman's."))
