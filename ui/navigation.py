"""The pages, by reader. To add a page: write its file under pages/<reader>/ and add one line here."""

from dataclasses import dataclass

import streamlit as st

from metrics.access import Permission, Reader

BOARD, EXECUTIVES, TEAM, METHOD = "For the governing body", "For executives", "For the complaints team", "Method"
ADMINISTRATION = "For the administrator"
OPENS_WITH: dict[str, tuple[Permission, ...]] = {
    BOARD: ("figures",),
    EXECUTIVES: ("small numbers",),
    TEAM: ("cases", "pseudonymous cases"),
    METHOD: (),
    ADMINISTRATION: ("people and settings",),
}
"""The permissions of which one opens a page, by the reader it is for, where the page's own line names no other."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One page: its file, the words of its link, its address and the reader it is for. `listed` is False for pages
    reached from another page. Which pages are offered is a courtesy (`needs`): what comes out on them is the store's
    to refuse."""

    file: str
    title: str
    address: str
    reader: str
    listed: bool = True
    needs: tuple[Permission, ...] | None = None

    def opens_to(self, reader: Reader, landlord_code: str | None = None) -> bool:
        """Whether the page is for this reader, for that landlord where one is chosen."""
        needs = OPENS_WITH[self.reader] if self.needs is None else self.needs
        return not needs or any(reader.may(each, landlord_code) for each in needs)


REVIEWS: tuple[Permission, ...] = ("review",)
LOADS: tuple[Permission, ...] = ("load",)
PLACES = (
    Place(file="pages/board/position.py", title="Position", address="position", reader=BOARD),
    Place(file="pages/board/why.py", title="Why", address="why", reader=BOARD),
    Place(file="pages/board/ghost_stages.py", title="Ghost stages", address="ghost-stages", reader=BOARD),
    Place(file="pages/board/governance.py", title="Governance", address="governance", reader=BOARD),
    Place(file="pages/board/ombudsman.py", title="Ombudsman", address="ombudsman", reader=BOARD),
    Place(file="pages/board/board_paper.py", title="Board paper", address="paper", reader=BOARD),
    Place(file="pages/board/papers.py", title="Papers so far", address="papers", reader=BOARD),
    Place(file="pages/board/published_picture.py", title="Published picture", address="published", reader=BOARD),
    Place(file="pages/executive/quarterly_trends.py", title="Quarterly trends", address="trends", reader=EXECUTIVES),
    Place(file="pages/executive/volumes.py", title="Volumes and escalation", address="volumes", reader=EXECUTIVES),
    Place(file="pages/executive/satisfaction.py", title="Satisfaction", address="satisfaction", reader=EXECUTIVES),
    Place(
        file="pages/executive/learning_or_looping.py",
        title="Learning or looping",
        address="learning",
        reader=EXECUTIVES,
    ),
    Place(
        file="pages/executive/learning_actions.py",
        title="Learning actions behind a figure",
        address="learning-actions",
        reader=EXECUTIVES,
        listed=False,
    ),
    Place(file="pages/executive/signals.py", title="Recurring signals", address="signals", reader=EXECUTIVES),
    Place(file="pages/complaints_team/cases.py", title="Cases behind a figure", address="cases", reader=TEAM),
    Place(file="pages/complaints_team/case.py", title="One complaint", address="case", reader=TEAM),
    Place(
        file="pages/complaints_team/on_a_theme.py",
        title="Complaints on a theme",
        address="on-a-theme",
        reader=TEAM,
        listed=False,
    ),
    Place(
        file="pages/complaints_team/review_queue.py", title="Review queue", address="review", reader=TEAM, needs=REVIEWS
    ),
    Place(file="pages/complaints_team/commitments.py", title="Commitments", address="commitments", reader=TEAM),
    Place(
        file="pages/complaints_team/commitment_list.py",
        title="Commitments behind a figure",
        address="commitment-list",
        reader=TEAM,
        listed=False,
    ),
    Place(file="pages/complaints_team/apologies.py", title="Apologies", address="apologies", reader=TEAM),
    Place(
        file="pages/complaints_team/apology_list.py",
        title="Apologies behind a figure",
        address="apology-list",
        reader=TEAM,
        listed=False,
    ),
    Place(
        file="pages/complaints_team/point_cases.py",
        title="Cases of one month or quarter",
        address="point-cases",
        reader=TEAM,
        listed=False,
    ),
    Place(
        file="pages/complaints_team/finding_list.py",
        title="Findings behind a figure",
        address="finding-list",
        reader=TEAM,
        listed=False,
    ),
    Place(
        file="pages/complaints_team/self_check.py", title="Self-check", address="self-check", reader=TEAM, needs=LOADS
    ),
    Place(
        file="pages/complaints_team/ghost_audit.py",
        title="Audit of contacts",
        address="ghost-audit",
        reader=TEAM,
        needs=REVIEWS,
    ),
    Place(
        file="pages/complaints_team/ghost_rules.py",
        title="Words and deviations",
        address="ghost-rules",
        reader=TEAM,
        needs=REVIEWS,
    ),
    Place(
        file="pages/complaints_team/off_the_path.py",
        title="Complaints off the path",
        address="off-the-path",
        reader=TEAM,
        listed=False,
    ),
    Place(
        file="pages/complaints_team/our_records.py", title="Our records", address="records", reader=TEAM, needs=LOADS
    ),
    Place(file="pages/method/how_it_is_worked_out.py", title="How it is worked out", address="method", reader=METHOD),
    Place(file="pages/administrator/people.py", title="People", address="people", reader=ADMINISTRATION),
    Place(file="pages/administrator/landlord_settings.py", title="Settings", address="settings", reader=ADMINISTRATION),
    Place(
        file="pages/administrator/erasure.py", title="Retention and erasure", address="erasure", reader=ADMINISTRATION
    ),
    Place(
        file="pages/administrator/ghost_words.py",
        title="Words of hidden stages",
        address="ghost-words",
        reader=ADMINISTRATION,
    ),
    Place(file="pages/administrator/audit.py", title="Audit", address="audit", reader=ADMINISTRATION),
)

POSITION = "pages/board/position.py"
WHY = "pages/board/why.py"
CASES = "pages/complaints_team/cases.py"
CASE = "pages/complaints_team/case.py"
HOW = "pages/method/how_it_is_worked_out.py"
TRENDS = "pages/executive/quarterly_trends.py"
GHOST_STAGES = "pages/board/ghost_stages.py"
REVIEW = "pages/complaints_team/review_queue.py"
GOVERNANCE = "pages/board/governance.py"
LEARNING = "pages/executive/learning_or_looping.py"
LEARNING_ACTIONS = "pages/executive/learning_actions.py"
THEME_CASES = "pages/complaints_team/on_a_theme.py"
OMBUDSMAN = "pages/board/ombudsman.py"
COMMITMENTS = "pages/complaints_team/commitments.py"
COMMITMENT_LIST = "pages/complaints_team/commitment_list.py"
APOLOGIES = "pages/complaints_team/apologies.py"
APOLOGY_LIST = "pages/complaints_team/apology_list.py"
POINT_CASES = "pages/complaints_team/point_cases.py"
FINDING_LIST = "pages/complaints_team/finding_list.py"
GHOST_AUDIT = "pages/complaints_team/ghost_audit.py"
GHOST_RULES = "pages/complaints_team/ghost_rules.py"
OFF_THE_PATH = "pages/complaints_team/off_the_path.py"
GHOST_WORDS = "pages/administrator/ghost_words.py"
OUR_RECORDS = "pages/complaints_team/our_records.py"


def pages() -> list[st.Page]:
    """Streamlit's own list of the pages, the first being the one without an address."""
    return [
        st.Page(place.file, title=place.title, url_path=place.address, default=place is PLACES[0]) for place in PLACES
    ]


def place_of(page: st.Page) -> Place:
    """The place of a page of Streamlit's list; the first is the one without an address."""
    return next((place for place in PLACES if place.address == page.url_path), PLACES[0])


def is_there(file: str) -> bool:
    """Whether a page of that file is in the list."""
    return any(place.file == file for place in PLACES)
