"""Many people at once: sessions over Streamlit's own websocket, as a browser opens them, that go from page to page.

python -m benchmarks.sessions [--sessions 30] [--minutes 5] [--complaints 100000] [--contacts 200000]

Each session opens pages of the large landlord, at one of eight quarter ends, and reads for a while before the next. A
page's time is from the request to the end of its script, everything it sends received and taken apart. An error is a
page that breaks, says that the records cannot be reached, or does not end in a minute. Results: docs/reliability.md.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.measure import MEGABYTE, machine, table
from benchmarks.records_at_scale import AS_AT, LANDLORD, records
from benchmarks.stores import filled
from metrics.periods import quarter_ends_to
from tests.browser.server import app
from ui.navigation import ADMINISTRATION, CASE, PLACES

PATIENCE_SECONDS = 60
READING_SECONDS = (4.0, 16.0)
PAGES = [place.address for place in PLACES if place.reader != ADMINISTRATION and place.file != CASE]
GONE = b"cannot be reached"


@dataclass(kw_only=True)
class Seen:
    """What all sessions met: seconds of every page, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def visit(sessions: ClientConnection, page: str, as_at: str, seen: Seen) -> None:
    """Ask for one page and receive all of it."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = urlencode({"landlord": LANDLORD, "as_at": as_at})
    begun = time.perf_counter()
    await sessions.send(asked.SerializeToString())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                received = await sessions.recv()
                told = ForwardMsg.FromString(received)
                if GONE in received or told.delta.new_element.WhichOneof("type") == "exception":
                    seen.errors.append(f"{page}: it broke")
                if told.WhichOneof("type") == "script_finished":
                    if told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                        break
                    if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                        seen.errors.append(f"{page}: it did not run")
                        break
    except TimeoutError:
        seen.errors.append(f"{page}: nothing after {PATIENCE_SECONDS} s")
    seen.seconds.append(time.perf_counter() - begun)


async def somebody(address: str, number: int, until: float, seen: Seen) -> None:
    """One session from its first page to the end."""
    chance = random.Random(number)
    days = [day.isoformat() for day in quarter_ends_to(AS_AT, before=7)]
    await asyncio.sleep(chance.uniform(0, READING_SECONDS[1]))
    try:
        async with connect(address, max_size=None, proxy=None, subprotocols=["streamlit"]) as session:
            while time.monotonic() < until:
                await visit(session, chance.choice(PAGES), chance.choice(days), seen)
                await asyncio.sleep(chance.uniform(*READING_SECONDS))
    except OSError as fault:
        seen.errors.append(f"session {number}: {fault!r}")


async def everybody(address: str, *, sessions: int, seconds: float) -> Seen:
    """All sessions side by side."""
    seen, until = Seen(), time.monotonic() + seconds
    await asyncio.gather(*(somebody(address, number, until, seen) for number in range(sessions)))
    return seen


def server() -> psutil.Process:
    """The server this process started."""
    return next(each for each in psutil.Process().children(recursive=True) if "ui.serve" in each.cmdline())


def megabytes(process: psutil.Process) -> float:
    """What it holds in memory."""
    return float(process.memory_info().rss) / MEGABYTE


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sessions", type=int, nargs="+", default=[30])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=200_000)
    asked = parser.parse_args(arguments)
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as made:
        filled(Path(made), records(asked.complaints, contacts=asked.contacts)).engine.dispose()
        with app(Path(made)) as served:
            address = served.replace("http://", "ws://") + "/_stcore/stream"
            asyncio.run(_warm(address))
            rows = [_measured(address, sessions, asked.minutes) for sessions in asked.sessions]
    head = ("sessions", "pages", "errors", "median s", "95th s", "slowest s", "MB at start", "MB at end", "processor")
    print(table(head, rows))


async def _warm(address: str) -> None:
    """Every page once, by one visitor: what the first reader after a load works out is not what is measured."""
    seen = Seen()
    async with connect(address, max_size=None, proxy=None, subprotocols=["streamlit"]) as session:
        for page in PAGES:
            await visit(session, page, AS_AT.isoformat(), seen)
    print(f"first visits: {len(seen.seconds)} pages, slowest {max(seen.seconds):.1f} s, {seen.errors}", flush=True)


def _measured(address: str, sessions: int, minutes: float) -> tuple[str, ...]:
    process = server()
    before, began, busy = megabytes(process), time.monotonic(), sum(process.cpu_times()[:2])
    seen = asyncio.run(everybody(address, sessions=sessions, seconds=minutes * 60))
    share = (sum(process.cpu_times()[:2]) - busy) / (time.monotonic() - began)
    print(sorted(set(seen.errors)), flush=True)
    percentiles = statistics.quantiles(seen.seconds, n=20)
    figures = (statistics.median(seen.seconds), percentiles[-1], max(seen.seconds))
    told = (str(sessions), str(len(seen.seconds)), str(len(seen.errors)), *(f"{each:.2f}" for each in figures))
    return (*told, f"{before:.0f}", f"{megabytes(process):.0f}", f"{share:.0%}")


if __name__ == "__main__":
    main()
