"""How strongly something is recommended and on what evidence, where a text says so by a grade.

The systems read, and where they are defined: GRADE in words and as 1A–2D (Guyatt, BMJ 2008;
1 strong, 2 weak; A high, B moderate, C low, D very low), classes I–III with levels A–C
(ACC/AHA 2015 update, ESC policy), SIGN grades A–D and levels 1++ to 4 (SIGN 50), CDC and ACIP
categories with evidence types, USPSTF grades A–D and I, and letters with roman numbers (IDSA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.patterns import lazy

_STRENGTHS = {"1": "1 (strong)", "2": "2 (weak)"}
_QUALITIES = {"A": "A (high)", "B": "B (moderate)", "C": "C (low)", "D": "D (very low)"}
_CLASS = r"(?P<class>III|IIa|IIb|II|I|1|2a|2b|3)"
_LEVEL = r"(?P<level>[ABC](?:-(?:NR|R|LD|EO))?)"
_OPEN, _CLOSE = r"[\[(]\s*", r"\s*[\])]"


@dataclass(frozen=True, slots=True)
class Grade:
    """A strength and a quality of evidence, as their system words them; None where not said."""

    strength: str | None = None
    evidence: str | None = None


def read_grade(text: str) -> Grade:
    """The grade that a recommendation's own words, brackets or table cells state.

    A mere "class III" or "grade 4" is none: that is a heart's failure or a toxicity. It must be
    said to be one of a recommendation, stand with its evidence, or in brackets of its own.
    """
    if not _NEAR.search(text):
        return Grade()
    strength = _first(_STRENGTH, text)
    evidence = _first(_EVIDENCE, text)
    for pattern in _BOTH:
        found = pattern.search(text)
        if found:
            one, two = _both(found)
            strength, evidence = strength or one, evidence or two
    return Grade(strength, evidence)


def read_heading(text: str) -> Grade:
    """The grade that a heading gives everything below it: "Conditional recommendations"."""
    found = _HEADING.match(text)
    if found:
        return Grade(strength=_worded("", found.group(1)))
    return read_grade(text)


# One of these stands wherever a grade does; the patterns are run only there.
_NEAR = lazy(
    r"recommendation|\bgrade|\bclass\b|\bCOR\b|\bLOE\b|\blevel\b|evidence|certainty|strength"
    r"|[\[(](?:[12]\s?[A-D]|[A-E]-I{1,3})[\])]|[12][A-D]\W*$",
    re.I,
)
_HEADING = lazy(r"\W*(strong|weak|conditional|good practice)\s+recommendations?\W*$", re.I)
_STRENGTH = (
    ("", lazy(r"\b(strong|weak|conditional)\s+(?:recommendation|for\b|against\b)", re.I)),
    (
        "",
        lazy(
            r"\bstrength(?:\s+of\s+(?:the\s+)?recommendation)?\s*[:=]\s*"
            r"(strong|weak|conditional|moderate)\b",
            re.I,
        ),
    ),
    ("", lazy(rf"{_OPEN}(strong|weak|conditional)(?=\s*[,;\])])", re.I)),
    (
        "category ",
        lazy(r"\brecommendation\s+category\s*[:=]?\s*([AB])\b", re.I),
    ),
    (
        "grade ",
        lazy(
            r"\b(?:recommendation\s*[:,]?\s*grade|grade\s+of\s+recommendation|SOR|"
            r"strength\s+of\s+(?:the\s+)?recommendation)\s*[:=]?\s*([A-D])\b(?!\w)",
            re.I,
        ),
    ),
    ("grade ", lazy(r"\b[Gg]rade\s+([A-D])\s+recommendation\b")),
    ("grade ", lazy(rf"{_OPEN}(?:SIGN\s+)?[Gg]rade\s*:?\s*([A-D]){_CLOSE}")),
    ("grade ", lazy(r"(?:^|;\s*)(?:SIGN\s+|USPSTF\s+)?[Gg]rade\s*:\s*([A-DI])(?=\s*(?:;|\.|$))")),
    ("grade ", lazy(r"(?:\bUSPSTF\s*:?\s*|[(\[:]\s*)([A-DI])\s+(?:recommendation|statement)\b")),
    ("class ", lazy(r"\b[Cc]lass\s+(III|IIa|IIb|II|I|1|2a|2b|3)\s+recommendation\b")),
    (
        "class ",
        lazy(
            r"\b(?:[Cc]lass\s+of\s+recommendation|COR|[Rr]ecommendation\s+class)\s*[:=]?\s*"
            r"(III|IIa|IIb|II|I|1|2a|2b|3)\b"
        ),
    ),
    ("class ", lazy(rf"{_OPEN}[Cc]lass\s+(III|IIa|IIb|II|I|1|2a|2b|3){_CLOSE}\W*$")),
)
_EVIDENCE = (
    (
        "",
        lazy(
            r"\b(very\s+low|low|moderate|high)[-\s]+(?:quality|certainty)\s+(?:of\s+)?evidence"
            r"|\brecommendation\s*[,;:]\s*(very\s+low|low|moderate|high)[-\s]+(?:quality|certainty)"
            r"|\b(?:quality|certainty)(?:\s+of\s+(?:the\s+)?evidence)?\s*[:=]\s*"
            r"(very\s+low|low|moderate|high)\b",
            re.I,
        ),
    ),
    ("type ", lazy(r"\bevidence\s+type\s*[:=]?\s*([1-4])\b", re.I)),
    (
        "level ",
        lazy(
            r"\b(?:[Ll]evels?\s+of\s+[Ee]vidence|[Ee]vidence\s+[Ll]evel|LOE|LoE)\s*[:=]?\s*"
            r"(1\+\+|1\+|1-|2\+\+|2\+|2-|[1-5][abc]?|[ABC](?:-(?:NR|R|LD|EO))?|I{1,3}|IV|V)(?![\w+])"
        ),
    ),
)
_BOTH = (
    lazy(
        rf"\b[Cc]lass\s+{_CLASS}\s*[,;]\s*(?:[Ll]evel|LOE)(?:\s+of\s+evidence)?\s*:?\s*{_LEVEL}\b"
    ),
    lazy(rf"{_OPEN}(?:GRADE\s*:?\s*)?(?P<number>[12])\s?(?P<letter>[A-D]){_CLOSE}"),
    lazy(r"\bG(?:rade|RADE)\s*:?\s*(?P<number>[12])(?P<letter>[A-D])\b"),
    lazy(r"(?<=[.;:–—-])\s*(?P<number>[12])(?P<letter>[A-D])\.?\s*$"),
    lazy(rf"{_OPEN}(?P<idsa>[A-E])-(?P<roman>I{{1,3}}){_CLOSE}"),
)


def _first(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str | None:
    for label, pattern in patterns:
        found = pattern.search(text)
        if found:
            return _worded(label, next(g for g in found.groups() if g))
    return None


def _worded(label: str, value: str) -> str:
    return f"{label}{value}" if label else " ".join(value.lower().split())


def _both(found: re.Match[str]) -> tuple[str, str]:
    said = found.groupdict()
    if "class" in said:
        return f"class {said['class']}", f"level {said['level']}"
    if "number" in said:
        return _STRENGTHS[said["number"]], _QUALITIES[said["letter"]]
    return f"grade {said['idsa']}", f"level {said['roman']}"
