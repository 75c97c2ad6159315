"""What the site is told from outside: environment variables, checked once at the start."""

from __future__ import annotations

import secrets
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Words = Annotated[tuple[str, ...], NoDecode]


class Environment(BaseSettings):
    """Every setting with its default; `docs/site.md` has a line on each.

    All but DATABASE_URL begin with OSLER_. Lists are separated by commas.
    """

    model_config = SettingsConfigDict(env_prefix="OSLER_", frozen=True, populate_by_name=True)

    library: Path = Field(default_factory=lambda: user_data_path("osler") / "library")
    site_data: Path = Field(default_factory=lambda: user_data_path("osler") / "site")
    pathways: Path | None = None  # a folder with the site's own pathways
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    secret_key: str = ""
    production: bool = False
    debug: bool = False
    allowed_hosts: Words = ("localhost", "127.0.0.1", "[::1]")
    base_url: str = "http://localhost:8000"
    trusted_proxies: Words = ()  # networks whose X-Forwarded-For and -Proto are believed
    admin_networks: Words = ("127.0.0.0/8", "::1/128")  # from where /admin/ is reached
    staff_networks: Words = ()  # from where staff's pages are reached; empty: everywhere
    require_totp: bool | None = None  # of every account with a role; by default in production
    name: str = "Osler"
    language: str = "en-gb"
    time_zone: str = "UTC"
    email_url: str = ""  # smtp://user:password@host:587; empty: mails are written to files
    email_from: str = "osler@localhost"
    log_questions: bool = False
    log_level: str = "INFO"
    history_days: int = Field(default=365, ge=0)  # that questions of accounts are kept; 0: none
    asks_per_minute: int = 60  # of one address; 0: no limit
    api_per_minute: int = 600  # requests of one token; 0: no limit
    searches_per_minute: int = 600  # searches and suggestions of one address, each; 0: no limit
    reports_per_hour: int = 20  # problem reports of one address; 0: no limit
    hooks_clients: Path | None = None  # JSON: the CDS clients that are trusted, and their keys
    hooks_open: bool | None = None  # to callers that show no token; by default not in production
    hooks_origins: Words = ()  # of pages that may call CDS Hooks and the FHIR interface
    hooks_per_minute: int = 6000  # requests of one client, or address; 0: no limit
    fhir_hosts: Words = ()  # servers that may be private, or spoken to by http://
    starter_articles: bool = True  # compose them, where the library is the starter library
    keeper: bool = True  # recheck the articles when the library changes, in a process beside
    oidc_name: str = "Single sign-on"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    @field_validator(
        "allowed_hosts",
        "trusted_proxies",
        "admin_networks",
        "staff_networks",
        "hooks_origins",
        "fhir_hosts",
        mode="before",
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("pathways", mode="before")
    @classmethod
    def _none_where_empty(cls, value: object) -> object:
        return value or None

    @field_validator("trusted_proxies", "admin_networks", "staff_networks")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            ip_network(text, strict=False)
        return value

    @field_validator("hooks_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            parts = urlsplit(text)
            if parts.scheme not in ("http", "https") or text != f"{parts.scheme}://{parts.netloc}":
                raise ValueError(f"{text} is no origin such as https://ehr.hospital.example")
        return value

    @field_validator("fhir_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            parts = urlsplit(text if "://" in text else f"https://{text}")
            plain = parts.path in ("", "/") and not parts.query and "@" not in parts.netloc
            if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
                raise ValueError(f"{text} is no server such as https://fhir.hospital.example")
        return value

    @field_validator("hooks_clients", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        return value or None

    @model_validator(mode="after")
    def _issuer_is_safe(self) -> Self:
        issuer = urlsplit(self.oidc_issuer)
        local = issuer.hostname in ("127.0.0.1", "::1", "localhost") and not self.production
        if self.oidc_issuer and issuer.scheme != "https" and not local:
            raise ValueError("OSLER_OIDC_ISSUER must begin with https://")
        return self

    @property
    def totp_required(self) -> bool:
        """Whether accounts with a role need an authenticator."""
        return self.production if self.require_totp is None else self.require_totp

    @property
    def hooks_are_open(self) -> bool:
        """Whether CDS clients that show no token are answered."""
        return not self.production if self.hooks_open is None else self.hooks_open

    @property
    def key(self) -> str:
        """The secret key given, or one made at the first start and kept beside the data."""
        if self.secret_key:
            return self.secret_key
        file = self.site_data / "secret-key"
        if not file.exists():
            self.site_data.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(50), "utf-8")
        return file.read_text("utf-8").strip()


@cache
def environment() -> Environment:
    """The settings of this process."""
    return Environment()
