"""Doses per kg and m² are worked out beside the rule, and only where that is right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from osler.answering import ask, to_json
from osler.answering.understanding.given_patient import read_patient
from osler.checking import check_derivation
from osler.domain import Claim, Patient
from osler.library import Library

GUIDANCE = {
    "Amoxicillin in children": """
## Otitis media

Give amoxicillin 90 mg/kg/day by mouth in 2 divided doses for 5 days. Maximum 1 g per dose.
""",
    "Tobramycin in adults": """
## Dose

Tobramycin 7 mg/kg of ideal body weight intravenously once daily; in an underweight patient
actual weight is used instead.
""",
    "Gentamicin in adults": """
## Dose

Gentamicin 5 mg/kg intravenously once daily, maximum 450 mg.

## Obesity

If actual weight is more than 20% above ideal body weight, dose by adjusted body weight: ideal
body weight + 0.4 × (actual weight - ideal body weight).
""",
    "Aciclovir": """
## Herpes simplex encephalitis

Aciclovir 10 mg/kg intravenously every 8 hours for 14 days. In obese patients use ideal body
weight.
""",
    "Amikacin in adults": """
## Dose

Amikacin 15 mg/kg intravenously once daily, by lean body weight.
""",
    "Paracetamol": """
## Intravenous dose

- Adults over 50 kg: 1 g every 4–6 hours, maximum 4 g a day.
- Adults under 50 kg: 15 mg/kg every 4–6 hours, maximum 60 mg/kg a day.
""",
    "Vancomycin": """
## Loading dose

Give a loading dose of vancomycin 25–30 mg/kg of actual body weight intravenously, max 2 g.
""",
    "Ciclosporin": """
## Dose

- Under 70 years with no heart failure: ciclosporin 5 mg/kg by mouth once daily.
""",
    "Dalteparin": """
| Indication | Dose (subcutaneous) |
|---|---|
| Pneumonia, with or without asthma | dalteparin 100 units/kg every 12 hours |
| Sepsis, without diabetes | dalteparin 90 units/kg once daily |
""",
    "Dopamine": """
## Infusion

- Dopamine 10 micrograms/kg/minute by intravenous infusion. Use a central line.
- Do not go above 900 micrograms/minute.
""",
    "Furosemide": """
## Infusion

Furosemide 0.2 mg/kg/hour by intravenous infusion, not above 12 mg/hour.
""",
    "Teicoplanin": """
## Dose

Load with teicoplanin 10–12 mg/kg, then 6 mg/kg once daily.
""",
    "Doxorubicin": """
## Breast cancer

Doxorubicin 60 mg/m² intravenously on day 1 every 21 days.
""",
    "Noradrenaline": """
## Septic shock

Start noradrenaline at 0.05–0.1 micrograms/kg/minute intravenously.
""",
    "Ketamine": """
## Procedural sedation

Children: ketamine 4 mg/kg intramuscularly as a single dose.
""",
    "Heparin": """
## Adjusting the rate

PTT below 35 seconds: increase the rate of heparin by 4 units/kg/hour.
""",
    "Colistin": """
## Dose

Colistin is not given at 5 mg/kg once daily.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("guidance")
    for title, body in GUIDANCE.items():
        front = f"---\ntitle: {title}\norganization: Fixtures\nyear: 2023\nkind: guideline\n---\n"
        (folder / f"{title}.md").write_text(front + body, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(sorted(folder.glob("*.md")))
        yield library


def shown(library: Library, question: str, patient: Patient | None = None) -> tuple[Claim, ...]:
    answer = ask(library, question, patient=patient)
    return (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))


def worked(library: Library, question: str) -> list[str]:
    found = [d for claim in shown(library, question) for d in claim.derivations]
    for derivation in found:
        rule = derivation.rule
        assert check_derivation(derivation).supported
        for place in (rule, *rule.context):
            assert place.quote == library.text(rule.source_id)[place.start : place.end]
        assert rule.reference > 0
    return [f"{d.formula} = {d.result}" for d in found]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "amoxicillin dose for otitis media, 3 year old, 14 kg",
            "90 mg/kg/day × 14 kg = 1,260 mg a day, in 2 doses: 630 mg each; within the source's "
            "maximum of 1 g a dose",
        ),
        (
            "amoxicillin dose for otitis media, 9 year old, 30 kg",
            "90 mg/kg/day × 30 kg = 2,700 mg a day, in 2 doses: 1,350 mg each; the source's "
            "maximum of 1 g a dose applies: 2,000 mg a day, in 2 doses: 1,000 mg each",
        ),
        (
            "vancomycin loading dose, 75 kg man",
            "25–30 mg/kg × 75 kg = 1,875–2,250 mg; the source's maximum of 2 g applies: "
            "1,875–2,000 mg",
        ),
        (
            "vancomycin loading dose, 121 lb woman",
            "25–30 mg/kg × 54.88 kg = 1,372–1,646.4 mg; within the source's maximum of 2 g",
        ),
        (
            "IV paracetamol dose, adult, 45 kg",
            "15 mg/kg × 45 kg = 675 mg every 4–6 hours; no more than 60 mg/kg a day "
            "(2,700 mg a day), the source's maximum",
        ),
        (
            "noradrenaline start dose in septic shock, 70 kg",
            "0.05–0.1 micrograms/kg/min × 70 kg = 3.5–7 micrograms a minute",
        ),
        (
            "doxorubicin dose for breast cancer, woman, 165 cm, 70 kg",
            "60 mg/m² × 1.79 m² = 107.4 mg every 21 days on day 1",
        ),
    ],
)
def test_a_dose_by_size_is_worked_out(library: Library, question: str, expected: str) -> None:
    assert worked(library, question) == [expected]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "tobramycin dose, 80 kg man, 175 cm, 45 years",
            "7 mg/kg × 70.46 kg = 493.22 mg once a day",
        ),
        # Below the ideal weight by the actual one, because the source says so.
        (
            "tobramycin dose, 60 kg man, 185 cm, 45 years",
            "7 mg/kg × 60 kg = 420 mg once a day",
        ),
        (
            "tobramycin dose, ideal body weight 62 kg, actual weight 90 kg, 45 years",
            "7 mg/kg × 62 kg = 434 mg once a day",
        ),
        (
            "gentamicin dose, 80 kg man, 175 cm",
            "5 mg/kg × 80 kg = 400 mg once a day; within the source's maximum of 450 mg",
        ),
        (
            "gentamicin dose, 110 kg man, 175 cm",
            "5 mg/kg × 86.276 kg = 431.38 mg once a day; within the source's maximum of 450 mg",
        ),
        (
            "aciclovir dose in herpes encephalitis, 60 kg woman, 165 cm",
            "10 mg/kg × 60 kg = 600 mg every 8 hours",
        ),
        (
            "aciclovir dose in herpes encephalitis, 100 kg woman, 165 cm",
            "10 mg/kg × 56.91 kg = 569.1 mg every 8 hours",
        ),
    ],
)
def test_the_body_weight_is_the_one_the_source_wants(
    library: Library, question: str, expected: str
) -> None:
    assert worked(library, question) == [expected]


@pytest.mark.parametrize(
    ("question", "reason", "missing"),
    [
        (
            "tobramycin dose, 80 kg man, 45 years",
            "the source doses by ideal body weight; height not known",
            ("height",),
        ),
        (
            "tobramycin dose, 80 kg, 45 years",
            "the source doses by ideal body weight; height and sex not known",
            ("height", "sex"),
        ),
        (
            "aciclovir dose in herpes encephalitis, 90 kg woman",
            "the source doses by ideal body weight in obesity; height not known",
            ("height",),
        ),
        ("amikacin dose, 80 kg man, 175 cm", "the source doses by lean body weight", ()),
        (
            "doxorubicin dose for breast cancer, woman, 70 kg",
            "body surface area needs height and weight; height not known",
            ("height",),
        ),
    ],
)
def test_what_cannot_be_worked_out_is_said(
    library: Library, question: str, reason: str, missing: tuple[str, ...]
) -> None:
    assert worked(library, question) == []
    claim = next(c for c in shown(library, question) if c.underived)
    assert (claim.underived, claim.missing) == (reason, missing)


@pytest.mark.parametrize(
    "question",
    [
        "ketamine dose for sedation, adult, 80 kg",  # the rule is for children
        "ketamine dose for sedation, 80 kg",  # nor is a child so heavy
        "colistin dose, 80 kg man",  # speaks against the dose
        "heparin rate, PTT 30 seconds, 80 kg",  # a step, no dose
        "IV paracetamol dose, adult, 70 kg",  # a fixed dose
        "gentamicin dose, man",  # no weight
    ],
)
def test_nothing_else_is_worked_out(library: Library, question: str) -> None:
    assert worked(library, question) == []


def test_a_rule_for_a_condition_that_is_not_known_says_so(library: Library) -> None:
    (claim,) = [c for c in shown(library, "doxorubicin dose, 165 cm, 70 kg") if c.derivations]
    assert claim.derivations[0].inputs["only if"] == "Breast cancer"


@pytest.mark.parametrize(
    ("question", "open_"),
    [
        ("ciclosporin dose, 40 year old, 60 kg", "no heart failure"),
        ("dalteparin dose in pneumonia, 60 kg", None),  # with or without it: no criterion
        ("dalteparin dose in sepsis, 60 kg", "no diabetes"),
    ],
)
def test_what_a_rule_leaves_open_keeps_its_negation(
    library: Library, question: str, open_: str | None
) -> None:
    found = [d for c in shown(library, question) for d in c.derivations]
    assert found
    assert found[0].inputs.get("only if") == open_


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "dopamine infusion rate, 120 kg man",
            "10 micrograms/kg/min × 120 kg = 1,200 micrograms a minute; the source's maximum of "
            "900 micrograms a minute applies: 900 micrograms a minute",
        ),
        (
            "furosemide infusion rate, 100 kg man",
            "0.2 mg/kg/hour × 100 kg = 20 mg an hour; the source's maximum of 12 mg an hour "
            "applies: 12 mg an hour",
        ),
    ],
)
def test_a_rate_is_held_to_its_maximum(library: Library, question: str, expected: str) -> None:
    assert worked(library, question) == [expected]


def test_a_load_has_not_the_frequency_of_the_dose_after_it(library: Library) -> None:
    assert worked(library, "teicoplanin dose, 100 kg man") == [
        "10–12 mg/kg × 100 kg = 1,000–1,200 mg",
        "6 mg/kg × 100 kg = 600 mg once a day",
    ]


def test_the_weight_may_come_from_the_patient_alone(library: Library) -> None:
    patient = read_patient("weight=14,age=3")
    (claim,) = [c for c in shown(library, "amoxicillin for otitis media", patient) if c.derivations]
    assert claim.derivations[0].result.startswith("1,260 mg a day")


def test_the_contract_shows_the_derivation_beside_its_rule(library: Library) -> None:
    answer = ask(library, "amoxicillin dose for otitis media, 3 year old, 14 kg")
    claim = to_json(answer, library)["bottom_line"][0]
    derivation = claim["derivation"]
    assert derivation["formula"] == "90 mg/kg/day × 14 kg"
    assert derivation["inputs"] == {
        "weight": "14 kg",
        "doses a day": "2",
        "maximum a dose": "1 g",
    }
    assert derivation["rule"]["quote"] == claim["citations"][0]["quote"]
    assert claim["derivations"] == [derivation]
    assert "630" not in claim["text"]
    assert all(d["per"] == "kg" or d["low"] != 630 for d in claim["dosages"])
