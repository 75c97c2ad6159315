"""What is given for an illness is not shown for its emergency; the body's own is no drug."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import DosageRole
from osler.dosage import parse_dosages
from osler.statements.vocabulary.substances import find_substances

DIABETES = """## Drugs

| Class | Example | Action | Daily dose |
|---|---|---|---|
| Biguanides | Metformin | Improves insulin sensitivity of muscle | 500 - 2000 mg |
| Sulfonylureas | Gliclazide | Raises insulin release from the pancreas | 40 - 320 mg |

Insulin glargine is started at 10 units once daily. An untreated patient may develop
{mentioned}.
"""
THYROID = """## Drugs

- Carbimazole: 15 - 40 mg daily until euthyroid
- Propranolol: 20 mg three times daily for palpitations
"""
KETOACIDOSIS = (
    "- Soluble insulin: 0.1 units/kg/hour, using 50 units in 50 mL of sodium chloride 0.9%"
)


def _doses(answer) -> list[str]:  # type: ignore[no-untyped-def]
    below = (claim for section in answer.sections for claim in section.claims)
    return [claim.text for claim in (*answer.bottom_line, *below) if claim.dosages]


@pytest.mark.parametrize("mentioned", ["blindness", "ketoacidosis, diabetic ketoacidosis"])
@pytest.mark.parametrize(
    "question", ["Insulin dose in diabetic ketoacidosis", "Treatment of diabetic ketoacidosis"]
)
def test_a_table_on_the_illness_is_not_for_its_emergency(
    tmp_path: Path, question: str, mentioned: str
) -> None:
    text = DIABETES.replace("{mentioned}", mentioned)
    with library_of(tmp_path, {"title": "Type 2 diabetes", "text": text}) as library:
        shown = _doses(ask(library, question))
    assert not any("etformin" in line or "liclazide" in line for line in shown), shown
    assert not any("10 units" in line for line in shown), shown


def test_a_chapter_on_the_illness_is_not_for_its_crisis(tmp_path: Path) -> None:
    with library_of(tmp_path, {"title": "Hyperthyroidism", "text": THYROID}) as library:
        assert not _doses(ask(library, "carbimazole dose in thyroid storm"))
        assert _doses(ask(library, "carbimazole dose in hyperthyroidism"))


def test_what_is_for_the_emergency_is_shown(tmp_path: Path) -> None:
    documents = (
        {"title": "Type 2 diabetes", "text": DIABETES},
        {"title": "Diabetic ketoacidosis", "text": KETOACIDOSIS},
    )
    with library_of(tmp_path, *documents) as library:
        answer = ask(library, "Insulin dose in diabetic ketoacidosis")
    assert "0.1 units/kg/hour" in answer.bottom_line[0].text
    assert not any("10 units" in line for line in _doses(answer))


@pytest.mark.parametrize(
    "text", ["improves insulin sensitivity", "stimulates insulin secretion", "insulin resistance"]
)
def test_the_bodys_own_insulin_is_no_drug(text: str) -> None:
    assert find_substances(text) == ()


def test_insulin_that_is_given_is_a_drug() -> None:
    assert [f.name for f in find_substances("increase the insulin dose")] == ["insulin"]


def test_what_a_syringe_holds_is_no_dose() -> None:
    found = parse_dosages("Run at 0.1 units/kg/hour, using 50 units in 50 mL.")
    assert [d.role for d in found if d.unit == "U"] == [DosageRole.DOSE, DosageRole.STRENGTH]
