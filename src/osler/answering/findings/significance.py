"""P-values and confidence intervals, and whether they speak of a difference."""

from __future__ import annotations

from dataclasses import dataclass

from osler.patterns import lazy

LEVEL = 0.05  # the conventional level of significance
_P_VALUE = lazy(
    r"\bp(?:s|[- ]?values?)?(?:\s*(?:for|of)\s*\w+)?\s*(?:was|were|is|:|,)?\s*"
    r"(?P<sign><=|>=|[<>=≤≥]|less than|greater than|of)?\s*=?\s*(?P<value>\d*[.·]\d+|0)\b"
)
_NUMBER = r"([+-]?\s?\d+(?:[.·]\d+)?)"
_INTERVAL = lazy(
    rf"(?:ci\b|confidence interval)[^0-9+\-]{{0,12}}{_NUMBER}\s*%?\s*(?:to|,|;|and|-)\s*{_NUMBER}"
)
# A ratio of 1 and a difference of 0 say that the arms are alike.
_RATIO = lazy(r"\b(?:a?[ohr]r|irr|(?:odds|hazard|risk|rate|prevalence) ratio|relative risk)\b")
_BEFORE = 60  # characters before an interval in which its measure is named
_GREATER = frozenset((">", ">=", "≥", "greater than"))


@dataclass(frozen=True, slots=True)
class Test:
    """A p-value or interval: where it stands in the text, and what it says."""

    start: int
    end: int
    significant: bool
    text: str


def tests_in(text: str) -> list[Test]:
    """The tests that a text reports, p-values first, then intervals.

    A p-value above 1 is none. "p > .05" is not significant, "p > .001" neither: what is said is
    that a level was not reached. An interval that spans the value of no difference is not
    significant.
    """
    tests = []
    for match in _P_VALUE.finditer(text):
        value = number(match["value"])
        if value <= 1:
            significant = value <= LEVEL and match["sign"] not in _GREATER
            tests.append(Test(*match.span(), significant, match.group()))
    for match in _INTERVAL.finditer(text):
        low, high = number(match[1]), number(match[2])
        ratio = _RATIO.search(text, max(0, match.start() - _BEFORE), match.start())
        null = 1.0 if ratio else 0.0
        if low <= high:
            tests.append(Test(*match.span(), not low <= null <= high, match.group()))
    return tests


def has_p_value(text: str) -> bool:
    """Whether a text reports a p-value."""
    return _P_VALUE.search(text) is not None


def without_tests(text: str) -> str:
    """The text with its tests blanked, every other character where it stood."""
    for pattern in (_P_VALUE, _INTERVAL):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def number(text: str) -> float:
    """A number as trial reports print it: "0·043", "- 2.5", "1,317"."""
    return float(text.replace("·", ".").replace(" ", "").replace(",", ""))
