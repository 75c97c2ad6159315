"""The words that say where in a course of treatment a dose belongs."""

# ruff: noqa: E501  (an alternative of a pattern reads best on one line)

from __future__ import annotations

import re

from osler.domain.dosage import Phase
from osler.dosage.spans import Found, scan
from osler.patterns import lazy

_WORDS = {
    Phase.LOADING: r"loading|initial(?:\s+intensive)?\s+course|induction|intensive\s+(?:phase|course)"
    r"|repletion|load\s+with",
    Phase.START: r"initially|initial(?:\s+\w+)?\s+dose|initial|starting(?:\s+dose)?|start(?:ed)?\s+(?:with|at|on)"
    r"|start(?=\s+\d)|first\s+dose|to\s+(?:begin|start)\s+with",
    Phase.TITRATION: r"titrat\w+|increas(?:e|ed|ing)(?=\s+(?:\w+\s+){0,3}(?:by|to|in|if|gradually|every|up|after|at))",
    Phase.TAPER: r"taper\w*|reduc(?:e|ed|ing)\s+(?:gradually|slowly|(?:the\s+)?dose)|wean\w*|step\s+down",
    Phase.CONTINUATION: r"continuation(?:\s+phase)?|continu(?:e|ed|ing)(?=\s+(?:with|at|on))",
    Phase.MAINTENANCE: r"maintenance|maintain(?:ed)?(?=\s+(?:on|with|at))|long-?\s?term\s+(?:dose|treatment)",
    Phase.PROPHYLAXIS: r"prophyla(?:xis|ctic|ctically)|to\s+prevent|prevention\s+of",
    Phase.MAXIMUM: r"maximum(?:\s+dose)?|max\b\.?|not\s+(?:to\s+)?exceed",
}
_PHASE = lazy("|".join(f"(?P<{p.name}>\\b(?:{w}))" for p, w in _WORDS.items()), re.I)

# The first four letters that a phase's words may begin with.
_BEGIN = frozenset(
    [
        "load",
        "init",
        "indu",
        "inte",
        "repl",
        "star",
        "firs",
        "titr",
        "incr",
        "tape",
        "redu",
        "wean",
        "step",
        "cont",
        "main",
        "long",
        "prop",
        "to",
        "prev",
        "maxi",
        "max",
        "not",
    ]
)


def _may_begin(word: str) -> bool:
    return word[:4] in _BEGIN


def find_phases(text: str) -> tuple[Found[Phase], ...]:
    """Every phase that the text names, in reading order."""
    return tuple(
        Found(Phase[str(m.lastgroup)], m.start(), m.end()) for m in scan(_PHASE, _may_begin, text)
    )
