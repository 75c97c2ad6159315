"""Doses and sentences of a bottom line that a person must read: unexpected, or forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.checking import check_text
from osler.domain import Answer, Claim, Comparator, Dosage, DosageRole
from osler.domain.errors import DosageError
from osler.dosage import differences, format_dosage, parse_dosages, to_base
from osler.evaluation.dose_match import states
from osler.evaluation.questions import ExpectedAnswer
from osler.evaluation.who_and_what import wrong_drug
from osler.library.terms import terms


def unexpected_doses(item: ExpectedAnswer, answer: Answer) -> tuple[tuple[str, ...], int]:
    """Doses of the bottom line that no expected fact gives, and how many doses it holds.

    Counted are doses and ceilings of a drug that an expected fact names; of any drug, where
    the question is not to be answered. A fact that is not required explains a dose too, as do
    the doses in the wording of a fact. An unexpected dose may be right (another source,
    another group): a person must read it.
    """
    unexpected: list[str] = []
    count = 0
    for claim in answer.bottom_line:
        shown = [dosage for of, dosage in top_doses(item, answer) if of is claim]
        known = [d for d in shown if explained_by(item, d)]
        if known:  # "1 tablet" beside the amount that it holds says nothing more
            shown = [d for d in shown if d in known or not is_counted(d)]
        count += len(shown)
        unexpected += [f"{format_dosage(d)} | {claim.text}" for d in shown if d not in known]
    return tuple(unexpected), count


def top_doses(item: ExpectedAnswer, answer: Answer) -> Iterator[tuple[Claim, Dosage]]:
    """Doses and ceilings of the bottom line that are of a drug which an expected fact names.

    Of any drug, where the question is not to be answered.
    """
    facts = [fact for fact in item.expected if fact.dose is not None]
    for claim in answer.bottom_line:
        for dosage in filter(_is_dose, doses_of(claim)):
            if not item.answerable or not all(wrong_drug(f, claim, dosage) for f in facts):
                yield claim, dosage


def explained_by(item: ExpectedAnswer, dosage: Dosage) -> bool:
    """Whether an expected fact, required or not, gives a dose, by its fields or its wording."""
    if any(states(fact.dose, dosage) for fact in item.expected if fact.dose):
        return True
    worded = tuple(d for fact in item.expected for d in parse_dosages(fact.fact))
    if dosage.role is DosageRole.MAXIMUM and dosage.unit is not None and dosage.high is not None:
        shown = to_base(dosage.high, dosage.unit)
        ceilings = (d.maximum for d in worded if d.maximum is not None)
        if any(to_base(ceiling.amount, ceiling.unit) == shown for ceiling in ceilings):
            return True
    return any(not differences(wanted, dosage) for wanted in worded)


def _is_dose(dosage: Dosage) -> bool:
    """A dose or a ceiling; no step, and no bound that a dose must not pass ("not below 10 mg")."""
    bound = dosage.comparator in (Comparator.LESS, Comparator.GREATER)
    stated = dosage.low is not None or dosage.high is not None or dosage.maximum is not None
    return stated and not bound and dosage.role in (DosageRole.DOSE, DosageRole.MAXIMUM)


def is_counted(dosage: Dosage) -> bool:
    """Whether it is in tablets, puffs and the like."""
    return (dosage.unit or "").startswith("{")


def forbidden_shown(item: ExpectedAnswer, answer: Answer) -> Iterator[str]:
    """Forbidden phrases that open the answer.

    A phrase that is little more than a dose ("400 mg") is shown where a claim gives that dose.
    A sentence is shown where the gate finds that a claim states it, or that it states the
    claim, and one clause of the claim holds all its words, its doses as totals or as single doses
    alike, and denies as much as it does. Deliberately narrow: what is reported is shown in
    these words; a forbidden thing said in other words goes unseen, and a person must read the
    answers.
    """
    for phrase in item.forbidden:
        doses = forbidden_dose(phrase)
        if any(
            _gives(claim, doses) if doses else _says(claim, phrase) for claim in answer.bottom_line
        ):
            yield phrase


def forbidden_dose(text: str) -> tuple[Dosage, ...]:
    """The dosages of a forbidden phrase that is little more than a dose ("400 mg")."""
    try:
        dosages = parse_dosages(text)
    except DosageError:
        return ()
    words = re.findall(r"[a-z]+", text.lower())
    return dosages if len(words) <= 2 else ()


def doses_of(claim: Claim) -> Iterator[Dosage]:
    """Every dosage that a claim states, each step of a sequence apart; no product strengths."""
    for stated in claim.dosages:
        for dosage in (stated, *stated.steps):
            if dosage.role is not DosageRole.STRENGTH:
                yield dosage


def _gives(claim: Claim, doses: tuple[Dosage, ...]) -> bool:
    return any(
        d.role is DosageRole.DOSE and not differences(wanted, d)
        for wanted in doses
        for d in claim.dosages
    )


_DENIES = re.compile(
    r"\b(?:not?|never|without|except|avoid\w*|contraindicated|unless|stop\w*|cannot|other than|"
    r"after|before)\b",
    re.IGNORECASE,
)


def _says(claim: Claim, sentence: str) -> bool:
    headings = [c.quote for s in claim.statements for c in s.context if c.role == "heading"]
    above = "\n".join(headings)
    words = set(terms(sentence))
    for clause in _CLAUSE_END.split(claim.text):
        if words <= set(terms(clause)) and _alike(clause, sentence):
            stated = check_text(sentence, clause, above).supported
            if stated or check_text(clause, sentence, above).supported:
                return True
    return False


_CLAUSE_END = re.compile(r"[;.]\s+|\n")


def _alike(claim: str, sentence: str) -> bool:
    """Whether both deny as much, and the sentence's doses are totals or single ones as there."""
    if len(_DENIES.findall(claim)) != len(_DENIES.findall(sentence)):
        return False
    given = {(d.low, d.unit, d.per, d.per_time) for d in parse_dosages(claim)}
    return {(d.low, d.unit, d.per, d.per_time) for d in parse_dosages(sentence)} <= given
