"""Start the app's server: `python -m ui.serve [Streamlit options]`, ready before its first visitor comes.

Three things cannot be done by the app's own script. It runs only once somebody visits: Streamlit takes a `pages` folder
for its old kind of navigation until a visit proves otherwise, and tells that first visitor of a linked page that there
is no such page; and the libraries take seconds to import. And it is not asked when a file is fetched (`ui.files_out`).
"""

import argparse
import atexit
import gc
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli
from streamlit.web.server.starlette import starlette_app

import ui.loading
import ui.shell  # noqa: F401  imported for the first visitor's sake
from store.settings import Settings, SettingsError, is_loopback, settings
from ui.files_out import FilesToTheirReader

LOOPBACK = "127.0.0.1"  # what .streamlit/config.toml says
APP = Path(__file__).resolve().parent.parent / "app.py"


def main() -> None:
    """Run the server until it is stopped. Refuses to start where a setting is wrong, and on an address that other
    machines reach without sign-in."""
    try:
        wanted = settings()
    except SettingsError as wrong:
        sys.exit(f"The app cannot start:\n{wrong}")
    if fault := open_to_all(wanted, sys.argv[1:]):
        sys.exit(f"The app does not start: {fault}")
    PagesManager.uses_pages_directory = False
    streamlits_own = starlette_app.create_streamlit_middleware
    held: tuple[Any, ...] = (FilesToTheirReader, (), {})  # as Starlette unpacks its own Middleware
    starlette_app.create_streamlit_middleware = lambda: [held, *streamlits_own()]  # type: ignore[list-item]
    gc.collect()
    gc.freeze()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:], *_options(wanted)]
    cli.main()


def open_to_all(wanted: Settings, arguments: list[str]) -> str | None:
    """Why a server of these options must not start; None where it may."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--server.address", dest="address", default=os.environ.get("STREAMLIT_SERVER_ADDRESS"))
    address = parser.parse_known_args(arguments)[0].address or LOOPBACK
    if wanted.sign_in or is_loopback(address):
        return None
    return (
        f"without sign-in it answers on this machine only. Found --server.address {address}; wanted 127.0.0.1, or "
        "sign-in configured (docs/running.md)."
    )


def _options(wanted: Settings) -> list[str]:
    """Streamlit's options that follow from the settings, and those nobody may choose otherwise: no second door beside
    the screens, and no name of this server but its own, which a hostile page could have pointed at it."""
    options = ["--server.maxUploadSize", str(wanted.upload_megabytes), "--server.enableAgentApi", "false"]
    for host in ("localhost", LOOPBACK, "::1", urlsplit(wanted.public_address or "").hostname):
        options += ["--server.allowedHosts", host] if host else []
    if wanted.sign_in:
        options += ["--secrets.files", str(_secrets_file(wanted))]
    return options


def _secrets_file(wanted: Settings) -> Path:
    """What Streamlit's own sign-in reads, in a file that only this account can read and that goes with the server."""
    assert wanted.cookie_secret is not None and wanted.oidc_client_secret is not None
    folder = Path(tempfile.mkdtemp(prefix="learning-pyramid-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    values = {
        "redirect_uri": f"{wanted.public_address}/oauth2callback",
        "cookie_secret": wanted.cookie_secret.get_secret_value(),
        "client_id": wanted.oidc_client_id,
        "client_secret": wanted.oidc_client_secret.get_secret_value(),
        "server_metadata_url": wanted.oidc_metadata,
    }
    file = folder / "secrets.toml"
    file.touch(mode=0o600)
    # A JSON string is a TOML string.
    file.write_text("[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items()))
    return file


if __name__ == "__main__":
    main()
