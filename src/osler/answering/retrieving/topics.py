"""Which documents, and which sections of them, are on what a question asks about.

A guideline's chapter says in its title what it is on; its dose lines do not say it again. So
a title or heading is held against the words of the question, each weighed by its rarity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from osler.answering.cues import cues
from osler.domain import Question, SourceId, Term
from osler.library import Hit, Passage
from osler.library.terms import terms
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import base_of, find_substances

COVERED = 0.6  # of a title's words, weighed by rarity, that the question must hold
WEAKEST = 0.5  # of what the best title shares with the question
MENTIONED = 0.6  # what a section is worth that only mentions what is asked about
MOST_SOURCES = 10
MOST_SOURCES_ON_A_DRUG = 30  # where nothing but a drug is asked about, for every group

# What a title calls its subject by several names with: "SYNCOPE (FAINTING)", "Croup or …".
_OTHER_NAME = re.compile(r"[()\[\],;:/?]|\b(?:and|or|versus|vs)\b", re.IGNORECASE)

_Unit = tuple[SourceId, str]  # a source and one of its headings, "" for its title


@dataclass(frozen=True, slots=True)
class Topics:
    """How far titles and headings are on the subject of a question, 0 to 1."""

    scores: Mapping[_Unit, float] = field(default_factory=dict)

    def of(self, source_id: SourceId, section: tuple[str, ...]) -> float:
        """The score of the best among a source's title and the headings of a section."""
        return max(self.scores.get((source_id, heading), 0.0) for heading in ("", *section))

    def sources(self, most: int) -> tuple[SourceId, ...]:
        """The sources that are most on the subject, best first; ties by id."""
        best: dict[SourceId, float] = {}
        for (source_id, _), score in self.scores.items():
            best[source_id] = max(score, best.get(source_id, 0.0))
        return tuple(sorted(best, key=lambda s: (-best[s], s))[:most])


def find_topics(question: Question, hits: Iterable[Hit], idf: Callable[[str], float]) -> Topics:
    """Judge the titles and headings of the passages found, and the conditions these mention.

    Where a drug is asked about, only sources in which a passage found names it count.
    """
    words, on_drugs = topic_words(question), False
    if not words:
        words, on_drugs = _drug_words(question), True
    passages = {hit.passage.id: hit.passage for hit in hits}
    found = _of_sources_naming(question, tuple(passages.values()))
    weigh = cache(idf)
    weights: dict[_Unit, tuple[float, float]] = {}

    @cache  # titles share their words; this is forgotten with the question
    def is_asked(term: str) -> bool:
        return term in words or any(stands_for(term, word) for word in words)

    for passage in found:
        for unit, text in _titles(passage):
            if unit not in weights:
                shared, whole = _shared(_names_in(text, on_drugs), is_asked, weigh)
                weights[unit] = (shared, shared / whole if whole else 0.0)
    best = max((w for w, covered in weights.values() if covered >= COVERED), default=0.0)
    scores = {
        unit: covered
        for unit, (shared, covered) in weights.items()
        if covered >= COVERED and (on_drugs or shared >= WEAKEST * best)
    }
    for unit, score in _mentions(question, found):
        scores[unit] = max(score, scores.get(unit, 0.0))
    return Topics(scores)


def _of_sources_naming(question: Question, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    drugs = [t for t in question.terms if t.kind == "substance"]
    if not drugs:
        return passages
    names = {n.lower() for t in drugs for n in (t.name, t.text, base_of(t.name), *t.synonyms)}
    naming: set[SourceId] = set()
    for passage in passages:
        if passage.source_id not in naming:
            text = passage.text.lower()
            if any(name in text for name in names):
                naming.add(passage.source_id)
    return tuple(passage for passage in passages if passage.source_id in naming)


def topic_words(question: Question) -> frozenset[str]:
    """Index terms for the problem: words that name no drug, and the conditions' other names."""
    drugs = {t for term in question.terms if term.kind in _DRUGS for t in terms(term.text)}
    absent = {t for term in _conditions(question, absent=True) for t in terms(term.text)}
    names = [n for t in _conditions(question) for n in (t.name, *t.synonyms)]
    names += [name for _, name in question.written_out]
    words = (*question.content_words, *names)
    return frozenset(t for text in words for t in terms(text)) - drugs - absent


def _conditions(question: Question, *, absent: bool = False) -> list[Term]:
    """The conditions asked about; those that the patient does not have, if `absent`."""
    denied = question.patient.absent_conditions
    named = [t for t in question.terms if t.kind not in _DRUGS]
    return [t for t in named if (t.name in denied) is absent]


def _drug_words(question: Question) -> frozenset[str]:
    """Index terms of the drugs asked about and of what they are forms of."""
    names = [n for t in question.terms if t.kind == "substance" for n in (t.name, base_of(t.name))]
    return frozenset(term for name in names for term in terms(name))


_DRUGS = ("substance", "co-drug")


def stands_for(term: str, word: str) -> bool:
    """Whether two index terms are forms of one word: "testicular" and "testis"."""
    short, long = sorted((term, word), key=len)
    if long == short:
        return True
    if len(short) >= 4 and long.startswith(short):
        return len(short) >= 5 or len(long) - len(short) <= 2
    begin = short[: max(5, len(short) - 2)]
    return len(begin) >= 5 and long.startswith(begin)


def _titles(passage: Passage) -> list[tuple[_Unit, str]]:
    headings = [((passage.source_id, heading), heading) for heading in passage.section]
    return [((passage.source_id, ""), passage.title), *headings]


def _shared(
    names: Iterable[tuple[str, ...]],
    is_asked: Callable[[str], bool],
    weigh: Callable[[str], float],
) -> tuple[float, float]:
    """Of the best of a title's names: the weight it shares with the question, and its own."""
    best = (0.0, 0.0)
    for name in names:
        whole = shared = 0.0
        for term in name:
            weight = weigh(term)
            whole += weight
            if is_asked(term):
                shared += weight
        if whole and (shared / whole, shared) > (best[0] / best[1] if best[1] else 0.0, best[0]):
            best = (shared, whole)
    return best


@lru_cache(maxsize=20_000)
def _names_in(title: str, on_drugs: bool) -> tuple[tuple[str, ...], ...]:
    """The index terms of each name in a title: those of its drugs, or all but theirs.

    Words that name neither drug nor problem are left out.
    """
    drugs = {t for found in find_substances(title) for t in terms(found.text)}
    conditions = {t for found in find_conditions(title) for t in terms(found.text)}
    kept = drugs if on_drugs else None
    left_out = _generic_terms() if on_drugs else (drugs - conditions) | _generic_terms()
    parts = [title, *_OTHER_NAME.split(title)]
    names = (
        tuple(t for t in terms(part) if t not in left_out and (kept is None or t in kept))
        for part in parts
    )
    return tuple(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=1)
def _generic_terms() -> frozenset[str]:
    words = (*cues().generic_words, *cues().asking_words, *cues().heading_words)
    return frozenset(t for word in words for t in terms(word))


_DENIED = re.compile(r"\bnot\s+(?:\w+\s+){0,2}for\s+[^.;\n]*")  # "not indicated for …"


def _mentions(question: Question, passages: Iterable[Passage]) -> list[tuple[_Unit, float]]:
    """Chapters in which a passage names every condition that is asked about."""
    conditions = _conditions(question)
    if not conditions:
        return []
    wanted = [
        [[w[: max(5, len(w) - 2)] for w in terms(n)] for n in (t.name, *t.synonyms)]
        for t in conditions
    ]
    found = []
    for passage in passages:
        text = _DENIED.sub(" ", passage.text.lower())
        if all(any(all(b in text for b in name) for name in names if name) for names in wanted):
            chapter = passage.section[0] if passage.section else ""
            found.append(((passage.source_id, chapter), MENTIONED))
    return found
