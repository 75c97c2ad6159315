"""The facts of one patient: a form's fields and the text that the engine reads."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from osler_site.engine import patient_of
from osler_site.patient_facts import FIELDS, compose, fields_of


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("", ""),
        ("patient=&fact-age=", ""),
        ("fact-age=78&fact-sex=female", "age=78,sex=female"),
        ("patient=crcl%3D30&fact-age=78", "crcl=30,age=78"),
        ("fact-condition=asthma%2C+type+2+diabetes", "condition=asthma,condition=type 2 diabetes"),
        ("facts-1=no%3Dasthma&facts-2=", "no=asthma"),
        ("q=dose%3F&csrfmiddlewaretoken=x", ""),
    ],
)
def test_fields_and_text_become_one_text(form: str, said: str) -> None:
    assert compose(QueryDict(form)) == said


def test_a_text_fills_the_fields_and_keeps_the_rest() -> None:
    fields, rest = fields_of("age=78,condition=asthma,condition=gout,creatinine=180,age=79")
    values = {field.key: field.value for field in fields if field.value}
    assert values == {"age": "78", "condition": "asthma, gout"}
    assert rest == "creatinine=180,age=79"  # said twice: the engine is to refuse it


def test_what_was_filled_is_composed_again() -> None:
    given = "age=78,sex=female,condition=asthma,condition=gout"
    fields, rest = fields_of(given)
    form = QueryDict(mutable=True)
    form.update({field.name: field.value for field in fields} | {"patient": rest})
    assert patient_of(compose(form)) == patient_of(given)


@pytest.mark.parametrize("key", FIELDS)
def test_the_engine_understands_every_field(key: str) -> None:
    field = FIELDS[key]
    values = [value for value, _ in field.choices] or ["20" if field.kind == "number" else "x"]
    for value in values:
        assert patient_of(f"{key}={value}") is not None
