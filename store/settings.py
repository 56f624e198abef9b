"""Everything the environment decides, as one typed object, judged once at the start.

A setting that is wrong stops the program with a sentence that names the variable, what was found and what is wanted.
`docs/running.md` lists them.
"""

import ipaddress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from metrics.access import ROLES, Role

PREFIX = "LEARNING_PYRAMID_"
SHORTEST_SECRET = 32
_SIGN_IN = ("oidc_metadata", "oidc_client_id", "oidc_client_secret", "cookie_secret", "public_address")


class SettingsError(ValueError):
    """A setting of the environment is wrong; the message names it, what was found and what is wanted."""


class Settings(BaseSettings):
    """The settings of one process. Each is an environment variable: its name in capitals after LEARNING_PYRAMID_.

    Sign-in is configured once the five of `oidc_metadata`, `oidc_client_id`, `oidc_client_secret`, `cookie_secret` and
    `public_address` are there; some of them alone are an error. Lists are separated by commas.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    cache: Path | None = None
    audit_seals: Path | None = None

    oidc_metadata: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    cookie_secret: SecretStr | None = None
    public_address: str | None = None
    roles_claim: str = "roles"
    landlords_claim: str = "landlords"
    role_names: dict[str, Role] = Field(default_factory=dict)
    administrators: Annotated[frozenset[str], NoDecode] = frozenset()
    session_hours: float = Field(default=10, gt=0, le=168)
    idle_minutes: float = Field(default=60, gt=0, le=1440)

    pseudonym_key: SecretStr | None = None

    command_line_roles: Annotated[frozenset[Role], NoDecode] = frozenset(ROLES)
    command_line_landlords: Annotated[frozenset[str], NoDecode] | None = None

    upload_megabytes: int = Field(default=400, ge=1, le=4000)
    hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("administrators", "hosts", "command_line_roles", "command_line_landlords", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else value

    @field_validator("oidc_metadata", "public_address")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError("wanted an address that begins with https:// (http:// only on this machine)")
        return value and value.rstrip("/")

    @field_validator("cookie_secret", "pseudonym_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"wanted at least {SHORTEST_SECRET} signs, as `openssl rand -hex 32` gives")
        return value

    @model_validator(mode="after")
    def _sign_in_whole(self) -> "Settings":
        given = {name for name in _SIGN_IN if getattr(self, name)}
        if given and (lacking := [name for name in _SIGN_IN if name not in given]):
            named = ", ".join(PREFIX + name.upper() for name in lacking)
            raise ValueError(f"sign-in is configured in part: wanted {named} too")
        return self

    @property
    def answered_hosts(self) -> frozenset[str]:
        """The names by which visitors may ask for this server. A page elsewhere that points a name of its own at this
        machine gets no answer."""
        public = urlsplit(self.public_address or "").hostname
        return frozenset({"localhost", "127.0.0.1", "::1", *self.hosts, *([public] if public else [])})

    @property
    def sign_in(self) -> bool:
        """Whether people sign in."""
        return self.oidc_metadata is not None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once. Raises SettingsError with every fault in a line of its own."""
    return from_environment()


def from_environment() -> Settings:
    """The settings as the environment has them at this moment. Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as faults:
        raise SettingsError("\n".join(_told(fault) for fault in faults.errors())) from None


def _told(fault: Any) -> str:
    """A fault without the value where that may be a secret."""
    if not fault["loc"]:
        return str(fault["msg"]).removeprefix("Value error, ")
    name = str(fault["loc"][0])
    variable = name if name.isupper() else PREFIX + name.upper()
    secret = name.endswith(("secret", "key")) or name == "DATABASE_URL"
    found = "" if secret else f" found {fault['input']!r};"
    return f"{variable}:{found} {str(fault['msg']).removeprefix('Value error, ')}"


def is_loopback(address: str | None) -> bool:
    """Whether a server at this address can be reached from its own machine only; without one it listens on all."""
    if address == "localhost":
        return True
    try:
        return address is not None and ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
