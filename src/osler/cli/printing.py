"""What commands print: JSON for programs, lines and tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from osler.evaluation.gate import Rate


def console(piped_width: int | None = None) -> Console:
    """Standard output, as wide as the terminal; in a pipe `piped_width`, by default a page."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else piped_width
    return Console(highlight=False, soft_wrap=False, width=width)


def print_json(value: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(plain(value), ensure_ascii=_ascii_only(), indent=2))


def print_json_line(value: Any) -> None:
    """Print one line of JSON Lines."""
    print(json.dumps(plain(value), ensure_ascii=_ascii_only()), flush=True)


def plain(value: Any) -> Any:
    """Dataclasses, decimals, enumerations and paths as plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def rate_json(rate: Rate) -> dict[str, Any]:
    """A rate with its 95 % Wilson interval, as shares in 0..1."""
    low, high = rate.interval
    return {"kind": rate.kind, "right": rate.right, "total": rate.total, "low": low, "high": high}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 source", "2,300 sources"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def characters(text: str) -> str:
    """What was typed, with "?" for bytes that are no characters and could not be printed."""
    return text.encode(errors="replace").decode()


def one_line(text: str, limit: int = 240) -> str:
    """A text as one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rpartition(" ")[0] + " …"


def _ascii_only() -> bool:
    """Whether standard output cannot carry every character."""
    return (sys.stdout.encoding or "ascii").lower().replace("-", "") not in ("utf8", "utf16")
