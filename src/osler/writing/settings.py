"""Which language model writes, where it stands, and what it may take: from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from osler.domain.errors import UsageError

VARIABLE = "OSLER_WRITER"
_EXAMPLE = "For example: OSLER_WRITER=openai:MODEL@http://127.0.0.1:8000/v1"


class Provider(StrEnum):
    """The protocol that a model's server speaks."""

    OPENAI = "openai"  # also vLLM, llama.cpp and many more
    ANTHROPIC = "anthropic"
    OLLAMA = "ollama"  # OpenAI's protocol, at a port of its own


_HOME = {
    Provider.OPENAI: "https://api.openai.com/v1",
    Provider.ANTHROPIC: "https://api.anthropic.com",
    Provider.OLLAMA: "http://127.0.0.1:11434/v1",
}
_KEY = {Provider.OPENAI: "OPENAI_API_KEY", Provider.ANTHROPIC: "ANTHROPIC_API_KEY"}


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """A model, its server and its limits.

    `first_limit` is the time in seconds within which the first sentence must have passed the
    gate, `limit` that for the whole text, `veto_limit` that for a check of claims, which otherwise
    shares the first. The key is sent to `url` and nowhere else.
    """

    provider: Provider
    model: str
    url: str
    key: str | None = field(default=None, repr=False)
    remote: bool = False  # whether it may stand outside this network
    first_limit: float = 2.0  # seconds
    limit: float = 20.0  # seconds
    veto_limit: float | None = None  # seconds
    most_tokens: int = 2000
    reads: bool = False  # whether it may put a question that found no answer
    vetoes: bool = False  # whether it may keep a claim from being shown

    @property
    def address(self) -> str:
        """Host and port, as they are shown."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def writer_settings(
    named: str | None = None, environ: Mapping[str, str] = os.environ
) -> WriterSettings | None:
    """The settings for a model named as `PROVIDER:MODEL[@URL]`, else by OSLER_WRITER.

    None where neither names one, or it is "none". Raises UsageError.
    """
    text = (named if named is not None else environ.get(VARIABLE, "")).strip()
    if text in ("", "none"):
        return None
    provider, model, url = _parsed(text)
    return WriterSettings(
        provider=provider,
        model=model,
        url=url,
        key=_key(provider, url, environ),
        remote=_flag("OSLER_WRITER_REMOTE", environ),
        first_limit=_number("OSLER_WRITER_FIRST_LIMIT", 2.0, environ),
        limit=_number("OSLER_WRITER_LIMIT", 20.0, environ),
        veto_limit=_veto_limit(environ),
        most_tokens=int(_number("OSLER_WRITER_TOKENS", 2000, environ)),
        reads=_flag("OSLER_WRITER_READS", environ),
        vetoes=_flag("OSLER_WRITER_VETOES", environ),
    )


def require_key(settings: WriterSettings) -> None:
    """Raise UsageError where a provider's own server is meant and there is no key for it."""
    variable = _KEY.get(settings.provider)
    if variable and settings.url == _HOME[settings.provider] and not settings.key:
        raise UsageError(
            f"{settings.address} wants a key", help=f"For example: export {variable}=..."
        )


def _parsed(text: str) -> tuple[Provider, str, str]:
    kind, colon, rest = text.partition(":")
    kinds = ", ".join(Provider)
    if not colon or kind not in set(Provider):
        raise UsageError(f"“{text}” names no writer", help=f"It starts with {kinds}. {_EXAMPLE}")
    provider = Provider(kind)
    model, at, url = rest.rpartition("@http")
    model, url = (model, f"http{url}") if at else (rest, _HOME[provider])
    if not model:
        raise UsageError(f"“{text}” names no model", help=_EXAMPLE)
    if not at and "@" in model:  # never sent to the provider's own address by mistake
        raise UsageError(
            f"“{model}” holds an address without http:// or https://",
            help=f"What follows @ is the server's whole address. {_EXAMPLE}",
        )
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = None
    if not known:
        raise UsageError(f"“{url}” is no address of a server", help=_EXAMPLE)
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(
            "the address of a writer holds more than host, port and path",
            help="A key is read from the variable that OSLER_WRITER_KEY_ENV names.",
        )
    return provider, model, url


def _key(provider: Provider, url: str, environ: Mapping[str, str]) -> str | None:
    """The key for this server: the provider's own variable serves its own address alone."""
    name = environ.get("OSLER_WRITER_KEY_ENV")
    if name:
        if not environ.get(name):
            raise UsageError(f"${name} holds no key", help=f"For example: export {name}=...")
        return environ[name]
    return environ.get(_KEY.get(provider, "")) if url == _HOME[provider] else None


def _veto_limit(environ: Mapping[str, str]) -> float | None:
    name = "OSLER_WRITER_VETO_LIMIT"
    return _number(name, 0.0, environ) if environ.get(name, "").strip() else None


def _flag(name: str, environ: Mapping[str, str]) -> bool:
    value = environ.get(name, "no").strip().lower()
    if value not in ("yes", "no", ""):
        raise UsageError(f"{name} is “{value}”", help="It is yes or no.")
    return value == "yes"


def _number(name: str, default: float, environ: Mapping[str, str]) -> float:
    text = environ.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        value = -1
    if not 0 < value <= 100_000:
        raise UsageError(f"{name} is “{text}”", help="It is a number greater than 0.")
    return value
