"""Which questions are asked, given what was answered (`enableWhen` of a Questionnaire).

An answer to a question that is not asked counts for nothing, also not for other questions.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from osler_site.pathways.questions import Asked, Condition, Json, Question

Answers = Mapping[str, Sequence[Json]]  # by linkId: [{"valueCoding": {…}}]

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le,
}  # fmt: skip


def asked(questions: Sequence[Question], answers: Answers) -> frozenset[str]:
    """The linkIds of the questions that are asked."""
    there = frozenset(q.link_id for q in questions)
    for _ in questions:  # each round can only take away what hung on what the last one took
        counted = {link_id: said for link_id, said in answers.items() if link_id in there}
        still = frozenset(q.link_id for q in questions if all(_holds(a, counted) for a in q.asked))
        if still == there:
            break
        there = still
    return there


def _holds(conditions: Asked, answers: Answers) -> bool:
    found = (_holds_one(c, answers.get(c.link_id, ())) for c in conditions.conditions)
    return any(found) if conditions.any_of else all(found)


def _holds_one(condition: Condition, answers: Sequence[Json]) -> bool:
    if condition.operator == "exists":
        return bool(answers) is bool(condition.answer)
    values = [value for answer in answers for value in answer.values()]
    if condition.operator == "=":
        return any(_same(value, condition.answer) for value in values)
    if condition.operator == "!=":
        return bool(values) and not any(_same(value, condition.answer) for value in values)
    return any(_compares(condition, value) for value in values)


def _same(value: Any, wanted: Any) -> bool:
    """Codings by their code, and their system where both name one; amounts in the same unit."""
    if not isinstance(value, Mapping) or not isinstance(wanted, Mapping):
        return bool(value == wanted)
    keys = ("value", "code") if "value" in wanted else ("system", "code")
    return all(
        value.get(key) == wanted.get(key)
        for key in keys
        if key != "system" or (value.get(key) and wanted.get(key))
    )


def _compares(condition: Condition, value: Any) -> bool:
    wanted = condition.answer
    if isinstance(value, Mapping) and isinstance(wanted, Mapping):
        if value.get("code") != wanted.get("code"):
            return False
        value, wanted = value.get("value"), wanted.get("value")
    try:
        return _ORDERS[condition.operator](value, wanted)
    except TypeError:  # of two kinds, or not there
        return False
