"""What is in a product, by the names that people and other languages give it."""

from __future__ import annotations

from pathlib import Path

import pytest

import osler.pathways
from osler.pathways.hooks.resembling import resembled, vocabulary_of
from osler.pathways.ingredients import brands_of, ingredients, single_strengths, spaced
from osler.statements.vocabulary.substances import all_names, base_of

TABLE = Path(osler.pathways.__file__).with_name("data") / "ingredients.tsv"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Metformin500mg", "Metformin 500mg"),
        ("B-12 1000 mcg/mL", "B12 1000 mcg/mL"),
        ("b 12 injection", "B12 injection"),
        ("Hepatitis B 12 doses", "Hepatitis B 12 doses"),
        ("Vitamin B12", "Vitamin B12"),
        ("H2SO4", "H2SO4"),
    ],
)
def test_a_name_is_looked_up_by_its_words(name: str, words: str) -> None:
    assert spaced(name) == words


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Metformina 850", ["metformin"]),
        ("Galvus Met 50/1000", ["metformin", "vildagliptin"]),
        ("Qternmet XR", ["metformin", "dapagliflozin", "saxagliptin"]),
        ("Cobalin-H", ["hydroxocobalamin"]),
        ("Janumetal", []),
        ("Aspirin-free", None),
    ],
)
def test_a_product_holds_what_its_brand_does(name: str, held: list[str] | None) -> None:
    found = ingredients((name,), ())
    assert "metformin" not in found if held is None else set(held) <= set(found)
    assert held != [] or found == []


def test_every_row_of_the_table_is_whole_and_stands_once() -> None:
    rows = [
        line.split("\t")
        for line in TABLE.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert all(len(row) == 3 and all(part.strip() == part != "" for part in row) for row in rows)
    keys = [(system, code) for system, code, _ in rows]
    assert len(keys) == len(set(keys))
    assert all(code == code.lower() for system, code in keys if system == "name")


def test_products_of_a_substance_are_those_of_its_forms_too() -> None:
    assert {"siofor", "janumet", "metformine"} <= set(brands_of("metformin"))
    assert {"vibeden", "orobalin", "neurobion"} <= set(brands_of("vitamin b12"))
    assert single_strengths(["Cyanokit", "Metformin"]) == ("cyanokit 5 g",)


@pytest.mark.parametrize("substance", ["metformin", "vitamin b12"])
def test_no_other_drug_that_is_known_resembles_one(substance: str) -> None:
    vocabulary = vocabulary_of(frozenset({substance}))
    others = [
        name
        for name in all_names()
        if substance not in {base_of(held) for held in ingredients((name,), ())}
    ]
    assert len(others) > 1000
    assert [name for name in others if resembled((name,), vocabulary)] == []
