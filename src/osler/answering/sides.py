"""A composed claim as a side of a question: what it advises, and for whom."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import lru_cache

from osler.answering.advice import Advice, Respect
from osler.answering.advising import KIDNEYS, advice_of
from osler.answering.asked_for import as_asked, is_asked
from osler.answering.checks import ONLY_IF
from osler.answering.compose import Composed
from osler.answering.cues import cues
from osler.answering.fitting import fitting_group
from osler.answering.question_scope import is_general
from osler.answering.relevance import is_special, names_condition
from osler.answering.subject import best_relation, relation
from osler.domain import (
    Applies,
    Aspect,
    BlockKind,
    Combinator,
    Criterion,
    Group,
    Phase,
    Question,
    StatementKind,
)
from osler.patterns import lazy
from osler.statements import applies, find_conditions, read_group
from osler.statements.conditions import is_a
from osler.statements.substances import find_substances

_EXCEPT = lazy(r"\b(?:other than|except|excluding|without)\b[^)]*", 2)
_COUNTED = lazy(r"\b(?:any|at least|\w+ or more of)\s+(?:two|three|2|3)\b|\bboth of\b", 2)
_RISK = lazy(r"\b(low|moderate|high|raised|increased)(?:er)?[-\s]risk\b", 2)
_ALTERNATIVE = lazy(
    r"^\W*(?:the alternative|alternative(?:ly|s)?\b|otherwise|second[-\s](?:line|choice)|"
    r"third[-\s]line|occasionally|if\b)",
    2,
)


# "5 to 7 mmol/L; in frailty, 7 to 10": of whom the rest does not speak.
_EXCEPTION = lazy(
    r"\b[\w\s]+\sincluded\b|;\s*(?:but\s+)?(?:in|for|with)\s[^;,.]{1,60},[^;.]*(?:[.]\d[^;.]*)*",
    2,
)


# What is to be prevented, or is feared: nothing that the patient has.
_PURPOSE = lazy(
    r"\b(?:because of|due to|to (?:prevent|avoid|reduce)|(?:prevention|risks?|chance) of)\s"
    r"(?:the\s|a\s)?(?:risk of\s)?[^.;:,]*|\b\w+\s(?:prevention|prophylaxis)\b",
    2,
)


_PREVENTS = lazy(r"\b(?:prophyla|prevent)", 2)
# "Preventing delayed ischaemia": what is prevented in those who have the problem asked about.
_PREVENTED = lazy(r"\bprevent(?:ing|ion of|s)?\s+(?!it\b|this\b|that\b)(\w[^.;:,]*)", 2)
_TREATS = lazy(r"\b(?:treat|therap)", 2)
# What a drug does, or why something is said, is nothing that the patient has.
_EFFECT = lazy(
    r"\b(?:(?:may|can|might|could)\s(?:also\s)?(?:cause|lead\sto|produce)|causes?|leads?\sto|"
    r"makes?\s(?:them|it|the\s\w+|patients?|people|children|infants?)|"
    r"low(?:ers|ering)\sthe\srisks?\sof|reduc(?:es|ing)\sthe\srisks?\sof)\b[^.;]*",
    2,
)
# "And any P-gp inhibitor": said of those who take another drug, which no criterion holds.
_BESIDE_A_KIND = lazy(
    r"\b(?:and|with)\s(?:any|an?|another|strong|potent)\s(?:[\w-]+\s){0,2}(?:inhibitor|inducer)s?\b",
    2,
)
_OR_WITH = lazy(r"\bor\s(?:with\s)?$", 2)


@dataclass(frozen=True, slots=True)
class Side:
    """What one claim says on a question.

    `tier` is 0 where it is for patients like this one by a measure (`by`), 1 where it is for
    this patient, 2 where that is not known. `own` are the conditions that it names beside those
    asked about, `named` all that it and what stands over it name, `known` these and those asked
    about, `titled` those of the document's title. `companions` are the other drugs of the
    question that it names. `whether`: it is asked whether to give the drug at all.
    """

    item: Composed
    groups: tuple[Group, ...]
    advice: tuple[Advice, ...]
    tier: int
    by: frozenset[str]
    fits: bool
    own: frozenset[str]
    known: frozenset[str]
    companions: frozenset[str]
    titled: frozenset[str]
    named: frozenset[str]
    whether: bool

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that say so."""
        return frozenset(c.source_id for c in self.item.claim.citations)


def side_of(item: Composed, question: Question) -> Side | None:
    """A claim as a side; None where it is no recommendation of its source for this question."""
    if item.claim.warning is not None and not item.disputed:
        return None
    if not question.terms and _is_of_other_things(item, question):
        return None
    if _is_alternative(item) or _is_beside(item, question) or _only_treats(item, question):
        return None
    groups = _groups(item)
    verdicts = {_verdict(group, question) for group in groups}
    source = item.scored.candidate.source
    if _verdict(read_group(source.title), question) is Applies.NO:
        return None
    others_only = verdicts == {Applies.NO}  # it may still say from which value on to act
    fits = verdicts == {Applies.YES}
    counted = any(_is_one_of_several(item, group) for group in groups)
    fits = fits and not counted
    by = frozenset(
        measure_of(c) for g in groups for c in g.criteria if (c.low or c.high) is not None
    )
    asked = {t.name for t in question.terms if t.kind not in ("substance", "co-drug")}
    asked |= set(question.patient.conditions)
    named = _conditions(item, asked)
    if any(is_a(name, absent) for name in named for absent in question.patient.absent_conditions):
        return None  # it is for people with what the patient has not
    known = named | _names(source.title) | {n for c in item.candidates for n in c.conditions}
    titled = _names(_EXCEPT.sub(" ", source.title))
    weight = question.patient.weight_kg
    own = named - _other_reasons(item, groups, asked)
    if any(is_among(n, asked) for n in named) or not any(is_among(n, asked) for n in titled):
        own -= _names(source.title)  # else what the title names beside is another chapter
    own = frozenset(n for n in own if not is_among(n, asked))
    to_prevent = _names(item.claim.text) - _names(_PURPOSE.sub(" ", item.claim.text))
    treats = bool(treated(question)) and all(is_among(n, asked) for n in to_prevent)
    treats = treats and not _PREVENTS.search(source.title)  # then it says nothing else
    treats = treats and not _prevents_another(item, asked)
    risky = not by and _is_for_another_risk(item, question)
    risky = risky or _is_beside_another_kind(item, question)
    tier = 2 if own or not fits or risky else 0 if by else 1
    if is_general(question):
        tier = 1  # asked for no one in particular: each group is spoken to alike
    return Side(
        item=item,
        groups=tuple(groups),
        advice=tuple(
            asked_for
            for a in advice_of(item.claim, weight)
            if (not others_only or a.respect is Respect.THRESHOLD)
            and (a.respect is not Respect.CHECK or a.yes or not _has_reason(item, asked))
            and is_asked(a, question, treats=treats)
            and (asked_for := as_asked(a, question)) is not None
        ),
        tier=tier,
        by=by,
        fits=fits,
        own=own,
        known=known | asked,
        companions=_companions(item, question),
        titled=titled,
        named=known - (_names(source.title) - titled),
        whether=question.yes_no or Aspect.CONTRAINDICATION in question.aspects,
    )


def _is_of_other_things(item: Composed, question: Question) -> bool:
    """Whether it shares no word with a question that names nothing known, or names its own."""
    said = question.text.lower()
    names = _names(item.claim.text)
    return not item.scored.relevance.overlap or any(name not in said for name in names)


def _only_treats(item: Composed, question: Question) -> bool:
    """Whether it says of its dose that it is for treatment, where prevention is asked for."""
    if question.phases != (Phase.PROPHYLAXIS,):
        return False
    first = min((d.amount_start for d in item.claim.dosages), default=0)
    return _TREATS.search(item.claim.text[:first]) is not None and not _PREVENTS.search(item.claim.text)


def _prevents_another(item: Composed, asked: Set[str]) -> bool:
    """Whether a heading or the claim says that something else than what is asked is prevented."""
    candidate = item.scored.candidate
    said = [item.claim.text, *(c.quote for c in (*candidate.lead, *candidate.headings))]
    prevented = [m.group(1) for text in said for m in _PREVENTED.finditer(text)]
    names = frozenset().union(*map(_names, prevented))
    return bool(prevented) and not any(is_among(name, asked) for name in names)


def _is_beside_another_kind(item: Composed, question: Question) -> bool:
    """Whether it is for people who also take some inhibitor or inducer, and none is asked about."""
    if any(t.kind == "co-drug" for t in question.terms):
        return False
    text = item.claim.text
    return any(not _OR_WITH.search(text, 0, m.start()) for m in _BESIDE_A_KIND.finditer(text))


class Sides:
    """The sides that claims take on one question, each worked out once."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._known: dict[int, tuple[Composed, Side | None]] = {}

    def of(self, item: Composed) -> Side | None:
        """See `side_of`."""
        known = self._known.get(id(item))
        if known is None:
            known = self._known[id(item)] = item, side_of(item, self.question)
        return known[1]


def _has_reason(item: Composed, asked: Set[str]) -> bool:
    """Whether the patient has what a check is done for ("only if there is a cough")."""
    reasons = _names(" ".join(m.group() for m in ONLY_IF.finditer(item.claim.text)))
    return any(is_among(name, asked) for name in reasons)


def _groups(item: Composed) -> list[Group]:
    """Whom it is for; in a row that is cut down to one cell, also by the heading of the cell."""
    groups = [s.group for s in item.claim.statements]
    if any(s.block is not BlockKind.ROW for s in item.claim.statements):
        return groups
    cell = [c for c in read_group(item.claim.text).criteria if (c.low or c.high) is not None]
    if len(cell) != 1:
        return groups
    return [
        replace(g, criteria=(*g.criteria, *(c for c in cell if not _names_measure(g, c))))
        if g.combinator is Combinator.ALL
        else g
        for g in groups
    ]


def _names_measure(group: Group, criterion: Criterion) -> bool:
    return any(measure_of(c) == measure_of(criterion) for c in group.criteria)


def measure_of(criterion: Criterion) -> str:
    """What a criterion measures; all estimates of renal function are of the kidneys."""
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


def _companions(item: Composed, question: Question) -> frozenset[str]:
    """The drugs that the question names beside, as far as this names them.

    A title tells what the document is on, and not to whom each dose in it is adapted.
    """
    candidate = item.scored.candidate
    named = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
    )
    advised = _heads_of_cells(item)
    beside = (t.name for t in question.terms if t.kind == "co-drug")
    return frozenset(
        drug
        for drug in beside
        if any(relation(drug, name) for name in named)
        and not any(relation(drug, name) for name in advised)
    )


def _heads_of_cells(item: Composed) -> frozenset[str]:
    """Drugs that a row gives cells of their own ("Warfarin: Stop"): advised on, too."""
    heads = (
        find_substances(cell.partition(": ")[0])
        for statement in item.claim.statements
        if statement.block is BlockKind.ROW
        for cell in statement.text.split("; ")
        if ": " in cell
    )
    return frozenset(found[0].name for found in heads if len(found) == 1)


def _is_beside(item: Composed, question: Question) -> bool:
    """Whether it is on other drugs than those asked about, or on another problem."""
    candidate = item.scored.candidate
    named = (
        *candidate.own_substances,
        *candidate.focus_substances,
        *candidate.lead_substances,
    )
    titled = candidate.title_substances
    drugs = tuple(t for t in question.terms if t.kind in ("substance", "co-drug"))
    if titled and drugs and not (best_relation(drugs, titled) or best_relation(drugs, named)):
        return True
    wanted = treated(question)
    barred = all(s.kind is StatementKind.CONTRAINDICATION for s in item.claim.statements)
    if barred and not item.claim.dosages:
        return False  # the conditions are reasons against the drug, not what it treats
    if not wanted or any(names_condition(candidate, name) for name in wanted):
        return False
    about = _conditions(item, wanted) | _names(candidate.source.title)
    return bool(about) and not any(is_among(name, wanted) for name in about)


def treated(question: Question) -> frozenset[str]:
    """The problems asked about, without what only changes a dose or is told beside."""
    beside = {*question.background, *question.patient.absent_conditions, *cues().circumstances}
    named = {t.name for t in question.terms if t.kind not in ("substance", "co-drug")}
    return frozenset(named - beside)


def _is_alternative(item: Composed) -> bool:
    """Whether it speaks for a case that no criterion holds: "if not tolerated, …"."""
    statement = item.claim.statements[0]
    return _ALTERNATIVE.match(statement.text) is not None and not any(
        is_special(c) for c in statement.group.criteria
    )


def _verdict(group: Group, question: Question) -> Applies:
    """Whether the patient is of the group, conditions apart: those are compared by name."""
    compared_by_name = ("condition", "severity", "procedure")
    kept = tuple(
        c
        for c in group.criteria
        if c.attribute not in compared_by_name and not _is_open_exception(c)
    )
    if not kept:
        return Applies.YES
    return applies(fitting_group(replace(group, criteria=kept), question), question.patient).applies


def _is_open_exception(criterion: Criterion) -> bool:
    """Whether it excepts whom no criterion tells: "unless one of the factors above applies"."""
    return criterion.attribute == "other" and criterion.negated


@lru_cache(maxsize=8192)
def _names(text: str) -> frozenset[str]:
    return frozenset(found.name for found in find_conditions(text))


def _conditions(item: Composed, asked: Set[str]) -> frozenset[str]:
    """The conditions that a claim is for: none that it is to prevent in those asked about."""
    criteria = [c for s in item.claim.statements for c in s.group.criteria]
    negated = {c.value for c in criteria if c.negated}
    stated = {c.value for c in criteria if c.attribute == "condition" and c.value}
    text = _EFFECT.sub(" ", item.claim.text)
    main = _names(_EXCEPTION.sub("", text))
    if all(s.kind is StatementKind.MONITORING for s in item.claim.statements):
        main &= _names(ONLY_IF.sub("", text))  # else it is not done
    excepted = _names(item.claim.text) - main
    without = _names(_PURPOSE.sub(" ", text))
    if any(is_among(name, asked) for name in without | stated):
        excepted |= main - without
        main &= without
    return frozenset((main | stated - excepted) - negated - _ORGANS)


_CLAUSE = lazy(r"(?:[^.;:]|[.](?=\d))+")
_LIST = lazy(r"\bor\b|\bany(?:one)?\b|\([^,()]+,[^,()]+,", 2)


def _other_reasons(item: Composed, groups: list[Group], asked: Set[str]) -> frozenset[str]:
    """What a claim lists beside something that the patient has: each alone is a reason."""
    met = [c.text for g in groups for c in g.criteria if (c.low or c.high) is not None]
    found: set[str] = set()
    for clause in _CLAUSE.findall(item.claim.text):
        names = _names(clause)
        has = any(is_among(n, asked) for n in names) or any(t and t in clause for t in met)
        if has and _LIST.search(clause):
            found |= {n for n in names if not is_among(n, asked)}
    return frozenset(found)


_ORGANS = frozenset({"renal impairment", "chronic kidney disease"})  # compared as criteria


def is_among(name: str, others: Set[str]) -> bool:
    """Whether a condition is one of others, or a kind of one, or the other way round.

    A name that ends in another is a kind of it: "heavy menstrual bleeding" is bleeding.
    """
    return any(
        is_a(name, other)
        or is_a(other, name)
        or name.endswith(f" {other}")
        or other.endswith(f" {name}")
        for other in others
    )
