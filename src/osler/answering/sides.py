"""A composed claim as a side of a question: what it advises, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

from osler.answering.advice import Advice, Respect, differ
from osler.answering.advising import KIDNEYS, advice_of
from osler.answering.agreement import groups_compatible
from osler.answering.compose import Composed
from osler.answering.eligibility import RENAL_LIMIT
from osler.answering.fitting import fitting_group
from osler.answering.question_scope import is_general
from osler.answering.relevance import is_special
from osler.answering.subject import relation
from osler.domain import Applies, Aspect, Combinator, Criterion, Group, Phase, Question
from osler.patterns import lazy
from osler.statements import applies, find_conditions, read_group
from osler.statements.conditions import is_a

# What a dose is adapted to; age and weight bands are how doses are listed, and do not count.
_ADAPTED = KIDNEYS | {"pregnancy", "breastfeeding", "drug", "allergy"}
_EXCEPT = lazy(r"\b(?:other than|except|excluding|without)\b[^)]*", 2)
_COUNTED = lazy(r"\b(?:any|at least|\w+ or more of)\s+(?:two|three|2|3)\b|\bboth of\b", 2)
_RISK = lazy(r"\b(low|moderate|high|raised|increased)(?:er)?[-\s]risk\b", 2)
_ALTERNATIVE = lazy(
    r"^\W*(?:the alternative|alternative(?:ly|s)?\b|otherwise|second[-\s](?:line|choice)|"
    r"third[-\s]line|occasionally|if\b)",
    2,
)


# "5 to 7 mmol/L; in frailty, 7 to 10": of whom the rest does not speak.
_EXCEPTION = lazy(r";\s*(?:but\s+)?(?:in|for|with)\s[^;,.]{1,60},[^;.]*(?:[.]\d[^;.]*)*", 2)


@dataclass(frozen=True, slots=True)
class Side:
    """What one claim says on a question.

    `tier` is 0 where it is for patients like this one by a measure (`by`), 1 where it is for
    this patient, 2 where that is not known. `own` are the conditions that it names beside those
    asked about, `named` all that it and what stands over it name, `known` these and those asked
    about, `titled` those of the document's title. `companions` are the other drugs of the
    question that it names.
    """

    item: Composed
    advice: tuple[Advice, ...]
    tier: int
    by: frozenset[str]
    fits: bool
    own: frozenset[str]
    known: frozenset[str]
    companions: frozenset[str]
    titled: frozenset[str]
    named: frozenset[str]

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that say so."""
        return frozenset(c.source_id for c in self.item.claim.citations)


def side_of(item: Composed, question: Question) -> Side | None:
    """A claim as a side; None where it is no recommendation of its source for this question."""
    if item.claim.warning is not None or _is_alternative(item) or _is_beside(item, question):
        return None
    groups = [s.group for s in item.claim.statements]
    verdicts = {_verdict(group, question) for group in groups}
    source = item.scored.candidate.source
    if verdicts == {Applies.NO} or _verdict(read_group(source.title), question) is Applies.NO:
        return None
    fits = verdicts == {Applies.YES}
    counted = any(_is_one_of_several(item, group) for group in groups)
    fits = fits and not counted
    by = frozenset(_measure(c) for g in groups for c in g.criteria if (c.low or c.high) is not None)
    asked = {t.name for t in question.terms if t.kind not in ("substance", "co-drug")}
    asked |= set(question.patient.conditions)
    named = _conditions(item)
    known = named | _names(source.title) | {n for c in item.candidates for n in c.conditions}
    titled = _names(_EXCEPT.sub(" ", source.title))
    weight = question.patient.weight_kg
    own = frozenset(n for n in named - _names(source.title) if not _is_among(n, asked))
    risky = not by and _is_for_another_risk(item, question)
    tier = 2 if own or not fits or risky else 0 if by else 1
    if is_general(question):
        tier = 1  # asked for no one in particular: each group is spoken to alike
    return Side(
        item=item,
        advice=tuple(
            _as_asked(a, question) for a in advice_of(item.claim, weight) if _is_asked(a, question)
        ),
        tier=tier,
        by=by,
        fits=fits,
        own=own,
        known=known | asked,
        companions=_companions(item, question),
        titled=titled,
        named=known - (_names(source.title) - titled),
    )


def _measure(criterion: Criterion) -> str:
    return "kidneys" if criterion.attribute in KIDNEYS else criterion.attribute


def _is_one_of_several(item: Composed, group: Group) -> bool:
    """Whether it is one line of "any two of these", which alone decides nothing."""
    if group.combinator is Combinator.AT_LEAST:
        return False
    return _COUNTED.search(item.scored.candidate.lead_text) is not None


def _is_for_another_risk(item: Composed, question: Question) -> bool:
    """Whether it is for people at low (high, …) risk, and the question does not say so."""
    return any(
        m.group(1).lower() not in question.text.lower()
        for statement in item.claim.statements
        for m in _RISK.finditer(statement.text)
    )


def _is_asked(advice: Advice, question: Question) -> bool:
    """Whether it is of a drug and route asked about, and no way to begin where no dose is."""
    asked = [t.name for t in question.terms if t.kind == "substance"]
    route = question.route
    begins = advice.phase is Phase.START and advice.respect is Respect.DOSE
    if begins and question.aspects and Aspect.DOSE not in question.aspects:
        return False  # "white cells 3.1, what now?" is of a drug that is taken already
    if route and advice.routes and route not in advice.routes:
        return False
    if not asked or not advice.names:
        return True
    return any(relation(a, name) for a in asked for name in advice.names)


def _as_asked(advice: Advice, question: Question) -> Advice:
    """Where prevention is asked for, a dose of no stated phase is taken to be for it."""
    if advice.phase is None and question.phases == (Phase.PROPHYLAXIS,):
        return replace(advice, phase=Phase.PROPHYLAXIS)
    return advice


def _companions(item: Composed, question: Question) -> frozenset[str]:
    """The drugs that the question names beside, as far as this names them."""
    candidate = item.scored.candidate
    named = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
        *candidate.title_substances,
    )
    beside = (t.name for t in question.terms if t.kind == "co-drug")
    return frozenset(drug for drug in beside if any(relation(drug, n) == 1.0 for n in named))


def _is_beside(item: Composed, question: Question) -> bool:
    """Whether its document is on other drugs, or on neither the drug nor the condition asked."""
    titled = item.scored.candidate.title_substances
    drugs = [t.name for t in question.terms if t.kind in ("substance", "co-drug")]
    if titled and drugs and not any(relation(a, n) for a in drugs for n in titled):
        return True
    asked = any(t.kind not in ("substance", "co-drug") for t in question.terms)
    return asked and not item.scored.relevance.condition and not is_on_it_alone(item, question)


def is_on_it_alone(item: Composed, question: Question) -> bool:
    """Whether its document is on the drugs asked about and no others: their label, say."""
    titled = item.scored.candidate.title_substances
    drugs = [t.name for t in question.terms if t.kind == "substance"]
    return bool(titled) and all(any(relation(a, n) == 1.0 for a in drugs) for n in titled)


def _is_alternative(item: Composed) -> bool:
    """Whether it speaks for a case that no criterion holds: "if not tolerated, …"."""
    statement = item.claim.statements[0]
    return _ALTERNATIVE.match(statement.text) is not None and not any(
        is_special(c) for c in statement.group.criteria
    )


def _verdict(group: Group, question: Question) -> Applies:
    """Whether the patient is of the group, conditions apart: those are compared by name."""
    kept = tuple(c for c in group.criteria if c.attribute not in ("condition", "severity"))
    if not kept:
        return Applies.YES
    return applies(fitting_group(replace(group, criteria=kept), question), question.patient).applies


def _names(text: str) -> frozenset[str]:
    return frozenset(found.name for found in find_conditions(text))


def _conditions(item: Composed) -> frozenset[str]:
    criteria = [c for s in item.claim.statements for c in s.group.criteria]
    negated = {c.value for c in criteria if c.negated}
    stated = {c.value for c in criteria if c.attribute == "condition" and c.value}
    main = _names(_EXCEPTION.sub("", item.claim.text))
    excepted = _names(item.claim.text) - main
    return frozenset((main | stated - excepted) - negated - _ORGANS)


_ORGANS = frozenset({"renal impairment", "chronic kidney disease"})  # compared as criteria


def _is_among(name: str, others: set[str] | frozenset[str]) -> bool:
    return any(is_a(name, other) or is_a(other, name) for other in others)


def comparable(a: Side, b: Side) -> bool:
    """Whether one patient can be meant by both, for the same condition."""
    if a.titled and b.titled and not (_speaks_of(a.titled, b) or _speaks_of(b.titled, a)):
        return False  # chapters on two diseases
    if not _conditions_meet(a.own, b.known) or not _conditions_meet(b.own, a.known):
        return False
    pairs = [(x.group, y.group) for x in a.item.claim.statements for y in b.item.claim.statements]
    if not all(groups_compatible(x, y) for x, y in pairs):
        return False
    if a.fits and b.fits:
        return True
    return all(_specials(x) == _specials(y) for x, y in pairs)


def _speaks_of(conditions: frozenset[str], side: Side) -> bool:
    return any(_is_among(name, side.named) for name in conditions)


def _conditions_meet(own: frozenset[str], known: frozenset[str]) -> bool:
    """Whether each condition that one names is known to the other; to a general text all are."""
    return not known or all(_is_among(name, known) for name in own)


def _specials(group: Group) -> frozenset[tuple[object, ...]]:
    return frozenset(_identity(c) for c in group.criteria if is_special(c) and not _is_usual(c))


def _is_usual(criterion: Criterion) -> bool:
    """Whether it leaves most patients in: not pregnant, kidneys that are hardly impaired."""
    if criterion.attribute in ("egfr", "crcl"):
        return criterion.high is None or criterion.high >= RENAL_LIMIT
    return criterion.negated


def _identity(c: Criterion) -> tuple[object, ...]:
    return (c.attribute, c.value, c.low, c.high, c.negated)


def adapted_to(side: Side) -> frozenset[str]:
    """The attributes of the patient that a claim's dose is adapted to."""
    groups = [s.group for s in side.item.claim.statements]
    return frozenset(
        _measure(c)
        for g in groups
        for c in g.criteria
        if c.attribute in _ADAPTED and not _is_usual(c)
    )


def compare(a: Side, b: Side, *, wide: bool = False) -> list[tuple[Advice, Advice, bool]]:
    """Each pair of values that are on the same, and whether they differ.

    `wide` also compares what one adapts to the patient (to kidneys, pregnancy, another drug)
    with what the other says to everyone.
    """
    if not comparable(a, b):
        return []
    picked = a.by == b.by and a.tier == b.tier == 0  # both are for this patient by one measure
    same = wide or ((picked or adapted_to(a) == adapted_to(b)) and a.companions == b.companions)
    found = []
    for x in a.advice:
        for y in b.advice:
            if not same and x.respect not in _WHOEVER:
                continue
            if x.respect is Respect.USE and not adapted_to(a):
                continue
            apart = differ(x, y)
            if apart is not None:
                found.append((x, y, apart))
    return found


# Compared also where only one of the two picks its patients out.
_WHOEVER = frozenset({Respect.ADJUSTMENT, Respect.LIMIT, Respect.ROUTE})
