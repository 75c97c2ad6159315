"""A dose for those with a history or a risk is not for all; an exception that is met counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer, Applies
from osler.statements import read_group

FOLATE = """# Iodine before and in pregnancy

The usual dose for a woman who is pregnant is iodine 150 mcg daily.

Iodine 250 mcg daily is advised when there is:

- an earlier pregnancy affected in this way
- goitre in either family
- epilepsy

Women with a body mass index above 30 are told that iodine 150 mcg a day is enough unless one of the factors above is present.
"""  # noqa: E501


def _ask(folder: Path, question: str) -> Answer:
    with library_of(folder, {"title": "Iodine in pregnancy", "text": FOLATE}) as library:
        return ask(library, question)


def _claims(answer: Answer) -> list[tuple[str, Applies | None]]:
    below = (claim for section in answer.sections for claim in section.claims)
    return [(claim.text, claim.applies) for claim in (*answer.bottom_line, *below)]


def test_the_dose_for_all_comes_before_those_for_some(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "iodine dose in a pregnant woman")
    assert "150 mcg" in answer.bottom_line[0].text
    special = [(text, applies) for text, applies in _claims(answer) if "250 mcg" in text]
    assert all(applies is not Applies.YES for _, applies in special), special


def test_what_the_patient_has_overrules_the_dose_for_all(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "iodine dose in a pregnant woman with BMI 34 and epilepsy")
    assert "250 mcg" in answer.bottom_line[0].text, _claims(answer)
    enough = [applies for text, applies in _claims(answer) if "is enough unless" in text]
    assert Applies.YES not in enough


@pytest.mark.parametrize(
    "text",
    [
        "an earlier pregnancy affected in that way",
        "given to women at raised risk",
        "enough unless one of the factors above applies",
    ],
)
def test_what_only_the_patient_can_tell_is_open(text: str) -> None:
    assert [c.attribute for c in read_group(text).criteria] == ["other"]


def test_a_pregnancy_now_is_a_pregnancy() -> None:
    assert [c.attribute for c in read_group("used in early pregnancy").criteria] == ["pregnancy"]
