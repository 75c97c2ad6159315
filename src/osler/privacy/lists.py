"""Lists of words, as packaged: a file a list, words parted by spaces, in small letters."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def listed(name: str) -> frozenset[str]:
    """The words of `data/NAME.txt`; a line that begins with # is a remark."""
    text = files("osler.privacy").joinpath(f"data/{name}.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
