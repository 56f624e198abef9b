"""A database that goes away is said on the screen, and the same session goes on when it is back."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import CHECKOUT
from ui.navigation import POSITION


def words(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def test_gone_and_back_under_an_open_page(own: str, at_store: Callable[[str], None]) -> None:
    at_store(own)
    file = Path(own.removeprefix("sqlite:///"))
    app = AppTest.from_file(CHECKOUT / "app.py", default_timeout=60)
    app.query_params["landlord"] = "QUILL"
    app.run().switch_page(POSITION).run()
    assert "cannot be reached" not in words(app)
    away = file.rename(file.with_name("away.db"))
    app.run()
    assert not app.exception
    assert "The records cannot be reached" in words(app) and "is gone" in words(app)
    away.rename(file)
    again = next(button for button in app.button if button.label == "Try again")
    again.click().run()
    assert not app.exception
    assert "cannot be reached" not in words(app) and "Quill" in words(app)
