"""How likely a statement is part of the answer: a logistic regression over what is judged of it.

Logistic regression, because it needs few examples, says what each feature counts, and gives a
probability (Cox, J R Stat Soc B 1958;20:215). Its weights are data (`data/likelihood.toml`),
fitted by `tools/fit_likelihood.py` on the questions of tests/evaluation that may be read; no
feature names a drug, a condition or a document. What a patient must never be given is no
matter of likelihood: those rules stand in `eligibility`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path

from osler.answering.candidates.aspects import is_dose
from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.subject import best_relation
from osler.answering.judging.relevance import (
    Asked,
    Relevance,
    is_for_another_condition,
)
from osler.domain import Applies, Aspect, BlockKind, StatementKind

LONG = 60  # words; what is longer counts as this long
LOW_TRUST = 0.5  # the trust of textbooks and below

_DATA = Path(__file__).parents[1] / "data" / "likelihood.toml"
_BACKGROUND = (StatementKind.DEFINITION, StatementKind.RESULT)


def features(
    candidate: Candidate, relevance: Relevance, asked: Asked, behind: float, behind_own: float
) -> dict[str, float]:
    """What is known of a candidate, each a number of about 0 to 1.

    `behind` and `behind_own` say how far its score is below the best, of all and of its source.
    """
    statement = candidate.statement
    asks_dose = Aspect.DOSE in asked.question.aspects
    on_title = best_relation(asked.subjects, candidate.title_substances)
    return {
        "bias": 1.0,
        "subject": relevance.subject,
        "no subject asked": float(not asked.subjects),
        "titled by the subject": float(on_title > 0),
        "condition": relevance.condition,
        "no condition asked": float(not asked.conditions),
        "for another condition": float(is_for_another_condition(candidate, asked)),
        "words": relevance.overlap,
        "passage": relevance.passage,
        "speaks to it": float(bool(relevance.aspects & set(asked.question.aspects))),
        "phase fits": float(relevance.phase_match is True),
        "dose asked": float(asks_dose),
        "states a dose": float(any(map(is_dose, statement.dosages))),
        "dose where one is asked": float(asks_dose and any(map(is_dose, candidate.dosages))),
        "fit": relevance.fit,
        "perhaps for others": float(relevance.applicability.applies is Applies.UNKNOWN),
        "row": float(statement.block is BlockKind.ROW),
        "item": float(statement.block is BlockKind.ITEM),
        "background": float(statement.kind in _BACKGROUND),
        "length": min(len(statement.text.split()), LONG) / LONG,
        "low trust": float(candidate.trust <= LOW_TRUST),
        "behind": behind,
        "behind its own": behind_own,
    }


def likelihoods(judged: Sequence[tuple[Candidate, Relevance]], asked: Asked) -> list[float]:
    """The probability of each, 0 to 1, that it states something that the answer needs."""
    return [_probability(values) for values in all_features(judged, asked)]


def all_features(
    judged: Sequence[tuple[Candidate, Relevance]], asked: Asked
) -> list[dict[str, float]]:
    """The features of each of the candidates of one question."""
    best_of: dict[str, float] = {}
    for candidate, relevance in judged:
        source = candidate.source.id
        best_of[source] = max(best_of.get(source, relevance.score), relevance.score)
    best = max(best_of.values(), default=0.0)
    return [
        features(c, r, asked, best - r.score, best_of[c.source.id] - r.score) for c, r in judged
    ]


def _probability(values: dict[str, float]) -> float:
    logit = sum(weight * values[name] for name, weight in weights().items())
    return 1.0 / (1.0 + exp(-logit))


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What each feature counts, in logits."""
    with _DATA.open("rb") as file:
        return dict(tomllib.load(file)["weights"])
