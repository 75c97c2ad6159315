"""What expressions give: on elements, truths, dates and quantities."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.pathways.fhirpath.closed import is_closed
from osler.pathways.fhirpath.compiling import compile_expression
from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.fhirpath.parsing import parse
from osler.pathways.fhirpath.values import Collection, Scope, element_of, json_of

NOW = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
PATIENT = {
    "resourceType": "Patient",
    "id": "ann",
    "active": True,
    "gender": "female",
    "birthDate": "1956-02-29",
    "name": [{"given": ["Ann", "Bea"], "family": "Example"}, {"given": ["Annie"]}],
    "multipleBirthInteger": 2,
    "extension": [{"url": "http://example.org/x", "valueBoolean": False}],
}
WEIGHT = {
    "resourceType": "Observation",
    "id": "w",
    "code": {"coding": [{"code": "29463-7"}]},
    "effectiveDateTime": "2026-01-02T23:30:00-05:00",
    "subject": {"reference": "Patient/ann"},
    "valueQuantity": {
        "value": Decimal("61.5"),
        "unit": "kg",
        "system": "http://unitsofmeasure.org",
        "code": "kg",
    },
}
RECORD = {"resourceType": "Bundle", "entry": [{"resource": PATIENT}, {"resource": WEIGHT}]}


def variables(name: str) -> Collection:
    known: dict[str, Collection] = {
        "record": [element_of(RECORD)],
        "none": [],
        "yes": [True],
        "no": [False],
        "two": [1, 2],
        "word": ["neuro"],
    }
    if name not in known:
        raise ExpressionError(f"there is no variable %{name}")
    return known[name]


def run(expression: str, resource: Any = PATIENT, now: datetime = NOW) -> list[Any]:
    scope = Scope(variables, now)
    return [json_of(v) for v in compile_expression(expression).run(scope, [element_of(resource)])]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("name.given", ["Ann", "Bea", "Annie"]),
        ("Patient.name.given.first()", ["Ann"]),
        ("Observation.code", []),
        ("name[0].given[1]", ["Bea"]),
        ("name[5]", []),
        ("name.where(family.exists()).given", ["Ann", "Bea"]),
        ("name.exists(family = 'Example')", [True]),
        ("name.all(given.exists())", [True]),
        ("name.select(given.first())", ["Ann", "Annie"]),
        ("multipleBirth", [2]),
        ("multipleBirth is integer", [True]),
        ("%record.entry.resource.ofType(Observation).id", ["w"]),
        ("%record.entry.resource.where($this is Observation).id", ["w"]),
        ("(%record.entry.resource.ofType(Observation).value as Quantity).value", [Decimal("61.5")]),
        ("%record.entry.resource.subject.resolve().gender", ["female"]),
        ("extension('http://example.org/x').value", [False]),
        ("%record.descendants().where($this is Quantity).code", ["kg"]),
        ("name.given.count()", [3]),
        ("name.given.tail()", ["Bea", "Annie"]),
        ("name.given.skip(1).take(1)", ["Bea"]),
        ("name.given.last()", ["Annie"]),
        ("('a' | 'b' | 'a').count()", [2]),
        ("('a' | 'b').intersect('b' | 'c')", ["b"]),
        ("('a' | 'b').exclude('b')", ["a"]),
        ("('a').combine('a').isDistinct()", [False]),
        ("name.given.aggregate($total & $this, '')", ["AnnBeaAnnie"]),
        ("(1 | 2 | 3).where($index > 0)", [2, 3]),
        ("iif(gender = 'female', 'she', 'he')", ["she"]),
        ("coalesce(%none, 'b')", ["b"]),
        ("{}", []),
        ("(3 | 1 | 2).min() + (3 | 1).max()", [4]),
        ("(1 | 2 | 3).avg()", [2]),
    ],
)
def test_elements_are_found(expression: str, expected: list[Any]) -> None:
    assert run(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("%yes and %none", []),
        ("%no and %none", [False]),
        ("%none and %no", [False]),
        ("%yes or %none", [True]),
        ("%none or %yes", [True]),
        ("%no or %none", []),
        ("%yes xor %none", []),
        ("%none implies %yes", [True]),
        ("%no implies %none", [True]),
        ("%none implies %no", []),
        ("%none.not()", []),
        ("%none = 1", []),
        ("%none != 1", []),
        ("%word = 'neuro'", [True]),
        ("%word in ('a' | 'neuro')", [True]),
        ("('a' | 'neuro') contains %word", [True]),
        ("%none in ('a')", []),
        ("1 = '1'", [False]),
        ("true = 1", [False]),
        ("1 = 1.0", [True]),
        ("'A b' ~ 'a  B'", [True]),
        ("{} ~ {}", [True]),
        ("extension.where(value).exists()", [False]),
    ],
)
def test_what_is_not_known_is_neither_true_nor_false(expression: str, expected: list[Any]) -> None:
    assert run(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("today()", ["2026-03-31"]),
        ("now()", ["2026-03-31T09:30:00.000Z"]),
        ("birthDate <= today() - 70 years", [True]),
        ("birthDate <= today() - 71 years", [False]),
        ("birthDate + 1 year", ["1957-02-28"]),
        ("birthDate + 4 years", ["1960-02-29"]),
        ("@2026-01-31 + 1 month", ["2026-02-28"]),
        ("@2024-01-31 + 1 month", ["2024-02-29"]),
        ("@2026-03-31 - 2 weeks", ["2026-03-17"]),
        ("@2026-03-31 + 10 'd'", ["2026-04-10"]),
        ("@1956 + 5 years", ["1961"]),
        ("@1956-03 + 11 months", ["1957-02"]),
        ("@1956 < @1957-01-01", [True]),
        ("@1956 < @1956-07", []),
        ("@1956-07 = @1956", []),
        ("@1956 = @1957-01", [False]),
        ("@2026-01-03T04:30:00Z = @2026-01-02T23:30:00-05:00", [True]),
        ("@2026-01-03T04:29:59Z < @2026-01-02T23:30:00-05:00", [True]),
        ("@2026-01-01T10:00:00Z + 90 minutes", ["2026-01-01T11:30:00Z"]),
        ("@2026-01-01T00:10:00Z - 20 minutes", ["2025-12-31T23:50:00Z"]),
        ("@T10:30 < @T11:00", [True]),
        ("%record.entry.resource.ofType(Observation).effective > today() - 6 months", [True]),
        ("%record.entry.resource.ofType(Observation).effective < birthDate", [False]),
        ("'2026-03-31'.toDate() = today()", [True]),
        ("now().toDate()", ["2026-03-31"]),
    ],
)
def test_dates_are_compared_and_moved_by_the_calendar(expression: str, expected: list[Any]) -> None:
    assert run(expression) == expected


@pytest.mark.parametrize(
    ("born", "old"), [("1956", []), ("1955", [True]), ("1957", [False]), ("1956-02", [True])]
)
def test_a_birth_date_known_in_part_decides_only_what_it_can(born: str, old: list[bool]) -> None:
    patient = {**PATIENT, "birthDate": born}
    assert run("birthDate <= today() - 70 years", patient) == old


@pytest.mark.parametrize(
    ("day", "old"), [("2026-02-28", [False]), ("2026-03-01", [True]), ("2028-02-29", [True])]
)
def test_one_born_on_a_leap_day_comes_of_age_on_the_first_of_march(
    day: str, old: list[bool]
) -> None:
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    patient = {**PATIENT, "birthDate": "2008-02-29"}
    assert run("birthDate <= today() - 18 years", patient, now) == old


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 'mg' = 1000 'ug'", [True]),
        ("1 'mg' < 1 'g'", [True]),
        ("1 'mg' = 1 'mL'", []),
        ("1 'mg' > 3", []),
        ("%record.entry.resource.ofType(Observation).value < 140 '[lb_av]'", [True]),
        ("%record.entry.resource.ofType(Observation).value.value", [Decimal("61.5")]),
        ("50 'mL/min' < 60 'mL/min/{1.73_m2}'", []),
        ("2 'mg/kg' * 60 'kg' = 120 'mg'", [True]),
        ("70 'kg' / (1.75 'm' * 1.75 'm') > 22 'kg/m2'", [True]),
        ("(6 'mg' / 2 'mg') = 3", [True]),
        ("(500 'mg' + 1 'g') = 1.5 'g'", [True]),
        ("(1 'g' - 250 'mg') = 750 'mg'", [True]),
        ("-5 'mg' < 0 'mg'", [True]),
        ("1 'mg' / 0", []),
        ("(2 'mg').toQuantity('ug').value", [2000]),
        ("(10 'mg' | 0.02 'g').max() = 20 'mg'", [True]),
        ("38 'Cel' = 100.4 '[degF]'", [True]),
        ("5.5 '%' > 39 'mmol/mol'", []),
        ("18 years = 216 months", [True]),
        ("(1234.5 'mg').round()", [{"value": 1235, "unit": "mg",
                                    "system": "http://unitsofmeasure.org", "code": "mg"}]),
    ],
)  # fmt: skip
def test_quantities_are_compared_whatever_their_units(expression: str, expected: list[Any]) -> None:
    assert run(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2 + 3 * 4", [14]),
        ("7 div 2", [3]),
        ("7 mod 2", [1]),
        ("1 / 4", [Decimal("0.25")]),
        ("1 / 0", []),
        ("0.1 + 0.2 = 0.3", [True]),
        ("(2.5).round()", [3]),
        ("(2.345).round(2)", [Decimal("2.35")]),
        ("(-1.5).abs()", [Decimal("1.5")]),
        ("2.power(10)", [1024]),
        ("9.sqrt()", [3]),
        ("'abc'.upper() & 'd'", ["ABCd"]),
        ("'abc' + 'd'", ["abcd"]),
        ("'x' & {}", ["x"]),
        ("'x' + {}", []),
        ("'it\\'s'", ["it's"]),
        ("'\\u00b5g'", ["µg"]),
        ("'abc'.substring(1, 1)", ["b"]),
        ("'abc'.matches('^a.c$')", [True]),
        ("'a,b'.split(',')", ["a", "b"]),
        ("('a' | 'b').join('-')", ["a-b"]),
        ("'12'.toInteger() + 1", [13]),
        ("'x'.toInteger()", []),
        ("'2.5'.toDecimal()", [Decimal("2.5")]),
        ("'yes'.toBoolean()", [True]),
        ("3.toString()", ["3"]),
        ("'5 \\'mg\\''.toQuantity() = 5000 'ug'", [True]),
        ("'5'.convertsToInteger()", [True]),
        ("1 // a remark\n + 1", [2]),
        ("name.`given`.first()", ["Ann"]),
    ],
)
def test_numbers_and_texts(expression: str, expected: list[Any]) -> None:
    assert run(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "a = 1 banana",
        "a = = 2",
        "a and",
        "(a",
        "a..b",
        "'open",
        "name.nosuchfunction()",
        "name.first(1)",
        "@2026-02-30",
        "5 'banana'",
        "%undefined",
        "%two and true",
        "%two > 1",
        "%word and true",
        "%word > 1",
        "1 'mg' + 1 'mL'",
        "today() - 18 'a'",
        "today() + 9000 years",
        "name.given.single()",
        "'a'.matches('(')",
        "'a' * 2",
        "name > 1",
    ],
)
def test_what_cannot_be_evaluated_is_an_error_and_never_a_truth(expression: str) -> None:
    with pytest.raises(ExpressionError):
        run(expression)


def test_an_error_says_where_the_text_is_wrong() -> None:
    with pytest.raises(ExpressionError, match=r"“banana” is out of place, character 7"):
        compile_expression("a = 1 banana")


def test_a_very_deep_expression_is_refused() -> None:
    with pytest.raises(ExpressionError):
        compile_expression("(" * 5000 + "1" + ")" * 5000)


def test_variables_are_named_in_the_order_of_reading() -> None:
    assert compile_expression("%b = 1 and (%a or %b.where(c = %d))").variables == ("b", "a", "d")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("%record.entry.resource.where($this is Patient).id", True),
        ("%two.aggregate($total + $this, 0)", True),
        ("%two.where($this > %two.first())", True),
        ("iif(%yes, %two.first(), 1)", False),
        ("%two.where($this > id)", True),
        ("%two.first() > id", False),
        ("%two.select($total)", False),
        ("%two.skip($index)", False),
        ("%two.take(id)", False),
        ("name", False),
        ("today() - 1 year", True),
    ],
)
def test_what_rests_on_variables_alone_is_known_as_such(expression: str, expected: bool) -> None:
    assert is_closed(parse(expression)) is expected


def test_what_is_worked_out_once_is_right_at_every_place() -> None:
    assert run("name.given.where($this in ('Ann' | 'Bea'))") == ["Ann", "Bea"]
    assert run("(1 | 2).select(%two.where($this > 1).first() + $this)") == [3, 4]
    assert run("(1 | 2).aggregate($total + %two.select($this + $total).first(), 0)") == [1 + 2]
    assert run("name.where(given.where($this in %word | 'Annie').exists()).given") == ["Annie"]


_SNIPPETS = st.lists(
    st.sampled_from(
        ["name", "given", ".", "(", ")", "'a'", "1", "=", "and", "%yes", "%none", "where", "5 'mg'",
         "<", "+", "-", "@2026", "today()", "years", "[", "]", "{}", "|", "is", "not()", " "]
    ),
    max_size=12,
)  # fmt: skip


@given(_SNIPPETS)
def test_any_text_has_values_or_an_error(parts: list[str]) -> None:
    try:
        found = run(" ".join(parts))
    except ExpressionError:
        return
    assert isinstance(found, list)


@given(st.text(max_size=40))
def test_any_characters_have_values_or_an_error(text: str) -> None:
    try:
        found = run(text)
    except ExpressionError:
        return
    assert isinstance(found, list)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(@2020-01-01T10:00:00Z | @2020-01-01T11:00:00+01:00 | @2020-01-01).count()", 2),
        ("(1 | 1.0 | 2).count()", 2),
        ("('a' | 'b' | 'a').count()", 2),
        ("(1 'mg' | 1000 'ug' | 1 'g').count()", 2),
        ("(true | 1).count()", 2),
        ("(@2020-01-01 | @2020-01-02).intersect(@2020-01-02 | @2020-01-03).count()", 1),
        ("(1 | 2).exclude(2.0).count()", 1),
        ("('a' | 'b').subsetOf('b' | 'a' | 'c')", True),
    ],
)
def test_what_is_looked_up_is_the_same_as_what_is_compared(text: str, expected: object) -> None:
    scope = Scope(lambda name: [], datetime(2026, 3, 31, tzinfo=UTC))
    assert compile_expression(text).run(scope, []) == [expected]
