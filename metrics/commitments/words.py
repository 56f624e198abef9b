"""Commitments in sentences, for the screens and the papers."""

from collections.abc import Mapping

from metrics.commitments.picture import CommitmentsPicture, Escalated, Group, Order, Orders
from metrics.commitments.standing import AGES, Why
from metrics.phrasing import capital
from metrics.volumes_words import part_interval_words, part_words

WHY_WORDS: Mapping[Why, str] = {
    "order never raised": "Closed, though the work order it names was never raised",
    "order raised after closing": "Closed before its work order was raised",
    "contractor not engaged": "Raised with a contractor not engaged on that day",
}
OLD = 365  # days: overdue for more than a year


def heading(found: CommitmentsPicture) -> str:
    """What is overdue, and how old the oldest of it is."""
    if not found.is_held:
        return "Whether promises are kept is not evidenced"
    if not found.overdue:
        return "No promise is overdue"
    old = found.ages[AGES[-1]]
    waited = f", {_of_them(old, found.overdue)}for more than a year" if old else ""
    return f"{_promises(found.overdue)} {_are(found.overdue)} overdue{waited}"


def lead(found: CommitmentsPicture) -> str:
    """What became of those that fell due in the twelve months."""
    honoured = found.year.honoured
    if not honoured.n:
        return "None fell due in the twelve months."
    sentences = [
        f"Of the promises that fell due in the twelve months {part_words(honoured)} were kept with the work behind; "
        f"{part_interval_words(honoured)}."
    ]
    if found.year.phantom:
        sentences.append(f"{found.year.phantom:,} {_were(found.year.phantom)} closed on paper only.")
    if found.year_before and found.year_before.honoured.n:
        sentences.append(f"In the twelve months before: {part_words(found.year_before.honoured)}.")
    return " ".join(sentences)


def group_words(group: Group) -> str:
    """`11 overdue, the oldest for 1,183 days`."""
    if not group.overdue:
        return "none overdue"
    return f"{group.overdue:,} overdue, the oldest for {_days(group.oldest or 0)}"


def order_words(order: Order) -> str:
    """How long an order has to run, or is overdue."""
    if order.days_to_run < 0:
        return f"{_days(-order.days_to_run)} overdue"
    return f"{_days(order.days_to_run)} to run" if order.days_to_run else "due today"


def orders_words(orders: Orders) -> str:
    """The Ombudsman's orders in a sentence."""
    complied = (
        f"{part_words(orders.complied)} of those due in the twelve months were complied with in time."
        if orders.complied.n
        else "None fell due in the twelve months."
    )
    if not orders.waiting:
        return f"No order is waiting. {complied}"
    severe = sum(each.severe for each in orders.overdue)
    late = f", {len(orders.overdue):,} of them overdue" if orders.overdue else ", none of them overdue"
    after = f" ({severe:,} after severe maladministration)" if severe else ""
    waiting = len(orders.waiting)
    return f"{waiting:,} {'order is' if waiting == 1 else 'orders are'} waiting{late}{after}. {complied}"


def escalated_words(found: Escalated) -> str:
    """Escalated although the right remedy had been promised."""
    if not found.broken.n:
        return "No complaint with a promise at stage 1 was taken to stage 2 in the twelve months."
    again = f" To {found.promised_again:,} of them the same was promised again." if found.promised_again else ""
    return (
        f"{capital(part_words(found.broken))} of the complaints taken to stage 2 after a promise at stage 1 went "
        f"there when the promise was already overdue.{again}"
    )


def _promises(count: int) -> str:
    return f"{count:,} promise{'' if count == 1 else 's'}"


def _of_them(count: int, whole: int) -> str:
    if whole == 1:
        return ""
    return "all of them " if count == whole else f"{count:,} of them "


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"
