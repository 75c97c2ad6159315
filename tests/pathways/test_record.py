"""A record is read, or refused with the path of each fault."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from osler.domain.errors import InvalidResource
from osler.domain.issue import Severity
from osler.pathways import Record, read_record

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
PATIENT = {"resourceType": "Patient", "id": "ann", "gender": "female", "birthDate": "1956-02-29"}


def bundle(*resources: Any, patient: dict[str, Any] = PATIENT) -> dict[str, Any]:
    entries = [{"resource": resource} for resource in (patient, *resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def observation(id_: str = "o", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3"}]},
        "subject": {"reference": "Patient/ann"},
        **more,
    }


def condition(**more: Any) -> dict[str, Any]:
    subject = {"reference": "Patient/ann"}
    return {"resourceType": "Condition", "id": "c", "subject": subject, **more}


def quantity(value: Any, unit: str) -> dict[str, Any]:
    return {"valueQuantity": {"value": value, "unit": unit}}


def read(data: Any) -> Record:
    return read_record(data, now=NOW)


def told(record: Record) -> list[tuple[str, str]]:
    return [(i.code, i.path) for i in record.issues if i.severity is Severity.WARNING]


def test_a_clean_record_has_nothing_to_tell() -> None:
    record = read(bundle(observation(**quantity(4, "mmol/L"))))
    assert record.issues == ()
    assert record.subject == "Patient/ann"
    assert [r["resourceType"] for r in record.resources] == ["Patient", "Observation"]


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        (None, "structure", ""),
        ([], "structure", ""),
        ({"id": "x"}, "required", ""),
        ({"resourceType": "Banana"}, "not-supported", "Banana"),
        ({"resourceType": "Bundle", "entry": []}, "required", "Bundle"),
        ({"resourceType": "Bundle", "entry": {}}, "structure", "Bundle.entry"),
        ({"resourceType": "Bundle", "entry": [3]}, "structure", "Bundle.entry[0]"),
        ({**PATIENT, "gender": "banana"}, "code-invalid", "Patient.gender"),
        ({**PATIENT, "birthDate": "2026-02-30"}, "value", "Patient.birthDate"),
        ({**PATIENT, "birthDate": "29.2.1956"}, "value", "Patient.birthDate"),
        ({**PATIENT, "birthDate": "2026-04-02"}, "value", "Patient.birthDate"),
        ({**PATIENT, "birthDate": 1956}, "value", "Patient.birthDate"),
        ({**PATIENT, "active": "yes"}, "value", "Patient.active"),
        ({**PATIENT, "name": "Ann"}, "structure", "Patient.name"),
        ({**PATIENT, "name": [3]}, "structure", "Patient.name[0]"),
        ({**PATIENT, "name": [{"use": "stage"}]}, "code-invalid", "Patient.name[0].use"),
    ],
)
def test_a_patient_that_is_none_is_refused(data: Any, code: str, path: str) -> None:
    with pytest.raises(InvalidResource) as refused:
        read(data)
    assert (refused.value.issues[0].code, refused.value.issues[0].path) == (code, path)


_AT = "Bundle.entry[1].resource"


@pytest.mark.parametrize(
    ("resource", "code", "path"),
    [
        (PATIENT, "multiple-matches", _AT),
        (observation(status="done"), "code-invalid", f"{_AT}.status"),
        (observation(effectiveDateTime="2026-04-01"), None, ""),
        (observation(effectiveDateTime="2026"), None, ""),
        (observation(effectiveDateTime="2026-03-31T20:00:00Z"), None, ""),
        (observation(effectiveDateTime="2026-04-01T01:00:00+14:00"), None, ""),
        (observation(effectiveDateTime="2026-03-31T20:00:00"), "value", f"{_AT}.effectiveDateTime"),
        (
            observation(subject={"reference": "Patient/bob"}),
            "business-rule",
            f"{_AT}.subject.reference",
        ),
        (
            observation(subject={"reference": "Group/all"}),
            "business-rule",
            f"{_AT}.subject.reference",
        ),
        (observation(subject={"reference": "https://ehr.example/fhir/Patient/ann"}), None, ""),
        (
            observation(subject={"reference": "https://ehr.example/fhir/Patient/annie"}),
            "business-rule",
            f"{_AT}.subject.reference",
        ),
        (observation(**quantity("4", "mmol/L")), "value", f"{_AT}.valueQuantity.value"),
        (observation(**quantity(float("nan"), "mg")), "value", f"{_AT}.valueQuantity.value"),
        (observation(**quantity(Decimal("Infinity"), "mg")), "value", f"{_AT}.valueQuantity.value"),
        (observation(**quantity(10**40, "mg")), "value", f"{_AT}.valueQuantity.value"),
        (observation(**quantity(10**5000, "mg")), "value", f"{_AT}.valueQuantity.value"),
        (
            observation(valueQuantity={"value": 1, "comparator": "~"}),
            "code-invalid",
            f"{_AT}.valueQuantity.comparator",
        ),
        (
            condition(clinicalStatus={"coding": [{"code": "bad"}]}),
            "code-invalid",
            f"{_AT}.clinicalStatus.coding[0].code",
        ),
        (
            condition(clinicalStatus={"coding": [{"system": "http://x.org", "code": "active"}]}),
            "code-invalid",
            f"{_AT}.clinicalStatus.coding[0].system",
        ),
        (
            {
                "resourceType": "MedicationRequest",
                "status": "active",
                "intent": "wish",
                "subject": {"reference": "Patient/ann"},
            },
            "code-invalid",
            f"{_AT}.intent",
        ),
    ],
)
def test_a_resource_with_a_fault_is_refused_with_its_path(
    resource: dict[str, Any], code: str | None, path: str
) -> None:
    if code is None:
        assert len(read(bundle(resource)).resources) == 2
        return
    with pytest.raises(InvalidResource) as refused:
        read(bundle(resource))
    assert (refused.value.issues[0].code, refused.value.issues[0].path) == (code, path)


@pytest.mark.parametrize(
    ("resource", "element"),
    [
        (observation(effectiveDateTime="2026-04-02"), "effectiveDateTime"),
        (observation(effectiveDateTime="2027"), "effectiveDateTime"),
        (observation(effectiveDateTime="2026-04-02", status="registered"), "effectiveDateTime"),
        (observation(effectiveDateTime="2026-04-01T01:00:00-10:00"), "effectiveDateTime"),
        (observation(effectivePeriod={"start": "2027-01-01"}), "effectivePeriod.start"),
        (condition(code={"text": "x"}, onsetDateTime="2026-09"), "onsetDateTime"),
        (
            {
                "resourceType": "Procedure",
                "status": "preparation",
                "code": {"text": "Gastric bypass"},
                "subject": {"reference": "Patient/ann"},
                "performedDateTime": "2026-05-05",
            },
            "performedDateTime",
        ),
    ],
)
def test_what_is_to_happen_is_left_out_with_a_warning(
    resource: dict[str, Any], element: str
) -> None:
    record = read(bundle(resource))
    assert [r["resourceType"] for r in record.resources] == ["Patient"]
    assert told(record) == [("value", f"{_AT}.{element}")]


@pytest.mark.parametrize(
    ("resource", "element"),
    [
        (observation(issued="2027-01-01T00:00:00Z"), "issued"),
        (condition(code={"text": "ESRD"}, recordedDate="2026-09-01"), "recordedDate"),
        (
            {
                "resourceType": "Procedure",
                "status": "in-progress",
                "code": {"text": "Haemodialysis"},
                "subject": {"reference": "Patient/ann"},
                "performedPeriod": {"start": "2026-01-01", "end": "2026-12-01"},
            },
            "performedPeriod.end",
        ),
        (
            {
                "resourceType": "AllergyIntolerance",
                "code": {"text": "Metformin"},
                "patient": {"reference": "Patient/ann"},
                "onsetDateTime": "2027-01-01",
            },
            "onsetDateTime",
        ),
    ],
)
def test_what_is_written_or_ends_later_is_there_with_a_warning(
    resource: dict[str, Any], element: str
) -> None:
    record = read(bundle(resource))
    assert len(record.resources) == 2
    assert ("value", f"{_AT}.{element}") in told(record)


@pytest.mark.parametrize("hour", [0, 9, 10, 12, 22, 23])
def test_a_day_of_the_easternmost_zone_has_come_where_its_hour_has(hour: int) -> None:
    now = datetime(2026, 11, 30, hour, tzinfo=UTC)
    seen = observation(effectiveDateTime="2026-12-01")
    record = read_record(bundle(seen), now=now)
    assert len(record.resources) == (2 if hour >= 10 else 1)


def test_two_resources_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidResource) as refused:
        read(bundle(observation(), observation()))
    assert refused.value.issues[0].code == "duplicate"
    assert refused.value.issues[0].path == "Bundle.entry[2].resource.id"


def test_every_fault_is_named() -> None:
    with pytest.raises(InvalidResource) as refused:
        read(bundle(observation(status="x"), patient={**PATIENT, "gender": "banana"}))
    assert [i.path for i in refused.value.issues] == [
        "Bundle.entry[0].resource.gender",
        "Bundle.entry[1].resource.status",
    ]


def test_ten_thousand_resources_are_refused() -> None:
    data = bundle(*(observation(str(i)) for i in range(10_000)))
    with pytest.raises(InvalidResource) as refused:
        read(data)
    assert (refused.value.issues[0].code, refused.value.issues[0].path) == (
        "too-costly",
        "Bundle.entry",
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"resourceType": "Patient", "id": "p"}, [("incomplete", "Patient.birthDate")]),
        ({**PATIENT, "birthDate": "1856-01-01"}, [("value", "Patient.birthDate")]),
        ({**PATIENT, "birthdate": "1956-01-01"}, [("structure", "Patient.birthdate")]),
        (
            bundle(observation(**quantity(150, "lbs"))),
            [("value", f"{_AT}.valueQuantity.unit")],
        ),
        (
            bundle(observation(**quantity(3, "blobs"))),
            [("code-invalid", f"{_AT}.valueQuantity.unit")],
        ),
        (
            bundle(condition(code={"coding": [{"system": "http://codes.example", "code": "1"}]})),
            [("code-invalid", f"{_AT}.code.coding[0].system")],
        ),
        (
            bundle(condition(code={"coding": [{"system": "http://snomed.info/sct", "code": "1"}]})),
            [],
        ),
    ],
)
def test_what_is_doubtful_is_told_with_its_path(data: Any, expected: list[Any]) -> None:
    assert told(read(data)) == expected


def test_what_does_not_say_whom_it_is_about_is_told() -> None:
    nobody = {k: v for k, v in observation().items() if k != "subject"}
    assert told(read(bundle(nobody))) == [("incomplete", f"{_AT}.subject")]


def test_pounds_become_kilograms() -> None:
    (found,) = read(bundle(observation(**quantity(150, "lbs")))).of_type("Observation")
    assert found["valueQuantity"]["value"] == Decimal("68.0389")
    assert found["valueQuantity"]["code"] == "kg"


def contradicting(**second: Any) -> Record:
    first = observation("a", effectiveDateTime="2026-01-01", **quantity(4, "mmol/L"))
    return read(bundle(first, observation("b", **second)))


def test_two_values_at_one_time_contradict_each_other_and_neither_is_used() -> None:
    record = contradicting(effectiveDateTime="2026-01-01", **quantity(6, "mmol/L"))
    assert told(record) == [("conflict", "Bundle.entry[2].resource.value")]
    assert "Bundle.entry[1].resource" in record.issues[0].details
    assert [r.get("valueQuantity") for r in record.of_type("Observation")] == [None, None]


@pytest.mark.parametrize(
    "second",
    [
        {"effectiveDateTime": "2026-01-01", **quantity(4000, "umol/L")},
        {"effectiveDateTime": "2026-01-02", **quantity(6, "mmol/L")},
        {"effectiveDateTime": "2026-01-01", "status": "cancelled", **quantity(6, "mmol/L")},
        {"effectiveDateTime": "2026-01-01", "code": {"text": "other"}, **quantity(6, "mmol/L")},
    ],
)
def test_what_agrees_or_is_of_another_time_does_not_contradict(second: dict[str, Any]) -> None:
    assert told(contradicting(**second)) == []


def test_the_latest_observation_comes_last_whatever_the_order() -> None:
    record = read(
        bundle(
            observation("new", effectiveDateTime="2026-02-01T00:30:00+02:00", **quantity(6, "1")),
            observation("none", **quantity(1, "1")),
            observation("old", effectiveDateTime="2026-01-31", **quantity(4, "1")),
            observation("newest", effectiveInstant="2026-01-31T23:00:00Z", **quantity(5, "1")),
        )
    )
    assert [r["id"] for r in record.of_type("Observation")] == ["none", "old", "new", "newest"]


def test_what_was_entered_in_error_is_left_out() -> None:
    record = read(bundle(observation(status="entered-in-error", **quantity(4, "mmol/L"))))
    assert record.of_type("Observation") == ()
    assert [(i.severity, i.path) for i in record.issues] == [(Severity.INFORMATION, _AT)]


def test_a_patient_is_meant_by_the_address_of_its_entry_too() -> None:
    urn = "urn:uuid:1b671a64-40d5-491e-99b0-da01ff1f3341"
    data = bundle(observation(subject={"reference": urn}))
    data["entry"][0]["fullUrl"] = urn
    assert len(read(data).resources) == 2


def test_the_only_practitioner_and_encounter_are_those_of_the_record() -> None:
    doctor = {"resourceType": "Practitioner", "id": "d"}
    record = read(bundle(doctor))
    assert record.practitioner == doctor
    assert record.encounter is None
    assert read(bundle(doctor, {**doctor, "id": "e"})).practitioner is None


def test_orders_being_drafted_are_checked_like_the_record() -> None:
    record = read(PATIENT)
    draft = {
        "resourceType": "MedicationRequest",
        "id": "d",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/ann"},
    }
    assert record.with_resources(draft).of_type("MedicationRequest") == (draft,)
    with pytest.raises(InvalidResource, match=r"resource\[0\]\.subject\.reference"):
        record.with_resources({**draft, "subject": {"reference": "Patient/bob"}})
