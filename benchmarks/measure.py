"""Measuring side by side: several works take turns in one run, so that a busy machine slows all of them alike."""

import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import psutil

MEGABYTE = 1_000_000
CHECKOUT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Timing:
    """Every turn of one work, in seconds of the clock and of the processor (children included)."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median by the clock."""
        return statistics.median(self.wall)

    @property
    def processor_seconds(self) -> float:
        """The median of processor time."""
        return statistics.median(self.processor)

    def against(self, other: "Timing") -> float:
        """The median of the ratios, turn by turn, by the clock."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.wall, other.wall, strict=False))

    def processor_against(self, other: "Timing") -> float:
        """The ratio of the medians of processor time."""
        return self.processor_seconds / max(other.processor_seconds, 1e-9)


def processor_time() -> float:
    """Processor seconds of this process and the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(work: Callable[[], object], into: Timing) -> None:
    """One turn."""
    processor, wall = processor_time(), time.perf_counter()
    work()
    into.wall.append(time.perf_counter() - wall)
    into.processor.append(processor_time() - processor)


def in_turns(works: Mapping[str, Callable[[], object]], *, turns: int, warm_up: bool = True) -> dict[str, Timing]:
    """Each work once, then each again, `turns` times over; before that once uncounted where `warm_up`."""
    timings = {name: Timing() for name in works}
    for turn in range(turns + warm_up):
        for name, work in works.items():
            timed(work, Timing() if warm_up and turn == 0 else timings[name])
    return timings


def peak_megabytes() -> float:
    """The most memory this process has held at once."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would begin with what the parent held
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def peak_of(module: str, arguments: Sequence[str]) -> float:
    """Run a module of this checkout by itself; the last line it prints is its peak in megabytes."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def machine() -> str:
    """Processor, cores, memory, system, versions and how busy the machine is now."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = named[0] if named else model
    memory = psutil.virtual_memory().total / 1e9
    load = psutil.getloadavg()[0]
    return (
        f"{model}, {psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Polars {pl.__version__}; load average {load:.1f} at the start"
    )
