"""The server itself: its health address, whom it answers, and what its log tells of those who were looked at."""

import json
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

PLANTED = "Agnes-Planted"
ROWS = f"complaint_ref,household_ref,stock,category,received_on\n{PLANTED},H1,{PLANTED},damp,31/02/2024\n"


def answered(served: str, address: str, host: str | None = None) -> tuple[int, str]:
    with closing(HTTPConnection(urlsplit(served).netloc, timeout=60)) as asked:
        asked.request("GET", address, headers={"Host": host} if host else {})
        answer = asked.getresponse()
        return answer.status, answer.read().decode()


def test_its_health_tells_of_the_store(visitor: Visitor, served: str) -> None:
    visitor.open("position", landlord="QUILL")
    status, told = answered(served, "/health")
    assert (status, json.loads(told)) == (200, {"server": "ready", "store": "ready"})


def test_whoever_types_the_first_pages_name_comes_to_it(visitor: Visitor) -> None:
    visitor.open("position", landlord="QUILL", as_at="2026-06-30")
    assert urlsplit(visitor.page.url).path == "/"
    visitor.expect_query("landlord", "QUILL")
    visitor.expect_query("as_at", "2026-06-30")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_a_name_that_is_not_its_own_is_not_answered(served: str, host: str) -> None:
    assert [answered(served, address, host)[0] for address in ("/", "/health", "/_stcore/health")] == [400, 400, 400]


def test_its_log_is_json_and_names_nobody(visitor: Visitor, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / f"{PLANTED}.csv"
    file.write_text(ROWS)
    visitor.open("case", landlord="QUILL", ref="QUILL-C-00001")
    visitor.open("case", landlord="QUILL", ref=PLANTED)
    visitor.open("records", landlord="QUILL")
    visitor.main.locator("input[type=file]").first.set_input_files(file)
    expect(visitor.card("match-0")).to_be_visible()
    lines = (folder / "server.log").read_text().splitlines()
    said = [json.loads(line) for line in lines]
    assert said and all({"time", "level", "by", "message"} <= line.keys() for line in said)
    written = "\n".join(lines)
    assert PLANTED not in written and "QUILL-C-" not in written and "landlord=" not in written
