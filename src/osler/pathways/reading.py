"""JSON without loss: decimals stay as they were written ("1.0" is not "1")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from osler.domain.errors import InvalidResource
from osler.domain.issue import Issue, Severity

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def from_json(text: str | bytes) -> Any:
    """The value of a JSON text, decimals as `Decimal`.

    Raises `InvalidResource` where the text is no JSON.
    """
    try:
        return _DECODER.decode(text.lstrip("\ufeff") if isinstance(text, str) else text)
    except (msgspec.DecodeError, UnicodeError, ArithmeticError) as error:
        said = f"This is no JSON: {error}"
    except RecursionError:
        said = "This JSON is nested too deeply."
    raise InvalidResource([Issue(Severity.FATAL, "structure", said)])


def to_json(resource: Any) -> str:
    """A resource as JSON, indented; decimals as they were written."""
    return msgspec.json.format(_ENCODER.encode(resource), indent=2).decode("utf-8")
