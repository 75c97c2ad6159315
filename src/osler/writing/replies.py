"""What is asked of a language model, what its reply takes, and how it may end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, TypeVar


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

    def __add__(self, other: Usage) -> Usage:
        """Two replies' together; what is known of one alone counts."""
        return Usage(
            _sum(self.input_tokens, other.input_tokens),
            _sum(self.output_tokens, other.output_tokens),
            _sum(self.cost_usd, other.cost_usd),
        )


_N = TypeVar("_N", int, float)


def _sum(first: _N | None, then: _N | None) -> _N | None:
    return then if first is None else first if then is None else first + then


class Stopped(Exception):
    """A reply that ended before it was whole; its text says why, in our words alone."""


class Clock:
    """The time that a writer has: `first_limit` until something is shown, then `limit` in all."""

    def __init__(self, first_limit: float, limit: float) -> None:
        """Start now; both limits in seconds."""
        self.started = time.monotonic()
        self._last = self.started + limit
        self._until = min(self.started + first_limit, self._last)

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(self._until - time.monotonic(), 0)

    @property
    def elapsed_ms(self) -> float:
        """Milliseconds since it was started."""
        return round((time.monotonic() - self.started) * 1000, 1)

    def check(self) -> None:
        """Raise Stopped when time is up."""
        if not self.left:
            raise Stopped(TOO_LONG)

    def take_time(self) -> None:
        """Something is shown: it may go on until the limit of the whole."""
        self._until = self._last


TOO_LONG = "it took too long"
