"""What the wording and the place of a statement say of it, whatever is asked."""

from __future__ import annotations

from osler.answering.findings.lexicon import lexicon
from osler.answering.findings.significance import has_p_value
from osler.patterns import lazy

_CITATION = lazy(r"\[\d+(?:\s*[,–-]\s*\d+)*\]")
_RESULTS = frozenset(("results", "outcomes"))
_ARGUMENT = frozenset(("introduction", "discussion", "conclusion"))


def signs(text: str, part: str, *, abstract: bool) -> dict[str, float]:
    """Signs of a result, and of something else, in a plain text in some part of a report: 0 or 1.

    Their names are those of `osler.answering.findings.ranking.FEATURES`.
    """
    words = lexicon()
    p_value = has_p_value(text)
    denied = words.none.search(text) is not None
    tested = p_value or denied or bool(words.significance.search(text))
    changed = (words.up, words.down, words.better, words.worse)
    results = part in _RESULTS
    found = {
        "tested": tested or words.interval.search(text) is not None,
        "p_value": p_value,
        "compared": denied or any(pattern.search(text) for pattern in changed),
        "arm": words.arm.search(text) is not None,
        "elsewhere": bool(_CITATION.search(text) or words.elsewhere.search(text)),
        "in_results": results and not abstract,
        "in_abstract_results": results and abstract,
        "in_argument": part in _ARGUMENT,
    }
    return {name: float(value) for name, value in found.items()}
