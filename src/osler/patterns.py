"""Regular expressions compiled at their first use.

Compiling is slow (some patterns of ours take 40 ms) and one question needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Uncompiled:
    """Stands for a pattern; its first use gives it the compiled one's methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        self.pattern, self.flags = compiled.pattern, compiled.flags
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Give what `re.compile` gives, compiled at its first use (and its errors raised then)."""
    return cast("re.Pattern[str]", _Uncompiled(pattern, flags))
