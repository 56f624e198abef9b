"""Start the app's server: `python -m ui.serve [Streamlit options]`, ready before its first visitor comes.

Two things cannot be done by the app's own script, because it runs only once somebody visits. Streamlit takes a `pages`
folder for its old kind of navigation until a visit proves otherwise, and tells that first visitor of a linked page that
there is no such page; and the libraries take seconds to import.
"""

import gc
import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

import ui.loading
import ui.shell  # noqa: F401  imported for the first visitor's sake

APP = Path(__file__).resolve().parent.parent / "app.py"


def main() -> None:
    """Run the server until it is stopped."""
    PagesManager.uses_pages_directory = False
    gc.collect()
    gc.freeze()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
