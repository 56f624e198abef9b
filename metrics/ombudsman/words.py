"""What the Ombudsman found, in sentences."""

from metrics.commitments.picture import Order
from metrics.commitments.words import order_words
from metrics.ombudsman.context import COLLECTION, EVERYBODY, Context
from metrics.ombudsman.picture import Challenges, Money, OmbudsmanPicture
from metrics.phrasing import capital
from metrics.sentences.figures import share_words
from metrics.volumes import Part
from metrics.volumes_words import part_interval_words, part_words

FEWEST = 5  # the Ombudsman reports on a landlord from five determinations; a share of fewer findings says little


def rate_words(rate: Part) -> str:
    """The maladministration rate to a decimal, as the Ombudsman writes it: `86.4% (38 of 44)`."""
    return f"{100 * rate.share:.1f}% ({rate.k:,} of {rate.n:,})" if rate.share is not None else "–"


def heading(found: OmbudsmanPicture) -> str:
    """What share was upheld, and how much of it was severe."""
    if not found.is_held:
        return "What the Ombudsman found is not evidenced"
    year = found.year
    if not year.findings:
        return "The Ombudsman decided nothing in these twelve months"
    if not year.considered:
        return "The Ombudsman considered nothing in these twelve months"
    severe = f", {year.severe:,} of {'it' if year.rate.k == 1 else 'them'} severe" if year.severe else ", none severe"
    if not year.rate.k:
        return f"The Ombudsman upheld none of {year.considered:,} findings"
    return f"The Ombudsman upheld {year.rate.k:,} of {year.considered:,} findings{severe}"


def lead(found: OmbudsmanPicture) -> str:
    """The rate, its interval, and the year before."""
    year = found.year
    if not year.considered:
        return "A maladministration rate needs findings the Ombudsman has considered."
    few = " A rate of so few says little." if year.considered < FEWEST else ""
    before = found.years[1] if len(found.years) > 1 else None
    was = f" In the twelve months before it was {rate_words(before.rate)}." if before and before.considered else ""
    sure = part_interval_words(year.rate)
    return f"That is a maladministration rate of {rate_words(year.rate)}; {sure}.{few}{was}{_told_apart(found)}"


def _told_apart(found: OmbudsmanPicture) -> str:
    if len(found.years) < 2 or not found.years[1].considered:
        return ""
    now, before = found.year.rate.interval, found.years[1].rate.interval
    if now is None or before is None:
        return ""
    if now[0] > before[1]:
        return " That is more than chance explains."
    if now[1] < before[0]:
        return " That is less, by more than chance explains."
    return " The two cannot be told apart."


def challenge_words(found: Challenges) -> str:
    """How often decisions were disputed, and how often with reason."""
    if not found.asked.n:
        return "Nothing was decided in the twelve months."
    if not found.is_recorded:
        return "No request for a review is recorded with any finding: none was made, or nobody wrote it down."
    if not found.asked.k:
        return f"None of {found.asked.n:,} findings was put to review."
    ends = [
        f"{found.changed:,} changed" if found.changed else "",
        f"{found.refused:,} left as they were" if found.refused else "",
        f"{found.open:,} without a recorded outcome" if found.open else "",
    ]
    return f"{part_words(found.asked)} of the findings were put to review: {', '.join(each for each in ends if each)}."


def money_words(found: Money) -> str:
    """What was offered against what was ordered."""
    nothing = f"; in {found.nothing_offered:,} of them nothing had been offered" if found.nothing_offered else ""
    left_out = f" {found.not_given:,} more do not give both sums." if found.not_given else ""
    return (
        f"£{found.offered:,.0f} had been offered where £{found.ordered:,.0f} was ordered, over {found.cases:,} cases. "
        f"In {part_words(found.more)} the Ombudsman ordered more than had been offered{nothing}.{left_out}"
    )


def learned_first_words(found: Part) -> str:
    """Did our own learning come first?"""
    if not found.n:
        return "No finding was upheld in the twelve months."
    share = share_words(found.share or 0.0, found.n)
    return (
        f"On {share} ({found.k:,} of {found.n:,}) of the findings upheld, an action of the landlord's own was open on "
        f"the theme before the Ombudsman decided; {part_interval_words(found)}."
    )


def order_line(order: Order) -> tuple[str, str, str]:
    """An order without its complaint, for the board: what it is, what it hangs on, how long it has to run."""
    more = "after severe maladministration" if order.severe else ""
    return capital(order.kind), more, order_words(order)


def peers_words(around: Context) -> str:
    """The rate of similar landlords together, and where it comes from; empty where there is none."""
    if around.peers is None:
        return ""
    same = f"Landlords of the same type and size ({around.group} homes)"
    among = "All landlords" if around.group == EVERYBODY else same
    share = share_words(around.peers.share or 0.0, around.peers.n)
    return f"{among}, {around.group_year}: {share} of {around.peers.n:,} findings. {COLLECTION}"
