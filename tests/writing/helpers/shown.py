"""What a reader sees, held against what was composed, by means that share nothing with the gate.

Amounts, words that deny and all other words are compared as they stand there.
"""

from __future__ import annotations

import re
from collections import Counter

_AMOUNT = re.compile(
    r"\d+(?:[.,]\d+)*(?:\s?(?:[-–]|to)\s?\d+(?:[.,]\d+)*)?\s?[^\W\d]*(?:/[^\W\d]+)*", re.UNICODE
)
_RANGE = re.compile(r"(?<=\d)\s?(?:-|–|to)\s?(?=\d)")
_WORD = re.compile(r"[^\W\d_]+")
_DENYING_WORDS = """
not no never nor neither none without avoid avoided avoids stop stopped contraindicated unless
except cannot until below above before after less more than least most
"""
_DENYING = frozenset(_DENYING_WORDS.split())
# Words that a rewording may bring or leave out.
_SMALL_WORDS = """
a an the of in on for with by to as is are be been has have had it its this that these and do
does then when while where who whose which every each should may during
"""
_SMALL = frozenset(_SMALL_WORDS.split())
# Beside an amount, these go without saying.
_GIVING = frozenset(("give", "gives", "given", "take", "taken", "use", "used", "dose"))
# Heads of columns that say only what kind of thing stands below them, as they open a row's cell.
_HEAD = re.compile(r"(?:^|[;:] )(product|treatment|dose|interval|form|patient|what to do):", re.I)


def amounts(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", m).lower() for m in _AMOUNT.findall(text))


def denying(text: str) -> Counter[str]:
    return Counter(w for w in _words(text) if w in _DENYING)


def differences(shown: str, composed: str) -> list[str]:
    """How a text differs from what was composed beyond its small words; none where it is safe."""
    found = []
    shown, composed = _RANGE.sub("–", shown), _RANGE.sub("–", composed)
    if amounts(shown) != amounts(composed):
        found.append(f"amounts {amounts(shown)} for {amounts(composed)}")
    if denying(shown) != denying(composed):
        found.append(f"denying {denying(shown)} for {denying(composed)}")
    heads = {word for head in _HEAD.findall(composed) for word in _words(head)}
    free = _SMALL | heads | (_GIVING if amounts(composed) else frozenset())
    ours, theirs = set(_words(shown)) - free, set(_words(composed)) - free
    if ours != theirs:
        found.append(f"words {ours ^ theirs}")
    if odd := {c for c in shown if ord(c) > 127} - {*composed, "–"}:
        found.append(f"characters {odd}")
    if odd := set(shown) & set("<>[]*`#_{}|\\\n") - set(composed):
        found.append(f"marks {odd}")
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
