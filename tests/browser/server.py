"""The app as its readers meet it: its own process, on a free port, over a store seeded by the command line."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

CHECKOUT = Path(__file__).resolve().parents[2]
STORE = "learning_pyramid.db"
START_SECONDS = 120
SEED_SECONDS = 600


def store_url(folder: Path) -> str:
    """The address of the store in a folder."""
    return f"sqlite:///{folder / STORE}"


def _settings(folder: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": store_url(folder), "PYTHONWARNINGS": "default"}


def seed(folder: Path) -> None:
    """Load the fictional landlords into a new store in `folder`, as the README says."""
    folder.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "cli.py", "seed"],
        cwd=CHECKOUT,
        env=_settings(folder),
        capture_output=True,
        text=True,
        timeout=SEED_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def seeded_copy(shared: Path, own: Path) -> None:
    """Copy the seeded store to `own`; the first to ask seeds it, the others wait for the folder to appear."""
    try:
        shared.with_suffix(".claimed").open("x").close()
    except FileExistsError:
        _wait_for(shared)
    else:
        making = shared.with_suffix(".making")
        seed(making)
        making.rename(shared)
    shutil.copytree(shared, own)


def _wait_for(folder: Path) -> None:
    end = time.monotonic() + SEED_SECONDS
    while not folder.exists():
        assert time.monotonic() < end, "another worker did not finish seeding the store"
        time.sleep(0.2)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def app(folder: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the app over the store in `folder`, with further settings in its environment; yields its address. Ended by
    its own process id."""
    port = port or free_port()
    environment = _settings(folder) | dict(settings or {})
    log = folder / "server.log"
    command = [sys.executable, "-m", "ui.serve", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), "--browser.gatherUsageStats", "false"]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_until_healthy(server, f"http://127.0.0.1:{port}/_stcore/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(15)


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    direct = build_opener(ProxyHandler({}))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, f"the app ended at once:\n{log.read_text()}"
        try:
            direct.open(address, timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the app did not answer in {START_SECONDS} seconds:\n{log.read_text()}")
