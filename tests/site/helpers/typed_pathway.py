"""A pathway with every sort of question, and one that no source supports."""

from __future__ import annotations

from typing import Any

SYSTEM = "urn:example:answers"
_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition/"


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
                    "url": f"{_EXTENSIONS}questionnaire-unit",
                    "valueCoding": {"code": "mL/min/{1.73_m2}", "display": "mL/min/1.73 m²"},
                },
                {"url": f"{_EXTENSIONS}minValue", "valueInteger": 1},
                {"url": f"{_EXTENSIONS}maxValue", "valueInteger": 200},
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


def action(ident: str, title: str, sentence: str, expression: str, **more: Any) -> dict[str, Any]:
    """An action that remarks something where a condition holds."""
    test = {"description": sentence, "language": "text/fhirpath", "expression": expression}
    return {
        "id": ident,
        "title": title,
        "description": f"{title}: nothing is known of it here.",
        "code": [{"coding": [{"system": "urn:osler:pathway:note", "code": "silence"}]}],
        "condition": [{"kind": "applicability", "expression": test | more}],
    }


def variable(name: str, expression: str) -> dict[str, Any]:
    value = {"name": name, "language": "text/fhirpath", "expression": expression}
    return {"url": f"{_EXTENSIONS}variable", "valueExpression": value}


PLAN: dict[str, Any] = {
    "resourceType": "PlanDefinition",
    "id": "typed",
    "title": "Every sort of question",
    "version": "0.1",
    "status": "draft",
    "contained": [QUESTIONNAIRE],
    "extension": [
        variable("renal", "%answers.item.where(linkId='renal').answer.value.code"),
        variable("weight", "%answers.item.item.where(linkId='weight').answer.value"),
        variable("dialysis", "%answers.item.where(linkId='dialysis').answer.value"),
        variable("tooHeavy", "%weight > 150"),
    ],
    "action": [
        action("heavy", "Weight above 100 kg", "The weight is above 100 kg", "%weight > 100"),
        action("heavier", "Weight above 150 kg", "The weight is above 150 kg", "%tooHeavy"),
        action("impaired", "Impaired kidneys", "The kidneys are impaired", "%renal = 'impaired'"),
        action("dialysed", "Dialysis", "Dialysis is done", "%dialysis"),
        action("number", "No condition", "It is a number", "1 + 1"),
    ],
}

UNSUPPORTED: dict[str, Any] = {
    "resourceType": "PlanDefinition",
    "id": "unsupported",
    "title": "What no source says",
    "status": "draft",
    "action": [
        {
            "id": "twice",
            "title": "Twice the dose",
            "description": "Give hydroxocobalamin 2 mg intramuscularly every day.",
            "documentation": [
                {
                    "type": "citation",
                    "display": "Hydroxocobalamin - indications and dose",
                    "citation": "Give hydroxocobalamin 2 mg intramuscularly every day.",
                    "url": "urn:osler:source:vitamin-b12--bnf.md",
                }
            ],
        }
    ],
}
