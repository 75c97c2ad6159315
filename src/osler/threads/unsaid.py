"""The words of a follow-up that its full question does not hold yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from osler.answering.understanding.everyday import is_everyday
from osler.dosage import find_routes
from osler.patterns import lazy
from osler.threads import cues

_CLAUSES = lazy(r"\s*(?:[,;:!?–—]|(?<=\w\w)\.+|\.{2,}|\s-)\s+|\s*[.?!]+$", re.IGNORECASE)
_WORD = lazy(r"[^\W_]+(?:['’&/.%-][^\W_]+)*", re.IGNORECASE)
# When, how often, the how-manieth: everyday words, yet they change what is asked.
_TELLS_WHEN = lazy(
    r"^(?:(?:second|minute|hour|day|week|month|year|night|morning)s?|first|second|third|fourth|"
    r"fifth|sixth|last|half|double|twice|again|more|less|higher|lower|before|after|without|not|"
    r"no|never|stop|stopped|why|if|unless)$",
    re.IGNORECASE,
)
# How one came to say it: it changes no part of the question.
_OF_THE_TELLING = lazy(
    r"^(?:mistake|misread|misheard|mistyped|recalculat\w+|recheck\w*|scales?|screen|typo|line|wrong|notes?|"
    r"chart|card|nurse|midwife|doctor|gp|colleague|consultant|mother|mum|overshoot|tells?|told|"
    r"says?|said|rang|suppose|figure|number|drip|drug|patient)$",
    re.IGNORECASE,
)
# How a value came to be known, and which way it went: the value tells it.
_OF_A_RESULT = lazy(
    r"^(?:re-?checked|repeated|new|old|previous|latest|results?|labs?|values?|reads|came|comes|"
    r"drop\w*|falls?|fell|fallen|ris(?:es?|en)|rose|improv\w*|worse\w*|today|yesterday|about|rung)$",
    re.IGNORECASE,
)
_STEM = 5  # letters in which two forms of a word are alike


def unsaid(words: str, full: str, known: Iterable[str] = ()) -> str:
    """The clauses of a follow-up with a word that neither the full question nor `known` has.

    `known` holds names and words that were understood, in whatever form they were typed.
    """
    said = [w.lower() for text in (full, *known) for w in _WORD.findall(text)]
    routes = find_routes(words)
    said += [w.lower() for r in routes for w in _WORD.findall(words[r.start : r.end])]
    clauses = [c.strip() for c in _CLAUSES.split(words) if c.strip()]
    kept = [c for c in clauses if any(not _is_said(w, said) for w in _WORD.findall(c))]
    return ", ".join(kept)


def is_of_the_telling(word: str) -> bool:
    """Whether a word tells only how one came to say something, or nothing at all."""
    low = word.lower()
    telling = (_OF_THE_TELLING, _OF_A_RESULT, cues.CONTRACTED)
    return any(cue.match(low) for cue in telling) or is_everyday(low)


def tells_when(word: str) -> bool:
    """Whether an everyday word changes what is asked: "first", "twice", "not"."""
    return _TELLS_WHEN.match(word) is not None


def _is_said(word: str, said: list[str]) -> bool:
    low = re.sub(r"['’]s$", "", word.lower())
    if low in said or _OF_THE_TELLING.match(low) or cues.CONTRACTED.match(low):
        return True
    if len(low) >= _STEM and any(s[:_STEM] == low[:_STEM] for s in said):
        return True
    if any(c.isdigit() for c in low) or _TELLS_WHEN.match(low):
        return False
    return is_everyday(low) or cues.OF_A_PATIENT.match(low) is not None
