"""Learning actions in waves, the complaints they came from, and apologies read against the six criteria."""

import numpy as np
import polars as pl

from metrics.choices import LINKED_TO
from seed_data.dates import FIRST, LAST, NEVER, Days, Rate, happened, later
from seed_data.promises import first_upheld
from seed_data.shares import Words, column, evenly, frame_of, happens, only, pick, references, whole
from seed_data.story import Learning, Story, Wave

REMEDY = "individual remedy"
TITLES = {
    "training": "Refresher training on {theme}",
    "process": "New steps for {theme}: one owner from first report to finish",
    "policy": "Policy on {theme} rewritten with residents",
    "system": "Case system prompts and data checks for {theme}",
    "contract": "Contract terms and penalties on {theme} changed",
    "culture": "Listening visits and team reflection on {theme}",
    REMEDY: "Put right one resident's case of {theme}",
}
PROACTIVE = ("own analysis", "resident voice", "staff voice", "emerging risk")
PROACTIVE_WEIGHTS = (5.0, 3.0, 2.0, 2.0)
CAUSES = ("Delay", "No update given", "Record keeping", "Contractor performance", "No clear owner")
DIRECTORATES = ("Property services", "Asset management", "Neighbourhoods", "Finance", "Technology", "Chief executive")
CRITERIA = ("timely", "personal", "empathetic", "takes_responsibility", "shares_learning", "offers_remedy")


def learning_actions(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """Every action, in the order opened."""
    told = _of(story)
    parts = [_wave(rng, each) for each in told.waves] + [_remedies(story, rng)]
    base = pl.concat(parts).filter(pl.col("opened_on") <= pl.lit(LAST)).sort("opened_on", "theme")
    return _described(story, rng, base)


def _wave(rng: np.random.Generator, wave: Wave) -> pl.DataFrame:
    """Actions of one wave: theme, the day opened, and the first day it may be done; themes take turns."""
    rows = wave.actions_each * len(wave.themes)
    step = np.sort(rng.integers(0, wave.spread + 1, rows))
    theme = np.array([wave.themes[n % len(wave.themes)] for n in range(rows)], dtype=object)
    opened = np.datetime64(wave.opens, "D") + step.astype("timedelta64[D]")
    earliest = np.datetime64(wave.done_from or wave.opens, "D")
    return frame_of({"theme": theme, "opened_on": opened, "not_before": np.maximum(opened, earliest)}).with_columns(
        remedy=pl.lit(value=False)
    )


def _remedies(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """Single remedies recorded as actions, spread over all the time and every theme."""
    span = int((LAST - FIRST).astype(np.int64))
    rows = round(_of(story).remedies_a_year * span / 365.25)
    opened = FIRST + np.linspace(5, span - 5, rows).astype(np.int64).astype("timedelta64[D]")
    theme = pick(rng, [each.category for each in story.services], rows, [each.share for each in story.services])
    return frame_of({"theme": theme, "opened_on": opened, "not_before": opened}).with_columns(remedy=pl.lit(value=True))


def _described(story: Story, rng: np.random.Generator, base: pl.DataFrame) -> pl.DataFrame:
    told, rows = _of(story), base.height
    opened = base["opened_on"].to_numpy().astype("datetime64[D]")
    remedy = base["remedy"].to_numpy()
    kind = np.where(remedy, REMEDY, pick(rng, [k for k, _ in told.kinds], rows, [w for _, w in told.kinds]))
    strong = happens(rng, told.strong, opened)
    senior = happens(rng, told.senior, opened)
    beyond = happens(rng, told.beyond_complaints, opened)
    theme = base["theme"].to_numpy()
    titles = [TITLES[k].format(theme=t.lower()) for k, t in zip(kind, theme, strict=True)]
    return base.with_columns(
        column("action_ref", references("L", rows)),
        pl.Series("title", titles, dtype=pl.String),
        column("root_cause", pick(rng, CAUSES, rows)),
        column("trigger", _triggers(rng, told, opened)),
        column("kind", kind),
        column("strength", np.where(strong, "strong", pick(rng, ("weak", "intermediate"), rows)).astype(object)),
        column("owner_role", _owners(rng, senior)),
        column("owner_directorate", np.where(beyond, pick(rng, DIRECTORATES, rows), "Complaints and resolution")),
        pl.Series("root_cause_analysis", happens(rng, told.root_cause, opened)),
        column("linked_to", _links(rng, told.joined_up, opened)),
        *_finish(rng, told, opened, base["not_before"].to_numpy().astype("datetime64[D]")),
        column("minute_ref", only(references("M", rows), where=senior)),
        landlord_code=pl.lit(story.code),
    )


def _triggers(rng: np.random.Generator, told: Learning, opened: Days) -> Words:
    reactive = pick(rng, [word for word, _ in told.reactive], len(opened), [weight for _, weight in told.reactive])
    own = pick(rng, PROACTIVE, len(opened), PROACTIVE_WEIGHTS)
    return np.where(happens(rng, told.proactive, opened), own, reactive)


def _owners(rng: np.random.Generator, senior: np.ndarray) -> Words:
    rows = len(senior)
    top = pick(rng, ("executive", "governing body"), rows, (0.85, 0.15))
    return np.where(senior, top, pick(rng, ("officer", "manager", "head of service"), rows, (0.4, 0.4, 0.2)))


def _links(rng: np.random.Generator, rate: Rate, opened: Days) -> Words:
    """One programme or data source, a third of the time two."""
    one, two = pick(rng, LINKED_TO, len(opened)), pick(rng, LINKED_TO, len(opened))
    more = (rng.random(len(opened)) < 0.33) & (one != two)
    return only(np.where(more, one + ";" + two, one), where=happens(rng, rate, opened))


def _finish(rng: np.random.Generator, told: Learning, opened: Days, not_before: Days) -> tuple[pl.Series, ...]:
    """Due, done and told dates. A late action is done up to three months after it was due; a few are never done."""
    rows = len(opened)
    done = later(not_before, whole(rng, 25, 95, rows))
    in_time = happens(rng, told.on_time, opened)
    due = np.where(in_time, later(done, whole(rng, 1, 25, rows)), later(done, -whole(rng, 5, 24, rows)))
    never = evenly(rng, np.full(rows, told.never_done)) & ~in_time
    done = happened(np.where(never, NEVER, done))
    shown = happens(rng, told.told, opened)
    shown_on = happened(np.where(shown, later(done, whole(rng, 0, 20, rows)), NEVER))
    return pl.Series("due_on", due), pl.Series("done_on", done), pl.Series("told_residents_on", shown_on)


def learning_links(
    story: Story, rng: np.random.Generator, complaints: pl.DataFrame, actions: pl.DataFrame
) -> pl.DataFrame:
    """Each linked complaint with the action on its theme opened nearest to its upheld response (up to 45 days later);
    an action on another theme never takes it."""
    upheld = first_upheld(complaints).sort("upheld_on", "complaint_ref")
    upheld = upheld.filter(pl.Series(happens(rng, _of(story).linked, upheld["upheld_on"].to_numpy())))
    changes = actions.filter(~pl.col("remedy")).sort("opened_on", "action_ref")
    reach = upheld.with_columns(by=pl.col("upheld_on").dt.offset_by("45d")).sort("by")
    return (
        reach.join_asof(
            changes.select("opened_on", "action_ref", category="theme"),
            left_on="by",
            right_on="opened_on",
            by="category",
            check_sortedness=False,
        )
        .filter(pl.col("action_ref").is_not_null())
        .select("action_ref", "complaint_ref", landlord_code=pl.lit(story.code))
        .sort("action_ref", "complaint_ref")
    )


def apologies(story: Story, rng: np.random.Generator, complaints: pl.DataFrame) -> pl.DataFrame:
    """One row per apology dated on a complaint; criteria are blank for the third nobody has read yet."""
    parts = [
        complaints.filter(pl.col(f"stage_{n}_apology_on").is_not_null()).select(
            "complaint_ref",
            made_on=pl.col(f"stage_{n}_apology_on"),
            answered=pl.col(f"stage_{n}_responded_on"),
            stage=pl.lit(f"stage {n}"),
        )
        for n in (1, 2)
    ]
    given = pl.concat(parts).sort("made_on", "complaint_ref")
    rows, made = given.height, given["made_on"].to_numpy()
    good = happens(rng, story.apology_criteria, made)
    read = rng.random(rows) < 0.66
    met = {name: np.where(good, rng.random(rows) < 0.97, rng.random(rows) < 0.5) for name in CRITERIA}
    met["timely"] = ((given["made_on"] - given["answered"]).dt.total_days() <= 7).to_numpy()
    words = np.where(
        good,
        "I am sorry. We got this wrong and it made your home harder to live in. We have changed how we work.",
        "We apologise for any inconvenience this may have caused.",
    )
    return given.with_columns(
        column("apology_ref", references("A", rows)),
        column(
            "made_by_role", pick(rng, ("officer", "manager", "head of service", "executive"), rows, (5, 3, 1.5, 0.5))
        ),
        column("form", pick(rng, ("letter", "email", "call", "in person"), rows, (4, 4, 1.5, 0.5))),
        *(column(name, only(flags, where=read), pl.Boolean()) for name, flags in met.items()),
        column("text", only(words.astype(object), where=rng.random(rows) < 0.5)),
        landlord_code=pl.lit(story.code),
    )


def _of(story: Story) -> Learning:
    assert story.learning is not None
    return story.learning
