"""The first choice opens an answer, of the severity asked about; a ban on a child is said first."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.candidates.unfinished import is_unfinished
from osler.domain import Answer, Applies

MALARIA = """## Uncomplicated malaria

| Weight | Tablets |
|---|---|
| 5 to under 15 kg | 1 tablet twice daily for 3 days |
| 15 to under 25 kg | 2 tablets twice daily for 3 days |

## Severe malaria

Children of 20 kg or less:

- Artesunate 3 mg/kg intravenously at once, then after 12 and 24 hours
- Intramuscular quinine is an alternative if artesunate is not available
"""
SCABIES = """- Ivermectin: 200 micrograms/kg by mouth, repeated after 7 days, for crusted scabies
- Ivermectin: 200 micrograms/kg by mouth once
"""
TYPHOID = """- Ofloxacin: nausea, abdominal discomfort, headache
- Ofloxacin: not recommended for children
- Ofloxacin: 400 mg orally every 12 hours
"""


def _ask(folder: Path, title: str, text: str, question: str) -> Answer:
    with library_of(folder, {"title": title, "text": text}) as library:
        return ask(library, question)


def _lines(answer: Answer) -> list[str]:
    below = (claim for section in answer.sections for claim in section.claims)
    return [claim.text for claim in (*answer.bottom_line, *below)]


def test_the_dose_of_the_first_choice_opens(tmp_path: Path) -> None:
    question = "First-line treatment of severe malaria in a child of 12 kg"
    answer = _ask(tmp_path, "Malaria", MALARIA, question)
    opening = [claim.text for claim in answer.bottom_line]
    assert "Artesunate 3 mg/kg" in opening[0], opening
    assert not any("alternative" in line for line in opening), opening
    assert not any("tablet" in line for line in _lines(answer)), _lines(answer)


def test_an_alternative_that_is_asked_for_is_told(tmp_path: Path) -> None:
    question = "What is the alternative to artesunate in severe malaria in a child of 12 kg?"
    answer = _ask(tmp_path, "Malaria", MALARIA, question)
    assert any("quinine is an alternative" in c.text for c in answer.bottom_line)


def test_a_dose_for_a_special_kind_only_may_apply(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "Scabies", SCABIES, "Ivermectin dose for scabies")
    claims = (*answer.bottom_line, *(c for s in answer.sections for c in s.claims))
    crusted = [c.applies for c in claims if "crusted" in c.text]
    assert Applies.YES not in crusted
    assert "crusted" not in answer.bottom_line[0].text


def test_whether_a_child_may_have_it_is_answered_first(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "Typhoid", TYPHOID, "Is ofloxacin safe for children with typhoid?")
    assert "not recommended" in answer.bottom_line[0].text
    assert answer.yes_no == "no"


def test_a_ban_on_children_bars_no_adult(tmp_path: Path) -> None:
    answer = _ask(tmp_path, "Typhoid", TYPHOID, "Is ofloxacin safe for adults with typhoid?")
    assert answer.yes_no != "no"


def test_what_is_treated_accordingly_says_nothing() -> None:
    assert is_unfinished("Other severe infections should be treated accordingly.")
    assert not is_unfinished("Other antibiotics are stopped.")
