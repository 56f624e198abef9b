"""Issues and trends: themes that loop or learn, what learning there is, hidden stages, promises (Code 9.7 (b))."""

from collections.abc import Mapping

from metrics.commitments.picture import CommitmentsPicture
from metrics.effects.theme_verdicts import LEARNING as LEARNED
from metrics.effects.theme_verdicts import LOOPING
from metrics.ghosts.board_words import heading as hidden_heading
from metrics.ghosts.board_words import how_sure as hidden_sure
from metrics.learning.picture import LearningPicture, ThemeLine
from metrics.learning.words import heading as learning_heading
from metrics.learning.words import lead as learning_lead
from metrics.phrasing import listed
from metrics.sentences.position import sentence
from metrics.small_numbers import told
from metrics.small_readings import reason
from papers.material import Material
from papers.model import Block, Chart, Paragraph, Section, Series, Table
from papers.parts.wording import figures_table

FIGURES = (
    "learning_recorded",
    "actions_on_time",
    "practice_changed",
    "told_residents",
    "not_repeated",
    "root_cause_analysed",
    "senior_owned",
    "effect_shown",
    "proactive",
)

_PROMISES: Mapping[str, str] = {
    "met": "Promises made in responses are kept.",
    "not met": "Promises made in responses are not kept often enough.",
    "too close to call": "Whether enough promises are kept is too close to call.",
    "not evidenced": "Whether promises are kept is not evidenced.",
}


def issues(of: Material) -> Section:
    """Which themes keep coming back, and what was done about them."""
    found = of.learning
    blocks: list[Block] = [
        Paragraph(text=sentence(learning_heading(found)), lead=True),
        Paragraph(text=learning_lead(found)),
    ]
    if not found.why_not:
        blocks += [*_themes(found), *_ladder(found)]
        blocks.append(figures_table("learning", "What was learned", [of.figures[key] for key in FIGURES]))
    return Section(
        key="issues", heading="Issues and trends: learned, or round the loop again?", blocks=tuple(blocks),
        code="Code 9.7 (b)",
    )  # fmt: skip


def _themes(found: LearningPicture) -> list[Block]:
    """Looping and learning themes by name, the last action and whose it is; no counts, so nothing small among them."""
    named = [*found.of(LOOPING), *found.of(LEARNED)]
    if not named:
        return []
    rows = tuple(
        (each.theme, each.verdict.capitalize(), each.latest_verdict or "not tested yet", _owner(each)) for each in named
    )
    return [
        Table(
            key="themes",
            title="Themes that keep coming back although action was taken, and themes where fewer complaints followed",
            columns=("Theme", "Verdict", "After its last tested action, complaints", "Open action owned at the top"),
            rows=rows,
        )
    ]


def _owner(theme: ThemeLine) -> str:
    return "yes" if theme.owned_at_the_top else "no"


def _ladder(found: LearningPicture) -> list[Block]:
    counts = found.ladder.counts
    if not any(counts.values()):
        return []
    each_rung = ", ".join(f"{name} {count}" for name, count in counts.items())
    return [
        Chart(
            key="ladder",
            kind="bars",
            title="How far the actions of thirty-six months have been shown to work",
            alt=f"Bars of learning actions by the rung of evidence they reached: {each_rung}.",
            categories=tuple(name.capitalize() for name in counts),
            series=(Series(name="Actions", values=tuple(float(count) for count in counts.values())),),
            unit="actions",
        )
    ]


def hidden(of: Material) -> Section:
    """Complaints handled outside the two formal stages."""
    blocks: list[Block] = [
        Paragraph(text=sentence(hidden_heading(of.hidden)), lead=True),
        Paragraph(text=hidden_sure(of.hidden, list(map(dict, of.detectors)))),
    ]
    alarms = [place.name for place in of.hidden.funnels["team"].alarms]
    if alarms:
        blocks.append(
            Paragraph(
                text=f"{listed(alarms)} {'logs' if len(alarms) == 1 else 'log'} fewer complaints than the contacts "
                "taken lead to elsewhere. That is a question, not a verdict."
            )
        )
    blocks.append(figures_table("hidden", "Kept to the two stages", [of.figures["complaints_without_ghost"]]))
    return Section(
        key="hidden", heading="Complaints handled outside the two stages", blocks=tuple(blocks), code="Code 5.2, 5.3"
    )


def promises(of: Material) -> Section:
    """Whether what was promised was done."""
    reading, found = of.reading("commitments_honoured"), of.promises
    blocks: list[Block] = [Paragraph(text=_PROMISES[reading.state or "not evidenced"], lead=True)]
    if reading.state == "not evidenced":
        blocks.append(Paragraph(text=reason(reading)))
    else:
        blocks.append(figures_table("promises", "Promises falling due", [of.figures["commitments_honoured"]]))
    if found.is_held:
        blocks.append(Paragraph(text=_overdue_words(found)))
        blocks += [Paragraph(text=each) for each in found.lapsed]
    return Section(key="promises", heading="Promises to residents", blocks=tuple(blocks), code="Code 7.3")


def _overdue_words(found: CommitmentsPicture) -> str:
    phantoms = sum(found.phantoms.values())
    said = ["No promise is overdue now."] if not found.overdue else [f"Promises overdue now: {told(found.overdue)}."]
    if phantoms:
        said.append(
            f"Ticked off although the records contradict it: {told(phantoms)} of those due in the year (the work order "
            "was never raised or raised afterwards, or the contractor was no longer engaged)."
        )
    broken = found.escalated.broken
    if broken.k:
        said.append(f"Taken to stage 2 after a promise at stage 1 had been broken: {told(broken.k)}.")
    return " ".join(said)
