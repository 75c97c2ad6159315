"""A limit bars the drug that it is said of: over several columns, in a label, as a later bound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.domain import Answer
from osler.library import Library

TABLE = {
    "title": "Oral drugs for diabetes",
    "text": "<h1>Oral drugs for diabetes</h1><table>"
    "<tr><th></th><th>Glipizide</th><th>Metformin</th><th>Sitagliptin</th></tr>"
    "<tr><th>Usual dose in type 2 diabetes</th><td>5 mg once daily</td>"
    "<td>500 mg twice daily</td><td>100 mg once daily</td></tr>"
    "<tr><th>Stop when eGFR is below</th><td>15 mL/min</td><td>30 mL/min</td>"
    "<td>20 mL/min</td></tr>"
    '<tr><th>Pregnancy</th><td colspan="3">Contraindicated. Use insulin.</td></tr></table>',
}

LINES = {
    "title": "Renal notes",
    "text": "Acarbose: eGFR 25–50, 50 mg twice daily; below 25, stop.\n\n"
    "Topiramate: CrCl 30 to 70, 50 mg twice daily; under 30, avoid.\n\n"
    "# Leflunomide\n\nLeflunomide 20 mg by mouth once daily in rheumatoid arthritis.\n\n"
    "We stop leflunomide if the eGFR falls below 30 and halve the dose when it lies between 30 "
    "and 59.\n\n# Sodium fusidate\n\n## 4.2 Dosage\n\n### 4.2.1 Children over 5 years\n\n"
    "250 mg by mouth three times daily.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("limits"), TABLE, LINES) as made:
        yield made


def _opening(answer: Answer) -> str:
    return answer.bottom_line[0].text if answer.bottom_line else ""


def _shown(answer: Answer) -> str:
    claims = (claim.text for section in answer.sections for claim in section.claims)
    return " ".join((*(c.text for c in answer.bottom_line), *claims))


@pytest.mark.parametrize("drug", ["Glipizide", "Metformin", "Sitagliptin"])
def test_a_bar_over_the_columns_of_several_drugs_bars_each(library: Library, drug: str) -> None:
    answer = ask(library, f"{drug.lower()} dose for type 2 diabetes in pregnancy")
    assert f"{drug}: Contraindicated" in _opening(answer)
    assert "mg" not in _shown(answer)


def test_the_limit_of_its_own_column_bars_a_drug(library: Library) -> None:
    answer = ask(library, "metformin dose for type 2 diabetes, eGFR 25")
    assert _opening(answer) == "Metformin: Stop when eGFR is below 30 mL/min"
    assert "500 mg" not in _shown(answer)
    other = ask(library, "glipizide dose for type 2 diabetes, eGFR 25")
    assert "30 mL/min" not in _opening(other)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("acarbose dose eGFR 20", "below 25, stop"),
        ("topiramate dose CrCl 20", "under 30, avoid"),
        ("leflunomide dose rheumatoid arthritis eGFR 45", "halve the dose"),
    ],
)
def test_a_later_bound_that_leaves_its_measure_out_is_for_its_patients(
    library: Library, question: str, said: str
) -> None:
    assert said in _opening(ask(library, question))


def test_of_two_bounds_that_of_the_bar_bars(library: Library) -> None:
    stopped = ask(library, "leflunomide dose rheumatoid arthritis eGFR 20")
    assert "stop leflunomide" in _opening(stopped)
    assert "20 mg" not in _shown(stopped)
    assert "20 mg" in _shown(ask(library, "leflunomide dose rheumatoid arthritis eGFR 45"))


def test_the_number_of_a_section_is_no_part_of_a_claim(library: Library) -> None:
    opening = _opening(ask(library, "sodium fusidate dose for a child of 8 years"))
    assert "Children over 5 years: 250 mg" in opening
    assert "4.2.1" not in opening
