"""Plain documents answer plain questions; an abstention says what stood in the way."""

from collections.abc import Iterator

import pytest

from osler.answering import ask
from osler.library import Library

WARD = """# Ward doses

Amoxicillin 500 mg orally three times a day.

Digoxin 125 micrograms orally once daily is used in atrial fibrillation.

Anti-venom: give 4 vials intravenously over 1 hour in snake bite.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("ward")
    (folder / "doses.md").write_text(WARD, "utf-8")
    with Library.create(folder / "library") as made:
        made.add([folder / "doses.md"])
        yield made


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("amoxicillin dose", "500 mg"),
        ("digoxin dose in AF", "125 micrograms"),
        ("How much antivenom for snake bite?", "4 vials"),
    ],
)
def test_a_document_that_does_not_say_its_kind_answers(
    library: Library, question: str, amount: str
) -> None:
    answer = ask(library, question)
    assert any(amount in claim.text for claim in answer.bottom_line)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("amoxicillin dose for wobblitis", "“wobblitis”"),
        ("digoxin dose in AF, eGFR 24", "not said of impaired kidneys"),
        ("amoxicillin dose in pregnancy at 8 weeks by nebuliser", "another drug, patient group"),
    ],
)
def test_an_abstention_says_what_stood_in_the_way(
    library: Library, question: str, told: str
) -> None:
    answer = ask(library, question)
    assert answer.abstention is not None
    assert told in answer.abstention.reason
