"""The starter library's answers, as a clinician would read them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from osler.answering import ask, to_json
from osler.domain import Answer, Claim, Phase, ProblemKind
from osler.dosage import differences, parse_dosages
from osler.library import Library

B12 = (
    "What is the recommended maintenance dose of cyanocobalamin (Vitamin B12) "
    "after the acute loading phase?"
)
QUESTIONS = [
    B12,
    "Ferrous sulphate dose to treat iron deficiency anaemia in an adult?",
    "mtx starting dose RA and max",
    "Pt on methotrexate has a UTI. Trimethoprim ok?",
    "Lithium blood level monitoring intervals from start to long term?",
    "pabrinex dosing suspected Wernickes",
    "Gent for endocarditis (synergy), 75 kg man, CrCl 70",
    "amoxicilin dose 3 yr old acute otitis media, 14 kg",
]


def every_claim(answer: Answer) -> list[Claim]:
    claims = [*answer.bottom_line, *(c for s in answer.sections for c in s.claims)]
    return claims + [p.claim for conflict in answer.conflicts for p in conflict.positions]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_the_text_of_its_source_at_its_offsets(
    starter: Library, question: str
) -> None:
    answer = ask(starter, question)
    assert answer.answered
    for claim in every_claim(answer):
        assert claim.citations
        assert claim.verdict.supported
        for citation in claim.citations:
            text = starter.text(citation.source_id)
            assert citation.quote == text[citation.start : citation.end]
            for context in citation.context:
                assert context.quote == text[context.start : context.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(starter: Library, question: str) -> None:
    def as_bytes() -> str:
        answer = to_json(ask(starter, question), starter)
        answer.pop("elapsed_ms")
        return json.dumps(answer, ensure_ascii=False)

    assert as_bytes() == as_bytes()


@pytest.mark.parametrize("question", QUESTIONS)
def test_references_are_numbered_in_the_order_of_first_citation(
    starter: Library, question: str
) -> None:
    answer = ask(starter, question)
    met: list[int] = []
    for claim in every_claim(answer):
        met += [c.reference for c in claim.citations if c.reference not in met]
    assert met == list(range(1, len(met) + 1))
    assert [r.number for r in answer.references] == met


FACTS = Path(__file__).resolve().parents[1] / "starter" / "fixtures" / "vitamin-b12.yaml"


def maintenance_facts() -> list[tuple[str, dict[str, object], str]]:
    """Each maintenance dose of the facts, once for each of its sources' titles."""
    data = yaml.safe_load(FACTS.read_text("utf-8"))
    return [
        (fact["id"], fact, data["sources"][source]["title"])
        for fact in data["facts"]
        if fact.get("phase") == "maintenance" and "dose" in fact
        for source in fact["sources"]
    ]


@pytest.fixture(scope="module")
def demo(starter: Library) -> Answer:
    return ask(starter, B12)


@pytest.mark.parametrize(
    ("fact", "title"),
    [
        pytest.param(fact, title, id=f"{name}-{title[:24]}")
        for name, fact, title in maintenance_facts()
    ],
)
def test_every_maintenance_fact_is_shown_with_its_own_source(
    demo: Answer, fact: dict[str, object], title: str
) -> None:
    wanted = parse_dosages(f"{fact['dose']} {fact['route']} {fact['frequency']}")[0]
    ids = {r.source.id for r in demo.references if r.source.title == title}
    stated = [
        dosage
        for claim in every_claim(demo)
        if ids & {c.source_id for c in claim.citations}
        for dosage in claim.dosages
    ]
    assert any(
        not set(differences(wanted, dosage)) - {ProblemKind.SUBSTANCE} for dosage in stated
    ), [d.text for d in stated]


def test_the_bottom_line_speaks_for_impaired_and_for_intact_absorption(demo: Answer) -> None:
    opening = " ".join(claim.text.lower() for claim in demo.bottom_line)
    assert re.search(r"malabsorption|impaired absorption|poorly absorbed", opening)
    assert "intact absorption" in opening
    for claim in demo.bottom_line:
        dosage = claim.dosages[0]
        assert None not in (dosage.low, dosage.unit, dosage.route, dosage.frequency)


def test_no_loading_dose_is_given_as_maintenance(demo: Answer) -> None:
    assert not [
        claim.text
        for claim in every_claim(demo)
        for statement in claim.statements
        if statement.phase is Phase.LOADING and claim.dosages
    ]


@pytest.mark.parametrize(
    "title",
    [
        "neurological involvement",
        "gastric bypass",
        "sleeve gastrectomy",
        "pregnancy",
        "monitoring",
        "choice",
        "cautions",
    ],
)
def test_the_answer_has_a_section_for(demo: Answer, title: str) -> None:
    assert any(title in section.title.lower() for section in demo.sections)


def positions(answer: Answer) -> list[set[str]]:
    return [{p.claim.text for p in conflict.positions} for conflict in answer.conflicts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"350 (?:µg|micrograms)", r"1000–2000 micrograms orally"),
        (r"cyanocobalamin 100 micrograms", r"1 mg intramuscularly every 2"),
        (r"tablets.*350|350.*oral", r"(?:not|do not).*(?:tablets|oral)"),
    ],
)
def test_the_conflicts_of_the_facts_are_shown(demo: Answer, one: str, other: str) -> None:
    def holds(texts: set[str], pattern: str) -> bool:
        return any(re.search(pattern, text) for text in texts)

    assert any(holds(texts, one) and holds(texts, other) for texts in positions(demo))
