"""Sources that differ in how far apart, over how long, from which value or how much at most."""

from pathlib import Path

import pytest

from osler.answering import ask
from osler.answering.understanding.poisoning import poisons_in
from osler.domain import Answer
from osler.library import Library


def answer(folder: Path, question: str, *texts: str) -> Answer:
    for number, text in enumerate(texts):
        (folder / f"source{number}.md").write_text(text, "utf-8")
    with Library.create(folder / "library") as library:
        library.add([folder / f"source{n}.md" for n in range(len(texts))])
        return ask(library, question)


@pytest.mark.parametrize(
    ("question", "one", "other", "about"),
    [
        (
            "ciprofloxacin and antacids, how far apart?",
            "# Ciprofloxacin\n\nTake ciprofloxacin 1–2 hours before or at least 4 hours after "
            "antacids.\n",
            "# Ciprofloxacin label\n\nTake ciprofloxacin at least 2 hours before or 6 hours after "
            "antacids.\n",
            "timing",
        ),
        (
            "Changing from warfarin to rivaroxaban, at what INR is it started?",
            "# Rivaroxaban\n\nStop warfarin and start rivaroxaban once the INR is 2.5 or less.\n",
            "# Rivaroxaban label\n\nStop warfarin and start rivaroxaban as soon as the INR is "
            "below 3.0.\n",
            "what to do at this value",
        ),
        (
            "azithromycin for chlamydia in pregnancy, dose?",
            "# Chlamydia\n\nIn pregnancy: azithromycin 1 g by mouth once.\n",
            "# Chlamydia, other clinic\n\nIn pregnancy: azithromycin 1 g by mouth once, then "
            "500 mg once daily for 2 days.\n",
            "one dose or a course",
        ),
    ],
    ids=["apart", "value", "course"],
)
def test_sources_differ(tmp_path: Path, question: str, one: str, other: str, about: str) -> None:
    found = answer(tmp_path, question, one, other)
    assert any(about in conflict.about for conflict in found.conflicts)


def test_the_same_times_are_no_conflict(tmp_path: Path) -> None:
    text = "Take ciprofloxacin at least 2 hours before or 6 hours after antacids.\n"
    found = answer(
        tmp_path,
        "ciprofloxacin and antacids, how far apart?",
        f"# Ciprofloxacin\n\n{text}",
        f"# Ciprofloxacin label\n\n{text}",
    )
    assert found.bottom_line
    assert not found.conflicts


@pytest.mark.parametrize("question", ["gent OD 70 kg", "enoxaparin OD or BD in renal failure"])
def test_od_beside_a_dose_is_once_daily(question: str) -> None:
    assert poisons_in(question) == ()


@pytest.mark.parametrize(
    "question", ["paracetamol OD, 60 kg, 4 h level 200", "TCA OD with wide QRS", "metformin OD"]
)
def test_od_of_what_poisons_is_an_overdose(question: str) -> None:
    assert poisons_in(question)
