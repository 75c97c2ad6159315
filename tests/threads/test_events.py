"""What befalls the patient meanwhile, and how it is treated."""

from decimal import Decimal

import pytest
from conversation import after

from osler.answering import understand
from osler.domain import Aspect
from osler.threads.topic import topic_of

MALARIA = "Management of severe malaria in a child 18 kg"
APIXABAN = "apixaban dose in AF 82F 58 kg"


@pytest.mark.parametrize("typed", ["she's now fitting", "he has started fitting"])
def test_what_befalls_the_patient_is_treated_in_the_same_patient(typed: str) -> None:
    resolved = after(MALARIA, "how do I give the quinine", typed)
    question = understand(resolved.full)
    assert question.aspects == (Aspect.TREATMENT,)
    assert [t.name for t in topic_of(question).treated] == ["seizures"]
    assert "severe malaria" in question.patient.conditions
    assert (question.patient.weight_kg, question.patient.life_stage) == (Decimal(18), "child")
    assert question.patient.drugs == ()  # it was asked about, and is no fact yet


def test_who_bleeds_is_treated_by_what_was_given() -> None:
    resolved = after(APIXABAN, "she is bleeding")
    assert resolved.full.startswith("What is the treatment for bleeding")
    assert resolved.patient.drugs == ("apixaban",)
