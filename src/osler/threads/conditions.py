"""What a condition in a question is: had by the patient, or what something is given for."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.cues import cues
from osler.answering.understanding.everyday import is_everyday
from osler.domain import Patient, Question, Term
from osler.library.terms import terms
from osler.patterns import lazy
from osler.statements import find_conditions, find_substances, read_patient
from osler.statements.vocabulary.conditions import broader_names

_HAD = lazy(
    r"(?:\b(?:with|has|have|had|having|if|got|gets|known|after|following|post|history of|"
    r"s?he['’]s|(?:s?he|who|patient) (?:is|was)|"
    r"develop(?:s|ed)?)|(?<=\w )(?:and|plus))\s+"
    r"(?:(?!for\b|in\b|of\b|to\b|with\b)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
# "HIT last month"
_AT_A_TIME = lazy(
    r"\s*,?\s*(?:last (?:week|month|year|night|time)|yesterday|(?:\w+ )?\w+ ago|previously|"
    r"in the past|in \d{4})\b",
    re.IGNORECASE,
)
_FOR_IT = lazy(
    r"\b(?:for|against|(?<!out )(?<!up )in|of|treat\w*)\s+(?:(?!with\b|after\b|following\b|"
    r"ha[sd]\b|have\b|having\b|who\b|if\b)"
    r"[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_PURPOSE = lazy(
    r"\b(?:for|against|in)\s+(?P<what>(?:(?!(?:for|against|in|after|and|or|with|from|if|how|"
    r"what|when|is|to|who|while)\b)[a-z][a-z'’-]*\s*){1,5})",
    re.IGNORECASE,
)


def ill_with(question: Question) -> str | None:
    """An illness that no lexicon has and somebody is said to have: "with nasal allergy"."""
    for found in _ILL.finditer(question.understood):
        words = found["what"].strip()
        last = words.split()[-1].lower()
        of_a_patient = read_patient(f"with {words}") != Patient()
        if last in question.content_words and not (of_a_patient or find_substances(words)):
            return words
    return None


_ILL = lazy(
    r"\bwith\s+(?:an?\s+|the\s+)?(?P<what>(?:(?!(?:for|against|in|after|and|or|"
    r"with|from|if|how|what|when|is|to|who|while|on|at|of|have|has|be)\b)[a-z][a-z'’-]*\s*){1,3})",
    re.IGNORECASE,
)


def _of_treated(text: str, words: str, treated: tuple[str, ...]) -> str | None:
    """A purpose with the condition that it is a part of: "digital ulcers in scleroderma"."""
    names = "|".join(map(re.escape, treated))
    found = re.search(
        rf"{re.escape(words.strip())}\s+(?:in|of|from|due to)\s+(?:{names})(?!\w)", text, re.I
    )
    return found.group() if treated and found else None


_A_DOSE = lazy(r"\bdoses?$", re.IGNORECASE)


def is_had(question: str, typed: str) -> bool:
    """Whether a condition is told of the patient: "with asthma", "if she has asthma"."""
    places = [m.start() for m in re.finditer(re.escape(typed), question, re.IGNORECASE)]
    return bool(places) and all(
        (_HAD.search(question[max(0, p - 40) : p]) or _AT_A_TIME.match(question, p + len(typed)))
        and not _FOR_IT.search(question[:p][-25:])
        for p in places
    )


def qualified(text: str, term: Term) -> Term:
    """A condition with the words that say which: "native valve endocarditis"."""
    at = text.lower().find(term.text.lower())
    if at < 0:
        return term
    start = at
    for word in reversed(list(_WORD.finditer(text, 0, at))[-_MOST_WORDS:]):
        between = text[word.end() : start]
        if between.strip(" ") or not _says_which(word.group()):
            break
        start = word.start()
    if _VERB_BEFORE.search(text, 0, start):
        return term  # "to prevent migraine"
    return replace(term, text=text[start : at + len(term.text)])


_VERB_BEFORE = lazy(r"\bto\s+$", re.IGNORECASE)


_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MOST_WORDS = 3


def _says_which(word: str) -> bool:
    low = word.lower()
    if (
        len(low) == 1
        or not low[-2:].isalpha()
        or low in cues().asking_words
        or low in cues().generic_words
        or is_everyday(low)
    ):
        return False
    if low.startswith("treat") or any(
        cue.search(low) for _, cue in (*cues().aspects, *cues().phases)
    ):
        return False
    return not (find_substances(low) or find_conditions(low, any_case=True))


def are_kin(one: str, other: str) -> bool:
    """Whether two conditions are kinds of one: type 1 and type 2 diabetes."""
    return bool({one, *broader_names(one)} & {other, *broader_names(other)})


def is_for(question: str, typed: str) -> bool:
    """Whether something is asked for a condition: "in oedema", "for fever"."""
    found = re.search(
        rf"(?<!\bout )(?<!\bup )\b(?:for|in|against)\s+{re.escape(typed)}", question, re.IGNORECASE
    )
    return found is not None


def purpose_phrase(question: Question, treated: tuple[str, ...]) -> str | None:
    """The words for a purpose that no lexicon has: "school phobia", "urinary schistosomiasis".

    Where a condition is known (`treated`), its words must be among them.
    """
    wanted = set(question.purposes)
    for found in _PURPOSE.finditer(question.understood):
        words = found["what"].strip()
        if find_substances(words) or _A_DOSE.search(words):
            continue  # "for the quinine drip", "in a single dose"
        if (whole := _of_treated(question.understood, found["what"], treated)) is not None:
            words = whole
        named = not treated or any(t.lower() in words.lower() for t in treated)
        if named and wanted & set(terms(words)):
            return words
    return None
