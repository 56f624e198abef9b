"""The volumes in sentences. A change is called one only where the two intervals do not meet."""

from metrics.sentences.figures import share_words
from metrics.volumes import FEW, Flow, Part, Rate, Slice, Timeliness, Volumes

MEANINGS = (
    "More complaints can mean more failures, or that residents find it easier to complain, that staff log what they "
    "used to settle on the side, or that more people were asked. The Code asks landlords to see complaints as welcome "
    "(3.3).",
    "Fewer complaints can mean better services, or a shut door: complaints kept as service requests, refused, or "
    "talked out of. A fall says nothing until hidden complaints, refusals and what tenants say of having complained "
    "are seen beside it.",
    "Two quarters that differ by a few complaints are the same: the shaded band shows how far a quarter moves by "
    "chance alone. Weather, a new system or a new contractor is marked where it was recorded.",
)
FEW_WORDS = f"fewer than {FEW} complaints: the rate says little"


def rate_words(rate: Rate) -> str:
    """`85.3`; a dash where homes are not known. Never more digits than the count holds."""
    if rate.value is None:
        return "–"
    return f"{rate.value:.1f}"


def rate_interval_words(rate: Rate) -> str:
    """`likely between 80.2 and 90.7`; says so where the count is small; empty where homes are not known."""
    interval = rate.interval
    if interval is None:
        return ""
    if rate.is_few:
        return FEW_WORDS
    return f"likely between {interval[0]:.1f} and {interval[1]:.1f}"


def part_words(part: Part) -> str:
    """`22% (229 of 1,032)`; `none of 12`; a dash for nothing at all."""
    if part.share is None:
        return "–"
    if not part.k:
        return f"none of {part.n:,}"
    return f"{share_words(part.share, part.n)} ({part.k:,} of {part.n:,})"


def part_interval_words(part: Part) -> str:
    """`likely between 20% and 25%`; says so where n is small."""
    if part.interval is None:
        return ""
    if part.n < FEW:
        return f"of fewer than {FEW}: the share says little"
    low, high = part.interval
    return f"likely between {share_words(low, part.n)} and {share_words(high, part.n)}"


def heading(found: Volumes) -> str:
    """The finding of the page, without judgement."""
    if not found.year.count:
        return "No complaint was received in these twelve months"
    if found.year.value is None:
        return f"{_complaints(found.year.count)} in twelve months"
    return f"{rate_words(found.year)} complaints for every 1,000 homes in twelve months"


def lead(found: Volumes) -> str:
    """How sure, and how it compares with the twelve months before."""
    return f"{how_sure(found)} {compared(found.year, found.year_before)}"


def how_sure(found: Volumes) -> str:
    """How many there were, among how many homes, and how far chance could move that."""
    if found.year.value is None:
        return "How many that is for every 1,000 homes is not known: the landlord's record holds no homes."
    assert found.homes is not None
    return f"{_complaints(found.year.count)}, {found.homes:,} homes; {rate_interval_words(found.year)}."


def _complaints(count: int) -> str:
    return f"{count:,} complaint{'' if count == 1 else 's'}"


def compared(now: Rate, before: Rate | None) -> str:
    """Whether that is more or fewer than in the twelve months before, by more than chance explains."""
    if before is None:
        return "The records do not reach back far enough to compare with the twelve months before."
    if now.value is None or before.value is None:
        return f"In the twelve months before: {before.count:,}."
    change = now.told_apart(before)
    was = f"{rate_words(before)} in the twelve months before"
    if change:
        return f"That is {change} than the {was}, by more than chance explains."
    return f"It cannot be told apart from the {was}."


def quarters_headline(found: Volumes) -> str:
    """What the chart by quarter shows: its span, and whether first and last can be told apart."""
    rates = [quarter.stage_1 for quarter in found.quarters]
    if len(rates) < 2:
        return "Too few whole quarters to show a course"
    low, high = min(rates, key=lambda rate: rate.count), max(rates, key=lambda rate: rate.count)
    if low.value is None:
        return f"Between {low.count:,} and {high.count:,} complaints a quarter"
    span = f"Between {rate_words(low)} and {rate_words(high)} complaints a quarter for every 1,000 homes"
    return span if high.told_apart(low) else f"{span}; no quarter can be told apart from another"


def slices_headline(slices: tuple[Slice, ...], name: str) -> str:
    """What stands out: what most complaints are about, and what changed by more than chance."""
    if not slices:
        return f"No complaint to split by {name}"
    largest = slices[0]
    total = sum(each.now.count for each in slices)
    words = f"{largest.name}: {part_words(Part(k=largest.now.count, n=total))} of complaints"
    apart = [
        f"{each.name} ({change})" for each in slices if each.before and (change := each.now.told_apart(each.before))
    ]
    if not any(each.before for each in slices):
        return f"{words}."
    changed = "; ".join(apart) if apart else "none by more than chance explains"
    return f"{words}. Changed since the twelve months before: {changed}."


def flow_headline(flow: Flow) -> str:
    """How far complaints went, in a sentence."""
    if not flow.received:
        return "No complaint was received"
    second = f"{part_words(flow.stage_2)} have gone to stage 2, {part_interval_words(flow.stage_2)}"
    if flow.ombudsman is None:
        return f"{second}. What reached the Ombudsman is not evidenced: no determinations are held."
    return f"{second}. The Ombudsman has decided on {part_words(flow.ombudsman)}."


def earlier_words(flow: Flow) -> str:
    """The cohort a year older, which has had time to go further."""
    if not flow.received:
        return ""
    far = f"{part_words(flow.stage_2)} to stage 2"
    last = f", {part_words(flow.ombudsman)} to a decision of the Ombudsman" if flow.ombudsman else ""
    return (
        f"Complaints received in the twelve months before had a year longer: {far}{last}. "
        "Few escalations may mean good answers, or residents who gave up."
    )


def timeliness_headline(found: tuple[Timeliness, ...]) -> str:
    """The last four quarters of one stage together."""
    recent = found[-4:]
    due = sum(each.due for each in recent)
    if not due:
        return "No answer fell due"
    late, extended = sum(each.late for each in recent), sum(each.extended for each in recent)
    return (
        f"Last four quarters: late {part_words(Part(k=late, n=due))}; in time only with an extension "
        f"{part_words(Part(k=extended, n=due))}."
    )
