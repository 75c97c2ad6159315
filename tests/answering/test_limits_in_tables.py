"""What a table says of several drugs at once, or in a label with its value, bars each of them."""

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


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library_of(tmp_path_factory.mktemp("tables"), TABLE) as made:
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
