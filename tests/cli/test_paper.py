"""`paper` on the command line: files are written, the paper is kept, and the next one answers for it."""

import io
import json
from pathlib import Path

import docx
import pytest

import cli
from seed_data.generator import generate
from store.database import open_store
from store.papers import kept_papers
from store.people import keep_person


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The very small fictional landlord."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "MALLO").mkdir()
    for table, frame in generate()["MALLO"].items():
        frame.write_parquet(folder / "MALLO" / f"{table}.parquet")
    url = f"sqlite:///{folder / 'store.db'}"
    assert cli.main(["load", str(folder / "MALLO"), "--extract-date", "2026-10-12", "--db", url]) == 0
    return url


def test_papers_are_written_kept_and_carried_on(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["paper", "--landlord", "MALLO", "--kind", "board", "--db", store, "--out", str(tmp_path)]
    assert cli.main([*asked, "--as-at", "2026-06-30", "--format", "html", "--format", "xlsx"]) == 0
    capsys.readouterr()
    assert cli.main([*asked, "--as-at", "2026-09-30"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert about["files"] == [str(tmp_path / "MALLO-board-2026-09-30.docx")]
    assert {each.name for each in tmp_path.iterdir()} == {
        "MALLO-board-2026-06-30.html",
        "MALLO-board-2026-06-30.xlsx",
        "MALLO-board-2026-09-30.docx",
    }
    opened = open_store(store)
    kept = kept_papers(opened, "MALLO")
    opened.engine.dispose()
    assert [each.as_at.isoformat() for each in kept] == ["2026-09-30", "2026-06-30"]
    assert {each.data_hash for each in kept} == {about["data_hash"]}
    second = docx.Document(io.BytesIO((tmp_path / "MALLO-board-2026-09-30.docx").read_bytes()))
    heads = [each.text for each in second.paragraphs if each.style.name == "Heading 1"]
    assert "What the last meeting asked" in heads
    assert any("Compared with the paper of 30 June 2026" in each.text for each in second.paragraphs)


def test_a_paper_can_be_written_without_keeping_it(store: str, tmp_path: Path) -> None:
    opened = open_store(store)
    before = len(kept_papers(opened, "MALLO"))
    asked = ["--landlord", "MALLO", "--as-at", "2026-03-31", "--kind", "self-check", "--format", "html", "--no-keep"]
    assert cli.main(["paper", *asked, "--db", store, "--out", str(tmp_path)]) == 0
    assert len(kept_papers(opened, "MALLO")) == before
    opened.engine.dispose()


def test_a_template_that_is_none_is_wrong_input(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_text("no zip")
    asked = ["--landlord", "MALLO", "--as-at", "2026-09-30", "--kind", "board", "--template", str(wrong)]
    assert cli.main(["paper", *asked, "--db", store, "--out", str(tmp_path / "out")]) == 1
    assert "wanted a .docx file" in capsys.readouterr().err


def test_a_paper_is_made_as_a_role_or_a_person_may(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A schedule writes in the scope of whom it writes for: no self-check for the MRC, no landlord out of reach."""
    opened = open_store(store)
    for subject, landlords in (("ann@example.org", {"MALLO"}), ("bea@example.org", {"QUILL"})):
        keep_person(opened, subject, roles=frozenset({"MRC"}), landlords=frozenset(landlords), reason="Joined.")
    opened.engine.dispose()
    asked = ["paper", "--landlord", "MALLO", "--as-at", "2026-09-30", "--format", "html", "--db", store]
    asked += ["--out", str(tmp_path), "--kind"]
    assert cli.main([*asked, "board", "--reader", "ann@example.org"]) == 0
    assert "kept as paper" in capsys.readouterr().err
    opened = open_store(store)
    kept_by = kept_papers(opened, "MALLO")[0].kept_by
    assert kept_by == "ann@example.org" or kept_by.endswith("at the command line")
    opened.engine.dispose()
    for kind, who, told in (
        ("self-check", ("--role", "MRC"), "Whole cases with residents' own words are for the complaints team"),
        ("self-check", ("--reader", "ann@example.org"), "are for the complaints team"),
        ("board", ("--reader", "bea@example.org"), "found 'MALLO'; wanted the code of a landlord that is held"),
        ("board", ("--reader", "nobody@example.org"), "wanted the email of somebody entered under People"),
        ("board", ("--role", "administrator"), "Figures are for readers with a role"),
    ):
        assert cli.main([*asked, kind, *who]) == 1
        assert told in capsys.readouterr().err


def test_both_doors_make_the_same_self_check(store: str, tmp_path: Path) -> None:
    """Rows refused in the last load stand in it whichever door made it."""
    bad = Path(cli.__file__).parent / "seed_data" / "bad_rows" / "complaints.csv"
    assert cli.main(["load", str(bad), "--db", store]) == 0
    asked = ["--landlord", "MALLO", "--as-at", "2026-09-30", "--kind", "self-check", "--format", "html", "--no-keep"]
    assert cli.main(["paper", *asked, "--db", store, "--out", str(tmp_path)]) == 0
    text = (tmp_path / "MALLO-self-check-2026-09-30.html").read_text("utf-8")
    assert "Rows refused in the last load that refused any" in text


def test_word_comes_in_the_landlords_own_template(store: str, tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Mallowfen Homes"
    own.save(str(tmp_path / "own.docx"))
    asked = ["--landlord", "MALLO", "--as-at", "2026-09-30", "--kind", "annual", "--no-keep"]
    template = ["--template", str(tmp_path / "own.docx")]
    assert cli.main(["paper", *asked, *template, "--db", store, "--out", str(tmp_path)]) == 0
    made = docx.Document(str(tmp_path / "MALLO-annual-2026-09-30.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Mallowfen Homes"
    assert "The governing body's response" in [each.text for each in made.paragraphs]
