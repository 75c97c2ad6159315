"""The glossary: broad, of one meaning a phrase, with neither doses nor drugs in it."""

from __future__ import annotations

import re

import pytest

from osler.dosage import find_frequencies, find_routes, may_state_dosage, parse_targets
from osler.readers.glossary import _contexts, entries, find, plain_words, written_out
from osler.statements.vocabulary.conditions import find_tests
from osler.statements.vocabulary.substances import find_substances, is_class, is_substance

TERMS = [e for e in entries() if not e.in_brackets]


def test_it_is_broad() -> None:
    assert len({e.plain for e in entries()}) >= 900
    assert len(TERMS) >= 1500


def test_a_term_has_one_plain_phrase() -> None:
    inside = [e.term.lower() for index in (plain_words(), written_out()) for e in _all(index)]
    assert sorted(inside) == sorted(set(inside))


def _all(index: object) -> list[object]:
    each = [e for found in index.values() for e in found]  # type: ignore[attr-defined]
    return [e for e in each if not e.in_brackets]


def test_no_phrase_holds_a_number_or_a_dose() -> None:
    for entry in entries():
        assert not may_state_dosage(entry.plain), entry
        assert not parse_targets(entry.plain), entry
        # "vitamin B12" and its kin are names
        assert not re.search(r"\b\d", re.sub(r"\bB1?\d\b|HbA1c", "", entry.plain)), entry


def test_only_routes_name_a_route_and_only_times_a_time() -> None:
    for entry in entries():
        if not (entry.beside_a_dose or entry.in_brackets or is_substance(entry.plain)):
            same = {f.value for f in find_routes(entry.term)}
            assert {f.value for f in find_routes(entry.plain)} <= same, entry
        if entry.is_time:
            assert [f.value for f in find_frequencies(entry.plain)] == [
                f.value for f in find_frequencies(entry.term)
            ], entry
        elif not find_frequencies(entry.term):
            assert not find_frequencies(entry.plain), entry


def test_a_route_in_plain_words_is_the_same_route() -> None:
    routes = [e for e in entries() if e.beside_a_dose or e.in_brackets]
    assert len(routes) > 40
    for entry in routes:
        meant = {f.value for f in find_routes(f"1 g {entry.term}")}
        assert {f.value for f in find_routes(f"1 g {entry.plain}")} == meant, entry


def test_no_name_of_a_drug_is_a_term() -> None:
    for entry in entries():
        tests = find_tests(entry.term)  # "blood glucose" is measured
        named = [f for f in find_substances(entry.term) if not is_class(f.name) and not tests]
        said = {f.name for f in find_substances(entry.plain)}
        assert all(f.name in said for f in named), entry


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("acute myocardial infarction", "acute myocardial infarction"),
        ("Renal failure", "renal failure"),
        ("the acute MI of 2019", "MI"),
    ],
)
def test_the_longest_term_is_found(text: str, term: str) -> None:
    index = written_out() if term.isupper() else plain_words()
    assert [m.entry.term for m in find(text, index)] == [term]


def test_capitals_matter_for_abbreviations() -> None:
    assert list(find("mi casa", written_out())) == []


def test_no_plain_phrase_brings_a_drug_in() -> None:
    for entry in entries():
        if entry.plain.lower().startswith(("high ", "low ", "blood ")) or "test" in entry.plain:
            continue  # what is measured: "high potassium" is hyperkalaemia
        held = {part for f in find_substances(entry.term) for part in (f.name, *f.text.split())}
        added = {f.name for f in find_substances(entry.plain) if not is_class(f.name)} - held
        assert not added, entry


def test_every_context_is_of_a_term() -> None:
    assert len(_contexts()) >= 40
    assert set(_contexts()) <= {entry.term for entry in entries()}


@pytest.mark.parametrize(
    "pair",
    [
        ("chronic renal failure", "chronic kidney disease"),
        ("acute renal failure", "acute kidney injury"),
        ("malignant hypertension", "severe hypertension"),
        ("radiotherapy", "irradiation"),
        ("acute asthma", "acute severe asthma"),
        ("malnutrition", "severe acute malnutrition"),
        ("hyperpyrexia", "hyperthermia"),
        ("neuropathy", "neurotoxicity"),
        ("persistent", "irreversible"),
        ("peptic ulcer", "gastric ulcer"),
        ("candidiasis", "oral candidiasis"),
        ("bone densitometry", "bone scan"),
        ("hemiplegia", "hemiparesis"),
        ("haematoma", "ecchymosis"),
        ("adrenal insufficiency", "addison's disease"),
    ],
)
def test_two_things_have_two_phrases(pair: tuple[str, str]) -> None:
    plain = {e.term: e.plain for e in entries()}
    one, other = (plain.get(term) for term in pair)
    assert one is None or one != other


@pytest.mark.parametrize("term", ["promptly", "prompt", "immediately"])
def test_haste_is_never_only_soon(term: str) -> None:
    plain = {e.term: e.plain for e in entries()}
    assert plain.get(term, "right away") in ("right away", "at once")
