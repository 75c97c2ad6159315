"""Presidio's model, where it is installed."""

from __future__ import annotations

from threading import Thread
from types import SimpleNamespace

import pytest

from osler.privacy import model
from osler.privacy.finding import find_identifiers


def test_without_the_model_our_own_recognisers_find_the_same_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: False)
    find_identifiers.cache_clear()
    found = find_identifiers("Metformin for Maria Gonzalez, 67F?")
    find_identifiers.cache_clear()
    assert [i.text for i in found] == ["Maria Gonzalez"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_the_model_finds_a_name_and_no_drug() -> None:
    pytest.importorskip("presidio_analyzer")
    pytest.importorskip(model.MODEL)
    found = list(model.find_by_model("Metformin dose for Robert Fitzwilliam, 67F, eGFR 24?"))
    assert "Robert Fitzwilliam" in [i.text for i in found]


def test_a_question_whose_every_word_is_known_does_not_wait_for_the_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def loaded(text: str) -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr("osler.privacy.finding.is_installed", lambda: True)
    monkeypatch.setattr("osler.privacy.finding.find_by_model", loaded)
    find_identifiers.cache_clear()
    assert find_identifiers("What is the maintenance dose of vitamin B12 after loading?") == ()


def test_what_loading_logs_does_not_wait_for_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_through = []

    def loaded() -> SimpleNamespace:  # as presidio does it, with a log that hides
        looked_through.append(list(model.find_by_model("Loaded recognizer: PhoneRecognizer")))
        return SimpleNamespace(analyze=lambda *_, **__: [])

    monkeypatch.setattr(model, "_loaded", loaded)
    asked = Thread(target=lambda: list(model.find_by_model("dose for Zelnar?")), daemon=True)
    asked.start()
    asked.join(10)
    assert not asked.is_alive()
    assert looked_through == [[]]
