"""An answer on how an illness is treated opens with what is given for it, and with no aims, side
effects or ways to keep it off."""

from __future__ import annotations

from pathlib import Path

from tests.answering.documents import opening_of

PANIC = """# Panic disorder

## Treatment

### Treatment goals

- Reduce the intensity and frequency of attacks
- Treat anticipatory anxiety early in every patient

### Drug treatment

- Paroxetine 20 mg orally once daily

### Adverse reactions and cautions

- Paroxetine: drug eruption, nausea and sweating
- Paroxetine: do not use in pregnancy

### Prevention

- Treat every patient who has had a first attack with breathing exercises
"""


def test_what_is_given_opens(tmp_path: Path) -> None:
    opening = opening_of(tmp_path, "Panic disorder treatment", {"title": "Panic", "text": PANIC})
    assert "Paroxetine 20 mg" in opening
    assert "Reduce the intensity" not in opening
    assert "anticipatory anxiety" not in opening
    assert "eruption" not in opening
    assert "breathing exercises" not in opening


def test_a_first_choice_is_what_is_dosed(tmp_path: Path) -> None:
    opening = opening_of(tmp_path, "panic disorder first line", {"title": "Panic", "text": PANIC})
    assert "Paroxetine 20 mg" in opening
    assert "eruption" not in opening


def test_what_bars_the_patient_is_told_all_the_same(tmp_path: Path) -> None:
    question = "Paroxetine dose for panic disorder, 12 weeks pregnant"
    opening = opening_of(tmp_path, question, {"title": "Panic", "text": PANIC})
    assert "do not use in pregnancy" in opening


def test_prevention_opens_where_it_is_asked(tmp_path: Path) -> None:
    question = "How is panic disorder prevented?"
    opening = opening_of(tmp_path, question, {"title": "Panic", "text": PANIC})
    assert "breathing exercises" in opening
