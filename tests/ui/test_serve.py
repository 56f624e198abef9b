"""Without sign-in the server answers on its own machine only."""

import pytest

from store.settings import Settings
from ui.serve import open_to_all

SIGN_IN = {
    "oidc_metadata": "https://login.example.org/.well-known/openid-configuration",
    "oidc_client_id": "pyramid",
    "oidc_client_secret": "secret",
    "cookie_secret": "c" * 32,
    "public_address": "https://pyramid.example.org",
}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.10", "::", "pyramid.example.org", "127.0.0.1.example.org"])
def test_an_address_others_reach_is_refused_and_named(address: str) -> None:
    fault = open_to_all(Settings(), ["--server.address", address])
    assert fault is not None
    assert address in fault
    assert "127.0.0.1" in fault


def test_an_address_of_the_environment_is_judged_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    assert open_to_all(Settings(), ["--server.port", "8501"])


@pytest.mark.parametrize(
    "options", [[], ["--server.address", "127.0.0.1"], ["--server.address=::1"], ["--server.address=localhost"]]
)
def test_its_own_machine_is_let(options: list[str]) -> None:
    assert open_to_all(Settings(), options) is None


def test_with_sign_in_any_address_is_let() -> None:
    assert open_to_all(Settings(**SIGN_IN), ["--server.address", "0.0.0.0"]) is None


def test_it_answers_only_to_its_own_names() -> None:
    answered = Settings(**SIGN_IN, hosts="balancer.internal").answered_hosts
    assert answered == {"localhost", "127.0.0.1", "::1", "pyramid.example.org", "balancer.internal"}
