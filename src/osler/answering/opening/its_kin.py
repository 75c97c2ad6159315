"""Doses for a kin of the illness asked about: a broader one, or another kind of it."""

from __future__ import annotations

from collections.abc import Sequence

from osler.answering.candidates.candidate import Candidate, terms_of
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.sides import treated
from osler.domain import Aspect, Question
from osler.statements.vocabulary.conditions import broader_names, narrower_names

LABEL_TERMS = 4  # so many first terms of a line say what it is for


def is_on_its_kin(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its dose is for a broader illness or another kind of that by the nearest words that
    name any, and another claim for this very one: of candidaemia, what is said of thrush."""
    wanted, candidate = treated(question), item.scored.candidate
    own = nearest_conditions(candidate)
    if not item.claim.dosages or not own or own & wanted or _names_its_kind(candidate, wanted):
        return False
    broader = {name for w in wanted for name in broader_names(w)}
    asked = set(question.aspects) - {Aspect.ANY, Aspect.TREATMENT}
    others = {kin for b in broader for kin in narrower_names(b)}
    others -= {kin for w in wanted for kin in narrower_names(w)}
    return own <= broader | others and any(_answers_of(c, wanted, asked) for c in all_)


def _answers_of(item: Composed, wanted: frozenset[str], asked: set[Aspect]) -> bool:
    """Whether it tells of one of these very illnesses what is asked, or a dose for it."""
    candidate = item.scored.candidate
    if item.claim.dosages:
        return bool(candidate.own_conditions & wanted) or _names_its_kind(candidate, wanted)
    told = bool(item.scored.relevance.aspects & asked)
    return told and bool(nearest_conditions(candidate) & wanted)


def nearest_conditions(candidate: Candidate) -> frozenset[str]:
    """The conditions that the nearest words around it name, its own first."""
    return candidate.own_conditions or candidate.setting


def _names_its_kind(candidate: Candidate, wanted: frozenset[str]) -> bool:
    """Whether it begins with what tells an illness apart from its kin: "Oesophageal: 200 mg"."""
    if candidate.own_conditions:
        return False
    words = candidate.statement.text.split()
    begins = terms_of(" ".join(words[:LABEL_TERMS]))
    return any(
        broader_names(name)
        and bool(telling := terms_of(name).difference(*map(terms_of, broader_names(name))))
        and telling <= begins
        for name in wanted
    )
