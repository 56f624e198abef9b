"""What boards and committees took, the Code self-assessment, and events worth knowing when a line moves."""

import numpy as np
import polars as pl

from seed_data.dates import FIRST, LAST, rate_at
from seed_data.shares import column, evenly, frame_of, only, pick, references
from seed_data.story import Board, Story

PROVISIONS = tuple(
    f"{section}.{number}"
    for section, last in ((1, 6), (2, 5), (3, 7), (4, 3), (5, 15), (6, 20), (7, 4), (8, 5), (9, 8))
    for number in range(1, last + 1)
)


def governance(story: Story, rng: np.random.Generator) -> pl.DataFrame:
    """Items over the quarters: regular readings seven weeks after each quarter begins, and single items."""
    board = _of(story)
    starts = [np.datetime64(f"{year}-{month:02}-01", "D") for year in range(2023, 2027) for month in (1, 4, 7, 10)]
    meets = np.array(starts) + np.timedelta64(50, "D")
    meets = meets[(meets >= FIRST) & (meets <= LAST)]
    spoke = evenly(rng, rate_at(board.challenges, meets))
    parts = []
    for number, (item, body, since) in enumerate(board.quarterly):
        held = meets >= np.datetime64(since, "D")
        answer = pick(rng, ("challenged", "decided"), len(meets))
        response = np.where(spoke & (number == np.arange(len(meets)) % len(board.quarterly)), answer, "noted")
        parts.append(
            frame_of({"met_on": meets, "response": response.astype(object)})
            .with_columns(body=pl.lit(body), item=pl.lit(item))
            .filter(pl.Series(held))
        )
    singles = pl.DataFrame(
        [{"met_on": day, "response": response, "body": body, "item": item} for day, body, item, response in board.once]
    ).with_columns(pl.col("met_on").str.to_date())
    items = pl.concat([*parts, singles]).sort("met_on", "item")
    themes = [each.category for each in story.services]
    wide = items["item"].is_in(["performance update", "annual report", "self-assessment", "culture test"]).to_numpy()
    theme = only(pick(rng, themes, items.height), where=~wide)
    return items.with_columns(
        column("item_ref", references("G", items.height)),
        column("theme", theme),
        minute_ref="MIN-" + pl.col("met_on").dt.strftime("%Y%m%d"),
        landlord_code=pl.lit(story.code),
    )


def self_assessment(story: Story) -> pl.DataFrame:
    """Every provision of the Code at each approval; those the landlord says it does not meet carry no evidence."""
    board = _of(story)
    rows = [
        {
            "landlord_code": story.code,
            "provision": provision,
            "complies": provision not in board.not_complied,
            "evidence": None if provision in board.not_complied else "Complaints policy and case audit",
            "approved_on": day,
        }
        for day in board.assessed_on
        for provision in PROVISIONS
    ]
    return pl.DataFrame(rows, schema_overrides={"evidence": pl.String}).with_columns(
        pl.col("approved_on").str.to_date()
    )


def events(story: Story) -> pl.DataFrame:
    """Events of the story; a landlord without any has none of this table."""
    rows = [
        {"event_ref": f"E-{n}", "landlord_code": story.code, "happened_on": day, "title": title, "kind": kind}
        for n, (day, title, kind) in enumerate(story.events, start=1)
    ]
    texts = dict.fromkeys(("event_ref", "landlord_code", "happened_on", "title", "kind"), pl.String)
    return pl.DataFrame(rows, schema=texts).with_columns(pl.col("happened_on").str.to_date())


def _of(story: Story) -> Board:
    assert story.board is not None
    return story.board
