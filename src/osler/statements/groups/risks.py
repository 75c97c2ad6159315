"""Being at risk of an illness as one of several ways to be meant: "over 65 or at risk of falls"."""

from __future__ import annotations

import re

from osler.domain import Criterion
from osler.patterns import lazy
from osler.statements.groups.joining import Placed

_AT_RISK = lazy(
    r"\b(?:at\s+(?:an?\s+)?(?:(?:high(?:er)?|raised|increased|greater|special|particular)\s+)?risk"
    r"|(?:(?:with|have|has)\s+(?:an?\s+|any\s+|other\s+|known\s+)*)?risk\s+factors?)"
    r"(?:\s+(?:of|for)\s+(?P<of>[a-z][\w'’-]*(?:\s+(?!or\b|and\b|who\b|should\b|must\b|is\b|are\b|in\b|"
    r"on\b|for\b|at\b|with\b|every\b|use\b|give\b)[a-z][\w'’-]*){0,3}))?",
    re.IGNORECASE,
    "risk",
)
_OR_BEFORE = lazy(
    r"\bor\s+(?:(?:if|in|for|those|people|patients|adults|women|men|children|anyone|who|are|is|"
    r"otherwise|also)\s+)*$",
    re.IGNORECASE,
)
_OR_BEHIND = lazy(r"\s*,?\s*or\b", re.IGNORECASE)


def find_risks(text: str) -> list[Placed]:
    """Find risks that "or" joins to something else; who has one, a question seldom says.

    Beside "and" or alone they are left: there they narrow nothing that is not said already.
    """
    return [
        (m.start(), m.end(), Criterion("other", _value(m), text=m.group()))
        for m in _AT_RISK.finditer(text)
        if _OR_BEFORE.search(text, max(0, m.start() - 60), m.start())
        or _OR_BEHIND.match(text, m.end())
    ]


def _value(m: re.Match[str]) -> str:
    return f"risk of {' '.join(m['of'].lower().split())}" if m["of"] else "raised risk"
