"""The administrator's page Retention and erasure."""

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Visit

PAGE = "pages/administrator/erasure.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run(timeout=60)


def fill(app: AppTest, label: str, value: str) -> None:
    next(each for each in app.text_input if each.label == label).set_value(value)


def test_what_is_held_is_told_then_erased_by_naming_it_twice(visit: Visit, own: str, at_store) -> None:  # type: ignore[no-untyped-def]
    app = visit()
    at_store(own)
    app.query_params["landlord"] = "OLD"
    app.switch_page(PAGE).run(timeout=60)
    fill(app, "Reference of a household or a case", "H1")
    app = press(app, "Say what is held")
    assert not app.exception
    fill(app, "Reason", "Asked for by the resident")
    fill(app, "The reference once more", "H2")
    app = press(app, "Erase")
    assert any("not the same" in each.value for each in app.error)
    fill(app, "Reason", "Asked for by the resident")
    fill(app, "The reference once more", "H1")
    app = press(app, "Erase")
    assert not app.exception
    assert any("Erased under this household" in each.value for each in app.success)
    fill(app, "Reference of a household or a case", "H1")
    app = press(app, "Say what is held")
    assert not any(each.label == "Erase" for each in app.button)
