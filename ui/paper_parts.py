"""The parts of the screens on papers: preview, commentary, last meeting's questions, and the files to take away."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from metrics.phrasing import day
from papers.drawing import png
from papers.model import FORMATS, Block, Chart, Format, Kind, Paper, Paragraph, Points, Question, Table, text_of
from papers.writing import file_name
from store.paper_words import Answer
from ui import paper_loading
from ui.cards import card, numbered_row, rows
from ui.download import Taken, download
from ui.entered import taken, tell, told_if_refused
from ui.markup import element, heading, note, show, table
from ui.selection import Choice
from ui.selector import switch

KIND = "paper"
WHERE_IT_STANDS = "It stands in the paper after what the reader is asked to do. Name no resident."
OFFERED: dict[Kind, str] = {"board": "Board paper", "annual": "Annual report", "quarterly": "Quarterly review"}
ASKS: frozenset[Kind] = frozenset({"board", "quarterly"})
"""The papers that put questions."""
FORMAT_WORDS: dict[Format, str] = {
    "docx": "Word, to edit",
    "pdf": "PDF, to read",
    "html": "Web page",
    "xlsx": "Workbook of figures",
}


def choose_kind() -> Kind:
    """Which paper, kept in the address."""
    return switch(KIND, "Paper", OFFERED)


def finding(paper: Paper, asked: Sequence[Question]) -> None:
    """What the paper says first, and what it still waits for."""
    waiting = sum(not each.answer for each in asked)
    more = f" {waiting} of the last meeting's {len(asked)} questions wait for an answer." if waiting else ""
    show(
        heading(paper.finding.removesuffix(".")),
        element("p", f"{paper.title}, figures to {day(paper.as_at)}.{more}", class_="lp-lead"),
    )


def last_meeting(choice: Choice, kind: Kind) -> None:
    """What the last paper asked, and a form to answer it."""
    with card("What the last meeting asked", key="last-meeting"):
        last = paper_loading.last_asked(choice.code, choice.as_at, kind)
        if last is None:
            show(note("No earlier paper of this kind was kept: keep this one, and its questions come back next time."))
            return
        asked_on, asked = last
        show(note(f"Asked by the paper of {day(asked_on)}."))
        lines = [numbered_row(place, each.text, more=_answer_words(each)) for place, each in enumerate(asked, start=1)]
        show(rows(lines) if lines else note("It asked nothing."))
        tell("paper_answer")
        if asked:
            with st.expander("Answer a question"):
                _answer_form(choice, kind, asked_on, asked)


def _answer_words(each: Question) -> str:
    return f"{each.answer} ({each.answered_by})" if each.answer else "Not answered yet."


def _answer_form(choice: Choice, kind: Kind, asked_on: date, asked: Sequence[Question]) -> None:
    numbers = list(range(1, len(asked) + 1))
    with st.form("paper_answer", border=False, clear_on_submit=False):
        number = st.selectbox("Question", numbers, format_func="Question {}".format, key="answer_number")
        answer = st.text_area("Answer", key="answer_text")
        name = st.text_input("Answered by (name and role)", key="answer_name")
        if st.form_submit_button("Record the answer"):
            given = Answer(question=asked[int(number) - 1].text, answer=answer, answered_by=name)
            with told_if_refused():
                paper_loading.keep_answer(given, landlord_code=choice.code, kind=kind, as_at=asked_on)
                taken("paper_answer")


def commentary(choice: Choice, kind: Kind) -> None:
    """What the author writes into the paper."""
    with card("Your commentary", key="commentary"):
        written = paper_loading.commentary(choice.code, choice.as_at, kind)
        where = "It is in the paper. What you write now takes its place." if written else WHERE_IT_STANDS
        show(note(where))
        tell("paper_commentary")
        with st.form("paper_commentary", border=False):
            text = st.text_area("Commentary", value=written, key=f"commentary_{kind}_{choice.code}_{choice.as_at}")
            name = st.text_input("Name and role", key="commentary_name")
            if st.form_submit_button("Put it in the paper"):
                with told_if_refused():
                    paper_loading.keep_commentary(choice.code, choice.as_at, kind, text=text, author=name)
                    taken("paper_commentary")


def own_questions(choice: Choice, kind: Kind) -> None:
    """What the reader asks beside the questions the figures raise."""
    with card("Your own questions", key="own-questions"):
        asked = paper_loading.questions(choice.code, choice.as_at, kind)
        show(note("They stand first among the paper's questions, and come back with their answers next time."))
        tell("paper_questions")
        with st.form("paper_questions", border=False):
            key = f"questions_{kind}_{choice.code}_{choice.as_at}"
            text = st.text_area("Questions, one a line", value=asked.questions, key=key)
            name = st.text_input("Asked by (name and role)", value=asked.author, key="questions_name")
            if st.form_submit_button("Ask them in the paper"):
                with told_if_refused():
                    paper_loading.keep_questions(choice.code, choice.as_at, kind, text=text, author=name)
                    taken("paper_questions")


def take_away(paper: Paper, *, key: str = "", template: bytes | None = None) -> None:
    """The four files; each is made only when it is asked for. `key` tells papers made earlier apart; `template` is the
    landlord's own, for Word."""
    told = Taken(paper.landlord_code, f"{paper.title} to {paper.as_at}")
    with st.container(horizontal=True, gap="small"):
        for each in FORMATS:
            download(
                FORMAT_WORDS[each],
                partial(
                    paper_loading.file_of,
                    paper,
                    each,
                    template=template if each == "docx" else None,
                    is_of_today=not key,
                ),
                file_name=file_name(paper, each),
                taken=told,
                key=f"take-{each}-{key or paper.kind}",
            )


def files(paper: Paper) -> None:
    """Take the paper away, and keep it as it stands for the next meeting."""
    with card("Take it away", key="take-away"):
        buttons = st.container()
        with st.expander("Use our own Word template"):
            own = st.file_uploader("A .docx with your letterhead and styles", type=["docx"], key="paper_template")
            if own is not None:
                show(note(f"Word now comes in {own.name}."))
        with buttons:
            take_away(paper, template=None if own is None else own.getvalue())
        tell("paper")
        with st.form("paper_keep", border=False):
            name = st.text_input("Kept by (name and role)", key="paper_kept_by")
            if st.form_submit_button("Keep this paper"):
                with told_if_refused("Not kept"):
                    paper_loading.keep(paper, kept_by=name)
                    taken("paper", "Kept.")
        show(note("A kept paper never changes. The next one says what changed since, and brings its questions back."))


def preview(paper: Paper) -> None:
    """The paper as it reads."""
    with card("Preview", key="preview"):
        show(element("p", f"{paper.title}, {paper.landlord_name}, {paper.quarter}", class_="lp-note"))
        for section in paper.sections:
            show(heading(section.heading, level=3), *([note(section.code)] if section.code else []))
            for block in section.blocks:
                _block(block)


def _block(block: Block) -> None:
    match block:
        case Paragraph():
            show(element("p", element("strong", block.text) if block.lead else block.text, class_="lp-text"))
        case Points():
            tag = "ol" if block.numbered else "ul"
            show(element(tag, *(element("li", each, class_="lp-text") for each in block.items)))
        case Table():
            cells = [[text_of(cell) for cell in row] for row in block.rows]
            show(table(block.columns, cells, caption=block.title), *([note(block.note)] if block.note else []))
        case Chart():
            show(note(block.title))
            st.image(png(block), alt=block.alt, width=640)
