"""Which drug a candidate speaks of, and how near that is to the one asked about."""

from __future__ import annotations

from functools import lru_cache

from osler.answering.candidates.barred import bars_what_is_above
from osler.answering.candidates.candidate import Candidate
from osler.domain import Term
from osler.statements.vocabulary.substances import base_of, belongs_to

ON_ITS_CLASS = 0.8  # the same of a text whose whole document is on the class
ON_BOTH = 0.75  # of a text on one drug in a document on another, where both are asked about
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
    best = 0.0
    for subject in subjects:
        for name in names:
            found = relation(subject.name, name)
            if found == 1.0:
                return found
            best = max(best, found)
    if len(names) > 1 and any(_all_parts_in(s.name, names) for s in subjects):
        return 1.0  # "artemether 20 mg / lumefantrine 120 mg"
    return best


def _all_parts_in(name: str, names: tuple[str, ...]) -> bool:
    parts = name.split("-")
    return len(parts) > 1 and all(part in names for part in parts)


def names_itself(candidate: Candidate, subjects: tuple[Term, ...]) -> bool:
    """Whether a candidate names a drug asked about or a form of it, not only its class."""
    named = (
        *candidate.own_substances,
        *candidate.focus_substances,
        *candidate.lead_substances,
        *candidate.title_substances,
    )
    if any(_all_parts_in(s.name, named) for s in subjects):
        return True
    return any(relation(s.name, n) not in (0.0, OF_ITS_CLASS) for s in subjects for n in named)


def subject_of(candidate: Candidate, subjects: tuple[Term, ...]) -> float:
    """How far a candidate is on the drugs asked about, 0 to 1.

    The nearest words that name a drug decide: own words, then the sentence before, lead-in and
    headings, the title, and last the passage. A dose of another drug is never rescued from
    further away.
    """
    if not subjects or not best_relation(subjects, candidate.passage_substances):
        return 0.0  # most candidates of a search end here, at little cost
    if candidate.lead_substances and bars_what_is_above(candidate.statement.text):
        return 0.9 * best_relation(subjects, candidate.lead_substances)
    if candidate.dosed_substances:
        dosed = best_relation(subjects, candidate.dosed_substances)
        if not dosed or (dosed == OF_ITS_CLASS and _is_dosed_under_another(candidate, subjects)):
            # Of another drug, or of the class under the name of another member of it.
            return 0.4 * best_relation(subjects, candidate.own_substances)
        # A fixed combination, or a line on several drugs, is less to the point.
        related = sum(best_relation(subjects, (name,)) > 0 for name in candidate.dosed_substances)
        if any(_is_of_one(names, subjects) for names in candidate.dosed_in_cells):
            return dosed  # its own cell of a row, with alternatives beside it
        return dosed * max(0.5, related / len(candidate.dosed_substances))
    own = best_relation(subjects, candidate.own_substances)
    if own and candidate.dosages and _is_dosed_under_another(candidate, subjects):
        return 0.4 * own
    alone = all(best_relation(subjects, (name,)) for name in candidate.own_substances)
    if own and (alone or not candidate.dosages):
        return own
    if candidate.focus_substances:
        nearest = best_relation(subjects, candidate.focus_substances)
        if candidate.is_split_off:
            return 0.9 * nearest  # whatever the heading names
        if nearest and nearest != OF_ITS_CLASS:
            return 0.9 * nearest
        if candidate.dosages and not (nearest or own or candidate.lead):
            return 0.0  # its dose is of the drug of the sentence before, not of a heading's
        titles = candidate.title_substances
        beside = set(candidate.focus_substances) <= set(titles) or not best_relation(
            subjects, titles
        )
        if beside and not (nearest or own or candidate.lead_substances):
            return 0.0  # it goes on about another drug
    near = (
        (candidate.lead_substances, 0.9),
        (candidate.title_substances, 0.75),
    )
    for names, weight in near:
        if names:
            nearest = best_relation(subjects, names)
            if nearest == OF_ITS_CLASS and names is candidate.title_substances:
                return weight * ON_ITS_CLASS
            if (
                candidate.dosages
                and nearest == OF_ITS_CLASS
                and not _all_related(candidate, subjects)
            ):
                return 0.0  # a dose under "Antibiotics" is not known to be of this one
            return weight * nearest
    if candidate.dosages and not _all_related(candidate, subjects):
        return 0.0  # the dose may be of any drug of the passage
    return 0.6


def subject_beside(
    candidate: Candidate, subjects: tuple[Term, ...], co_drugs: tuple[Term, ...]
) -> float:
    """The same where it is asked how drugs go together: under the name of one of them, what
    stands in a document on the other is on both."""
    own = subject_of(candidate, subjects)
    for one, other in ((subjects, co_drugs), (co_drugs, subjects)):
        if own or not (one and other):
            break
        near = (*candidate.own_substances, *candidate.lead_substances)
        if best_relation(one, candidate.title_substances) == best_relation(other, near) == 1.0:
            own = ON_BOTH
    return own


def _is_of_one(names: tuple[str, ...], subjects: tuple[Term, ...]) -> bool:
    return bool(names) and all(best_relation(subjects, (name,)) for name in names)


def _is_dosed_under_another(candidate: Candidate, subjects: tuple[Term, ...]) -> bool:
    """Whether its dose is of the drug that it stands under, and only timed by the one asked about:
    "5 mg the day after methotrexate", under "Folic acid"."""
    under = candidate.lead_substances
    return bool(under) and not best_relation(subjects, under)


def _all_related(candidate: Candidate, subjects: tuple[Term, ...]) -> bool:
    """Whether every drug that its passage names has to do with those asked about."""
    return all(best_relation(subjects, (name,)) for name in candidate.passage_substances)
