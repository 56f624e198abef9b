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

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App
from streamlit.web import cli

import ui.loading
import ui.shell  # noqa: F401  imported for the first visitor's sake
from store.settings import Settings, SettingsError, is_loopback, settings
from ui import first_page, health, log
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
    chosen = _chosen([*sys.argv[1:], *_options(wanted)])
    log.set_up(wanted.log_level)
    PagesManager.uses_pages_directory = False
    gc.collect()
    gc.freeze()
    sys.argv = [str(APP)]
    _app(wanted).run(config=chosen)


def _app(wanted: Settings) -> App:
    """The app with addresses for its health and for the first page's name, for visitors who call this server by one of
    its own names: a hostile page could have pointed another at it."""
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=sorted(wanted.answered_hosts), www_redirect=False)
    files = Middleware(FilesToTheirReader)
    routes = [Route(health.ADDRESS, health.answer), Route(first_page.ADDRESS, first_page.answer)]
    return App(APP, routes=routes, middleware=[hosts, files])


def _chosen(arguments: list[str]) -> dict[str, Any]:
    """Streamlit's options as it reads them itself. Exits where one is unknown, as `streamlit run` does."""
    read = cli.main_run.make_context("ui.serve", [str(APP), *arguments])
    return {
        name.replace("_", "."): value
        for name, value in read.params.items()
        if name not in ("target", "args") and value not in (None, ())
    }


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
    the screens."""
    options = ["--server.maxUploadSize", str(wanted.upload_megabytes), "--server.enableAgentApi", "false"]
    options += ["--logger.hideWelcomeMessage", "true"]
    if wanted.public_address:
        # Else Streamlit asks an address outside for its own name, to know which pages may connect to it.
        options += ["--server.corsAllowedOrigins", wanted.public_address]
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
