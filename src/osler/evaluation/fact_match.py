"""Whether the claims of an answer state an expected fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from osler.domain import Claim, Dosage
from osler.evaluation.dose_match import states
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact
from osler.evaluation.top_doses import doses_of
from osler.evaluation.who_and_what import wrong_drug, wrong_group
from osler.library.terms import terms

# A fact without a dose counts as stated when one claim, or the claims of one answer
# together, hold this share of its index terms, numbers included. A person must still read them.
FACT_WORDS = 0.6


def split(item: ExpectedAnswer) -> tuple[list[ExpectedFact], list[ExpectedFact]]:
    """The required facts that are doses with a unit, and the other required ones."""
    required = [fact for fact in item.expected if fact.required]
    doses = [fact for fact in required if fact.dose is not None and fact.dose.unit is not None]
    return doses, [fact for fact in required if fact not in doses]


def states_fact(item: ExpectedAnswer, fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    """Whether a claim gives the expected dose of the expected drug to the expected people."""
    return any(
        not wrong_drug(fact, claim, dosage) and not wrong_group(item, fact, claim, dosage)
        for claim, dosage in agreeing(fact, claims)
    )


def states_leniently(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    """The same, of whatever drug and for whomever."""
    return any(True for _ in agreeing(fact, claims))


def agreeing(fact: ExpectedFact, claims: tuple[Claim, ...]) -> Iterator[tuple[Claim, Dosage]]:
    """Claims with a dosage of the expected amount, unit, route and frequency."""
    assert fact.dose is not None
    for claim in claims:
        for dosage in doses_of(claim):
            if states(fact.dose, dosage):
                yield claim, dosage


def by_words(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    """Whether the claims together hold most of a fact's words."""
    return share_of_words(fact, (claim.text for claim in claims)) >= FACT_WORDS


def share_of_words(fact: ExpectedFact, texts: Iterable[str]) -> float:
    """The share (0 to 1) of a fact's index terms that some texts hold together."""
    wanted = set(terms(fact.fact))
    said = {term for text in texts for term in terms(text)}
    return len(wanted & said) / len(wanted) if wanted else 1.0
