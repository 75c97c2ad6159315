"""Regular expressions compiled at their first use.

Compiling is slow (some patterns of ours take 40 ms) and one question needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from weakref import WeakSet

# What `re.IGNORECASE` takes for an ASCII letter beside its own two cases. (str.lower knows the
# Kelvin sign.)
_LETTERS = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def folded(text: str) -> str:
    """The text in lower case, so that what matches "abc" under re.IGNORECASE holds "abc"."""
    return text.lower() if text.isascii() else text.translate(_LETTERS).lower()


_ALL: WeakSet[_Uncompiled] = WeakSet()


def compile_all() -> None:
    """Compile every pattern now: for a server, before it takes questions."""
    for pattern in tuple(_ALL):
        if not pattern.is_compiled:
            pattern.compile()


class _Uncompiled:
    """Stands for a pattern; its first use gives it the compiled one's methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags
        _ALL.add(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.compile(), name)

    @property
    def is_compiled(self) -> bool:
        """Whether it has been used, or compiled beforehand."""
        return "pattern" in vars(self)

    def compile(self) -> re.Pattern[str]:
        """Compile the pattern, and take over its methods."""
        compiled = re.compile(self._source, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        self.pattern, self.flags = compiled.pattern, compiled.flags
        return compiled


class _Unneeded(_Uncompiled):
    """As long as no text held one of the pieces, nothing was found and nothing compiled."""

    def __init__(self, source: str, flags: int, holds: str) -> None:
        super().__init__(source, flags)
        self._pieces = holds.split("|")

    def _may_match(self, text: str) -> bool:
        if not text.isascii():
            return True  # \d takes the digits of every script
        said = text.lower()
        return any(piece in said for piece in self._pieces)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return self.compile().search(text, *span) if self._may_match(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return self.compile().match(text, *span) if self._may_match(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return self.compile().finditer(text, *span) if self._may_match(text) else iter(())


def lazy(pattern: str, flags: int = 0, holds: str = "") -> re.Pattern[str]:
    """Give what `re.compile` gives, compiled at its first use (and its errors raised then).

    `holds` are pieces of text, in lower case and parted by "|", of which every match has one: a
    text without any of them needs no compiling.
    """
    if holds:
        return cast("re.Pattern[str]", _Unneeded(pattern, flags, holds))
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))
