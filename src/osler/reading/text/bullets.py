"""Bullets that stand alone on a line below the line that they belong to.

Read from print, a bullet that hangs between two lines comes after the first of them:
"Doxycycline 100 mg" / "•" / "Or:". Taken for the bullet of the line below, it makes an item of a
heading, and puts what follows under the drug before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.reading.text.headings import is_named_heading

_BESIDE = re.compile(r"(\s*\w[^•●▪■]{0,40}?)\s{2,}([-–—*•●▪■])\s+\S")
_FIRST = re.compile(r"\s*([-–—*•●▪■])\s+\S")
_ALONE = re.compile(r"\s*[•●▪■・·]\s*")
# What no bullet can open: the rest of a sentence, a word that joins two items, another bullet.
_OPENS_NO_ITEM = re.compile(r"\s*(?:[a-z)\]]|[-–•●▪■・·]\s?\S|(?:Or|And|Plus|Then)\b:?\s*$)")


def with_labels_above(lines: Sequence[str]) -> list[str]:
    """The lines, a label beside the first bullet of a list on a line above it, by itself.

    "pain      - drugone" over "          - drugtwo" is a list that "pain" leads in.
    """
    found: list[str] = []
    for at, line in enumerate(lines):
        beside = _BESIDE.match(line)
        near = [_FIRST.match(other) for other in lines[max(at - 1, 0) : at + 2]] if beside else []
        if beside and any(other and other.start(1) == beside.start(2) for other in near):
            found += ["", beside[1], " " * beside.start(2) + line[beside.start(2) :]]
        else:
            found.append(line)
    return found


def with_bullets_in_front(lines: Sequence[str]) -> list[str]:
    """The lines with each such bullet before the line above it.

    A text in which a bullet alone stands below a blank line or a lead-in has its bullets above
    their items, and is left as it is; so is one in which nothing tells.
    """
    alone = [i for i, line in enumerate(lines) if _ALONE.fullmatch(line)]
    if not alone or not any(_opens_no_item(lines, i) for i in alone):
        return list(lines)
    if any(i == 0 or not lines[i - 1].strip() or lines[i - 1].rstrip()[-1] == ":" for i in alone):
        return list(lines)
    placed = list(lines)
    for i in alone:
        placed[i - 1] = f"{lines[i].strip()} {lines[i - 1].lstrip()}"
    return [line for i, line in enumerate(placed) if i not in alone]


def _opens_no_item(lines: Sequence[str], at: int) -> bool:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return _OPENS_NO_ITEM.match(below) is not None or is_named_heading(below.strip())
