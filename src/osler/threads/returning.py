"""A return to what was asked about earlier: "back to the pregabalin man, how is it stopped?"."""

from __future__ import annotations

import re

from osler.library import Library
from osler.patterns import lazy
from osler.statements import read_patient
from osler.threads.kin import kin_in
from osler.threads.thread import Thread
from osler.threads.topic import read

_BACK = lazy(
    r"^\W*(?:(?:ok|okay|right|so|now|and|thanks|well|anyway)\b\W*)*(?:(?:going|coming|come|go|"
    r"get(?:ting)?|"
    r"return(?:ing)?|can we go|let['’]?s go)\s+)?(?:back\s+)?(?:(?<=back )to|(?<=returning )to|"
    r"(?<=return )to|as for)\s+"
    r"(?:(?:the|my|our|that|this)\s+)?|"
    # "One more on the rivaroxaban for his DVT"
    r"^\W*(?:(?:ok|okay|right|so|and|thanks)\b\W*)*(?:just\s+)?(?:one|another|a)\s+(?:more|"
    r"last|other|further|quick)?\s*"
    r"(?:(?:question|thing|point|query)\s+)?(?:on|about|regarding)\s+(?:(?:the|my|our|that|"
    r"this)\s+)?",
    re.IGNORECASE,
)
_END = lazy(r"\s*[,:;.?!]\s*|\s+[-–—]\s*", re.IGNORECASE)
_FIRST = lazy(r"\b(?:first|original|initial)\b", re.IGNORECASE)
_ALIKE = 5  # letters by which two words are taken for the same
_EARLIER = lazy(r"\b(?:earlier|previous|other|last|before)\b", re.IGNORECASE)


def returned(thread: Thread, text: str, library: Library | None) -> tuple[Thread, str] | None:
    """The thread as it stood when last on what a text goes back to, and what is asked of it.

    None where a text goes back to nothing that was asked about before the last question.
    """
    back = _BACK.match(text)
    if back is None or len(thread.turns) < 2:
        return None
    end = _END.search(text, back.end())
    named = text[back.end() : end.start() if end else len(text)]
    rest = text[end.end() :] if end else ""
    at = _turn(thread, named, library)
    if at is None:
        return None
    return thread.until(at + 1), rest.strip() or named


def _turn(thread: Thread, named: str, library: Library | None) -> int | None:
    """The latest turn, before the last, that has a drug or condition in common with a text."""
    sex = read_patient(named).sex
    if sex is not None and thread.patient.sex not in (None, sex):
        of_sex = (n for n, t in enumerate(thread.turns) if t.patient.sex == sex)
        return max(of_sex, default=None)  # "back to the husband"
    if kin := kin_in(named):  # "back to my mum's bowels": to the turn that spoke of her
        of_kin = (n for n, t in enumerate(thread.turns[:-1]) if kin & kin_in(t.typed))
        return max(of_kin, default=None)
    wanted = {t.name for t in read(named, library).terms} if named.strip() else set()
    said = [{t.name for t in read(turn.full, library).terms} for turn in thread.turns]
    if not wanted:  # "the fisherman w schisto": by the words in which it was typed
        begun = {w.lower()[:_ALIKE] for w in re.findall(r"[^\W\d_]+", named) if len(w) >= _ALIKE}
        alike = [
            {w.lower()[:_ALIKE] for w in re.findall(r"[^\W\d_]+", f"{t.typed} {t.full}")}
            for t in thread.turns
        ]
        at = next(
            (n for n in reversed(range(len(alike) - 1)) if begun & alike[n] - alike[-1]), None
        )
        if at is not None:
            return at
    if wanted:
        if wanted & said[-1]:
            return None
        return next((n for n in reversed(range(len(said) - 1)) if wanted & said[n]), None)
    if _FIRST.search(named):
        return 0
    if _EARLIER.search(named):
        return next((n for n in reversed(range(len(said) - 1)) if not said[n] & said[-1]), None)
    return None
