"""Which conditions of a question the patient has beside what is asked about."""

from __future__ import annotations

import re

from osler.answering.cues import cues
from osler.answering.understanding.reversing import asks_to_reverse_a_drug
from osler.domain import Term
from osler.statements.vocabulary.substances import find_substances

# Words before a condition that the patient has, or had, whatever else is asked about.
_HISTORY = re.compile(
    r"\b(?:prev(?:ious(?:ly)?)?|past|prior|history of|hx(?: of)?|h/o|pmhx?:?|background(?: of)?|"
    r"underlying|comorbid|also (?:has|have)|who has|known|stable)\s+(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
# Words before a symptom that something is asked for.
_FOR_IT = re.compile(
    r"\b(?:for|against|treat\w*|manag\w*|control\w*|reliev\w*|stop\w*|settl\w*|helps?|prevent\w*|"
    r"if|when|unless|during|causes?|caused)\s+(?:[a-z'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
# Words behind a condition that say the same: "epidural last time", "diabetes, diet controlled".
_OVER = re.compile(
    r"\s+(?:(?!(?:and|or|now|but|with|for|to)\b)[\w'’-]+\s+){0,2}?"
    r"(?:last time|years ago|in (?:the |her |his |a |my )?(?:last|past|previous|earlier|first) "
    r"(?:pregnancy|labou?r|operation)|in (?:childhood|infancy)|as a (?:child|baby|teenager|kid)|"
    r"in remission)\b|"
    r",?\s+(?:(?:is|now|currently)\s+)?(?:diet|well|tablet|insulin|good)[\s-]+controlled\b",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:with|w|has|have|had|i['’]ve(?: got)?|got|suffers? from|and|pt|patient)\s+"
    r"(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)


def _place(question: str, typed: str) -> int:
    """Where a condition is named: where something is asked for it, else the first time."""
    places = [m.start() for m in re.finditer(re.escape(typed), question, re.IGNORECASE)]
    return next((p for p in places if _FOR_IT.search(question, 0, p)), [*places, -1][0])


def background(question: str, conditions: tuple[Term, ...], about_drug: bool) -> tuple[str, ...]:
    """Conditions that a drug is not asked for: what the patient had, or has beside another."""
    at = {t.name: _place(question, t.text) for t in conditions}
    if asks_to_reverse_a_drug(question):
        return tuple(at)  # "bleeding on dabigatran, how do I reverse it": no drug is for that
    circumstances = [name for name in at if name in cues().circumstances]
    at = {name: i for name, i in at.items() if name not in circumstances}
    features = [
        n for n, i in at.items() if n in cues().features and not _FOR_IT.search(question, 0, i)
    ]
    if not about_drug:
        features = [n for n in features if _is_a_reaction(question, n, conditions)]
    circumstances += features  # "fever and purpura, benzylpenicillin dose"
    at = {name: i for name, i in at.items() if name not in features}
    circumstances += [
        n for n, i in at.items() if _is_a_reason(question, i) or _is_a_person(question, n, at)
    ]
    at = {name: i for name, i in at.items() if name not in circumstances}
    ends = {t.name: len(t.text) for t in conditions}
    past = [n for n, i in at.items() if i >= 0 and _is_past(question, i, i + ends[n])]
    having = [n for n, i in at.items() if i >= 0 and n not in past and _HAS.search(question, 0, i)]
    for_which = [n for n in at if n not in past and n not in having]
    return tuple(circumstances + past + (having if for_which else []))


def _is_past(question: str, at: int, end: int) -> bool:
    """Whether a condition is told as what the patient had, or lives with in good control."""
    return bool(_HISTORY.search(question, 0, at) or _OVER.match(question, end))


# "Asthmatic so no labetalol", "a known epileptic": why a drug is not given; what one lives with.
_SO = re.compile(
    r"\w*\s*,?\s*(?:so|hence|therefore|thus|and so|[-=]>)\s+(?:no|not|can|avoid|un|we can)",
    re.IGNORECASE,
)
_LIVING_WITH = re.compile(
    r"(?:asthmatic|diabetic|epileptic|hypertensive|cirrhotic|alcoholic|coeliac|celiac|"
    r"ha?emophiliac|arthritic|schizophrenic|osteoporotic|smoker|dialysis)s?\b",
    re.IGNORECASE,
)
_A_PERSON = re.compile(
    r"\b(?:a|an|brittle|known|is|also|poorly controlled|well controlled|y/?o|"
    r"yr old|year old|[MF])\s+$|,\s*$",
    re.IGNORECASE,
)


def _is_a_reason(question: str, at: int) -> bool:
    if at < 0:
        return False
    end = re.compile(r"[\w'’-]+").match(question, at)
    if end is not None and _SO.match(question, end.end()):
        return True
    return bool(_LIVING_WITH.match(question, at) and _A_PERSON.search(question, 0, at))


_ENDS = re.compile(r"\s*(?:[,.;?)]|$)")


def _is_a_person(question: str, name: str, at: dict[str, int]) -> bool:
    """Whether a word for one who lives with an illness stands alone, and what is treated beside it:
    "migraine prophylaxis propranolol asthmatic"."""
    living = {n: _LIVING_WITH.match(question, i) for n, i in at.items() if i >= 0}
    own = living.get(name)
    return own is not None and None in living.values() and bool(_ENDS.match(question, own.end()))


_CAUSED_BY = re.compile(r"\s+(?:with|to|from|after|on|due to|caused by)\s+(?=\w)", re.IGNORECASE)


def _is_a_reaction(question: str, name: str, conditions: tuple[Term, ...]) -> bool:
    """Whether a drug caused it: "a rash with amoxicillin years ago"."""
    typed = next(term.text for term in conditions if term.name == name)
    cause = _CAUSED_BY.match(question, question.lower().find(typed.lower()) + len(typed))
    return cause is not None and any(
        found.start == cause.end() for found in find_substances(question)
    )
