"""Ghost stages recounted one signal at a time, from the definitions alone: dicts, dates and loops.

Words are a handful for each list, those the definitions name; the random landlords of `tests.metrics.ghosts` speak no
others.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.recount.days import add_working_days, window, working_days_between
from tests.recount.known import Row, Tables, known

LABELS = (
    "informal",
    "stage 0",
    "pre-complaint",
    "quick fix",
    "service recovery",
    "first point of contact",
    "local resolution",
    "early resolution",
    "concern",
    "triage",
)
AFTER_LABELS = ("stage 3", "panel", "appeal", "review")
PHRASES = ("chased", "third time", "still waiting", "no one came", "fed up", "unhappy", "want to complain")
# Words put together: the first, the second, and how many words of the same sentence may stand between.
TOGETHER = (("no lift", "months", 5),)
NEGATORS = ("not", "no", "never", "isn't", "without")
GOODWILL = ("goodwill", "compensation", "gesture", "inconvenience", "distress", "redress", "apology")
NO_GOODWILL = ("decant", "home loss", "disturbance", "heating allowance", "right to repair")
THIRD_PARTIES = ("councillor", "mp", "advocate", "solicitor")
FAMILY = {
    "label": "label",
    "status_label": "label",
    "phrase": "text",
    "stage_2_lag": "time",
    "repeat_contacts": "repeat",
    "reset": "repeat",
    "payment": "money",
    "third_party": "third party",
}


@dataclass
class Signal:
    """One signal: when, of whom, about what (None where nobody said), and the records that fired it."""

    detector: str
    on: date
    household: str
    category: str | None
    records: list[tuple[str, str, date]]
    after_words: bool = False
    other_words: bool = True
    team: str | None = None
    channel: str | None = None


@dataclass
class Episode:
    """What the engine's row should say."""

    household: str
    complaint: str | None
    window: str
    signals: list[Signal] = field(default_factory=list)


def _holds(text: str | None, words: tuple[str, ...]) -> bool:
    return text is not None and any(re.search(rf"\b{word}\b", text.lower()) for word in words)


def dissatisfied(note: str | None) -> bool:
    """Does the note hold a phrase, or words put together, that no negator among the four words before it, in the same
    clause, turns round?"""
    text = (note or "").lower()
    begins = [match.start() for phrase in PHRASES for match in re.finditer(rf"\b{phrase}\b", text)]
    for start in [*begins, *_together(text)]:
        clause = re.split(r"[.,;:!?]", text[:start])[-1]
        if not set(clause.split()[-4:]) & set(NEGATORS):
            return True
    return False


def _together(text: str) -> Iterator[int]:
    """Where words put together begin."""
    for first, second, apart in TOGETHER:
        for match in re.finditer(rf"\b{first}\b", text):
            between, found, _ = re.split(r"[.;:!?]", text[match.end() :])[0].partition(f" {second}")
            if found and len(between.split()) <= apart:
                yield match.start()


def _day(contact: Row) -> date:
    day: date = contact["occurred_at"].date()
    return day


def _belongs(signal: Signal, complaint: Row) -> bool:
    same = complaint["household_ref"] == signal.household
    return same and (signal.category is None or signal.category == complaint["category"])


def _open_spells(complaint: Row, as_at: date) -> Iterator[tuple[date, date]]:
    closed = complaint["closed_on"] if complaint["status"] in ("closed", "refused", "withdrawn") else None
    yield complaint["received_on"], complaint["stage_1_responded_on"] or closed or as_at
    if complaint["stage_2_requested_on"] is not None:
        yield complaint["stage_2_requested_on"], complaint["stage_2_responded_on"] or closed or as_at


def _is_chaser(signal: Signal, cut: Tables, as_at: date) -> bool:
    return any(
        first <= signal.on <= last
        for complaint in cut["complaints"]
        if _belongs(signal, complaint)
        for first, last in _open_spells(complaint, as_at)
    )


def _received_between(cut: Tables, household: str, first: date, last: date, category: str | None = None) -> bool:
    return any(
        first <= row["received_on"] <= last
        for row in cut["complaints"]
        if row["household_ref"] == household and (category is None or row["category"] == category)
    )


def _from_contact(detector: str, row: Row, **more: Any) -> Signal:
    return Signal(
        detector=detector,
        on=_day(row),
        household=row["household_ref"],
        category=row["category"],
        records=[("contacts", row["contact_ref"], _day(row))],
        team=row["team"],
        channel=row["channel"],
        **more,
    )


def _of_contacts(cut: Tables, as_at: date) -> Iterator[Signal]:
    for row in cut["contacts"]:
        day = _day(row)
        after, other = _holds(row["label"], AFTER_LABELS), _holds(row["label"], LABELS)
        if (after or other) and not _holds(row["channel"], ("ombudsman",)):
            yield _from_contact("label", row, after_words=after, other_words=other)
        if row["direction"] != "inbound" or not dissatisfied(row["note"]):
            continue
        yield _from_contact("phrase", row)
        logged_by = add_working_days(day, 5)
        if (
            _holds(row["channel"], THIRD_PARTIES)
            and logged_by <= as_at
            and not _received_between(cut, row["household_ref"], day - timedelta(90), logged_by)
        ):
            yield _from_contact("third_party", row)


def _repeats(cut: Tables, as_at: date) -> Iterator[Signal]:
    about = defaultdict(list)
    for row in cut["contacts"]:
        if row["direction"] == "inbound" and row["category"] is not None:
            about[row["household_ref"], row["category"]].append(row)
    for (household, category), rows in about.items():
        rows.sort(key=lambda row: (row["occurred_at"], row["contact_ref"]))
        for three in zip(rows, rows[1:], rows[2:], strict=False):
            first, third = _day(three[0]), _day(three[2])
            until = add_working_days(third, 5)
            if (third - first).days > 28 or until > as_at:
                continue
            if _received_between(cut, household, first, until, category):
                continue
            signal = _from_contact("repeat_contacts", three[2])
            signal.records = [("contacts", row["contact_ref"], _day(row)) for row in three]
            yield signal


def _payments(cut: Tables, as_at: date) -> Iterator[Signal]:
    for row in cut["payments"]:
        reason = (row["reason"] or "").strip()
        paid = row["paid_on"]
        if row["complaint_ref"] is not None or paid + timedelta(30) > as_at:
            continue
        if reason and (not _holds(reason, GOODWILL) or _holds(reason, NO_GOODWILL)):
            continue
        if not _received_between(cut, row["household_ref"], paid - timedelta(60), paid + timedelta(30)):
            yield Signal("payment", paid, row["household_ref"], None, [("payments", row["payment_ref"], paid)])


def _of_complaint(row: Row, cut: Tables, as_at: date) -> Iterator[tuple[str, Signal]]:
    """Signals a complaint's own record carries, each with its window."""

    def signal(detector: str, on: date, ref: str | None = None) -> Signal:
        records = [("complaints", ref or row["complaint_ref"], on)]
        said = {name: row[name] for name in ("team", "channel")}
        return Signal(detector, on, row["household_ref"], row["category"], records, **said)

    if _holds(row["status_label"], LABELS):
        yield "before", signal("status_label", row["received_on"])
    if _holds(row["status_label"], AFTER_LABELS) and row["stage_2_responded_on"] is not None:
        yield "after", signal("status_label", row["stage_2_responded_on"])
    asked = row["stage_2_requested_on"]
    if asked is not None and working_days_between(asked, row["stage_2_acknowledged_on"] or as_at) > 5:
        yield "between", signal("stage_2_lag", asked)
    answered = row["stage_1_responded_on"]
    if answered is not None and asked is None:
        newer = [
            other
            for other in cut["complaints"]
            if other["household_ref"] == row["household_ref"]
            and other["category"] == row["category"]
            and 1 <= (other["received_on"] - answered).days <= 90
        ]
        if newer:
            first = min(newer, key=lambda other: (other["received_on"], other["complaint_ref"]))
            yield "between", signal("reset", first["received_on"], first["complaint_ref"])


def _fits(signal: Signal, row: Row) -> Iterator[tuple[str, date, bool]]:
    """Each window of a complaint the day lies in: name, the window's own date, and whether the signal fires there."""
    plain = signal.other_words
    guarded = signal.detector in ("label", "phrase")
    received, answered = row["received_on"], row["stage_1_responded_on"]
    asked, ended = row["stage_2_requested_on"], row["stage_2_responded_on"]
    if 1 <= (received - signal.on).days <= 90:
        yield "before", received, plain and not (guarded and working_days_between(signal.on, received) <= 5)
    if answered is not None:
        last = asked - timedelta(1) if asked is not None else answered + timedelta(183)
        if answered < signal.on <= last:
            late = signal.detector == "phrase" and asked is not None and working_days_between(signal.on, asked) <= 5
            yield "between", answered, plain and not late
    if ended is not None and 1 <= (signal.on - ended).days <= 183:
        yield "after", ended, True


def _place(signal: Signal, cut: Tables) -> tuple[str, str | None] | None:
    """Window and complaint of a signal; None where every window it lies in turns it away."""
    fits = [
        (name == "before", abs((signal.on - own).days), row["complaint_ref"], name, fires)
        for row in cut["complaints"]
        if _belongs(signal, row)
        for name, own, fires in _fits(signal, row)
    ]
    fired = [fit for fit in fits if fit[4]]
    if fired:
        _, _, ref, name, _ = min(fired)
        return name, ref
    return None if fits or not signal.other_words else ("never", None)


def _runs(signals: list[Signal]) -> Iterator[Episode]:
    """Signals of no complaint, cut wherever more than 90 days lie between two of a household."""
    by_household = defaultdict(list)
    for signal in signals:
        by_household[signal.household].append(signal)
    for household, mine in by_household.items():
        mine.sort(key=lambda signal: signal.on)
        run: list[Signal] = []
        for signal in mine:
            if run and (signal.on - run[-1].on).days > 90:
                yield Episode(household, None, "never", run)
                run = []
            run.append(signal)
        yield Episode(household, None, "never", run)


def grade(detectors: set[str]) -> str:
    """A: somebody recorded it; B: two families or more; C: one family."""
    families = {FAMILY[detector] for detector in detectors}
    if families & {"label", "money", "third party"}:
        return "A"
    return "B" if len(families) > 1 else "C"


def all_episodes(cut: Tables, as_at: date) -> list[Episode]:
    """Every episode in records cut to what was known at as_at, whenever its first signal."""
    placed: dict[tuple[str, str], Episode] = {}
    loose = []
    for signal in (*_of_contacts(cut, as_at), *_repeats(cut, as_at), *_payments(cut, as_at)):
        if _is_chaser(signal, cut, as_at):
            continue
        place = _place(signal, cut)
        if place is None:
            continue
        name, ref = place
        if ref is None:
            loose.append(signal)
        else:
            placed.setdefault((ref, name), Episode(signal.household, ref, name)).signals.append(signal)
    for row in cut["complaints"]:
        for name, signal in _of_complaint(row, cut, as_at):
            ref = row["complaint_ref"]
            placed.setdefault((ref, name), Episode(row["household_ref"], ref, name)).signals.append(signal)
    return [*placed.values(), *_runs(loose)]


def _hidden_until(episode: Episode, cut: Tables, as_at: date) -> date:
    mine = [row for row in cut["complaints"] if row["complaint_ref"] == episode.complaint]
    if episode.window == "before":
        received: date = mine[0]["received_on"]
        return received
    asked: date | None = mine[0]["stage_2_requested_on"] if episode.window == "between" else None
    return asked or as_at


def as_row(episode: Episode, cut: Tables, as_at: date) -> Row:
    """An episode as the engine reports it."""
    first = min(signal.on for signal in episode.signals)
    detectors = {signal.detector for signal in episode.signals}
    until = _hidden_until(episode, cut, as_at)
    own = next((row for row in cut["complaints"] if row["complaint_ref"] == episode.complaint), None)
    return {
        "household_ref": episode.household,
        "complaint_ref": episode.complaint,
        "window": episode.window,
        "detectors": detectors,
        "families": {FAMILY[detector] for detector in detectors},
        "grade": grade(detectors),
        "first_signal_on": first,
        "hidden_working_days": working_days_between(first, until),
        "signals": {
            (signal.detector, table, ref, on) for signal in episode.signals for table, ref, on in signal.records
        },
        "team": _first_named(episode, "team") or (own and own["team"]),
        "channel": _first_named(episode, "channel") or (own and own["channel"]),
        "category": own["category"] if own else _first_named(episode, "category"),
    }


def _first_named(episode: Episode, what: str) -> str | None:
    """What the first signal that says it says; of one day in the order of the detectors, then of the last record."""
    in_order = sorted(
        episode.signals, key=lambda signal: (signal.on, list(FAMILY).index(signal.detector), signal.records[-1][1])
    )
    return next((getattr(signal, what) for signal in in_order if getattr(signal, what) is not None), None)


def reported(tables: Tables, as_at: date) -> list[Row]:
    """Episodes whose first signal lies in the twelve months to as_at."""
    cut = known(tables, as_at)
    begin, end = window(as_at)
    rows = [as_row(episode, cut, as_at) for episode in all_episodes(cut, as_at)]
    return [row for row in rows if begin <= row["first_signal_on"] <= end]


def ghosted(cut: Tables, as_at: date) -> set[str]:
    """Complaints with an episode of grade A or B, whenever its first signal."""
    rows = [as_row(episode, cut, as_at) for episode in all_episodes(cut, as_at)]
    return {row["complaint_ref"] for row in rows if row["grade"] != "C" and row["complaint_ref"] is not None}
