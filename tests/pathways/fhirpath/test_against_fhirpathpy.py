"""Where fhirpathpy is right, both say the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.pathways.elements import model
from osler.pathways.fhirpath.compiling import compile_expression
from osler.pathways.fhirpath.values import Scope, element_of, json_of

fhirpathpy = pytest.importorskip("fhirpathpy")

PATIENT = {
    "resourceType": "Patient",
    "active": True,
    "gender": "female",
    "birthDate": "1956-02-29",
    "name": [{"given": ["Ann", "Bea"], "family": "Example"}, {"given": ["Annie"]}],
    "deceasedBoolean": False,
    "telecom": [{"system": "phone", "value": "1"}, {"system": "email", "value": "a@b"}],
}
_PATHS = ["name.given", "name.family", "gender", "telecom.value", "telecom.system", "birthDate"]
_ENDS = ["", ".first()", ".last()", ".count()", ".exists()", ".empty()", ".tail()", ".distinct()",
         ".skip(1)", ".take(1)", ".count() > 1", ".isDistinct()"]  # fmt: skip
_FIXED = [
    "name.where(family = 'Example').given",
    "name.select(given.first())",
    "name.given | telecom.value",
    "telecom.where(system = 'phone').value = '1'",
    "name.given.first() & ' ' & name.family.first()",
    "active and deceased.not()",
    "active implies gender = 'male'",
    "gender in ('female' | 'other')",
    "name.all(given.exists())",
    "iif(gender = 'female', 1, 2) + 3 * 2",
    "'abc'.substring(1, 2)",
    "'a-b'.split('-')",
    "(7 div 2) * 2 + 7 mod 2",
    "name.given.where(startsWith('A')).count()",
    "Patient.name[0].given[1]",
]


def ours(expression: str) -> list[Any]:
    scope = Scope(lambda name: [], datetime(2026, 3, 31, tzinfo=UTC))
    return [json_of(v) for v in compile_expression(expression).run(scope, [element_of(PATIENT)])]


def theirs(expression: str) -> list[Any]:
    return list(fhirpathpy.evaluate(PATIENT, expression, {}, model()))


@pytest.mark.parametrize("expression", _FIXED)
def test_both_say_the_same(expression: str) -> None:
    assert ours(expression) == theirs(expression)


@given(st.sampled_from(_PATHS), st.sampled_from(_ENDS))
def test_both_find_the_same(path: str, end: str) -> None:
    assert ours(path + end) == theirs(path + end)
