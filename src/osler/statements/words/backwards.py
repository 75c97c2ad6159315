"""What stands before a term: is it led in, and is it negated? Read backwards, word by word."""

from __future__ import annotations

from osler.patterns import lazy

_STOP = lazy(r"[.;!?:\n](?:(?<=\n)|(?=\s))")
_TOKEN = lazy(r"[a-z]+(?:['’][a-z]+)?|,")

_LEADS = frozenset(
    [
        "with",
        "without",
        "have",
        "has",
        "had",
        "having",
        "if",
        "in",
        "for",
        "after",
        "following",
        "post",
        "when",
        "where",
        "despite",
        "unless",
        "except",
        "and",
        "or",
        "no",
        "not",
        "nor",
        "known",
        "established",
        "suspected",
        "confirmed",
        "active",
        "previous",
        "prior",
        "recurrent",
        "acute",
        "chronic",
        "severe",
        "mild",
        "moderate",
        "on",
        "patients",
        "people",
        "patient",
        "children",
        "adults",
        "women",
        "men",
    ]
)
_PAIRS = frozenset(
    {
        ("history", "of"), ("risk", "of"), ("presence", "of"), ("absence", "of"), ("due", "to"),
        ("caused", "by"), ("because", "of"), ("diagnosis", "of"), ("diagnosed", "with"),
        ("treatment", "of"), ("management", "of"), ("evidence", "of"), ("symptoms", "of"),
        ("signs", "of"), ("suffering", "from"), ("secondary", "to"), ("cases", "of"),
    }
)  # fmt: skip
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "any",
        "known",
        "established",
        "suspected",
        "confirmed",
        "active",
        "acute",
        "chronic",
        "severe",
        "mild",
        "moderate",
        "previous",
        "prior",
        "recurrent",
        "recent",
        "untreated",
        "symptomatic",
        "asymptomatic",
        "provoked",
        "unprovoked",
        "idiopathic",
        "proven",
        "persistent",
        "newly",
        "diagnosed",
        "pre",
        "existing",
        "underlying",
        "significant",
        "other",
        "concomitant",
        "evidence",
        "signs",
        "symptoms",
    ]
)
_NEGATORS = frozenset(
    [
        "without",
        "no",
        "not",
        "unless",
        "except",
        "beyond",
        "outside",
        "excluding",
        "neither",
        "nor",
        "never",
        "non",
        "absence",
        "free",
        "denies",
        "cannot",
    ]
)
_GRADES = frozenset({"mild", "moderate", "severe"})
_NEGATED_FILLERS = _FILLERS | frozenset(
    [
        "of",
        "in",
        "with",
        "for",
        "have",
        "has",
        "had",
        "history",
        "risk",
        "risks",
        "factor",
        "factors",
        "taking",
        "on",
        "who",
        "is",
        "are",
        "they",
        "patient",
        "patients",
        "people",
        "those",
        "been",
        "to",
        "when",
        "if",
        "where",
        "during",
    ]
)


def words_before(text: str, at: int, *, reach: int = 70) -> list[str]:
    """Give the words of the same clause before `at`, nearest first; a comma counts as one."""
    before = text[max(0, at - reach) : at].lower()
    clause = _STOP.split(before)[-1]
    return _TOKEN.findall(clause)[::-1]


def is_led_in(text: str, at: int) -> bool:
    """Say whether the term at `at` belongs to who is meant: "with …", "history of …"."""
    words = words_before(text, at)
    for index, word in enumerate(words):
        if word in _LEADS:
            return True
        if index + 1 < len(words) and (words[index + 1], word) in _PAIRS:
            return True
        if word not in _FILLERS:
            return False
    return False


def is_negated(text: str, at: int) -> bool:
    """Say whether a negation just before covers the term at `at`: "without any known …"."""
    return negator_of(text, at) is not None


def negator_of(text: str, at: int) -> str | None:
    """Give the word that negates the term at `at`; None where nothing does."""
    words = words_before(text, at, reach=50)
    for index, word in enumerate(words):
        if word in _NEGATORS:
            only = word == "not" and words[index - 1 : index] == ["only"]
            return None if only else word
        if word == "than" and words[index + 1 : index + 2] in (["other"], ["rather"]):
            return word
        if word in _GRADES and words[index + 1 : index + 2] in (["not"], ["non"]):
            return None  # "non-severe penicillin allergy" is an allergy
        if word not in _NEGATED_FILLERS:
            return None
    return None
