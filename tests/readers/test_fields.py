"""A record's fields as sentences, and labels that say no more than a name."""

from __future__ import annotations

import pytest

from osler.readers.fields import as_fields, under_its_name, without_underscores
from osler.readers.gate import same_doses
from osler.readers.sentences import in_short_sentences

RECORD = (
    "goals: Ease pain; Prevent relapse non_drug: Rest in the dark drug: Aspirin: Adults 300 mg "
    "orally every 4 hours; Sumatriptan 50 mg orally daily supportive_measures: Fluids"
)


def test_each_field_of_a_record_is_a_sentence() -> None:
    text = as_fields(RECORD)
    assert text == (
        "Goals: Ease pain; Prevent relapse. Non_drug: Rest in the dark. Drug: Aspirin: Adults "
        "300 mg orally every 4 hours; Sumatriptan 50 mg orally daily. Supportive_measures: Fluids."
    )
    assert same_doses(text, RECORD)
    assert without_underscores("Supportive_measures: Fluids.") == "Supportive measures: Fluids."


@pytest.mark.parametrize(
    "text",
    [
        "Adults: amoxicillin 500 mg orally three times a day; children: 250 mg",
        "Avoid in: asthma; heart block",
        "The file a_b holds it",
    ],
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert as_fields(text) == text
    assert without_underscores(text) == text


def test_a_title_is_named_without_the_opening_part() -> None:
    assert under_its_name("Cholera - introduction: It spreads.") == "Cholera: It spreads."
    assert under_its_name("Cholera - treatment: Rest.") == "Cholera - treatment: Rest."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "In the event of a reaction, the drip should be stopped at once.",
            "This is about a reaction. The drip should be stopped at once.",
        ),
        (
            "The kidney clears it slowly, and some people need a longer wait.",
            "The kidney clears it slowly. Some people need a longer wait.",
        ),
        (
            "If the kidney fails, it builds up, and some people need a longer wait.",
            "If the kidney fails, it builds up, and some people need a longer wait.",
        ),
        (
            "Anaphylaxis has followed it; where allergy is suspected, a test is advised first.",
            "Anaphylaxis has followed it. Where allergy is suspected, a test is advised first.",
        ),
    ],
)
def test_a_second_sentence_is_one_of_its_own(text: str, cut: str) -> None:
    assert in_short_sentences(text) == cut
