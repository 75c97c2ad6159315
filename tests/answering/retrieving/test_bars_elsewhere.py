"""What bars a drug for a patient is found in whatever document it stands, and nothing else is."""

import pytest

from osler.answering import ask
from osler.answering.judging.relevance import prepare
from osler.answering.judging.with_bars import with_bars
from osler.answering.understanding.understand import understand
from osler.domain import Answer
from osler.library import Library

MANY = 60
MIGRAINE = "# Migraine\n\n## Prophylaxis\n\n- Propranolol 40 mg orally every 8 hours\n"
PRESSURE = """# Hypertension

- Atenolol 50 mg daily
- Do not use beta blockers in asthmatics and heart failure
- Tetracyclines are contraindicated in pregnancy
- Do not give propranolol with verapamil
"""
ROSACEA = "# Rosacea\n\n- Doxycycline 40 mg daily for 8 weeks\n"
ASTHMA = "\n\n".join(
    f"# Asthma note {n}\n\nAsthma in an asthmatic: avoid dust, avoid smoke and avoid ward {n}. "
    f"Migraine, rosacea and pregnancy with asthma: the dose of rest is prophylaxis."
    for n in range(MANY)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("bars")
    (folder / "in").mkdir()
    texts = {"migraine": MIGRAINE, "pressure": PRESSURE, "rosacea": ROSACEA, "asthma": ASTHMA}
    for name, text in texts.items():
        (folder / "in" / f"{name}.md").write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add(folder / "in", workers=1)
    return Library.open(folder / "library")


def opening(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.bottom_line)


@pytest.mark.parametrize(
    ("question", "bar", "dose"),
    [
        ("propranolol dose for migraine, has asthma", "beta blockers in asthmatics", "40 mg"),
        ("doxycycline for rosacea in pregnancy", "contraindicated in pregnancy", "40 mg"),
        ("propranolol for migraine, takes verapamil", "with verapamil", "40 mg"),
    ],
)
def test_a_bar_under_another_illness_opens(
    library: Library, question: str, bar: str, dose: str
) -> None:
    told = opening(ask(library, question))
    assert bar in told
    assert dose not in told


def added(library: Library, text: str) -> list[str]:
    question = understand(text)
    asked = prepare(question, library.idf, library.frequency)
    return [f.candidate.statement.text for f in with_bars(library, (), asked)]


def test_only_what_rules_it_out_for_what_is_told_is_added(library: Library) -> None:
    assert added(library, "propranolol dose for migraine in a patient with asthma") == [
        "Do not use beta blockers in asthmatics and heart failure"
    ]
    assert added(library, "atenolol for hypertension") == []
    assert added(library, "propranolol dose") == []
