"""Whether a stated dose is of the expected drug, and for the expected people."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from osler.answering.candidates.subject import relation
from osler.domain import (
    Applies,
    Claim,
    Combinator,
    Criterion,
    Dosage,
    DosageRole,
    Group,
    Patient,
    Statement,
)
from osler.evaluation.questions import ExpectedAnswer, ExpectedFact
from osler.library.terms import terms
from osler.statements import applies, find_conditions, find_substances, read_group, read_patient
from osler.statements.vocabulary.conditions import is_a
from osler.statements.vocabulary.substances import belongs_to

# Years at which stages of life begin and end, wide on purpose: only what cannot be one
# person contradicts ("child" and "adult" may both be 18).
_STAGES: dict[str, tuple[Decimal, Decimal]] = {
    "neonate": (Decimal(0), Decimal("0.08")),
    "infant": (Decimal(0), Decimal(2)),
    "child": (Decimal(0), Decimal(18)),
    "adolescent": (Decimal(10), Decimal(20)),
    "adult": (Decimal(18), Decimal(150)),
    "older": (Decimal(60), Decimal(150)),
}
# Criteria that narrow a dose to few people: a claim may carry one only if the question or the
# expected fact speaks of it. Ages and weights are compared as ranges instead.
_NARROWING = frozenset({"condition", "procedure", "drug", "allergy", "pregnancy", "breastfeeding"})
_MEASURED = frozenset({"bmi", "egfr", "crcl", "creatinine", "risk", "gestation"})


def wrong_drug(fact: ExpectedFact, claim: Claim, dosage: Dosage) -> str | None:
    """The drug that a dose is of, where that is not the expected one; None where it is.

    The same drug, a form of it, and the class that either belongs to are the expected one
    (relation 1 of `osler.answering.candidates.subject`); another form of the same substance is not.
    Where neither lexicon nor text names a drug, a word of the expected name must stand in the
    claim, its context or its statement.
    """
    assert fact.dose is not None
    if not fact.dose.substance:
        return None
    wanted = _names(fact.dose.substance)
    given = (dosage.substance,) if dosage.substance else _names_of(claim)
    if wanted and given:
        if any(_same(w, g) for w in wanted for g in given):
            return None
        return ", ".join(given)
    near = [claim.text, *(c.quote for s in claim.statements for c in s.context)]
    said = {term for text in near for term in terms(text)}
    if set(terms(fact.dose.substance)) & said:
        return None
    return ", ".join(given) or "no drug that is named"


def wrong_group(
    item: ExpectedAnswer, fact: ExpectedFact, claim: Claim, dosage: Dosage
) -> str | None:
    """Why a claim's dose is for others than the fact expects, in words; None where it is not.

    It is for others where its group and the expected one cannot be one person, or where it
    narrows the dose to people of whom neither the question nor the fact speaks.
    """
    asked = _Asked(item, fact)
    clause, after = _clause(claim.text, dosage, claim.dosages)
    near = read_group(clause)
    elsewhere = _identities(read_group(after)) - _identities(near)
    reasons = [_against(_with(near, s.group, elsewhere), asked) for s in claim.statements]
    return None if not reasons or None in reasons else reasons[0]


_GENERIC = {t for word in ("disease", "syndrome", "disorder", "deficiency") for t in terms(word)}


class _Asked:
    """What the question and the expected fact say of the people."""

    def __init__(self, item: ExpectedAnswer, fact: ExpectedFact) -> None:
        population = (fact.dose.population if fact.dose else None) or ""
        phase = (fact.dose.phase if fact.dose else None) or ""
        self.expected = read_group(population).criteria
        self.patient = read_patient(item.question)
        aged = any(c.attribute in ("age", "life stage") for c in self.expected)
        self.person = Patient(
            age_years=None if aged else self.patient.age_years,
            life_stage=None if aged else self.patient.life_stage,
        )
        self.words = " . ".join(
            (
                item.question,
                population,
                phase,
                fact.fact,
                *map(_in_words, (item.topic, *fact.sources)),
            )
        )
        self.conditions = {f.name for f in find_conditions(self.words, any_case=True)} | {
            *self.patient.conditions,
            *self.patient.procedures,
        }
        self.drugs = {f.name for f in find_substances(self.words)}
        self.mentioned = (*self.expected, *read_group(self.words).criteria)


def _in_words(name: str) -> str:
    """The words of a topic's or a file's name: what they are on, a fact is on, too."""
    return re.sub(r"\.\w+$|--.*", "", name).replace("-", " ")


_Identity = tuple[str, str | None, Decimal | None, Decimal | None, bool]


def _identity(c: Criterion) -> _Identity:
    return (c.attribute, c.value, c.low, c.high, c.negated)


def _identities(group: Group) -> set[_Identity]:
    return {_identity(c) for c in group.criteria}


def _with(near: Group, whole: Group, elsewhere: set[_Identity]) -> tuple[Criterion, ...] | Group:
    """The clause's own criteria, and those of the statement on what the clause is silent on.

    Without what only a later clause says: it is about another dose.
    """
    own = {c.attribute for c in near.criteria}
    if whole.combinator is not Combinator.ALL:
        return near.criteria if own else whole
    rest = (c for c in whole.criteria if c.attribute not in own and _identity(c) not in elsewhere)
    return (*near.criteria, *rest)


def _against(group: tuple[Criterion, ...] | Group, asked: _Asked) -> str | None:
    if isinstance(group, Group):  # alternatives: one that fits is enough
        reasons = [_objection(c, asked) for c in group.criteria]
        return None if not reasons or None in reasons else reasons[0]
    objections = {c: why for c in group if (why := _objection(c, asked))}
    # A title or heading may name several conditions ("asthma and COPD"): one is enough.
    conditions = [c for c in group if c.attribute == "condition" and not c.negated]
    if any(c not in objections for c in conditions):
        objections = {c: why for c, why in objections.items() if c not in conditions}
    return next(iter(objections.values()), None)


def _objection(criterion: Criterion, asked: _Asked) -> str | None:
    if criterion.alternatives:
        reasons = [_plain_objection(c, asked) for c in (criterion, *criterion.alternatives)]
        return None if None in reasons else reasons[0]
    return _plain_objection(criterion, asked)


def _plain_objection(criterion: Criterion, asked: _Asked) -> str | None:
    name = criterion.text or criterion.value or criterion.attribute
    if criterion.attribute in ("age", "life stage"):
        outcome = applies(Group((criterion,)), asked.person)
        if outcome.applies is Applies.NO:
            return f"{name!r}, and the question is of {', '.join(outcome.because)}"
    same = [wanted for wanted in asked.expected if _family(wanted) == _family(criterion)]
    if same and all(_exclude(criterion, wanted) for wanted in same):  # "adults and children"
        return f"{name!r} against {same[0].text or same[0].value!r}"
    if criterion.negated or _is_spoken_of(criterion, asked):
        return None
    return f"{name!r}, of which nothing is asked"


def _family(criterion: Criterion) -> str:
    return "age" if criterion.attribute == "life stage" else criterion.attribute


def _is_spoken_of(criterion: Criterion, asked: _Asked) -> bool:
    attribute, value = criterion.attribute, criterion.value or ""
    if attribute in _MEASURED:
        known = {"egfr", "crcl", "creatinine"} if attribute in ("egfr", "crcl") else {attribute}
        stated = any(c.attribute in known for c in asked.mentioned)
        return stated or bool(known & _known_of(asked)) or _implied(criterion, asked)
    if attribute not in _NARROWING:
        return True
    if attribute in ("drug", "allergy"):
        return any(belongs_to(d, value) or belongs_to(value, d) for d in asked.drugs)
    if attribute in ("pregnancy", "breastfeeding"):
        return any(c.attribute == attribute for c in asked.mentioned)
    if any(is_a(c, value) or is_a(value, c) for c in asked.conditions):
        return True
    # A clearance of 22 speaks of poor kidneys.
    if applies(Group((criterion,)), asked.patient).applies is Applies.YES:
        return True
    words = set(terms(value)) - _GENERIC
    return bool(words) and words <= set(terms(asked.words))


def _known_of(asked: _Asked) -> set[str]:
    patient = asked.patient
    fields = {
        "bmi": patient.bmi,
        "egfr": patient.egfr,
        "crcl": patient.crcl,
        "creatinine": patient.creatinine_umol_l,
        "risk": patient.risk_percent,
        "gestation": patient.gestation_weeks,
    }
    return {name for name, value in fields.items() if value is not None}


def _implied(criterion: Criterion, asked: _Asked) -> bool:
    """Normal kidneys are above every bound; "CKD" and "obesity" speak of a bound below."""
    if criterion.attribute in ("egfr", "crcl"):
        return criterion.high is None or any(
            "renal" in c or "kidney" in c for c in asked.conditions
        )
    return criterion.attribute == "bmi" and any(is_a(c, "obesity") for c in asked.conditions)


def _exclude(a: Criterion, b: Criterion) -> bool:
    """Whether no one person meets both."""
    if a.negated or b.negated:
        same = a.attribute == b.attribute and a.value is not None
        return same and a.value == b.value and a.negated != b.negated
    left, right = _ages(a), _ages(b)
    if left and right:
        return _apart(left, right)
    if a.attribute != b.attribute:
        return False
    if a.value is None or b.value is None:
        return _apart((a.low, a.high), (b.low, b.high))
    if a.attribute == "pregnancy":
        return (
            a.value != b.value and a.value.endswith("trimester") and b.value.endswith("trimester")
        )
    if a.attribute == "severity":
        return not set(a.value.split()) & set(b.value.split())
    return a.attribute == "sex" and a.value != b.value


def _ages(criterion: Criterion) -> tuple[Decimal | None, Decimal | None] | None:
    if criterion.attribute == "age":
        return criterion.low, criterion.high
    return _STAGES.get(criterion.value or "") if criterion.attribute == "life stage" else None


def _apart(
    a: tuple[Decimal | None, Decimal | None], b: tuple[Decimal | None, Decimal | None]
) -> bool:
    """Whether two ranges share no more than an end; None is open."""
    if a == b:
        return False
    below = a[1] is not None and b[0] is not None and a[1] <= b[0]
    above = b[1] is not None and a[0] is not None and b[1] <= a[0]
    return below or above


def _clause(text: str, dosage: Dosage, others: tuple[Dosage, ...]) -> tuple[str, str]:
    """The words of a claim between the marks that stand around a dose, and what comes after.

    Brackets with a dose of their own are a clause too: "5 mg daily (2.5 mg if over 80)".
    """
    if text[dosage.start : dosage.end] != dosage.text:
        return "", ""  # a dosage taken over from elsewhere has no place in this text
    before = max(text.rfind(mark, 0, dosage.start) for mark in _MARKS)
    ends = [at for mark in _MARKS if (at := text.find(mark, dosage.end)) >= 0]
    end = min(ends, default=len(text))
    for start, stop in _bracketed_doses(text, others):
        if start <= dosage.start < stop:
            return text[start:stop], ""
        if dosage.end <= start:
            end = min(end, start)
    return text[before + 1 : end], text[end:]


def _bracketed_doses(text: str, dosages: tuple[Dosage, ...]) -> list[tuple[int, int]]:
    brackets = [m.span() for m in re.finditer(r"\([^()]*\)", text)]
    doses = [d.start for d in dosages if d.role is DosageRole.DOSE]
    return [b for b in brackets if any(b[0] < at < b[1] for at in doses)]


_MARKS = (";", ". ", "\n", "|")


def _names_of(claim: Claim) -> tuple[str, ...]:
    return _names(claim.text) or _statement_names(claim.statements)


def _statement_names(statements: tuple[Statement, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for s in statements for name in s.substances))


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.name for found in find_substances(text)))


def _same(wanted: str, given: str) -> bool:
    return max(relation(wanted, given), relation(given, wanted)) == 1.0
