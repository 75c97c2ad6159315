"""Sentences and their parts: what belongs to which dose.

A sentence is cut so that a part holds at most one dose, and where a joint stands between them
one rate and one duration: "adults 500 mg; children 250 mg" are two parts, and what stands in
the one (who, how, how often) does not serve the other. A part without a dose (a heading,
"Adults:", a table's first cell) serves all parts of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from osler.checking import lexicon
from osler.checking.canonical import read
from osler.checking.levels import is_level, named_in
from osler.checking.tokens import GROUP_KINDS, Kind, Token
from osler.patterns import lazy

COUNTED = frozenset(
    (
        *("tablet", "capsule", "puff", "drop", "spray", "sachet", "vial", "ampoule", "patch"),
        *("suppository", "pessary", "teaspoon", "lozenge"),
    )
)
_DOSE_UNITS = frozenset(("ug", "iu", "ml", "mol", "meq")) | COUNTED
# How strongly a word or mark parts what stands on its two sides.
_JOINTS = {";": 5, "|": 5, "then": 4, "followed": 4, "but": 4, "while": 4, "whereas": 4}
_JOINTS |= {"and": 3, "or": 3, ",": 2, "(": 2, ")": 2, ":": 1}


_ALWAYS_CUT = frozenset((";", "•", "but", "whereas"))


@dataclass(frozen=True)
class Part:
    """Consecutive tokens of a sentence that hold at most one dose."""

    tokens: tuple[Token, ...]

    @cached_property
    def dose(self) -> Token | None:
        """The amount of a drug that the part states."""
        return next((token for token in self.tokens if is_dose(token)), None)


@dataclass(frozen=True)
class Sentence:
    """A sentence, list item or table row."""

    parts: tuple[Part, ...]

    @property
    def is_row(self) -> bool:
        """Whether it is the row of a table."""
        return self.parts[0].tokens[0].key == "|"

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of all parts."""
        return tuple(token for part in self.parts for token in part.tokens)

    @cached_property
    def analytes(self) -> frozenset[str]:
        """What is measured, by its words."""
        return named_in(self.tokens)

    @cached_property
    def has_dose(self) -> bool:
        """Whether any part states a dose."""
        return any(part.dose for part in self.parts)


def is_dose(token: Token) -> bool:
    """Whether a token is an amount of a drug rather than a weight, an age or a bound."""
    q = token.quantity
    if q is None or q.unit not in _DOSE_UNITS or q.role == "weight" or "min" in q.per:
        return False
    return not any(name.endswith("ml") for name in q.per)  # a level or a strength


def is_stated_level(token: Token) -> bool:
    """Whether a token is a concentration, a per cent or a pressure, with its unit."""
    q = token.quantity
    return q is not None and is_level(token) and q.unit is not None and "min" not in q.per


def is_span(token: Token) -> bool:
    """Whether a token says for how long."""
    if token.kind is Kind.TIMING:
        return token.key == "for life"
    q = token.quantity
    return q is not None and q.unit in ("h", "mo") and q.role in ("for", "")


def is_rate(token: Token) -> bool:
    """Whether a token says how often."""
    return token.kind is Kind.RATE


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`; tables become one sentence a row, "header: cell; …"."""
    plain = write_out_tables(text)
    found: list[list[Token]] = [[]]
    tokens = read(plain)
    for number, token in enumerate(tokens):
        if token.kind is Kind.MARK and token.key in ".!?\n":
            following = tokens[number + 1] if number + 1 < len(tokens) else None
            ends = token.key == "\n" or (
                following is None
                or plain[following.start].isupper()
                or (plain[following.start].isdecimal() and following.start > token.end)
                or plain[following.start] in "\n•|"
            )
            if ends:
                found.append([])
            continue
        if token.kind is Kind.MARK and token.key == "|" and found[-1]:
            continue  # a bar opens a row
        found[-1].append(token)
    return tuple(Sentence(_parts(tokens)) for tokens in found if tokens)


def _parts(tokens: list[Token]) -> tuple[Part, ...]:
    cuts = {number for number, token in enumerate(tokens) if token.key in _ALWAYS_CUT}
    doses = [number for number, token in enumerate(tokens) if is_dose(token)]
    for first, second in pairwise(doses):
        between = range(first + 1, second)
        if any(number in cuts for number in between):
            continue
        if [tokens[number].key for number in between] in (["("], ["in"]):
            continue  # "500 micrograms (0.5 mL)", "1 g in 10 mL": the same dose again
        if _is_maximum(tokens[second]) and not any(
            _JOINTS.get(tokens[number].key, 0) > 2 for number in between
        ):
            continue  # "80 mg/kg once daily (maximum 4 g)": the bound of the same dose
        joints = [joint for number in between if (joint := _joint(tokens, number))[0]]
        opens = second - (tokens[second - 1].key == "bound≤")  # "until 200 mg has been given"
        cuts.add(max(joints)[1] if joints else opens)
    for measure in (is_rate, is_span, is_stated_level):
        _cut_between(tokens, measure, cuts)
    parts, start = [], 0
    for cut in [*sorted(cuts), len(tokens)]:
        if cut > start:
            parts.append(Part(tuple(tokens[start:cut])))
        start = cut
    return tuple(parts)


def _is_maximum(token: Token) -> bool:
    return token.quantity is not None and token.quantity.comparator == "<="


def _joint(tokens: list[Token], number: int) -> tuple[float, int]:
    """How strongly a token parts a sentence, and where; ", and" more than "and" in a list."""
    strength = float(_JOINTS.get(tokens[number].key, 0))
    if strength and number and tokens[number - 1].key == ",":
        strength += 0.5
    return strength, number


def _cut_between(tokens: list[Token], measure: Callable[[Token], bool], cuts: set[int]) -> None:
    """Cut at the strongest joint between two rates, or two durations, of one part."""
    anchors = [number for number, token in enumerate(tokens) if measure(token)]
    for first, second in pairwise(anchors):
        between = range(first + 1, second)
        if any(number in cuts for number in range(first + 1, second + 1)):
            continue
        joints = [joint for number in between if (joint := _joint(tokens, number))[0] > 1]
        if joints:
            cuts.add(max(joints)[1])


_ROW = lazy(r"^\s*\|.*\|\s*$")
_IN_BRACKETS = lazy(r"\([^)]*\)")
_ONLY_NUMBERS = lazy(
    r"(?:below|under|above|over|less than|more than|at least|up to|[<>≤≥])?\s*"
    r"\d[\d.,]*(?:\s*(?:[-–—]|to)\s*\d[\d.,]*)?\s*"
    r"(?:or|and)?\s*(?:more|less|above|below|over|under)?$",
    re.IGNORECASE,
)
_RULE = lazy(r"^[\s|:\-]+$")


def write_out_tables(text: str) -> str:
    """Markdown tables as one line a row, each cell behind its header."""
    if "|" not in text:
        return text
    lines, header = [], None
    rows = [line for line in text.splitlines() if _ROW.match(line) and not _RULE.match(line)]
    has_rule = any(_RULE.match(line) and "-" in line for line in text.splitlines())
    has_header = len(rows) > 1 and (has_rule or _is_header(rows[0], rows[1]))
    for line in text.splitlines():
        if not _ROW.match(line):
            lines.append(line)
            continue
        if _RULE.match(line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if has_header and header is None:
            header = cells
            continue
        if header and len(header) == len(cells):
            pairs = [
                (head, _with_unit(head, cell)) for head, cell in zip(header, cells, strict=True)
            ]
            cells = [f"{head}: {cell}" if head else cell for head, cell in pairs]
        lines.append("| " + "; ".join(cells))
    return "\n".join(lines)


def _has_number(row: str) -> bool:
    """Whether a row's first cell holds a number that is no unit's."""
    first_cell = _IN_BRACKETS.sub("", row.strip().strip("|").split("|")[0])
    return any(character.isdecimal() for character in first_cell)


def _with_unit(head: str, cell: str) -> str:
    """A cell that holds only numbers, with the unit that its column's header gives."""
    if not _ONLY_NUMBERS.match(cell):
        return cell
    words = _IN_BRACKETS.sub("", head).lower().split()
    counted = [w for w in words if lexicon.units().get((w,), ("",))[0] in COUNTED]
    in_brackets = _IN_BRACKETS.search(head)
    if counted:
        unit = counted[0]
    elif in_brackets is not None:
        unit = in_brackets.group()[1:-1]
    else:
        return cell
    last = max(n for n, character in enumerate(cell) if character.isdecimal())
    return f"{cell[: last + 1]} {unit}{cell[last + 1 :]}"


def _is_header(row: str, following: str) -> bool:
    """Whether a first row without a rule beneath it names columns rather than stating facts."""
    if _has_number(row):
        return False
    stating = GROUP_KINDS | {Kind.NEGATION}
    if not _has_number(following):
        stating |= {Kind.RATE}  # "Oral dose, once daily" stands over a row of bands
    return not any(is_dose(token) or token.kind in stating for token in read(row))
