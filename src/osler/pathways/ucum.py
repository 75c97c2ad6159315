"""UCUM units (https://ucum.org/ucum) as exact factors and dimensions.

Only what may be compared is given one dimension. Apart on purpose, so that a comparison has no
answer rather than a wrong one: percent (an HbA1c in % is no thousandth of one in mmol/mol),
equivalents (a milliequivalent of calcium is half a millimole), enzyme units, arbitrary and
international units, months (which have no fixed length), and what stands in braces
("mL/min/{1.73_m2}" is no mL/min).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_PREFIXES = {
    "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9,
    "p": -12, "f": -15,
}  # fmt: skip
_F = Fraction
_METRIC: dict[str, tuple[Fraction, str]] = {
    "g": (_F(1), "g"),
    "m": (_F(1), "m"),
    "s": (_F(1), "s"),
    "L": (_F(1, 1000), "m3"),
    "l": (_F(1, 1000), "m3"),
    "mol": (_F(1), "mol"),
    "osm": (_F(1), "osm"),
    "eq": (_F(1), "eq"),
    "U": (_F(1), "U"),
    "[iU]": (_F(1), "[iU]"),
    "[IU]": (_F(1), "[iU]"),
    "Pa": (_F(1000), "g.m-1.s-2"),
    "bar": (_F(10**8), "g.m-1.s-2"),
    "m[Hg]": (_F(133322000), "g.m-1.s-2"),
    "m[H2O]": (_F(9806650), "g.m-1.s-2"),
    "J": (_F(1000), "g.m2.s-2"),
    "cal": (_F(4184), "g.m2.s-2"),
    "W": (_F(1000), "g.m2.s-3"),
    "N": (_F(1000), "g.m.s-2"),
    "Hz": (_F(1), "s-1"),
    "Bq": (_F(1), "Bq"),
    "Ci": (_F(37 * 10**9), "Bq"),
    "kat": (_F(1), "kat"),
    "K": (_F(1), "K"),
    "t": (_F(10**6), "g"),
    "B": (_F(1), "B"),
}
_PLAIN: dict[str, tuple[Fraction, str]] = {
    "1": (_F(1), ""),
    "%": (_F(1), "%"),
    "[ppth]": (_F(1, 10**3), ""),
    "[ppm]": (_F(1, 10**6), ""),
    "min": (_F(60), "s"),
    "h": (_F(3600), "s"),
    "d": (_F(86400), "s"),
    "wk": (_F(604800), "s"),
    "mo": (_F(1), "mo"),
    "a": (_F(12), "mo"),
    "10*": (_F(10), ""),
    "10^": (_F(10), ""),
    "[lb_av]": (_F("453.59237"), "g"),
    "[oz_av]": (_F("28.349523125"), "g"),
    "[gr]": (_F("0.06479891"), "g"),
    "[stone_av]": (_F("6350.29318"), "g"),
    "[in_i]": (_F("0.0254"), "m"),
    "[ft_i]": (_F("0.3048"), "m"),
    "[yd_i]": (_F("0.9144"), "m"),
    "[foz_us]": (_F("29.5735295625") / 10**6, "m3"),
    "[tsp_us]": (_F("4.92892159375") / 10**6, "m3"),
    "[tbs_us]": (_F("14.78676478125") / 10**6, "m3"),
    "[cup_us]": (_F("236.5882365") / 10**6, "m3"),
    "[pH]": (_F(1), "[pH]"),
    "[arb'U]": (_F(1), "[arb'U]"),
    "[USP'U]": (_F(1), "[USP'U]"),
    "[CFU]": (_F(1), "[CFU]"),
    "deg": (_F(1), "deg"),
}
# Scales with a zero of their own: (K per degree, K at zero); they stand alone or nowhere.
_SCALES = {"Cel": (_F(1), _F("273.15")), "[degF]": (_F(5, 9), _F("459.67") * _F(5, 9))}
# Braces that only name what is counted; anything else in braces keeps quantities apart.
_NAMES = frozenset(
    ["beat", "beats", "breath", "breaths", "cell", "cells", "inr", "score", "count", "ratio", "ph"]
)
_BRACES = re.compile(r"\{[^{}]*\}")
_DECIMAL = re.compile(r"\d\.\d")  # UCUM has none: "mL/min/1.73" would be times 73
_TOKEN = re.compile(
    r"\{(?P<brace>[^{}]*)\}|(?P<op>[./])|(?P<open>\()|(?P<close>\))"
    r"|(?P<power>10[*^])(?P<pexp>[+-]?\d{1,2}(?!\d))?|(?P<number>\d+)(?![*^])"
    r"|(?P<atom>(?:[A-Za-z%']|\[[^\[\]\s]*\])+?)(?P<exp>[+-]?\d{1,2})?(?=$|[./(){])"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` of the base units of `dimension` ("g", "m", "s", "mol", ...), and their `zero`."""

    factor: Fraction
    dimension: tuple[tuple[str, int], ...]
    zero: Fraction = Fraction(0)


@lru_cache(maxsize=2000)
def parse_unit(code: str) -> Unit | None:
    """A UCUM code (case sensitive) in base units; None where it is not one that is known."""
    if code in _SCALES:
        factor, zero = _SCALES[code]
        return Unit(factor, (("K", 1),), zero)
    if not code or len(code) > 100 or _DECIMAL.search(_BRACES.sub("", code)):
        return None
    parser = _Parser(code)
    result = parser.term()
    if result is None or parser.rest:
        return None
    factor, powers = result
    return Unit(factor, tuple(sorted((name, n) for name, n in powers.items() if n)))


_Term = tuple[Fraction, Counter[str]]


class _Parser:
    """Recursive descent over `term = ["/"] component {("." | "/") component}`."""

    def __init__(self, code: str) -> None:
        self.tokens: list[re.Match[str]] = []
        at = 0
        while at < len(code):
            found = _TOKEN.match(code, at)
            if found is None:
                self.tokens = []
                break
            self.tokens.append(found)
            at = found.end()
        self.at = 0

    @property
    def rest(self) -> int:
        return len(self.tokens) - self.at

    def _peek(self, group: str) -> str | None:
        return self.tokens[self.at][group] if self.rest else None

    def term(self) -> _Term | None:
        factor, powers = Fraction(1), Counter[str]()
        sign = 1
        if self._peek("op") == "/":
            sign, self.at = -1, self.at + 1
        while True:
            part = self._component()
            if part is None:
                return None
            factor *= part[0] ** sign
            for name, n in part[1].items():
                powers[name] += sign * n
            op = self._peek("op")
            if op is None:
                return factor, powers
            sign, self.at = (1 if op == "." else -1), self.at + 1

    def _component(self) -> _Term | None:
        if not self.rest:
            return None
        token = self.tokens[self.at]
        self.at += 1
        if token["open"]:
            inner = self.term()
            if inner is None or not self._peek("close"):
                return None
            self.at += 1
            result: _Term | None = inner
        elif token["brace"] is not None:
            return Fraction(1), _braces(token["brace"])
        elif token["power"]:
            result = Fraction(10) ** int(token["pexp"] or 1), Counter()
        elif token["number"]:
            number = int(token["number"])
            result = (Fraction(number), Counter()) if number and len(token["number"]) < 16 else None
        elif token["atom"]:
            result = _atom(token["atom"], int(token["exp"] or 1))
        else:
            return None
        if result is not None and self._peek("brace") is not None:
            named = _braces(self._peek("brace") or "")
            self.at += 1
            result = result[0], Counter({n: result[1][n] + named[n] for n in {*result[1], *named}})
        return result


def _braces(text: str) -> Counter[str]:
    return Counter() if text.lower() in _NAMES else Counter({f"{{{text}}}": 1})


def _atom(text: str, exponent: int) -> _Term | None:
    if abs(exponent) > 9:
        return None
    found = _PLAIN.get(text) or _METRIC.get(text) or _prefixed(text)
    if found is None:
        return None
    factor, base = found
    powers = Counter[str]()
    for part in filter(None, base.split(".")):
        simple = re.fullmatch(r"(m|s|g)(-?\d+)", part)
        name, power = (simple[1], int(simple[2])) if simple else (part, 1)
        powers[name] += power * exponent
    return factor**exponent, powers


def _prefixed(text: str) -> tuple[Fraction, str] | None:
    for length in (2, 1):
        unit = _METRIC.get(text[length:])
        if unit is not None and text[:length] in _PREFIXES:
            return unit[0] * Fraction(10) ** _PREFIXES[text[:length]], unit[1]
    return None
