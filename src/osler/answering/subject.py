"""Which drug a candidate speaks of, and how near that is to the one asked about."""

from __future__ import annotations

from functools import lru_cache

from osler.answering.candidate import Candidate
from osler.domain import Term
from osler.statements.substances import base_of, belongs_to

OF_ITS_CLASS = 0.6  # how near a text comes that speaks of the class of a drug


@lru_cache(maxsize=4096)
def relation(asked: str, name: str) -> float:
    """How a drug named in a text stands to the one asked about.

    1: the same, a member of the class or form of the substance asked about (statins:
    atorvastatin), or what it is a form of (cyanocobalamin: vitamin B12); 0.6: a class that it
    belongs to; 0.5: another form of the same (cyanocobalamin: hydroxocobalamin); 0: none.
    """
    if belongs_to(name, asked) or base_of(asked) == name:
        return 1.0
    if belongs_to(asked, name):
        return OF_ITS_CLASS
    return 0.5 if base_of(asked) == base_of(name) else 0.0


def best_relation(subjects: tuple[Term, ...], names: tuple[str, ...]) -> float:
    """The nearest relation of any of the drugs asked about to any of these names."""
    return max((relation(s.name, n) for s in subjects for n in names), default=0.0)


def subject_of(candidate: Candidate, subjects: tuple[Term, ...]) -> float:
    """How far a candidate is on the drugs asked about, 0 to 1.

    The nearest words that name a drug decide: own words, then lead-in and headings, the
    title, and last the passage. A dose of another drug is never rescued from further away.
    """
    if not subjects or not best_relation(subjects, candidate.passage_substances):
        return 0.0  # most candidates of a search end here, at little cost
    if candidate.dosed_substances:
        dosed = best_relation(subjects, candidate.dosed_substances)
        if not dosed:
            return 0.4 * best_relation(subjects, candidate.own_substances)
        # A fixed combination, or a line on several drugs, is less to the point.
        related = sum(best_relation(subjects, (name,)) > 0 for name in candidate.dosed_substances)
        return dosed * max(0.5, related / len(candidate.dosed_substances))
    own = best_relation(subjects, candidate.own_substances)
    if own and not candidate.dosages:
        return own
    for names, weight in ((candidate.lead_substances, 0.9), (candidate.title_substances, 0.75)):
        if names:
            nearest = best_relation(subjects, names)
            # A dose under "Antibiotics" is not known to be of this one.
            return 0.0 if candidate.dosages and nearest == OF_ITS_CLASS else weight * nearest
    if candidate.dosages and not all(
        best_relation(subjects, (name,)) for name in candidate.passage_substances
    ):
        return 0.0  # the dose may be of any drug of the passage
    return 0.6
