"""Whom a claim is for, as it bears on a question."""

from __future__ import annotations

import re
from dataclasses import replace

from osler.answering.advising.advising import KIDNEYS
from osler.answering.candidates.subject import relation
from osler.answering.composing.compose import Composed
from osler.answering.judging.fitting import fitting_group
from osler.domain import Applies, BlockKind, Combinator, Criterion, Group, Question
from osler.patterns import lazy
from osler.statements import applies, read_group
from osler.statements.groups.growth import is_a_child


def without_the_drug(group: Group, question: Question) -> Group:
    """A group without "while on it": who is given the drug asked about is meant by all."""
    drugs = [t.name for t in question.terms if t.kind == "substance"]
    kept = tuple(
        c
        for c in group.criteria
        if c.attribute != "drug" or c.negated or not any(relation(d, c.value or "") for d in drugs)
    )
    return group if len(kept) == len(group.criteria) else replace(group, criteria=kept)


def groups_of(item: Composed, question: Question) -> list[Group]:
    """Whom it is for; in a row that is cut down to one cell, also by the heading of the cell."""
    groups = [s.group for s in item.claim.statements]
    if any(s.block is not BlockKind.ROW for s in item.claim.statements):
        return groups
    if _ADULT_CELL.search(item.claim.text) and is_a_child(question.patient) is not True:
        return [_without_other_cells(group, item.claim.text) for group in groups]
    cell = [c for c in read_group(item.claim.text).criteria if (c.low or c.high) is not None]
    if len(cell) != 1:
        return groups
    return [
        replace(g, criteria=(*g.criteria, *(c for c in cell if not _names_measure(g, c))))
        if g.combinator is Combinator.ALL
        else g
        for g in groups
    ]


_ADULT_CELL = lazy(r"(?:^|; )adults?\b[^:;]{0,20}: ", re.I)
_CHILD_CELL = lazy(r"(?:^|; )(?:child|infant|paediatric|pediatric|neonat)[^:;]{0,40}: ", re.I)


def _without_other_cells(group: Group, text: str) -> Group:
    """The group of a row with a cell for adults, without the ages over its cells for children."""
    heads = " ".join(m.group() for m in _CHILD_CELL.finditer(text))
    kept = tuple(
        c
        for c in group.criteria
        if c.attribute not in ("age", "life stage") or not c.text or c.text not in heads
    )
    return group if len(kept) == len(group.criteria) else replace(group, criteria=kept)


def _names_measure(group: Group, criterion: Criterion) -> bool:
    return any(measure_of(c) == measure_of(criterion) for c in group.criteria)


def measure_of(criterion: Criterion) -> str:
    """What a criterion measures; all estimates of renal function are of the kidneys."""
    return "kidneys" if criterion.attribute in KIDNEYS else criterion.attribute


def verdict_of(group: Group, question: Question) -> Applies:
    """Whether the patient is of the group, conditions apart: those are compared by name."""
    compared_by_name = ("condition", "severity", "procedure")
    kept = tuple(
        c
        for c in group.criteria
        if c.attribute not in compared_by_name
        and not _is_open_exception(c)
        and not (_is_weight_of_the_grown(c) and _is_grown(question))
    )
    if not kept:
        return Applies.YES
    return applies(fitting_group(replace(group, criteria=kept), question), question.patient).applies


def _is_open_exception(criterion: Criterion) -> bool:
    """Whether it excepts whom no criterion tells: "unless one of the factors above applies"."""
    return criterion.attribute == "other" and criterion.negated


# kg; fewer than one adult in a hundred weighs less, so that it tells the grown from children.
_LIGHTEST_GROWN = 35


def _is_weight_of_the_grown(criterion: Criterion) -> bool:
    """Whether it only leaves out who is as light as a child: "35 kg or more"."""
    return (
        criterion.attribute == "weight"
        and criterion.high is None
        and criterion.low is not None
        and criterion.low <= _LIGHTEST_GROWN
        and not criterion.negated
    )


def _is_grown(question: Question) -> bool:
    """Whether it asks about an adult whose weight it does not say."""
    patient = question.patient
    return patient.weight_kg is None and is_a_child(patient) is not True
