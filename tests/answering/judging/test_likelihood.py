"""What the learned weights make of a statement, and what is shown by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.answering.documents import library_of

from osler.answering import ask
from osler.answering.engine import questions_in
from osler.answering.judging.likelihood import all_features, likelihoods, weights
from osler.answering.judging.relevance import judge, prepare
from osler.answering.retrieving.retrieve import retrieve
from osler.library import Library

TORASEMIDE = """# Torasemide

## Oedema

Torasemide for oedema is started at 5 mg by mouth once daily.

- Ordinary dose: 5 to 20 mg once daily.
- Highest dose: 40 mg once daily.

## Hypertension

Torasemide for hypertension is started at 2.5 mg once daily.

## History

Torasemide was first sold in 1993.
"""
RANOLAZINE = """# Ranolazine in angina

Start ranolazine at 375 mg twice daily. After 2 to 4 weeks give 500 mg twice daily.

Surgery: stop ranolazine 1 day before if creatinine clearance is 50 mL/min or above.

Do not use ranolazine when creatinine clearance is below 30 mL/min.
"""


DAPSONE = """# Dapsone in toxoplasmosis

Prophylaxis: dapsone 50 mg by mouth once daily.
"""
GRANISETRON = """# Granisetron in chemotherapy

Granisetron 3 mg IV before chemotherapy. Up to 3 mg by mouth a day. Aged 75 years or over: the
first IV dose of granisetron must not exceed 1 mg.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("likelihood")
    with library_of(
        folder,
        {"title": "Torasemide", "text": TORASEMIDE},
        {"title": "Ranolazine in angina", "text": RANOLAZINE},
        {"title": "Dapsone in toxoplasmosis", "text": DAPSONE},
        {"title": "Granisetron in chemotherapy", "text": GRANISETRON},
    ) as library:
        yield library


def chances(library: Library, text: str) -> dict[str, float]:
    (question,) = questions_in(library, text)
    asked = prepare(question, library.idf, library.frequency)
    judged = [
        (found.candidate, relevance)
        for found in retrieve(library, question)
        if (relevance := judge(found, asked)) is not None
    ]
    found = likelihoods(judged, asked)
    assert all(0 < chance < 1 for chance in found)
    assert all(values.keys() == weights().keys() for values in all_features(judged, asked))
    return {c.statement.text: p for (c, _), p in zip(judged, found, strict=True)}


def test_the_dose_for_what_is_asked_is_likelier_than_what_stands_beside_it(
    library: Library,
) -> None:
    found = chances(library, "torasemide starting dose for oedema")
    best = max(found, key=lambda text: found[text])
    assert best == "Torasemide for oedema is started at 5 mg by mouth once daily."
    assert found[best] > 5 * found["Torasemide was first sold in 1993."]


def test_what_is_far_less_likely_is_not_shown(library: Library) -> None:
    answer = ask(library, "torasemide starting dose for oedema")
    shown = [c.text for s in answer.sections for c in s.claims]
    assert answer.bottom_line[0].text.endswith("started at 5 mg by mouth once daily.")
    assert not any("1993" in text for text in shown)


def test_good_kidneys_bar_nothing(library: Library) -> None:
    answer = ask(library, "ranolazine starting dose in angina, CrCl 70 mL/min")
    assert "375 mg" in answer.bottom_line[0].text


def test_poor_kidneys_bar(library: Library) -> None:
    answer = ask(library, "ranolazine starting dose in angina, CrCl 22 mL/min")
    assert "below 30 mL/min" in answer.bottom_line[0].text
    assert not any("375 mg" in claim.text for claim in answer.bottom_line)


def test_who_never_had_it_is_who_it_is_prevented_in(library: Library) -> None:
    answer = ask(library, "dapsone prophylaxis dose, no history of toxoplasmosis")
    assert "50 mg" in answer.bottom_line[0].text


def test_what_is_for_the_age_that_is_said_is_shown(library: Library) -> None:
    answer = ask(library, "granisetron IV dose before chemotherapy, 79 year old")
    assert any("must not exceed 1 mg" in claim.text for claim in answer.bottom_line)
