"""A real OpenID Connect provider on this machine, and the app signed in through it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests.browser.server import free_port

START_SECONDS = 60
COOKIE_SECRET = "c" * 64
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "board": {"roles": ["governing body"], "landlords": ["QUILL"]},
    "mrc": {"roles": ["MRC"], "landlords": ["QUILL"]},
    "executive": {"roles": ["executive"], "landlords": ["QUILL"]},
    "team": {"roles": ["complaints team"], "landlords": ["QUILL"]},
    "group": {"roles": ["executive"], "landlords": ["QUILL", "BRACK"]},
    "administrator": {"roles": ["administrator"], "landlords": "*"},
    "stranger": {},
}
"""Who can sign in, by the name on the provider's button, with the claims it gives."""


def email(name: str) -> str:
    return f"{name}@example.org"


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """Run the provider; yields its address. Ended by its own process id."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "-p", str(port), "-H", "127.0.0.1"]
    for name, claims in PEOPLE.items():
        known = {"sub": name, "name": name.capitalize(), "email": email(name), "email_verified": True, **claims}
        command += ["--user-claims", json.dumps(known)]
    with log.open("w") as out:
        running = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        address = f"http://localhost:{port}"
        try:
            _wait_for(running, f"{address}/.well-known/openid-configuration", log)
            yield address
        finally:
            running.terminate()
            running.wait(15)


def _wait_for(running: subprocess.Popen[bytes], address: str, log: Path) -> None:
    direct = build_opener(ProxyHandler({}))
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert running.poll() is None, f"the provider ended at once:\n{log.read_text()}"
        try:
            direct.open(address, timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the provider did not answer:\n{log.read_text()}")


def settings_for(provider_address: str, port: int) -> dict[str, str]:
    """The environment of an app whose people sign in at that provider."""
    return {
        "LEARNING_PYRAMID_OIDC_METADATA": f"{provider_address}/.well-known/openid-configuration",
        "LEARNING_PYRAMID_OIDC_CLIENT_ID": "learning-pyramid",
        "LEARNING_PYRAMID_OIDC_CLIENT_SECRET": "of-the-test-only",
        "LEARNING_PYRAMID_COOKIE_SECRET": COOKIE_SECRET,
        "LEARNING_PYRAMID_PUBLIC_ADDRESS": f"http://localhost:{port}",
    }
