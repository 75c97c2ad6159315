"""What is barred for prevention, the other sex or as the first drug leaves others their dose."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.answering.documents import opening_of

DOSE = "Flunarizine for migraine: 10 mg by mouth at night."


def _opening(folder: Path, bar: str, question: str) -> str:
    document = {"title": "Flunarizine", "text": f"{DOSE}\n\n{bar}\n"}
    return opening_of(folder, question, document)


@pytest.mark.parametrize(
    "bar",
    [
        "Not for the prevention of migraine.",
        "Never use it for prophylaxis of migraine.",
        "Not for prevention of migraine in renal failure.",
        "Not for men with migraine and fever.",
        "Not to be given to men with migraine.",
        "Not for migraine as the first drug.",
    ],
)
def test_another_need_bars_nobody_else(tmp_path: Path, bar: str) -> None:
    assert "10 mg" in _opening(tmp_path, bar, "flunarizine dose, woman of 40 with migraine")


@pytest.mark.parametrize(
    ("bar", "question"),
    [
        ("Not for the prevention of migraine.", "woman of 40: flunarizine to prevent migraine?"),
        ("Not for men with migraine.", "flunarizine dose, man of 40 with migraine"),
        ("Not for men with migraine.", "flunarizine dose for migraine"),
        ("Not for migraine.", "flunarizine dose, woman of 40 with migraine"),
        ("Not for the prevention of migraine, or in asthma.",
         "flunarizine dose for migraine, woman of 40 with asthma"),
        ("Not for prevention of migraine and in asthma.",
         "flunarizine dose for migraine, woman of 40 with asthma"),
        ("Not for men with migraine or anyone with asthma.",
         "flunarizine dose for migraine, woman of 40 with asthma"),
        ("Not in asthma as the first drug.",
         "flunarizine dose for migraine, woman of 40 with asthma"),
        ("Not for migraine as the first drug.",
         "woman of 40: flunarizine as the first drug for migraine?"),
    ],
)  # fmt: skip
def test_whose_need_it_is_is_barred(tmp_path: Path, bar: str, question: str) -> None:
    assert bar.rstrip(".") in _opening(tmp_path, bar, question)
