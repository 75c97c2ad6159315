"""Boxes drawn side by side: each is read by itself, as no row goes over from one to the next.

"+-----+-----+" is drawn over a table as well. Two boxes are told by a title over a blank line, by
cells that are wrapped sentences, and by the full stops at their ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_RULE = re.compile(r"\s*[+┌┬┐└┴┘╔╦╗╚╩╝][-─═=]{3,}(?:[+┌┬┐└┴┘╔╦╗╚╩╝][-─═=]{3,})+[+┌┬┐└┴┘╔╦╗╚╩╝]\s*")
_CROSSING = re.compile(r"[+┌┬┐└┴┘╔╦╗╚╩╝]")
_SIDES = frozenset("|│║┃")
_FEWEST = 3  # lines under a title, which tell how a box goes on


def one_under_another(lines: Sequence[str]) -> list[str]:
    """The lines, boxes that stand side by side drawn one under another."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        stop = _end(lines, at)
        if stop is None:
            found.append(lines[at])
            at += 1
            continue
        found += _apart(lines[at : stop + 1])
        at = stop + 1
    return found


def _end(lines: Sequence[str], start: int) -> int | None:
    """The place of the rule that ends the row of boxes that the rule at `start` opens."""
    if not _RULE.fullmatch(lines[start]):
        return None
    corners = _corners(lines[start])
    at = start + 1
    while at < len(lines) and all(lines[at][c : c + 1] in _SIDES for c in corners):
        at += 1
    if at == len(lines) or not _RULE.fullmatch(lines[at]) or _corners(lines[at]) != corners:
        return None
    inside = [
        [line[a + 1 : b].strip() for line in lines[start + 1 : at]] for a, b in pairwise(corners)
    ]
    return at if all(map(_is_box, inside)) else None


def _corners(rule: str) -> list[int]:
    return [each.start() for each in _CROSSING.finditer(rule)]


def _is_box(lines: Sequence[str]) -> bool:
    """Whether a title stands over a blank line, and wrapped sentences under it."""
    if len(lines) < _FEWEST or not lines[0] or lines[1]:
        return False
    written = [line for line in lines[2:] if line]
    wrapped = any(
        (b[0].islower() or b[0].isdigit()) and a[-1] not in ".;:" for a, b in pairwise(written)
    )
    return wrapped and written[-1].endswith(".")


def _apart(lines: Sequence[str]) -> list[str]:
    corners = _corners(lines[0])
    found: list[str] = []
    for a, b in pairwise(corners):
        rule = f"{' ' * corners[0]}+{'-' * (b - a - 1)}+"
        inside = [f"{' ' * corners[0]}|{line[a + 1 : b]}|" for line in lines[1:-1]]
        found += [rule, *inside, rule, ""]
    return found
