"""Every benchmark, one after the other, into benchmarks/RESULTS.md.

python -m benchmarks.run_all [--only indicators trends ghosts pages loads] [--quick] [--turns 5] [--minutes 15]

About ten minutes on two quiet cores. Each part is a process of its own, so that one's memory is not another's. A part
that is not run keeps the tables it had. `--quick` takes sizes that show the tables, not the truth.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import CHECKOUT, machine

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One benchmark: the module that prints its tables, and the arguments for the real and the quick run. One that runs
    `by_itself` takes so long that it has to be asked for."""

    title: str
    module: str
    full: tuple[str, ...]
    quick: tuple[str, ...]
    by_itself: bool = False

    def arguments(self, *, quick: bool, turns: int) -> tuple[str, ...]:
        """What the module is run with."""
        chosen = self.quick if quick else self.full
        return tuple(str(turns) if each == "TURNS" else each for each in chosen)


PARTS: Mapping[str, Part] = {
    "indicators": Part(
        title="From a loaded store to all indicators and the position",
        module="benchmarks.indicators",
        full=("--sizes", "10000", "100000", "1000000", "--skewed", "100000", "--turns", "TURNS"),
        quick=("--sizes", "2000", "--skewed", "25000", "--turns", "1"),
    ),
    "effects": Part(
        title="From a loaded store to all effects of actions",
        module="benchmarks.effects",
        full=("--sizes", "100000", "1000000", "--turns", "TURNS"),
        quick=("--sizes", "4000", "--turns", "1"),
    ),
    "trends": Part(
        title="From a loaded store to every line of the quarterly trends",
        module="benchmarks.trends",
        full=("--sizes", "100000", "1000000", "--turns", "TURNS"),
        quick=("--sizes", "4000", "--turns", "1", "--series", "50"),
    ),
    "papers": Part(
        title="Papers",
        module="benchmarks.papers",
        full=("--complaints", "100000", "--contacts", "1000000", "--turns", "TURNS"),
        quick=("--complaints", "4000", "--contacts", "4000", "--turns", "1"),
    ),
    "pages": Part(
        title="Pages",
        module="benchmarks.pages",
        full=("--complaints", "100000", "--contacts", "1000000", "--turns", "TURNS"),
        quick=("--complaints", "2000", "--contacts", "4000", "--turns", "2"),
    ),
    "ghosts": Part(
        title="Ghost stages",
        module="benchmarks.ghosts",
        full=("--contacts", "100000", "1000000", "--skewed", "1000000", "--turns", "TURNS"),
        quick=("--contacts", "20000", "--skewed", "20000", "--turns", "1"),
    ),
    "ghosts_large": Part(
        title="Ghost stages, ten million contacts",
        module="benchmarks.ghosts",
        full=("--contacts", "10000000", "--skewed", "--turns", "2"),
        quick=("--contacts", "20000", "--skewed", "--turns", "1"),
        by_itself=True,
    ),
    "loads": Part(
        title="Loading",
        module="benchmarks.load_throughput",
        full=("--rows", "1000000", "--repeat", "3"),
        quick=("--rows", "20000"),
    ),
}


def output_of(command: Sequence[str], *, seconds: float) -> str:
    """What a command prints. Raises CalledProcessError where it fails and TimeoutExpired where it takes longer; then it
    is ended with everything it started."""
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            printed, _ = process.communicate(timeout=seconds)
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return printed


def run(part: Part, *, quick: bool, turns: int, seconds: float) -> str:
    """One part's section: heading, command, machine, tables. Raises as `output_of`."""
    arguments = part.arguments(quick=quick, turns=turns)
    begun = time.monotonic()
    here = machine()
    printed = output_of([sys.executable, "-m", part.module, *arguments], seconds=seconds)
    minutes = (time.monotonic() - begun) / 60
    return "\n\n".join(
        (
            f"## {part.title}",
            f"`python -m {part.module} {' '.join(arguments)}`  \n"
            f"{datetime.now(UTC):%-d %B %Y}, {minutes:.1f} minutes. {here}.",
            printed.strip(),
        )
    )


def merged(text: str, sections: Mapping[str, str]) -> str:
    """RESULTS.md with these sections in place of the ones of the same part; what stands around them is kept."""
    for name, section in sections.items():
        marked = f"<!-- {name} -->\n{section}\n<!-- end of {name} -->\n"
        found = re.search(f"<!-- {name} -->.*?<!-- end of {name} -->\n", text, re.DOTALL)
        text = f"{text.rstrip()}\n\n{marked}" if found is None else text[: found.start()] + marked + text[found.end() :]
    return text


def main(given: Sequence[str] | None = None) -> None:
    """Run the parts asked for and write what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", nargs="+", choices=list(PARTS), default=[name for name, part in PARTS.items() if not part.by_itself]
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--minutes", type=float, default=15, help="give up after so many, keeping what is finished")
    parser.add_argument("--into", type=Path, default=RESULTS)
    asked = parser.parse_args(given)
    until = time.monotonic() + asked.minutes * 60
    for name in asked.only:
        print(f"{name} …", file=sys.stderr, flush=True)
        section = run(PARTS[name], quick=asked.quick, turns=asked.turns, seconds=until - time.monotonic())
        before = asked.into.read_text("utf-8") if asked.into.exists() else "# Results\n"
        asked.into.write_text(merged(before, {name: section}), "utf-8")


if __name__ == "__main__":
    main()
