"""The starter library says what its facts say, source by source, and nothing beside."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from osler import starter
from osler.domain import Dosage, SourceKind
from osler.dosage import parse_dosages, to_base

FACTS = yaml.safe_load((Path(__file__).parent / "fixtures" / "vitamin-b12.yaml").read_text("utf-8"))
FILES = {
    "overview": "vitamin-b12--overview.md",
    "dosing": "vitamin-b12--dosing.md",
    "supplement": "vitamin-b12--supplement.md",
    "injection": "vitamin-b12--injection.md",
    "eussen2005": "vitamin-b12--eussen-2005.md",
    "divine2010": "vitamin-b12--divine-2010.md",
    "smpc_uk": "vitamin-b12--smpc-uk.md",
    "label_us": "vitamin-b12--label-us.md",
    "bnf": "vitamin-b12--bnf.md",
    "label_hk": "vitamin-b12--label-hk.md",
    "nstg2022": "vitamin-b12--nstg-2022.md",
    "aafp2017": "vitamin-b12--aafp-2017.md",
    "ng239": "vitamin-b12--ng239.md",
}
SEEN = {"seed", "page", "copy", "quoted", "known"}


@dataclass(frozen=True)
class Page:
    front: dict[str, Any]
    body: str


def read(path: Path) -> Page:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return Page(yaml.safe_load(front), body)


PAGES = {path.name: read(path) for path in starter.sources()}


def said_in(source: str) -> str:
    return " ".join(str(fact) for fact in FACTS["facts"] if source in fact["sources"])


def test_every_source_with_facts_has_its_file() -> None:
    assert {source for fact in FACTS["facts"] for source in fact["sources"]} == set(FILES)
    assert set(FILES.values()) <= set(PAGES)
    assert len(PAGES) == len(FILES) + 23


@pytest.mark.parametrize("name", sorted(PAGES))
def test_front_matter_says_what_the_source_is_and_how_it_was_seen(name: str) -> None:
    front = PAGES[name].front
    assert front["title"]
    assert front["organization"]
    assert SourceKind(front["kind"])
    assert front["seen"] in SEEN
    if front["kind"] != SourceKind.GUIDELINE_SUMMARY:
        assert front["summarises"] == front["kind"], "a summary is not the document itself"


@pytest.mark.parametrize("source", sorted(FILES))
def test_a_file_names_its_source_as_the_facts_do(source: str) -> None:
    front = PAGES[FILES[source]].front
    for key in ("title", "organization", "year", "kind", "jurisdiction", "doi", "pmid"):
        assert front.get(key) == FACTS["sources"][source].get(key), key


@dataclass(frozen=True)
class Dose:
    """What a dosage says, whatever the words."""

    low: object
    high: object
    routes: tuple[str, ...]
    every: object

    @classmethod
    def of(cls, d: Dosage) -> "Dose":
        assert d.low is not None
        assert d.unit is not None
        assert d.frequency is not None, d.text
        f = d.frequency
        return cls(
            to_base(d.low, d.unit),
            to_base(d.high if d.high is not None else d.low, d.unit),
            d.routes or ((d.route,) if d.route else ()),
            (f.count, f.count_high, f.period_low, f.period_high or f.period_low, f.period_unit),
        )


DOSES = [
    pytest.param(fact, source, id=f"{fact['id']}-{source}")
    for fact in FACTS["facts"]
    if "dose" in fact
    for source in fact["sources"]
]


@pytest.mark.parametrize(("fact", "source"), DOSES)
def test_each_source_states_each_of_its_doses_in_full(fact: dict[str, Any], source: str) -> None:
    (expected, *_) = parse_dosages(f"{fact['dose']} {fact['route']} {fact['frequency']}")
    stated = {
        Dose.of(d)
        for d in parse_dosages(PAGES[FILES[source]].body)
        if d.frequency is not None and d.low is not None
    }
    assert Dose.of(expected) in stated


@pytest.mark.parametrize("source", sorted(FILES))
def test_no_number_stands_in_a_file_that_its_facts_do_not_hold(source: str) -> None:
    def number(text: str) -> set[str]:
        return set(re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text.replace("NG239", "")))

    assert number(PAGES[FILES[source]].body) <= number(said_in(source))


# What the facts without a dose say, as words that their sentence must hold.
SAID = {
    "b04": ("short bowel syndrome", "atrophic gastritis", "ileal resection", "Crohn's disease"),
    "b05": ("intranasal", "sublingual", "mild"),
    "b10": ("improves no further", "maintenance"),
    "b11": ("do not stop", "lifelong"),
    "b12": ("homocysteine", "every 3 months"),
    "b13": ("homocysteine", "10 micromol/L"),
    "b14": ("symptoms", "laboratory markers"),
    "b15": ("potassium",),
    "b16": ("methylcobalamin or hydroxocobalamin", "kidney"),
    "b16b": ("hazard ratio 2.0", "three vitamins at once", "cyanocobalamin alone"),
    "b18": ("adenosylcobalamin", "converted to both"),
    "b19": ("subacute combined degeneration", "folic acid given alone"),
    "b20": ("muscular route|into the muscle",),
    "b21": ("cyanocobalamin", "cyanide may"),
    "b22": ("do not stop maintenance", "malabsorption"),
    "b40": ("Avoid the intravenous route",),
    "b41": ("oral preparation",),
    "b47": ("irreversible cause", "for life", "more often", "16 years and over"),
    "b51": ("first 48 hours", "sudden death"),
    "b52": ("0.1 mg", "together with vitamin B12"),
    "b53": ("hypersensitivity to cobalt", "Anaphylactic shock", "intradermal test dose"),
    "b54": ("optic atrophy", "Leber"),
    "b55": ("more than 3 months", "spinal cord permanently"),
}


def test_the_table_of_words_covers_every_fact_without_a_dose() -> None:
    assert set(SAID) == {fact["id"] for fact in FACTS["facts"] if "dose" not in fact}


@pytest.mark.parametrize("identifier", sorted(SAID))
def test_each_source_says_each_of_its_other_facts(identifier: str) -> None:
    (fact,) = (fact for fact in FACTS["facts"] if fact["id"] == identifier)
    for source in fact["sources"]:
        body = PAGES[FILES[source]].body
        for words in SAID[identifier]:
            assert re.search(words, body, re.IGNORECASE), (source, words)
