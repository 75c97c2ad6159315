"""A long claim as several sentences, each of which still names the drug of its doses."""

from __future__ import annotations

import re
from functools import lru_cache

from osler.dosage import may_state_dosage, parse_dosages
from osler.readers.fields import as_fields
from osler.statements import read_group
from osler.statements.vocabulary.substances import find_substances, is_class
from osler.statements.words.lexicon import Found

# Where a sentence may be cut, outside brackets.
_SEMICOLON = re.compile(r";\s+")
_STEP = re.compile(r",\s+(?=(?:and\s+)?then\b)", re.I)
_LEAD = re.compile(r"(?:and\s+)?then\s+", re.I)
# What opens a text and holds for all that follows: it may not be parted from it.
_HOLDS_FOR_ALL = re.compile(
    r":|^\W*(?:if|in|for|with|when|where|after|before|during|on|unless|among|once|at|or|because|as)\b",
    re.I,
)
_FEWEST = 4  # words; a shorter piece is no sentence
# Who or what a sentence is for, in front of it: "In people with X, ..."
_FRONT = re.compile(
    r"(?P<lead>In|For|With|Without|After)\s+(?:(?:the\s+event|cases?)\s+of\s+)?(?P<what>[^,;:.]+),\s+"
    r"(?!and\b|or\b|as\b|the\s+same)(?P<rest>.+)",
    re.S,
)
# Said neutrally: what follows may be a harm as well as a dose.
_FRONTED = {
    "In": "This is about {}.",
    "For": "This is about {}.",
    "With": "This is about people with {}.",
    "Without": "This is about people without {}.",
    "After": "This is about the time after {}.",
}
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|should|must|may|can|will|give|gives|take|takes|use|do)\b",
    re.I,
)
_AND = re.compile(
    r",\s+and\s+(?P<subject>it|they|this|there|some|most|many)"
    r"(?=\s(?:[\w-]+\s){0,2}(?:is|are|was|were|has|have|can|may|must|should|needs?|will)\s)"
)
_LONGEST_FRONT = 14  # words
# A reason or a consequence that follows: a sentence of its own.
_BEHIND = (
    (re.compile(r",\s+(?:since|because)\s+(?=\w+\s)"), ". This is because "),
    (
        re.compile(
            r",\s+as\s+(?=(?:it|they)\s|(?:the\s+)?[\w-]+(?:\s[\w-]+)?\s"
            r"(?:may|can|is|are|was|were|has|have|must|should)\b)"
        ),
        ". This is because ",
    ),
    (re.compile(r":\s+it\s+(?=\w+\s)"), ". It "),
    (re.compile(r":\s+this\s+is\s+about\s+(?=\w)"), ". This is about "),
    (re.compile(r",\s+so\s+(?=(?:the|it|they|do|ask|check)\b)"), ". So "),
    (re.compile(r",\s+but\s+(?=(?:the|it|they|do|some|not)\b)"), ". But "),
)


@lru_cache(maxsize=4096)
def split(text: str) -> str:
    """The text cut at semicolons and before "then", each piece a sentence.

    A piece that states a dose and names no drug takes the drug of the text, where that names
    exactly one; else the text stays whole. It does at its semicolons, too, where it opens with
    a label or a condition, or names a group before doses, which holds for what comes after
    them, and where only some of its pieces state doses. The fields of a record are sentences.
    """
    if (parted := as_fields(text)) != text:
        return parted
    if not (_SEMICOLON.search(text) or _STEP.search(text)):
        return ended(text)
    cut = [piece for part in _at_semicolons(text) for piece in _cut(part, _STEP)]
    names = {f.name for f in _drugs(text)}
    out: list[str] = []
    for number, piece in enumerate(cut):
        if len(cut) > 1 and len(piece.split()) < _FEWEST:
            return ended(text)
        if number and _states_dose(piece) and not _drugs(piece):
            if len(names) != 1:
                return ended(text)
            piece = _with_drug(piece, _drugs(text)[0].text)
        out.append(ended(piece[:1].upper() + piece[1:]))
    return " ".join(out)


def in_short_sentences(text: str) -> str:
    """The text split, what stands in front of a sentence put before it, reasons put behind it.

    "In people with X, give Y, since Z" becomes "This is about people with X. Give Y. This is
    because Z." Nothing is left out: who a dose is for stands in the sentence before it.
    """
    cut = with_reasons_apart(text)
    front = _FRONT.match(cut)
    if (
        front
        and _is_a_front(front["what"])
        and not _goes_on(front["rest"])
        and len(front["rest"].split()) > _FEWEST
    ):
        rest = _at_and(split(front["rest"]))
        who = _FRONTED[front["lead"]].format(front["what"].strip())
        return f"{who} {rest[:1].upper()}{rest[1:]}"
    return cut if _HOLDS_FOR_ALL.search(text) else _at_and(cut)


def _at_and(text: str) -> str:
    """The text cut before an "and" that joins a second sentence with a subject of its own."""
    return _AND.sub(lambda m: f". {m['subject'].capitalize()}", text)


def with_reasons_apart(text: str) -> str:
    """The text split, each reason and consequence in a sentence behind what it is of."""
    cut = split(text)
    for pattern, instead in _BEHIND:
        cut = pattern.sub(instead, cut)
    return cut


def _is_a_front(what: str) -> bool:
    """Whether words in front of a sentence say for whom it is, and no more than that."""
    if what.count("(") != what.count(")") or len(what.split()) > _LONGEST_FRONT:
        return False
    return not _VERB.search(what) and not _states_dose(what)


def _goes_on(rest: str) -> bool:
    """Whether what follows a front is more of it: "In acne, hirsutism, or hair loss: ..."."""
    more = re.search(r",\s+(?:or|and)\b", rest)
    before = rest[: more.start()] if more else ""
    return bool(more) and not _VERB.search(before) and not _states_dose(before)


def ended(sentence: str) -> str:
    """The sentence with a full stop, unless it ends with a mark or leads on."""
    return sentence if sentence[-1:] in ".!?:;…" or not sentence else f"{sentence}."


def _at_semicolons(text: str) -> list[str]:
    pieces = _cut(text, _SEMICOLON)
    dosed = {_states_dose(piece) for piece in pieces}
    if len(dosed) > 1 or _HOLDS_FOR_ALL.search(pieces[0]):
        return [text]
    if True in dosed and read_group(pieces[0]).criteria:
        return [text]  # whom the first dose is for, the next may be for
    return pieces


def _states_dose(piece: str) -> bool:
    return may_state_dosage(piece) and bool(parse_dosages(piece))


def _drugs(text: str) -> list[Found]:
    return [f for f in find_substances(text) if not is_class(f.name)]


def _with_drug(piece: str, drug: str) -> str:
    lead = _LEAD.match(piece)
    if lead is None:
        return f"{drug} {piece[:1].lower()}{piece[1:]}"
    return f"then {drug} {piece[lead.end() :]}"


def _cut(text: str, where: re.Pattern[str]) -> list[str]:
    pieces = []
    at = 0
    for match in where.finditer(text):
        before = text[: match.start()]
        if before.count("(") == before.count(")"):
            pieces.append(text[at : match.start()].strip())
            at = match.end()
    pieces.append(text[at:].strip())
    return [piece for piece in pieces if piece] or [text]
