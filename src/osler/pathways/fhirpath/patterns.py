"""Regular expressions, searched in time that grows with the text and no faster.

A plan may come from a stranger and a text from anybody, so the engine is RE2: what makes others
go back and forth (backreferences, looking ahead and behind) it does not have. The dot matches an
end of line too, as FHIRPath wants.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Any

import re2

from osler.pathways.fhirpath.budget import TEXT, Budget, checked_text
from osler.pathways.fhirpath.errors import ExpressionError, TooCostly

_LONGEST = 500
_MEMORY = 1 << 18  # of a compiled pattern, in bytes; larger ones are refused
_NO_TEXT = "a text holds half a character"
_GROUP = re.compile(r"\$(?:(\d)|\{(\w{1,50})\})|\\(\d)")


def found_in(budget: Budget, pattern: str, text: str) -> bool:
    """Whether a pattern matches anywhere in a text. Raises `ExpressionError` where it is none."""
    compiled = _compiled(pattern, groups=False)
    _spend(budget, compiled, text)
    try:
        return compiled.search(text) is not None
    except UnicodeEncodeError:
        raise ExpressionError(_NO_TEXT) from None


def replaced(budget: Budget, pattern: str, text: str, new: str) -> str:
    """The text with every match replaced; "$1" and "${name}" in `new` are groups of the match.

    Raises `ExpressionError` where the pattern is none, or has no such group.
    """
    compiled = _compiled(pattern, groups=True)
    _spend(budget, compiled, text)
    length, at = 0, 0
    parts: list[str] = []
    try:
        for match in compiled.finditer(text):
            said = _GROUP.sub(partial(_named, match), new)
            parts += (text[at : match.start()], said)
            length += match.start() - at + len(said)
            at = match.end()
            # The next search may have to look at all that is left.
            budget.spend(1 + len(said) // 16 + (len(text) - at) // 64)
            if length > TEXT:
                raise TooCostly(f"a text has more than {TEXT:,} characters")
    except UnicodeEncodeError:
        raise ExpressionError(_NO_TEXT) from None
    return checked_text("".join((*parts, text[at:])))


def _named(match: Any, group: re.Match[str]) -> str:
    number, name = group[1] or group[3], group[2]
    try:
        return str(match.group(int(number) if number else name) or "")
    except (IndexError, KeyError, re2.error):
        raise ExpressionError(f"the pattern has no group “{number or name}”") from None


def _spend(budget: Budget, compiled: Any, text: str) -> None:
    """At worst RE2 looks at its whole program for each character."""
    size = compiled.programsize
    budget.spend(1 + size // 16 + len(text) * size // 128)


@lru_cache(maxsize=1024)
def _compiled(pattern: str, *, groups: bool) -> Any:
    if len(pattern) > _LONGEST:
        raise ExpressionError(f"a pattern is longer than {_LONGEST} characters")
    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    options.never_capture = not groups
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        told = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise ExpressionError(f"“{pattern[:80]}” is no pattern that can be used: {told}") from None
