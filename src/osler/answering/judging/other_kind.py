"""Statements for the opposite of what a question names: "provoked" where it says "unprovoked".

No criterion holds these: they tell apart kinds of one illness, patient or procedure. A prefix
denies any word ("non-valvular"); the other pairs are kept in `data/opposites.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from osler.answering.candidates.candidate import LONGEST_LABEL, Candidate
from osler.answering.candidates.dosing_parts import parts_that_dose
from osler.checking.lexicon import denied_by
from osler.domain import BlockKind, Question
from osler.patterns import lazy
from osler.statements.tables.rows import header_and_cell
from osler.statements.vocabulary.conditions import find_conditions, is_a
from osler.statements.words.backwards import negator_of

_WORD = lazy(r"[a-zï]+(?:-[a-zï]+)*", re.IGNORECASE)
_NON = lazy(r"\bnon(?:-\s?|\s)(?P<stem>[a-zï]+(?:-[a-zï]+)*)", re.IGNORECASE)
_NOT_SO = lazy(r"\bno[nt](?:-\s?|\s)$", re.IGNORECASE)
_SHORTEST = 4  # letters of what a prefix denies: "stable"
# Read as criteria: how severe an illness is.
_GRADES = frozenset({"mild", "moderate", "severe", "complicated", "pregnant"})
_DENYING = frozenset({"non", "not"})
_LEAVING_OUT = _DENYING | {"no", "without", "unless", "except", "excluding", "than"}
# What has no name of its own: any illness, any patient.
_ANY = lazy(
    r"(?:patients?|pts?|people|persons?|adults?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|neonates?|"
    r"hosts?|individuals?|cases?|diseases?|illness(?:es)?|infections?|types?|forms?|episodes?|"
    r"events?|attacks?|surgery|surgical|operations?|procedures?|theatre|admissions?)\b",
    re.IGNORECASE,
)
# Behind a word that is said of what was named before it: "the PE was provoked by surgery".
_GOES_ON = lazy(
    r"(?:by|after|on|and|or|with|in|for|at|of|what|which|how|dos(?:e|es|age|ing)|is|are|was|has|"
    r"but|who|when|if|to|from|now|please|then|start\w*|give|so)\b",
    re.IGNORECASE,
)
_IS = lazy(
    r"\b(?:if|who|those)\s+(?:(?:\w+\s+){0,3}(?:is|are)\s+(?:(?:already|currently|still)\s+)?)?$",
    re.IGNORECASE,
)
_MOST_BETWEEN = 2  # words: "unprovoked proximal DVT"
_REACH = 60  # characters from a word to what it is a kind of


@dataclass(frozen=True, slots=True)
class _Kind:
    """A word that tells one kind from its opposite."""

    pair: str
    is_first: bool  # of the pair; of a prefix, that nothing is denied
    word: str
    start: int
    of: str | None  # the condition or the word that it stands before; None: no name
    is_condition: bool = False
    ends: bool = False  # nothing that it could be a kind of stands behind it


@dataclass(frozen=True, slots=True)
class _Listed:
    pair: str
    is_first: bool
    before_noun: bool


def other_kind(candidate: Candidate, question: Question) -> tuple[str, str] | None:
    """The kind asked about, and its opposite that a statement is for; None where it is for none.

    The nearest words that tell decide: its own, then what it hangs on, its headings, its title. A
    statement of which only a part is for the opposite is not.
    """
    own = candidate.statement.text
    above = [c.quote for c in (*reversed(candidate.lead), *reversed(candidate.headings))]
    levels = (own, *above, candidate.source.title)
    text = question.understood
    said = _words(text)
    stems = _stems(text).union(*(_stems(level) & said for level in levels))
    for asked in _asked(text, stems):
        for level in levels:
            told = [t for t in _told_in(level, candidate, stems) if _is_on(t, asked)]
            if any(t.is_first is asked.is_first for t in told):
                break
            if told and (level is not own or _is_of_all(told, candidate)):
                return asked.word, told[0].word
    return None


def _is_on(told: _Kind, asked: _Kind) -> bool:
    """Whether both are kinds of one thing, as far as they name it."""
    if told.pair != asked.pair:
        return False
    if told.of is None or asked.of is None:
        return all(k.of is None or k.is_condition for k in (told, asked))
    if told.is_condition and asked.is_condition:
        return is_a(told.of, asked.of) or is_a(asked.of, told.of)
    return told.of == asked.of


@lru_cache(maxsize=1024)
def _asked(text: str, stems: frozenset[str]) -> tuple[_Kind, ...]:
    """The kinds that a question names; none of a pair of which it names both, nor what it only
    suspects: "?viral"."""
    kinds = [
        k
        for k in _kinds(text, stems)
        if not (k.ends and _is_before_noun(k.pair))
        and text[k.start - 1 : k.start] != "?"
        and negator_of(text, k.start) in (None, *_DENYING)
    ]
    sides = {(k.pair, k.is_first) for k in kinds}
    return tuple(k for k in kinds if (k.pair, not k.is_first) not in sides)


def _told_in(text: str, candidate: Candidate, stems: frozenset[str]) -> Iterator[_Kind]:
    """The kinds that a text names, cell by cell of a row; a word that stands alone where it is a
    label or says who is meant: not "once stable"."""
    is_row = text is candidate.statement.text and candidate.statement.block is BlockKind.ROW
    cells = header_and_cell(candidate.statement) if is_row else ()
    for part in [t for cell in cells for t in cell] or [text]:
        for kind in _kinds(part, stems):
            label = part if len(part.split()) <= LONGEST_LABEL else part.partition(":")[0]
            labels = kind.start < len(label) and len(label.split()) <= LONGEST_LABEL
            labels = labels and not _is_before_noun(kind.pair)
            if not kind.ends or labels or _IS.search(part, 0, kind.start):
                yield kind


def _is_of_all(told: list[_Kind], candidate: Candidate) -> bool:
    """Whether all that a statement says is for a kind: it is in its label, in a cell without doses,
    or in each of its parts that dose."""
    text, words = candidate.statement.text, {t.word.lower() for t in told}
    if candidate.statement.block is BlockKind.ROW:
        return True
    label, colon, _ = text.partition(":")
    if colon and len(label.split()) <= LONGEST_LABEL and _holds(label, words):
        return True
    return all(_holds(part, words) for part in parts_that_dose(candidate.statement))


def _holds(text: str, words: set[str]) -> bool:
    return any(word in text.lower() for word in words)


@lru_cache(maxsize=8192)
def _kinds(text: str, stems: frozenset[str]) -> tuple[_Kind, ...]:
    """All words of a text that tell kinds apart; `stems` are what is somewhere denied."""
    found = []
    for match in _pattern().finditer(text):
        listed = _listed()[_key(match.group())]
        found.append((listed.pair, listed.is_first, match.start(), match.end()))
    taken = [(start, end) for _, _, start, end in found]
    for match in _WORD.finditer(text):
        word, start = _singular(match.group().lower()), match.start()
        stem = _denied(word)
        if any(a < match.end() and start < b for a, b in taken):
            continue
        if stem in stems:
            found.append((stem or "", False, start, match.end()))
        elif word in stems:
            found.append((word, True, start, match.end()))
    kinds = []
    for pair, is_first, start, end in found:
        is_first ^= negator_of(text, start) in _LEAVING_OUT
        of, is_condition, ends = _what(text[end : end + _REACH])
        before = _NOT_SO.search(text, max(0, start - 5), start)
        word = text[before.start() if before else start : end].lower()
        kinds.append(_Kind(pair, is_first, word, start, of, is_condition, ends))
    return tuple(kinds)


@lru_cache(maxsize=8192)
def _what(rest: str) -> tuple[str | None, bool, bool]:
    """What stands behind a word: its name, whether that is a condition's, whether nothing does."""
    behind = rest.lstrip(" ")
    if not behind[:1].isalpha() or _GOES_ON.match(behind):
        return None, False, True
    for found in find_conditions(rest, any_case=True):
        between = rest[: found.start]
        words = between.split()
        is_near = len(words) <= _MOST_BETWEEN and not re.search(r"[^\w\s’'-]", between)
        if is_near and not any(map(_GOES_ON.match, words)):
            return found.name, True, False
        break
    if _ANY.match(behind):
        return None, False, False
    return behind.split()[0].strip(".,;:()").lower(), False, False


def _denied(word: str) -> str | None:
    """What a word denies by its prefix."""
    stem = word.removeprefix("non-") if word.startswith("non-") else denied_by(word)
    if stem is None or len(stem) < _SHORTEST or stem in _GRADES or _key(stem) in _listed():
        return None
    return stem


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(_singular(m.group().lower()) for m in _WORD.finditer(text))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    """What the words of a text deny."""
    stems = {_denied(word) for word in _words(text)}
    stems |= {_denied(f"non-{_singular(m['stem'].lower())}") for m in _NON.finditer(text)}
    return frozenset(stem for stem in stems if stem is not None)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _is_before_noun(pair: str) -> bool:
    listed = _listed().get(pair)
    return listed is not None and listed.before_noun


def _key(word: str) -> str:
    return word.lower().replace(" ", "-")


@cache
def _listed() -> dict[str, _Listed]:
    """Each listed word, with the first word of its line for the name of the pair."""
    path = Path(__file__).parents[1] / "data" / "opposites.tsv"
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        ours, theirs, *noun = line.split("\t")
        pair = ours.split("|")[0]
        for side in (ours, theirs):
            for word in side.split("|"):
                found[word] = _Listed(pair, side is ours, bool(noun))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_listed(), key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\-", r"[-\s]") for word in longest)
    return re.compile(rf"(?:(?<![\w-])|(?<=\bnon-))(?:{words})(?![\w-])", re.IGNORECASE)
