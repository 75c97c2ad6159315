"""A composed claim as a side of a question: what it advises, and for whom."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace

from osler.answering.advising.advice import Advice, Respect
from osler.answering.advising.advising import advice_of
from osler.answering.advising.checks import ONLY_IF
from osler.answering.candidates.forms import routes_named
from osler.answering.candidates.subject import best_relation, relation
from osler.answering.composing.compose import Composed
from osler.answering.cues import cues
from osler.answering.disagreeing.asked_for import as_asked, is_asked
from osler.answering.disagreeing.side_conditions import (
    ORGANS,
    conditions_of,
    is_among,
    named_by_value,
    names_beside,
    names_in,
    other_reasons,
    prevented_by,
)
from osler.answering.disagreeing.side_groups import (
    groups_of,
    measure_of,
    verdict_of,
    without_the_drug,
)
from osler.answering.disagreeing.side_scope import (
    PREVENTS,
    is_alternative,
    is_beside_another_kind,
    is_for_another_risk,
    is_of_another_grade,
    is_of_another_trimester,
    is_of_other_things,
    only_treats,
    prevents_another,
)
from osler.answering.judging.misfits import misfits
from osler.answering.judging.relevance import names_condition
from osler.answering.understanding.asking import weighs_leaving
from osler.answering.understanding.question_scope import is_general
from osler.domain import (
    Applies,
    Aspect,
    BlockKind,
    Combinator,
    Group,
    Phase,
    Question,
    StatementKind,
)
from osler.patterns import lazy
from osler.statements import read_group
from osler.statements.vocabulary.conditions import is_a
from osler.statements.vocabulary.substances import find_substances

_EXCEPT = lazy(r"\b(?:other than|except|excluding|without)\b[^)]*", re.I)
_COUNTED = lazy(r"\b(?:any|at least|\w+ or more of)\s+(?:two|three|2|3)\b|\bboth of\b", re.I)


@dataclass(frozen=True, slots=True)
class Side:
    """What one claim says on a question.

    `tier` is 0 where it is for patients like this one by a measure (`by`), 1 where it is for
    this patient, 2 where that is not known. `own` are the conditions that it names beside those
    asked about, `named` all that it and what stands over it name, `known` these and those asked
    about, `titled` those of the document's title. `companions` are the other drugs of the
    question that it names. `whether`: it is asked whether to give the drug at all; `doses`: how
    much of it; `begins`: how to begin it. `on_it`: it or its title names what is asked about;
    `graded`: it is for a severity that the question does not say.
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
    doses: bool
    begins: bool
    on_it: bool
    graded: bool

    @property
    def is_of_asked(self) -> bool:
        """Whether its own words name conditions, and none but those asked about."""
        return bool(names_in(self.item.claim.text)) and not self.own

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the sources that say so."""
        return frozenset(c.source_id for c in self.item.claim.citations)


def side_of(item: Composed, question: Question) -> Side | None:
    """A claim as a side; None where it is no recommendation of its source for this question."""
    if item.claim.warning is not None and not item.disputed:
        return None
    if not question.terms and is_of_other_things(item, question):
        return None
    if is_alternative(item, question) or _is_beside(item, question) or only_treats(item, question):
        return None
    if misfits(item.scored.candidate, question):
        return None
    groups = [without_the_drug(group, question) for group in groups_of(item, question)]
    verdicts = {verdict_of(group, question) for group in groups}
    source = item.scored.candidate.source
    if verdict_of(read_group(source.title), question) is Applies.NO:
        return None
    if is_of_another_trimester(item, question.patient) or _is_for_another_route(item, question):
        return None
    values = named_by_value(item.claim.text, question.patient)
    if values and not any(values.values()):
        return None  # "severe hypokalaemia (below 2.5)", and it is 2.8
    others_only = verdicts == {Applies.NO}  # it may still say from which value on to act
    fits = verdicts == {Applies.YES}
    counted = any(_is_one_of_several(item, group) for group in groups)
    fits = fits and not counted
    by = frozenset(
        measure_of(c) for g in groups for c in g.criteria if (c.low or c.high) is not None
    )
    asked = {t.name for t in question.terms if t.kind not in ("substance", "co-drug")}
    asked |= set(question.patient.conditions)
    named = conditions_of(item, asked)
    if any(is_a(name, absent) for name in named for absent in question.patient.absent_conditions):
        return None  # it is for people with what the patient has not
    known = named | names_in(source.title) | {n for c in item.candidates for n in c.conditions}
    titled = names_in(_EXCEPT.sub(" ", source.title))
    weight = question.patient.weight_kg
    own = named - other_reasons(item, groups, asked)
    if any(is_among(n, asked) for n in named) or not any(is_among(n, asked) for n in titled):
        own -= names_in(source.title)  # else what the title names beside is another chapter
    own = frozenset(n for n in own if not is_among(n, asked) and not _is_setting(n, item))
    own -= frozenset(values) | names_beside(item, asked)
    to_prevent = prevented_by(item.claim.text)
    treats = bool(treated(question)) and all(is_among(n, asked) for n in to_prevent)
    treats = treats and not PREVENTS.search(source.title)  # then it says nothing else
    treats = treats and not prevents_another(item, asked)
    risky = not by and is_for_another_risk(item, question)
    risky = risky or is_beside_another_kind(item, question)
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
            and (asked_for := as_asked(_as_begun(a, item, question), question)) is not None
        ),
        tier=tier,
        by=by,
        fits=fits,
        own=own,
        known=known | asked,
        companions=_companions(item, question),
        titled=titled,
        named=known - (names_in(source.title) - titled),
        begins=Phase.START in question.phases,
        doses=Aspect.DOSE in question.aspects,
        on_it=any(is_among(name, asked) for name in named | titled)
        or _is_on_the_value(tier, question),
        graded=is_of_another_grade(item, question),
        whether=question.yes_no
        or Aspect.CONTRAINDICATION in question.aspects
        or weighs_leaving(question.text),
    )


# "Start prednisolone 15 mg once daily."
_BEGINS = lazy(r"\b(?:start|begin|commence|initiate)(?:\s[\w-]+){0,5}\s$", re.I)
# "Clobazam 10 mg at night is added."
_IS_BEGUN = lazy(
    r"[^.;:]{0,40}?\b(?:is|are|should be|may be|can be)\s"
    r"(?:added|introduced|started|begun|commenced|tried)\b",
    re.I,
)


def _as_begun(advice: Advice, item: Composed, question: Question) -> Advice:
    """A dose of no stated phase as the first, where it is told to start with and that is asked."""
    if advice.respect is not Respect.DOSE or advice.phase or Phase.START not in question.phases:
        return advice
    text, spans = item.claim.text, {(d.amount_start, d.amount_end) for d in item.claim.dosages}
    begun = len(spans) == 1 and any(
        _BEGINS.search(text, 0, start) or _IS_BEGUN.match(text, end) for start, end in spans
    )
    return replace(advice, phase=Phase.START) if begun else advice


def _is_on_the_value(tier: int, question: Question) -> bool:
    """Whether it is for a measured value of the patient's, where no problem is to be treated."""
    return tier == 0 and bool(question.patient.measurements) and not treated(question)


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
    reasons = names_in(" ".join(m.group() for m in ONLY_IF.finditer(item.claim.text)))
    return any(is_among(name, asked) for name in reasons)


_SETTINGS = frozenset({"contraception", "end of life care", "vaccination"})


def _is_setting(name: str, item: Composed) -> bool:
    """Whether only a heading or title names what is the setting of it all."""
    return name in _SETTINGS and not any(name in names_in(s.text) for s in item.claim.statements)


def _is_for_another_route(item: Composed, question: Question) -> bool:
    """Whether its document is on a form for another route than is asked about, and it names none:
    "solution for infusion", of tablets."""
    of_title = routes_named(item.scored.candidate.source.title)
    told = {r for d in item.claim.dosages for r in (d.route, *d.routes) if r}
    return bool(question.route and of_title) and question.route not in of_title | told


def _is_one_of_several(item: Composed, group: Group) -> bool:
    """Whether it is one line of "any two of these", which alone decides nothing."""
    if group.combinator is Combinator.AT_LEAST:
        return False
    return _COUNTED.search(item.scored.candidate.lead_text) is not None


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
    about = conditions_of(item, wanted) | (names_in(candidate.source.title) - ORGANS)
    about -= _SETTINGS
    return bool(about) and not any(is_among(name, wanted) for name in about)


def treated(question: Question) -> frozenset[str]:
    """The problems asked about, without what only changes a dose or is told beside."""
    beside = {*question.background, *question.patient.absent_conditions, *cues().circumstances}
    named = {t.name for t in question.terms if t.kind not in ("substance", "co-drug")}
    return frozenset(named - beside)
