"""Fetch the one pip wheel that `run` trusts, for machines whose Python came without pip and without ensurepip.

Usage: python3 fetch_pip.py FOLDER. Prints the wheel's path. Honours PIP_INDEX_URL and the proxy variables. The wheel is
accepted by its SHA-256 alone, so a machine without certificate authorities (a bare Debian has none) is served safely.
"""

import hashlib
import os
import re
import ssl
import sys
from html import unescape
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def fetch(url: str) -> bytes:
    """The bytes at an address, whoever signed its certificate: the hash decides. Raises OSError."""
    anyone = ssl._create_unverified_context()  # noqa: S323  # nosec B323
    with urlopen(url, timeout=60, context=anyone) as answer:  # noqa: S310  # nosec B310
        body: bytes = answer.read()
    return body


def wheel_address(index: str) -> str:
    """Where the index keeps the wheel. Raises LookupError when it has not got it."""
    page = f"{index.rstrip('/')}/pip/"
    for link in re.findall(r'href="([^"]+)"', fetch(page).decode("utf-8", "replace")):
        address = urljoin(page, unescape(link))
        if address.partition("#")[0].endswith(f"/{WHEEL}"):
            return address.partition("#")[0]
    raise LookupError(f"{page} does not offer {WHEEL}")


def main(folder: Path) -> int:
    index = os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
    try:
        body = fetch(wheel_address(index))
    except (OSError, LookupError) as fault:
        sys.stderr.write(f"could not fetch pip from {index}: {fault}\n")
        return 1
    found = hashlib.sha256(body).hexdigest()
    if found != SHA256:
        sys.stderr.write(f"{WHEEL} from {index} is not the file expected: SHA-256 {found}, wanted {SHA256}\n")
        return 1
    target = folder / WHEEL
    target.write_bytes(body)
    sys.stdout.write(f"{target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
