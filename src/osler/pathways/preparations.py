"""What the names and instructions of a medicine say of how it is released and where it goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from osler.dosage import find_routes
from osler.dosage.fhir import route_of_code

# "Metformin SR", "Glucophage XR500", "Metformin retard"; two brands that come in no other form.
_EXTENDED = re.compile(
    r"\b(?:extended|prolonged|modified|sustained|slow|controlled)\b|\blong[\s-]acting\b|\bretard|\bdepot\b"
    r"|(?<![a-z])(?:[exsmcp]r|xl|la|lp)(?![a-z])|\b(?:glumetza|fortamet)\b",
    re.IGNORECASE,
)
_IMMEDIATE = re.compile(
    r"\b(?:immediate|standard|conventional)[\s-]release|(?<![a-z])ir(?![a-z])", re.IGNORECASE
)


def release_of(names: Iterable[str]) -> str | None:
    """ "extended" or "immediate"; None where the names do not say."""
    texts = list(names)
    if any(map(_EXTENDED.search, texts)):
        return "extended"
    return "immediate" if any(map(_IMMEDIATE.search, texts)) else None


def routes_of(request: Mapping[str, Any]) -> tuple[str, ...]:
    """The routes that the instructions of a request name ("intravenous"), each once."""
    instructions = request.get("dosageInstruction", [])
    return tuple(dict.fromkeys(name for each in instructions for name in _routes_in(each)))


def _routes_in(instruction: Mapping[str, Any]) -> Iterator[str]:
    route = instruction.get("route", {})
    texts = [route.get("text"), instruction.get("text"), instruction.get("patientInstruction")]
    for coding in route.get("coding", ()):
        name = route_of_code(str(coding.get("code")))
        if name is not None:
            yield name
        texts.append(coding.get("display"))
    for text in texts:
        if isinstance(text, str):
            yield from (found.value for found in find_routes(text))
