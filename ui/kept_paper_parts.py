"""The parts of *Papers so far*: what was kept, one paper opened again, and what changed between two."""

from metrics.phrasing import day
from papers.comparison import Change, changes
from papers.model import TITLES
from store.papers import KeptPaper
from ui import loading, paper_loading, paper_parts
from ui.cards import card
from ui.markup import element, heading, note, show, table
from ui.selection import Choice
from ui.selector import select

OPEN = "kept"


def finding(kept: list[KeptPaper]) -> None:
    """How many papers there are, and the last of them."""
    if not kept:
        show(
            heading("No paper has been kept yet"),
            element("p", "Keep one on Board paper: it stays as it was, and the next one answers for it.",
                    class_="lp-lead"),
        )  # fmt: skip
        return
    last = kept[0]
    count = f"{len(kept)} papers have been kept" if len(kept) > 1 else "One paper has been kept"
    show(
        heading(count),
        element("p", f"The last speaks for {day(last.as_at)}: {last.finding}", class_="lp-lead"),
    )


def listed(kept: list[KeptPaper]) -> None:
    """Every paper with what it rests on."""
    with card("Kept", key="kept"):
        show(
            table(
                ("Paper", "Figures to", "Kept", "By", "Method", "Records"),
                [
                    (_title(each), day(each.as_at), day(each.kept_at.date()), each.kept_by, each.method_version,
                     each.data_hash[:12])
                    for each in kept
                ],
                caption="Papers kept so far, the newest day first",
                wordy=frozenset({"Paper", "By"}),
            )
        )  # fmt: skip


def _title(each: KeptPaper) -> str:
    return TITLES.get(each.kind, each.kind)  # type: ignore[call-overload, no-any-return]


def opened(kept: list[KeptPaper], choice: Choice) -> None:
    """Choose one: take it away as it was made, and see what changed since the paper before it."""
    by_number = {str(each.entry): each for each in kept}
    words = {number: f"{_title(each)}, to {day(each.as_at)} (number {number})" for number, each in by_number.items()}
    number = select(OPEN, "Open a paper", words, what="paper")
    one = by_number[number]
    paper = paper_loading.reopened(one)
    with card("As it was made", key="as-made"):
        paper_parts.take_away(paper, key=number)
        same = "the same as" if paper.data_hash == paper_loading.paper(
            choice.code, one.as_at, paper.kind
        ).data_hash else "other than"  # fmt: skip
        show(note(f"Made from records {one.data_hash[:16]}: {same} those held today. Method {one.method_version}."))
    _changed(kept, one, choice)
    paper_parts.preview(paper)


def _changed(kept: list[KeptPaper], one: KeptPaper, choice: Choice) -> None:
    before = next((each for each in kept if each.kind == one.kind and each.as_at < one.as_at), None)
    with card("What changed since the paper before", key="changed"):
        if before is None:
            show(note("No earlier paper of this kind was kept."))
            return
        earlier, now = paper_loading.reopened(before), paper_loading.reopened(one)
        history = loading.whole_assessment(choice.code, one.as_at).history
        found = [each for each in changes(earlier, now, history) if each.now.state is not None]
        if not found:
            show(note(f"Nothing reads otherwise than on {day(before.as_at)}."))
            return
        show(
            table(
                ("Gate", "Before", "Now", "State before", "State now", "Because of"),
                [_row(each) for each in found],
                caption=f"Compared with the paper of {day(before.as_at)}",
                wordy=frozenset({"Gate", "Because of"}),
            )
        )


def _row(each: Change) -> tuple[str, ...]:
    states = (each.before.state or "–", each.now.state or "–")
    return (each.title, each.before.value, each.now.value, *states, " and ".join(each.why))
