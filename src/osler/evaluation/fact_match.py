"""Whether the claims of an answer state an expected fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from osler.domain import Claim, Dosage
from osler.evaluation.dose_match import states, states_range
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact
from osler.evaluation.top_doses import doses_of
from osler.evaluation.who_and_what import wrong_drug, wrong_group
from osler.library.terms import terms
from osler.statements.words.bounds import NUMBER_WORDS, number

# A fact without a dose counts as stated when the claims hold this share of its index terms. That
# is a weak measure (it cannot tell "give" from "do not give"): a person must read the answers.
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
        stated = tuple(doses_of(claim))
        in_two = states_range(fact.dose, stated)
        for dosage in stated:
            if in_two or states(fact.dose, dosage):
                yield claim, dosage


def by_words(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    """Whether the claims of an answer together hold all numbers and most words of a fact.

    What is before a fact's first colon names who says it, or answers yes or no, and is left
    out.
    """
    return bool(claims) and _hold(fact, [claim.text for claim in claims])


def by_words_of_one(fact: ExpectedFact, claims: tuple[Claim, ...]) -> bool:
    """Whether one claim does, with the words that stand above it in its source."""
    above = [[c.quote for s in claim.statements for c in s.context] for claim in claims]
    return any(_hold(fact, [c.text, *near]) for c, near in zip(claims, above, strict=True))


def share_of_words(fact: ExpectedFact, texts: Iterable[str]) -> float:
    """The share (0 to 1) of a fact's words that some texts hold together."""
    wanted = _words_of(fact)
    said = {term for text in texts for term in _words(text)}
    return len(wanted & said) / len(wanted) if wanted else 1.0


def _hold(fact: ExpectedFact, texts: list[str]) -> bool:
    numbers = {word for word in _words_of(fact) if word[0].isdigit()}
    said = frozenset().union(*map(_words, texts))
    return numbers <= said and share_of_words(fact, texts) >= FACT_WORDS


_LABEL = re.compile(r"^[^:.;]{1,40}:\s+")
_NUMBER = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)


def _words_of(fact: ExpectedFact) -> frozenset[str]:
    return _words(_LABEL.sub("", fact.fact))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """Index terms, with "seven" as 7 and no thousands separators."""
    figures = _NUMBER.sub(lambda m: f"{number(m.group()):f}", text)
    return frozenset(terms(re.sub(r"(?<=\d),(?=\d{3}\b)", "", figures)))
