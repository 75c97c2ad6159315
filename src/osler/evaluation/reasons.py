"""Why an expected fact is not where it should be, in words."""

from __future__ import annotations

from collections.abc import Iterator

from osler.answering.explain import Fate, Stage, explain
from osler.domain import Answer, Claim, Dosage, DosageRole, Statement, StatementId
from osler.dosage import format_dosage, parse_dosages
from osler.evaluation.conflict_match import is_file
from osler.evaluation.dose_match import agreement
from osler.evaluation.fact_match import share_of_words
from osler.evaluation.questions import ExpectedAnswer, ExpectedDose, ExpectedFact
from osler.evaluation.top_doses import doses_of
from osler.evaluation.who_and_what import wrong_drug, wrong_group
from osler.library import Library

CARRIES = 0.5  # of a fact's words, in a statement that is taken to state it
MOST_CARRIERS = 5
SEARCHED = 20  # passages, where the sources of a fact are not in the library
_IN_WORDS = {
    Stage.NOT_RETRIEVED: "not retrieved",
    Stage.INELIGIBLE: "retrieved but judged ineligible",
    Stage.OUTSCORED: "eligible but outscored",
    Stage.REFUSED: "composed but failed the gate",
    Stage.LEFT_OUT: "composed but left out for length",
    Stage.SHOWN: "shown but not in the bottom line",
    Stage.OPENING: "its statement is in the bottom line, without this",
}


class Reasons:
    """The statements that carry some facts of a question, and how far each came."""

    def __init__(
        self, item: ExpectedAnswer, answer: Answer, library: Library, facts: list[ExpectedFact]
    ) -> None:
        self._item = item
        self._answer = answer
        self._library = library
        self._carriers = {fact.fact: carriers(library, fact) for fact in facts}
        usable = {s.id for found in self._carriers.values() for s in found if s.held is None}
        self._fates: dict[StatementId, Fate] = explain(library, item.question, usable)

    def of(self, fact: ExpectedFact, claims: tuple[Claim, ...]) -> str:
        """Why none of these claims states a fact: how far it came, and what comes nearest."""
        abstention = self._answer.abstention
        prefix = f"abstained ({abstention.reason}): " if abstention else ""
        near = self._nearest(fact, claims)
        return prefix + "; ".join(reason for reason in (near, self._furthest(fact)) if reason)

    def _furthest(self, fact: ExpectedFact) -> str:
        found = self._carriers[fact.fact]
        if not found:
            present = any(is_file(s, n) for s in self._library.sources() for n in fact.sources)
            where = "of its sources was read" if present else "of the library was found"
            return f"not retrieved: no statement {where} as stating it"
        fates = [(self._fates[s.id], s) for s in found if s.id in self._fates]
        if not fates:
            return f"not retrieved: held back ({found[0].held})"
        fate, statement = max(fates, key=lambda pair: pair[0].stage)
        why = f" ({fate.why})" if fate.why else ""
        return f"{_IN_WORDS[fate.stage]}{why}: {statement.text[:160]!r}"

    def _nearest(self, fact: ExpectedFact, claims: tuple[Claim, ...]) -> str | None:
        """The shown dose of the expected amount that agrees in most other things."""
        found = [
            (len(differing), f"shown {' and '.join(differing)}: {claim.text[:160]!r}")
            for claim, dosage, differing in self._alike(fact, claims)
        ]
        return min(found)[1] if found else None

    def _alike(
        self, fact: ExpectedFact, claims: tuple[Claim, ...]
    ) -> Iterator[tuple[Claim, Dosage, list[str]]]:
        if fact.dose is None or fact.dose.unit is None:
            return
        for claim in claims:
            for dosage in doses_of(claim):
                agreed = agreement(fact.dose, dosage)
                drug = wrong_drug(fact, claim, dosage)
                if not agreed.amount:
                    continue
                differing = [f"of another drug ({drug})"] if drug else []
                if not agreed.route:
                    differing.append(f"by another route ({dosage.route})")
                if not agreed.frequency:
                    differing.append(f"at another frequency ({format_dosage(dosage)})")
                group = wrong_group(self._item, fact, claim, dosage)
                if group:
                    differing.append(f"for another group ({group})")
                if differing:
                    yield claim, dosage, differing


def carriers(library: Library, fact: ExpectedFact) -> list[Statement]:
    """Statements that give the fact's dose, else that hold its words: of its sources, else of
    what the library finds for its words."""
    of_sources = [
        s
        for source in library.sources()
        if any(is_file(source, name) for name in fact.sources)
        for s in library.statements_of(source.id)
    ]
    found = _carrying(fact, of_sources)
    if found or of_sources:
        return found
    substance = (fact.dose.substance if fact.dose else None) or ""
    hits = library.search(f"{substance} {fact.fact}", k=SEARCHED)
    return _carrying(fact, [s for hit in hits for s in library.statements_in(hit.passage)])


def _carrying(fact: ExpectedFact, statements: list[Statement]) -> list[Statement]:
    if fact.dose is not None and fact.dose.unit is not None:
        giving = [s for s in statements if _gives(fact.dose, s)]
        if giving:
            return sorted(giving, key=lambda s: -share_in(fact, s))
    holding = [s for s in statements if share_in(fact, s) >= CARRIES]
    return sorted(holding, key=lambda s: -share_in(fact, s))[:MOST_CARRIERS]


def share_in(fact: ExpectedFact, statement: Statement) -> float:
    """Which share of a fact's words a statement holds with its context."""
    above = (c.quote for c in statement.context)
    return share_of_words(fact, (statement.text, *above))


def _gives(dose: ExpectedDose, statement: Statement) -> bool:
    dosages = statement.dosages
    if not dosages:
        leads = " ".join(
            c.quote for c in statement.context if c.role in ("lead-in", "parent", "label")
        )
        dosages = parse_dosages(leads) if leads else ()
    return any(
        agreement(dose, d).amount
        for stated in dosages
        for d in (stated, *stated.steps)
        if d.role is not DosageRole.STRENGTH
    )
