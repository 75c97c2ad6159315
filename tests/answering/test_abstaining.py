"""Plain documents answer plain questions; an abstention says what stood in the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from osler.answering import ask, to_json
from osler.library import Library
from osler.render import markdown

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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## Contraindications\n\n- Liver failure\n", "Contraindications: Liver failure"),
        ("Do not use in:\n\n- Liver failure\n", "Do not use in: Liver failure"),
        (
            "| Drug | Contraindications |\n|---|---|\n| Tizanidine | liver failure |\n",
            "Contraindications: liver failure",
        ),
    ],
)
def test_what_is_held_nearby_is_told_with_what_it_hangs_on(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "a.md").write_text(f"# Tizanidine\n\n{text}", "utf-8")
    with Library.create(tmp_path / "library") as library:
        library.add([tmp_path / "a.md"])
        answer = ask(library, "tizanidine dose for insomnia")
        assert answer.abstention is not None
        nearby = to_json(answer, library)["abstention"]["nearby"]
    assert nearby
    assert all(c.quote for c in answer.abstention.nearby)
    assert any(each["said"].endswith(said) for each in nearby)
    assert not [e for e in nearby if e["said"].lower().strip("- ") == "liver failure"]
    assert said in markdown.render(answer)
