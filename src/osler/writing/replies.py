"""What is asked of a language model, what its reply takes, and how it may end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """Instructions, data, and the JSON schema of the reply."""

    name: str  # of the reply's shape
    instructions: str
    data: dict[str, Any]
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply took; None where the server, or the list of prices, does not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None


class Stopped(Exception):
    """A reply that ended before it was whole; its text says why, in our words alone."""
