"""Laboratory values: what they measure, in which units, and a patient's value in a stated band.

A value in mmol/L is one in mg/dL of the same analyte by its molar mass (`data/analytes.tsv`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from osler.checking import lexicon
from osler.checking.tokens import Kind, Quantity, Token

# Conversions are printed rounded: 7.0 mmol/L is 126 mg/dL, 133 micromol/L is 1.5 mg/dL.
_ROUNDING = Decimal("0.02")
_AIMS = frozenset(("target", "targets", "goal", "goals", "aim", "aimed", "aiming", "keep", "kept"))
_THRESHOLDS = frozenset(("reaches", "reached", "reach", "to", "until", "exceeds", "exceed"))


@dataclass(frozen=True, slots=True)
class _Analyte:
    name: str
    mass: Decimal | None  # g/mol
    valence: int


@cache
def _analytes() -> dict[str, tuple[tuple[tuple[str, ...], _Analyte], ...]]:
    """The first word's stem -> (stems, analyte), the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], _Analyte]]] = {}
    for name, mass, valence, surfaces in lexicon.rows("analytes.tsv"):
        analyte = _Analyte(name, Decimal(mass) if mass else None, int(valence or 0))
        for surface in surfaces.split("|"):
            words = tuple(lexicon.stem(word) for word in surface.split())
            found.setdefault(words[0], []).append((words, analyte))
    return {
        first: tuple(sorted(entries, key=lambda entry: -len(entry[0])))
        for first, entries in found.items()
    }


def is_level(token: Token) -> bool:
    """Whether a token may be a measured value: a concentration, a per cent, a bare number."""
    q = token.quantity
    if q is None or q.role or "kg" in q.per:
        return False
    if any(name.endswith(("ml", "mol")) for name in q.per) or "min" in q.per:
        return True
    return q.unit in (None, "%", "mmhg", "degc", "degf") and not q.per


def _named(tokens: tuple[Token, ...]) -> list[tuple[int, int, _Analyte]]:
    """The analytes that the tokens name: (start, end, analyte) as offsets into the text."""
    words = [
        (stem, token.start, token.end)
        for token in tokens
        if token.kind is not Kind.MARK and token.kind is not Kind.QUANTITY
        for stem in _stems(token.text)
    ]
    table = _analytes()
    found = []
    position = 0
    while position < len(words):
        for stems, analyte in table.get(words[position][0], ()):
            stop = position + len(stems)
            if tuple(word for word, _, _ in words[position:stop]) == stems:
                found.append((words[position][1], words[stop - 1][2], analyte))
                position = stop - 1
                break
        position += 1
    return found


@lru_cache(maxsize=20_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(lexicon.stem(word) for word in text.lower().replace("-", " ").split())


def named_in(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The analytes that the tokens name, by themselves or in a condition: "hypokalaemia"."""
    return frozenset(analyte.name for _, _, analyte in _named(tokens))


def analyte_of(
    token: Token, tokens: tuple[Token, ...], context: tuple[Token, ...] = ()
) -> str | None:
    """What a value is of: the analyte named before it, else after it, else in the headings."""
    found = _of(token, tokens, context)
    return found[0].name if found else None


def _of(token: Token, tokens: tuple[Token, ...], context: tuple[Token, ...] = ()) -> list[_Analyte]:
    named = _named(tokens)
    before = [analyte for _, end, analyte in named if end <= token.start]
    if before:
        return before[-1:]
    after = [analyte for start, _, analyte in named if start >= token.end]
    return after[:1] or [analyte for _, _, analyte in _named(context)][-1:]


def agrees(
    claim: Token,
    ours: tuple[Token, ...],
    stated: Token,
    theirs: tuple[Token, ...],
    context: tuple[Token, ...] = (),
) -> bool:
    """Whether a claim's value is the stated one in other units, or a patient's within its band.

    `ours` and `theirs` are the tokens in which the analyte of each is looked for, `context`
    where it is looked for if they do not name it.
    """
    q, other = claim.quantity, stated.quantity
    if q is None or other is None:
        return False
    converts = q.unit != other.unit and {q.unit, other.unit} <= {"ug", "mol", "meq"}
    if not converts and not (is_level(claim) and is_level(stated)):
        return False
    alike = q.unit == other.unit and q.per == other.per
    if not converts and not (alike and _is_a_patients(claim, ours) and _within(q, other)):
        return False  # names are looked for last: that takes longest
    mine, its = _of(claim, ours), _of(stated, theirs, context)
    if not its or (mine and mine[0].name != its[0].name):
        return False
    analyte = its[0]
    if converts:
        converted = _converted(q, other, analyte)
        if converted is None:
            return False
        q = converted
        if (
            q.comparator == other.comparator
            and _near(q.low, other.low)
            and _near(q.high, other.high)
        ):
            return True
    return (
        bool(mine)
        and q.unit == other.unit
        and q.per == other.per
        and (_is_a_patients(claim, ours) and _within(q, other))
    )


def _converted(q: Quantity, other: Quantity, analyte: _Analyte) -> Quantity | None:
    """`q` in the units of `other`; None where its analyte does not convert them."""
    if q.per != other.per:
        return None
    if "meq" in (q.unit, other.unit):
        if not analyte.valence or "ug" in (q.unit, other.unit):
            return None
        factor = Decimal(1000) / analyte.valence  # micromoles in a milliequivalent
        factor = factor if q.unit == "meq" else 1 / factor
    else:
        if analyte.mass is None or not any(name.endswith("ml") for name in q.per):
            return None
        factor = analyte.mass if q.unit == "mol" else 1 / analyte.mass
    return replace(q, low=q.low * factor, high=q.high * factor, unit=other.unit)


def _near(value: Decimal, other: Decimal) -> bool:
    return abs(value - other) <= _ROUNDING * max(abs(value), abs(other))


def _is_a_patients(claim: Token, ours: tuple[Token, ...]) -> bool:
    """Whether a value is one patient's: no bound, no aim, no threshold to be reached."""
    q = claim.quantity
    if q is None or q.comparator not in ("", "~") or q.low != q.high:
        return False
    words = [token.text.lower() for token in ours]
    if not _AIMS.isdisjoint(words):
        return False
    at = ours.index(claim)
    return not at or ours[at - 1].text.lower() not in _THRESHOLDS


def _within(q: Quantity, band: Quantity) -> bool:
    if band.low != band.high:
        return band.low <= q.low <= band.high and not band.comparator
    return {
        "<": q.low < band.low,
        "<=": q.low <= band.low,
        ">": q.low > band.low,
        ">=": q.low >= band.low,
    }.get(band.comparator, False)
