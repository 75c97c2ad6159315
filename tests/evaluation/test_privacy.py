"""Measuring what is hidden: made questions, and the bars that must hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from osler.evaluation.identified import SETS, identified_questions, plain_questions
from osler.evaluation.privacy import evaluate_privacy
from osler.privacy import find_identifiers, is_installed

# Bars against falling back, after misses were mended; what a set scored unseen is in the figures.
# What was fitted on them, so that they tell of no other sentences.
RECALL = {
    "dev": 0.99,
    "heldout": 0.98,
    "second": 0.98,
    "third": 0.97,
    "fourth": 0.95,
    "fifth": 0.96,
    "sixth_own": 0.96,
    "sixth": 0.96,
}
HERE = Path(__file__).parent
UNREAD = {"topics_11_dev"}  # not to be looked at, so not for what is hidden in it either


@pytest.mark.parametrize("name", SETS)
def test_questions_are_made_the_same_each_time(name: str) -> None:
    made = list(identified_questions(name, 40, seed=7))
    assert made == list(identified_questions(name, 40, seed=7))
    assert all(question.planted for question in made)
    assert all(
        question.text[p.start : p.end].strip() for question in made for p in question.planted
    )


def test_the_sets_share_no_questions() -> None:
    made = [{q.text for q in identified_questions(n, 300, seed=1)} for n in SETS]
    assert len(set().union(*made)) == sum(map(len, made))


@pytest.mark.parametrize("name", RECALL)
def test_enough_is_found(name: str) -> None:
    report = evaluate_privacy(identified_questions(name, 400, seed=11), ())
    assert report.recall >= RECALL[name], "\n".join(report.lines(30))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("second", 300),
        ("third", 150),
        ("fourth", 220),
        ("fifth", 220),
        ("sixth_own", 150),
        ("sixth", 300),
    ],
)
def test_a_set_may_bring_questions_without_identifiers(name: str, least: int) -> None:
    plain = plain_questions(name)
    assert len(plain) == len(set(plain)) >= least
    assert plain_questions("dev") == ()


@pytest.mark.parametrize(("with_model", "most"), [(False, 0), (True, 1)])
def test_nothing_is_hidden_in_questions_without_identifiers(
    monkeypatch: pytest.MonkeyPatch, with_model: bool, most: int
) -> None:
    if with_model and not is_installed():
        pytest.skip("the extra privacy is not here")
    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: with_model)
    find_identifiers.cache_clear()
    of_sets = [q for name in SETS for q in plain_questions(name)]
    report = evaluate_privacy((), [*_plain_questions(), *of_sets])
    find_identifiers.cache_clear()
    assert report.plain >= 500
    assert len(report.needless) <= most, report.needless


def test_a_miss_and_a_needless_placeholder_are_told() -> None:
    question = next(identified_questions("dev", 1, seed=1))
    report = evaluate_privacy([question], ["Mr Brown has a cough"])
    assert report.found == report.identifiers == len(question.planted)
    assert [n.text for n in report.needless] == ["Brown"]


def _plain_questions() -> list[str]:
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "question" and isinstance(inner, str):
                    found.append(" ".join(inner.split()))
                else:
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for file in sorted(HERE.rglob("*.yaml")):
        if file.parent.name in UNREAD:
            continue
        walk(yaml.safe_load(file.read_text("utf-8")))
    return found
