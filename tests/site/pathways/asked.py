"""A questionnaire with every sort of question."""

from __future__ import annotations

from typing import Any

SYSTEM = "urn:example:answers"


def coding(code: str, display: str = "") -> dict[str, Any]:
    return {"system": SYSTEM, "code": code, **({"display": display} if display else {})}


def option(code: str, display: str) -> dict[str, Any]:
    return {"valueCoding": coding(code, display)}


def choice(link_id: str, text: str, *options: tuple[str, str], **more: Any) -> dict[str, Any]:
    chosen = [option(code, display) for code, display in options]
    return {"linkId": link_id, "text": text, "type": "choice", "answerOption": chosen, **more}


QUESTIONNAIRE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "id": "inputs",
    "status": "active",
    "item": [
        choice(
            "renal", "How well do the kidneys work?",
            ("normal", "Normally"), ("impaired", "Impaired"), required=True,
        ),
        {
            "linkId": "egfr",
            "text": "eGFR",
            "type": "quantity",
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
                    "valueCoding": {"code": "mL/min/{1.73_m2}", "display": "mL/min/1.73 m²"},
                },
                {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 1},
                {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 200},
            ],
            "enableWhen": [
                {"question": "renal", "operator": "=", "answerCoding": coding("impaired")}
            ],
        },
        {
            "linkId": "dialysis", "text": "Is dialysis done?", "type": "boolean",
            "enableWhen": [{"question": "egfr", "operator": "<", "answerQuantity": {
                "value": 15, "code": "mL/min/{1.73_m2}"}}],
        },
        {
            "linkId": "person", "text": "The person", "type": "group",
            "item": [
                {"linkId": "weight", "text": "Weight in kg", "type": "decimal"},
                {"linkId": "children", "text": "Children", "type": "integer"},
                {"linkId": "seen", "text": "Last seen", "type": "date"},
                {
                    "linkId": "remark", "text": "Remark", "type": "string",
                    "item": [{"linkId": "h", "type": "display", "text": "In a few words."}],
                },
                choice("causes", "Causes", ("diet", "Diet"), ("ileum", "Ileum"), repeats=True),
            ],
        },
    ],
}  # fmt: skip
