"""Doses of a table's row, each with whom its column is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class as r5_model

from osler.answering import ask
from osler.dosage import parse_dosages
from osler.fhir import Release, answer_bundle, faults
from osler.fhir.columns import column_group
from osler.library import Library

from .conftest import AT

SHEET = """# Zorbium

## Renal impairment

| Indication | Dose when creatinine clearance is 15 to 29 mL/min |
|---|---|
| Gout | 1 mg orally once daily |
| Asthma | 30 mg orally once daily |

## Other doses

| Indication | Children | Adults | Remarks |
|---|---|---|---|
| Cough | 2 mg orally once daily | 5 mg orally once daily | Take with food |
"""
THRESHOLD = "Dose when creatinine clearance is 15 to 29 mL/min"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("columns")
    (folder / "zorbium.md").write_text(SHEET, "utf-8")
    with Library.create(folder / "library") as made:
        made.add([str(folder / "zorbium.md")])
        yield made


def groups(library: Library, question: str, release: Release = Release.R4) -> set[Any]:
    """Each dose of an answer's document, with all that it says of whom the dose is for."""
    bundle = answer_bundle(ask(library, question), library, at=AT, release=release)
    found = set()
    for entry in bundle["entry"]:
        for each in guidelines(entry["resource"]):
            old = [c["value"] for c in each.get("patientCharacteristics", ())]
            new = [
                [c["valueCodeableConcept"]["text"]] for c in each.get("patientCharacteristic", ())
            ]
            said = frozenset(value for values in old + new for value in values)
            found |= {(d["dosage"][0]["text"].split(" orally")[0], said) for d in each["dosage"]}
    return found


def guidelines(resource: dict[str, Any]) -> list[dict[str, Any]]:
    if resource["resourceType"] != "MedicationKnowledge":
        return []
    of_r5 = [g for i in resource.get("indicationGuideline", ()) for g in i["dosingGuideline"]]
    return resource.get("administrationGuidelines", of_r5)


@pytest.mark.parametrize("release", Release)
def test_a_threshold_over_a_dose_is_told_beside_its_heading(
    release: Release, sheet: Library
) -> None:
    told = groups(sheet, "zorbium dose for asthma, creatinine clearance 20", release)
    assert ("30 mg", frozenset({"Renal impairment", THRESHOLD})) in told


def test_columns_are_valid_in_both_releases(sheet: Library) -> None:
    answer = ask(sheet, "zorbium dose for cough")
    assert faults(answer_bundle(answer, sheet, at=AT)) == ()
    bundle = json.loads(json.dumps(answer_bundle(answer, sheet, at=AT, release=Release.R5)))
    assert r5_model("Bundle").model_validate(bundle).type == "document"


def test_each_dose_has_the_header_of_its_own_column(sheet: Library) -> None:
    told = dict(groups(sheet, "zorbium dose for cough"))
    assert "Children" in told["2 mg"]
    assert "Adults" not in told["2 mg"]
    assert "Adults" in told["5 mg"]


def claim(text: str, *headers: str) -> dict[str, Any]:
    context = [{"role": "header", "quote": header} for header in headers]
    return {"text": text, "citations": [{"context": [*context]}]}


def over(said: dict[str, Any]) -> list[str]:
    return [column_group(said, dosage) for dosage in parse_dosages(said["text"])]


def test_a_header_that_names_nobody_says_nothing_of_whom_a_dose_is_for() -> None:
    assert over(claim("Drug: zorbium; Usual dose: 5 mg daily", "Drug", "Usual dose")) == [""]


def test_a_dose_that_may_stand_in_another_cell_takes_no_header() -> None:
    # The cell behind the semicolon has no header of its own in the claim.
    assert over(claim("Children: 2 mg daily; 5 mg daily", "Children")) == ["Children", ""]
    assert over(claim("For children: 2 mg daily", "Children", "children")) == [""]


def test_a_dose_that_is_not_in_the_claims_own_words_takes_no_header() -> None:
    (dosage,) = parse_dosages("Children: 2 mg daily")
    assert column_group(claim("Children: two milligrams", "Children"), dosage) == ""


def test_a_claim_without_a_passage_has_no_columns() -> None:
    (dosage,) = parse_dosages("Children: 2 mg daily")
    assert column_group({"text": "Children: 2 mg daily", "citations": []}, dosage) == ""
