"""Dosage to wording and back, to FHIR and back, over generated dosages."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.domain.dosage import Comparator, Dosage, Duration, Frequency, Maximum
from osler.domain.errors import DosageError
from osler.dosage import (
    ROUTES,
    differences,
    format_dosage,
    format_spanish,
    from_fhir,
    parse_dosages,
    parse_spanish,
    sequence_to_fhir,
    to_fhir,
    to_json,
)

numbers = st.decimals(min_value="0.1", max_value="5000", places=1, allow_nan=False).map(
    lambda n: Decimal(f"{n:f}".rstrip("0").rstrip("."))
)
small = st.integers(min_value=2, max_value=12).map(Decimal)
one = Decimal(1)


@st.composite
def ranges(draw: st.DrawFn, ends: st.SearchStrategy[Decimal]) -> tuple[Decimal, Decimal]:
    low = draw(ends)
    high = draw(st.one_of(st.just(low), ends))
    return min(low, high), max(low, high)


@st.composite
def frequencies(draw: st.DrawFn) -> Frequency:
    needed = draw(st.booleans())
    when = draw(st.sampled_from([(), ("HS",), ("C",), ("AC",)]))
    kind = draw(st.sampled_from(["counted", "interval", "weekday", "once", "numbered"]))
    if kind == "numbered":
        on = draw(st.sets(st.integers(min_value=0, max_value=90), min_size=1, max_size=4))
        return Frequency(on=tuple(sorted(on)), on_unit=draw(st.sampled_from(["d", "wk"])))
    if kind == "once":
        return Frequency(once=True)
    if kind == "weekday":
        days = draw(st.sampled_from([("mon",), ("tue", "fri"), ("mon", "wed", "sun")]))
        return Frequency(len(days), None, one, one, "wk", needed, False, days, when)
    if kind == "counted":
        count = draw(st.integers(min_value=1, max_value=6))
        high = draw(st.sampled_from([None, count + 1]))
        unit = draw(st.sampled_from(["d", "wk", "mo", "a"]))
        return Frequency(count, high, one, one, unit, needed, when=when)
    low, high_period = draw(ranges(small))
    unit = draw(st.sampled_from(["h", "d", "wk", "mo"]))
    most = draw(st.sampled_from([None, 1, 2, 4])) if unit == "h" else None
    return Frequency(
        1, None, low, high_period, unit, needed, when=when, most=most, most_unit=most and "d"
    )


@st.composite
def durations(draw: st.DrawFn) -> Duration:
    kind = draw(st.sampled_from(["time", "life", "doses", "until"]))
    if kind == "life":
        return Duration(for_life=True)
    if kind == "until":
        return Duration(until="no further improvement")
    low, high = draw(ranges(small))
    if kind == "doses":
        return Duration(low, high, "{dose}")
    comparator = draw(st.sampled_from([None, Comparator.AT_LEAST, Comparator.AT_MOST]))
    return Duration(
        low, high, draw(st.sampled_from(["d", "wk", "mo", "a"])), None, False, comparator
    )


@st.composite
def dosages(draw: st.DrawFn) -> Dosage:
    low, high = draw(ranges(numbers))
    unit = draw(
        st.sampled_from(
            [
                "ug",
                "mg",
                "g",
                "ng",
                "[iU]",
                "U",
                "mmol",
                "mL",
                "{tablet}",
                "{capsule}",
                "{puff}",
                "{drop}",
                "{pair}",
                "{sachet}",
                "{patch}",
            ]
        )
    )
    per = draw(st.sampled_from([None, "kg", "m2"])) if unit in ("mg", "ug", "U") else None
    per_time = draw(st.sampled_from([None, None, "d", "h", "min"]))
    route = draw(st.one_of(st.none(), st.sampled_from(ROUTES)))
    frequency = draw(st.one_of(st.none(), frequencies())) if per_time is None else None
    single = frequency is not None and frequency.once
    duration = None if single else draw(st.one_of(st.none(), durations()))
    over = draw(st.sampled_from([None, Duration(Decimal(30), Decimal(60), "min")]))
    combines = unit == "mg" and per is None and low == high and low > 10
    combined = draw(st.sampled_from([(), (Decimal(31),)])) if combines else ()
    maximum = draw(
        st.one_of(
            st.none(),
            st.builds(Maximum, numbers, st.just("mg"), st.just(None), st.sampled_from([None, "d"])),
        )
    )
    return Dosage(
        text="", start=0, end=0, amount_start=0, amount_end=0, low=low, high=high, unit=unit,
        comparator=draw(st.sampled_from([None, Comparator.AT_MOST, Comparator.AT_LEAST])),
        per=per, per_time=per_time,
        divided=draw(st.sampled_from([None, (2, 3), (4, 4)])) if per_time == "d" else None,
        route=route, routes=(route,) if route else (),
        frequency=frequency, duration=duration, maximum=maximum, over=over, combined=combined,
    )  # fmt: skip


def bare(d: Dosage) -> Dosage:
    """The dosage without where and in which words it was found."""
    return replace(
        d, text="", start=0, end=0, amount_start=0, amount_end=0,
        duration=replace(d.duration, text="") if d.duration else None,
        over=replace(d.over, text="") if d.over else None,
        maximum=replace(d.maximum, text="") if d.maximum else None,
        steps=tuple(bare(s) for s in d.steps),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(dosages())
def test_the_canonical_wording_is_read_back(d: Dosage) -> None:
    assert bare(parse_dosages(format_dosage(d))[0]) == d


@settings(max_examples=200, deadline=None)
@given(dosages())
def test_the_spanish_wording_is_read_back(d: Dosage) -> None:
    line = format_spanish(d)
    if line is None:
        until = d.duration is not None and d.duration.until is not None
        assert until or (d.unit == "mL" and d.per_time == "min")
        return
    read = parse_spanish(line)[0]
    assert bare(read) == d
    assert not differences(read, d)
    assert not differences(d, read)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "1000 micrograms IM every 1 to 3 months",
            "1000 microgramos por vía intramuscular cada 1 a 3 meses",
        ),
        ("2.5 mg PO twice daily for 7 days", "2,5 mg por vía oral dos veces al día durante 7 días"),
        ("50,000 IU orally once a week", "50\u00a0000 UI por vía oral una vez a la semana"),
        (
            "1 g IV every 8 hours over 30 minutes",
            "1 g por vía intravenosa cada 8 horas en un plazo de 30 minutos",
        ),
        (
            "500 mg weekly for 4 weeks, then 500 mg monthly for life",
            "500 mg una vez a la semana durante 4 semanas, "
            "después 500 mg una vez al mes de por vida",
        ),
        (
            "1 tablet at night when required (maximum 2 tablets a day)",
            "1 comprimido por la noche si es necesario (máximo 2 comprimidos por día)",
        ),
    ],
)
def test_a_dose_in_spanish(english: str, spanish: str) -> None:
    assert format_spanish(parse_dosages(english)[0]) == spanish


@pytest.mark.parametrize(
    "changed",
    [
        "1000 mg por vía intramuscular cada 1 a 3 meses",
        "1000 microgramos por vía oral cada 1 a 3 meses",
        "1000 microgramos por vía intramuscular cada 1 a 3 semanas",
        "100 microgramos por vía intramuscular cada 1 a 3 meses",
    ],
)
def test_another_spanish_dose_is_another(changed: str) -> None:
    d = parse_dosages("1000 micrograms IM every 1 to 3 months")[0]
    assert differences(parse_spanish(changed)[0], d)


def test_what_a_source_says_in_its_own_words_has_no_spanish() -> None:
    d = parse_dosages("1 mg IM on alternate days until no further improvement")[0]
    assert d.duration is not None
    assert format_spanish(d) is None


@settings(max_examples=120, deadline=None)
@given(dosages())
def test_fhir_is_read_back(d: Dosage) -> None:
    through_json = json.loads(json.dumps(to_fhir(d)))
    assert bare(from_fhir(through_json)) == d


def test_a_dosage_in_fhir() -> None:
    d = parse_dosages("1 mg IM every 2-3 months as needed, max 2 mg a day")[0]
    fhir = to_fhir(d)
    quantity = {"value": 1, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
    assert fhir["doseAndRate"] == [{"doseQuantity": quantity}]
    assert fhir["timing"]["repeat"] == {
        "frequency": 1, "period": 2, "periodMax": 3, "periodUnit": "mo",
    }  # fmt: skip
    assert fhir["asNeededBoolean"] is True
    assert fhir["route"]["coding"][0]["code"] == "78421000"
    assert fhir["maxDosePerPeriod"]["denominator"]["code"] == "d"
    assert fhir["text"] == d.text


def test_an_infusion_in_fhir_has_both_its_lengths() -> None:
    d = parse_dosages("1 g IV over 30 minutes every 8 hours for 7 days")[0]
    repeat = to_fhir(d)["timing"]["repeat"]
    assert (repeat["duration"], repeat["durationUnit"]) == (30, "min")
    assert (repeat["boundsDuration"]["value"], repeat["boundsDuration"]["code"]) == (7, "d")


def test_steps_become_a_sequence_and_come_back() -> None:
    d = parse_dosages("1 mg weekly for 4 weeks, then 1 mg monthly for life")[0]
    resources = sequence_to_fhir(d)
    assert [r["sequence"] for r in resources] == [1, 2]
    assert bare(from_fhir(resources[::-1])) == bare(d)


def test_a_rate_ratio_is_read() -> None:
    d = from_fhir(
        {
            "doseAndRate": [
                {
                    "rateRatio": {
                        "numerator": {"value": 100, "unit": "mL"},
                        "denominator": {"value": 2, "unit": "h"},
                    }
                }
            ]
        }
    )
    assert (d.low, d.unit, d.per_time) == (50, "mL", "h")


@pytest.mark.parametrize(
    "resource",
    [
        [],
        {"doseAndRate": {}},
        {"doseAndRate": [{}]},
        {"doseAndRate": [{"doseQuantity": {"value": "much", "unit": "mg"}}]},
        {"doseAndRate": [{"doseQuantity": {"value": 1}}]},
        {"timing": "daily"},
        {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "fortnight"}}},
        {"route": {"text": "by owl"}},
        {"timing": {"repeat": {"duration": 5, "durationUnit": "fortnight"}}},
        {"timing": {"repeat": {"frequency": 1.5, "period": 1, "periodUnit": "d"}}},
        {"extension": [{"url": "urn:osler:dosage:role", "valueString": "snack"}]},
        {
            "extension": [
                {"url": "urn:osler:dosage:forLife", "valueString": "true"},
                {"url": "urn:osler:dosage:durationComparator", "valueString": "?"},
            ]
        },
    ],
)
def test_what_is_no_dosage_is_refused(resource: Any) -> None:
    with pytest.raises(DosageError):
        from_fhir(resource)


def test_the_contract_json_holds_plain_numbers() -> None:
    d = parse_dosages("1,000–2,000 micrograms IM every 1-3 months")[0]
    found = to_json(d, substance="cobalamin")
    assert json.loads(json.dumps(found)) == found
    assert (found["low"], found["high"], found["unit"], found["max"]) == (1000, 2000, "ug", None)
    assert found["frequency"]["period_high"] == 3
    assert found["substance"] == "cobalamin"
