"""What people draw into plain text: boxes, rules, dot leaders, tabs. Only their words matter.

Every drawn sign becomes spaces, so that words keep the columns that they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from osler.reading.text.side_by_side import one_under_another

_SIDES = "|│║┃┆┊¦"
_RULE = re.compile(r"\s*[+\-=*#_~.:─━═┄┈┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯│║┃|\s]{3,}\s*")
_DRAWN = frozenset("+─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯│║┃|")
_CROSSINGS = str.maketrans(dict.fromkeys("+┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯│║┃|", " "))
_DASHES = str.maketrans({"─": "-", "━": "-", "┄": "-", "┈": "-", "═": "="})
_BETWEEN = re.compile(rf"(?<=\s)[{_SIDES}](?=\s)")
_STARS = re.compile(r"(\s*)([*#!:])(\s+\S.*\s+)\2\s*")
_STAR_RULE = re.compile(r"\s*[*#!+.,:'`´]?([*#!=_~-])\1{4,}[*#!+.,:'`´]?\s*")
# Rounded ends of a box: "/  WORDS   \\" over its sides, "\\______/" under them.
_ROUNDED = re.compile(
    r"\s*(?:/\s.*\s\\|\\[_ ]{4,}/|/[-_=~]+\\|\\[-_=~]+/|[.,'`´:][-_=~]{4,}[.,'`´:])\s*"
)
_LEADERS = re.compile(
    r"(?<=[^\s._…])[ \t]*(?:\.{4,}|(?:[ \t]+\.){2,}|(?:…[ \t]?){2,}|_{4,})[ \t]*(?=[^\s._…])"
)
_HEADED_RULE = re.compile(r"\s*([-=*~_─━═])\1{1,}\s*(?P<words>\w[^\n]*?)\s*\1{3,}\s*")
_RULES = ("---", "===", "***", "~~~", "___", "───", "━━━", "═══")
_BOX = re.compile(r"^(\s*)\[([ xX✓✔]?)\]\s+(?=\S)")
_BRANCH = re.compile(r"([\s|│┃]*)(?:[+`|\\]-{1,3}|[├└╰][─━-]+)\s*(?=\w)")
# Blank lines to all that look for words: they stand for the rules around a box.
OPENS_BOX = "\x1c"
ENDS_BOX = "\x1d"
_STEMS = " |│┃"
_FEWEST_BRANCHES = 2
_FILL = 4  # spaces that part two cells for sure


def without_frames(lines: Sequence[str]) -> list[str]:
    """The lines with boxes, dot leaders and inner tabs turned into spaces.

    The rules around a box become `OPENS_BOX` and `ENDS_BOX`, other rules blank lines; those with
    crossings stay as runs of dashes over the columns that they cross, and boxes side by side
    stand one under another. A rule with words in it ("--- ADULTS ---") is those words, underlined
    by nothing: they stand between blank lines in capitals or not.
    """
    found = _with_tabs_laid_out(lines)
    found = [_LEADERS.sub(_as_spaces, line) if _may_lead(line) else line for line in found]
    if any(side in line for line in found for side in _SIDES):
        found = _without_boxes(one_under_another(found))
    return _with_marks(_without_stars(found))


def _with_marks(lines: Sequence[str]) -> list[str]:
    """The lines with a dash for each branch of a drawn tree, and a glyph for each box to tick."""
    found = [_BOX.sub(_ticked, line, count=1) for line in lines]
    branches = [_BRANCH.match(line) for line in found]
    if sum(branch is not None for branch in branches) < _FEWEST_BRANCHES:
        return found
    for at, branch in enumerate(branches):
        if branch is not None:
            found[at] = f"{' ' * len(branch[1])}- {found[at][branch.end() :]}"
        elif not found[at].strip(_STEMS):
            found[at] = ""
    return found


def _ticked(found: re.Match[str]) -> str:
    return f"{found[1]}{'☐' if not found[2].strip() else '☑'} "


def words_in_rule(line: str) -> str:
    """The words that a rule is drawn around: "ADULTS" of "--- ADULTS -----"; "" if it is none."""
    if not any(rule in line for rule in _RULES):
        return ""
    found = _HEADED_RULE.fullmatch(line)
    return found["words"] if found else ""


def _may_lead(line: str) -> bool:
    return "..." in line or " . ." in line or "…" in line or "____" in line


def _as_spaces(found: re.Match[str]) -> str:
    return " " * max(len(found[0]), _FILL)


def _without_boxes(lines: list[str]) -> list[str]:
    """The lines of boxes without their sides, and their rules as blank or broken lines."""
    drawn = [_is_side(line) or _is_drawn_rule(line) for line in lines]
    for position, line in enumerate(lines):
        beside = lines[max(position - 1, 0) : position] + lines[position + 1 : position + 2]
        if _ROUNDED.fullmatch(line) and any(map(_is_side, beside)):
            drawn[position] = True
            if position and line.strip()[0] == "/" and not lines[position - 1].strip(" _-=~"):
                drawn[position - 1] = bool(lines[position - 1].strip())
    found: list[str] = []
    for position, line in enumerate(lines):
        near = drawn[max(position - 1, 0) : position + 2]
        if not drawn[position] or sum(near) < 2:
            found.append(line)
        elif _is_drawn_rule(line):
            broken = line.translate(_DASHES).translate(_CROSSINGS)
            found.append(broken if len(broken.split()) > 1 else "")
        else:
            inside = _without_sides(line)
            found.append(_BETWEEN.sub(" ", inside) if inside.strip(" _=~-") else "")
    for boxed, run in groupby(range(len(lines)), key=lambda at: drawn[at]):
        if boxed:
            _mark_ends(found, list(run))
    return found


def _mark_ends(lines: list[str], run: Sequence[int]) -> None:
    """Let the blank lines at both ends of a box tell of it."""
    if len(run) > 2 and not lines[run[0]] and not lines[run[-1]]:
        lines[run[0]], lines[run[-1]] = OPENS_BOX, ENDS_BOX


def _is_side(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 1 and bare[0] in _SIDES and bare[-1] in _SIDES


def _is_drawn_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None and any(sign in _DRAWN for sign in line)


def _without_sides(line: str) -> str:
    end = len(line.rstrip()) - 1
    start = len(line) - len(line.lstrip())
    return f"{line[:start]} {line[start + 1 : end]}".rstrip()


def _without_stars(lines: Sequence[str]) -> list[str]:
    """The lines without the sides of boxes drawn in stars, which only their rules tell."""
    found = list(lines)
    rules = [at for at, line in enumerate(lines) if _STAR_RULE.fullmatch(line)]
    for first, last in pairwise(rules):
        inside = [_STARS.fullmatch(line) for line in lines[first + 1 : last] if line.strip("*#! ")]
        if inside and all(inside):
            for at in range(first, last + 1):
                sides = _STARS.fullmatch(lines[at])
                found[at] = f"{sides[1]} {sides[3].rstrip()}" if sides else ""
            _mark_ends(found, range(first, last + 1))
    return found


def _with_tabs_laid_out(lines: Sequence[str]) -> list[str]:
    """The lines with spaces for tabs, cells of neighbouring lines in common columns."""
    if not any("\t" in line for line in lines):
        return list(lines)
    found: list[str] = []
    for tabbed, run in groupby(lines, key=lambda line: "\t" in line.strip()):
        block = list(run)
        found += _laid_out(block) if tabbed else [line.expandtabs(4) for line in block]
    return found


def _laid_out(lines: Sequence[str]) -> list[str]:
    """Lines with tabs inside; where each has as many of them, each tab ends a cell.

    There a tab that opens some of the lines, and not all, ends a blank one.
    """
    blank = len({line.count("\t") for line in lines}) == 1 and not lines[0].startswith("\t")
    alike = len({line.strip().count("\t") for line in lines}) == 1 and len(lines) > 1
    parted = r"\t" if alike else r"\t+"
    rows = []
    for line in lines:
        if blank and line.startswith("\t"):
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        indent = line[: len(line) - len(line.lstrip())].expandtabs(4)
        cells = [cell.strip() for cell in re.split(parted, line.strip())]
        rows.append([indent + cells[0], *cells[1:]])
    widths: list[int] = []
    for row in rows:
        for column, cell in enumerate(row[:-1]):
            if column == len(widths):
                widths.append(0)
            widths[column] = max(widths[column], len(cell))
    return [
        "".join(
            cell.ljust(widths[column] + _FILL) if column < len(row) - 1 else cell
            for column, cell in enumerate(row)
        )
        for row in rows
    ]
