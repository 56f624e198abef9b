"""Learning or looping, in sentences: the answer, how sure it is, and what one verdict rests on."""

from metrics.effects.theme_verdicts import LEARNING, LOOPING
from metrics.effects.verdicts import FELL, NOT_YET, OTHER_THEMES, ROSE
from metrics.learning.actions import ActionLine, Trial
from metrics.learning.picked import Picked
from metrics.learning.picture import LearningPicture, ThemeLine
from metrics.learning.turnover import Turnover
from metrics.learning.voice import Latency
from metrics.phrasing import capital, listed

QUESTION = "Learned, or round the loop again?"
NAMED = 3
TURNOVER_WORDS = {
    "survived": "it survived them",
    "lost": "it left with them",
    "too few to tell": "too few complaints to tell",
    "not yet": "not yet to be seen",
}


def heading(found: LearningPicture) -> str:
    """The answer."""
    if found.why_not:
        return "Whether anything was learned is not evidenced"
    looping, learned = found.of(LOOPING), found.of(LEARNING)
    if looping and learned:
        return f"Learned on {_counted(len(learned))}, round the loop again on {_number(len(looping))}"
    if looping:
        return f"Round the loop again: {_counted(len(looping))} {_loop(len(looping))} and none has learned"
    if learned:
        return f"Learned on {_counted(len(learned))}, and none is looping"
    return "Neither shown: no theme has learned, and none is known to loop"


def lead(found: LearningPicture) -> str:
    """Which themes, and how far the evidence goes."""
    if found.why_not:
        return found.why_not
    said = []
    looping = [each.theme for each in found.of(LOOPING)]
    if looping:
        said.append(f"Upheld in every quarter although action was taken: {_named(looping)}.")
    ladder = found.ladder
    done, tested, fell = (ladder.counts[rung] for rung in ("done", "tested", "fell"))
    said.append(
        f"Of {done:,} {_actions(done)} done in thirty-six months {tested:,} could be tested and {fell:,} "
        f"{'was' if fell == 1 else 'were'} followed by fewer complaints."
    )
    if ladder.activity_not_impact:
        said.append(f"{ladder.activity_not_impact:,} show activity, not impact.")
    return " ".join(said + _cautions(found))


def _cautions(found: LearningPicture) -> list[str]:
    """Falls that may be less than they seem."""
    learned = [each for each in found.of(LEARNING) if each.latest is not None and each.latest.trial is not None]
    hidden = [each.theme for each in learned if each.latest and each.latest.trial and each.latest.trial.hidden_rose]
    early = [each.theme for each in learned if each.latest and early_words(each.latest)]
    said = [f"Recorded complaints fell while hidden ones rose: {_named(hidden)}."] if hidden else []
    return said + ([f"Not yet a whole year after, so a season may explain it: {_named(early)}."] if early else [])


def verdict_words(line: ActionLine) -> str:
    """The verdict on one action, with what weakens it."""
    trial = line.trial
    if trial is None:
        return NOT_YET if line.done_on is not None else "still open"
    return f"{line.verdict}, hidden complaints rose" if trial.hidden_rose else line.verdict


def early_words(line: ActionLine) -> str:
    """What a verdict before a whole year after may rest on; empty where the year is over or nothing moved."""
    if line.trial is None or line.verdict not in (FELL, ROSE) or line.trial.is_whole_year:
        return ""
    return (
        f"Looked at after {line.trial.days_after:,} days: a season of this theme may explain it until the year is over."
    )


def picked_words(picked: Picked) -> str:
    """Damp and mould, weak, tested; or that it is every one of them."""
    said = (picked.theme, picked.evidence, picked.strength and f"strength {picked.strength}")
    owned = (picked.directorate and f"directorate {picked.directorate}", picked.role and f"owned by {picked.role}")
    named = ", ".join(each for each in (*said, *owned) if each)
    return f"{capital(named)}" if named else "Every change made because of complaints"


def comparison_words(trial: Trial) -> str:
    """What it was set against."""
    if trial.comparison == OTHER_THEMES:
        return f"against other themes ({trial.others_before:,} before, {trial.others_after:,} after)"
    return "against time alone"


def ratio_words(trial: Trial) -> str:
    """0.62 of the rate before (0.40 to 0.95)."""
    found = trial.ratio
    if found.value is None or found.low is None:
        return "no rate before to compare with"
    if found.high is None:
        return f"{found.value:.2f} of the rate before ({found.low:.2f} or more)"
    return f"{found.value:.2f} of the rate before ({found.low:.2f} to {found.high:.2f})"


def power_words(trial: Trial) -> str:
    """How likely a halving would have been seen."""
    return f"a halving would have been seen {round(100 * trial.power):.0f} times in 100"


def ghosts_words(trial: Trial) -> str:
    """Hidden 12% before (8% to 17%), 31% after (25% to 38%)."""
    if trial.ghosts_before is None or trial.ghosts_after is None:
        return "hidden share not evidenced"
    before, after = trial.ghosts_before, trial.ghosts_after
    if before.value is None or after.value is None or before.interval is None or after.interval is None:
        return "hidden share not evidenced"
    spans = [f"{share.value:.0%} ({share.interval[0]:.0%} to {share.interval[1]:.0%})"
             for share in (before, after) if share.value is not None and share.interval is not None]  # fmt: skip
    return f"hidden {spans[0]} before, {spans[1]} after"


def half_life_words(found: LearningPicture) -> str:
    """How long learning held."""
    known = found.half_life
    if known.why_not:
        return f"How long learning holds is not evidenced. {known.why_not}"
    if known.median is None:
        return (
            f"More than half of {known.actions:,} done actions have not been followed by another upheld complaint of "
            "their kind"
        )
    until = f"{known.high:,.0f}" if known.high is not None else "no end"
    low = f"{known.low:,.0f}" if known.low is not None else "0"
    return (
        f"After half of the actions the next complaint of the same kind was upheld within {known.median:,.0f} days "
        f"({low} to {until})"
    )


def turnover_words(each: Turnover) -> str:
    """What became of the learning when the people left."""
    if each.outcome == "not yet":
        return each.why_not
    return f"{each.before:,} complaints while they were there, {each.after:,} since half of them had left"


def latency_words(found: Latency) -> str:
    """How long a theme takes to be heard at the top."""
    if found.why_not:
        return f"How long a theme takes to reach the governing body is not evidenced. {found.why_not}"
    if not found.reached:
        return "No minute names a theme: that residents' voice reaches the governing body is not evidenced"
    reached = f"{len(found.reached):,} of {len(found.themes):,} themes are evidenced to have reached the governing body"
    if found.median is None:
        return f"Only {reached}"
    return f"Half of the themes reached the governing body within {found.median:,.0f} working days; {reached}"


def theme_words(each: ThemeLine) -> str:
    """Why a theme reads as it does."""
    if each.verdict == LEARNING:
        return "complaints fell after its latest tested action"
    if each.verdict == LOOPING:
        return f"upheld in each of the four quarters after {each.actions:,} {_actions(each.actions)}"
    if not each.actions:
        return "no action was taken"
    if each.latest_verdict is None:
        return "no action could be tested"
    quiet = "not upheld in every quarter"
    return f"its latest tested action: {each.latest_verdict}; {quiet}"


def _named(themes: list[str]) -> str:
    more = len(themes) - NAMED
    return listed([*themes[:NAMED], *([f"{more} more"] if more > 0 else [])])


def _counted(count: int) -> str:
    return f"{_number(count)} {'theme' if count == 1 else 'themes'}"


def _number(count: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[count] if count < len(words) else f"{count:,}"


def _loop(count: int) -> str:
    return "loops" if count == 1 else "loop"


def _actions(count: int) -> str:
    return "action" if count == 1 else "actions"
