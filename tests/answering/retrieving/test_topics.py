"""Chapters on what is asked about are found by their titles; doses that cannot be are marked."""

from __future__ import annotations

import pytest

from osler.answering import ask, summarize, to_json
from osler.answering.retrieving.retrieve import retrieve
from osler.answering.retrieving.topics import find_topics, stands_for, topic_words
from osler.answering.understanding.understand import understand
from osler.library import Library

CHAPTERS = {
    "flushing.md": """# Summer flush (heat redness)

## Drug treatment

- Adult: amoxicillin 500 mg by mouth every 8 hours for 5 days
- Child: amoxicillin 20 mg/kg by mouth every 8 hours for 5 days
""",
    "elbow.md": """# Frozen elbow

## Introduction

The elbow stiffens over some weeks.

## Treatment

- Hold the elbow in a splint at night
- Amoxicillin 250 mg by mouth every 12 hours for 3 days
""",
    "bones.md": """# Thin bones

## Drug treatment

- Zoledronic acid 400 mg intravenously once a year
""",
}


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("chapters")
    (folder / "in").mkdir()
    for name, text in CHAPTERS.items():
        (folder / "in" / name).write_text(text, "utf-8")
    library = Library.create(folder / "library")
    library.add(folder / "in", workers=1)
    return library


def titles_on(library: Library, text: str) -> set[str]:
    question = understand(text, frequency_of=library.frequency, other_names=library.other_names)
    topics = find_topics(question, library.search(text, k=20), library.idf)
    return {library.source(source).title for source in topics.sources(6)}


def test_a_title_is_on_the_subject_by_any_of_its_names(chapters: Library) -> None:
    assert titles_on(chapters, "treatment of heat redness") == {"Summer flush (heat redness)"}
    assert titles_on(chapters, "treatment of summer flush") == {"Summer flush (heat redness)"}


def test_where_a_drug_is_asked_about_only_sources_that_name_it_count(chapters: Library) -> None:
    assert titles_on(chapters, "zoledronic acid dose in frozen elbow") == set()


def test_what_the_patient_does_not_have_is_no_topic() -> None:
    assert "asthma" not in topic_words(understand("propranolol dose in migraine, no asthma"))


def test_a_dose_that_does_not_name_the_problem_again_is_found_in_its_chapter(
    chapters: Library,
) -> None:
    answer = ask(chapters, "amoxicillin dose for an adult with summer flush")
    assert answer.bottom_line
    assert "500 mg" in answer.bottom_line[0].text
    assert not any("250 mg" in claim.text for claim in answer.bottom_line)


def test_candidates_know_how_far_their_chapter_is_on_the_subject(chapters: Library) -> None:
    question = understand("frozen elbow treatment", frequency_of=chapters.frequency)
    topics = {c.candidate.source.title: c.topic for c in retrieve(chapters, question)}
    assert topics["Frozen elbow"] == 1.0
    assert topics.get("Thin bones", 0.0) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("testi", "testicular", True),
        ("fall", "fallen", True),
        ("test", "testi", True),
        ("cat", "catheter", False),
        ("gout", "gland", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, alike: bool) -> None:
    assert stands_for(one, other) is alike
    assert stands_for(other, one) is alike


def test_a_drug_that_nothing_knows_is_not_answered_for_by_another(chapters: Library) -> None:
    answer = ask(chapters, "zorbifen starting dose in frozen elbow")
    assert answer.abstention is not None
    assert "zorbifen" in answer.abstention.looked_for


def test_a_dose_that_is_not_plausible_never_opens_and_is_shown_with_the_reason(
    chapters: Library,
) -> None:
    answer = ask(chapters, "zoledronic acid dose for thin bones")
    assert not answer.bottom_line
    claims = [claim for section in answer.sections for claim in section.claims]
    assert [c for c in claims if "400 mg" in c.text and c.warning and "4" in c.warning]
    written = to_json(answer, chapters)
    assert any(claim["warning"] for section in written["sections"] for claim in section["claims"])


def test_a_summary_warns_of_a_dose_that_is_not_plausible(chapters: Library) -> None:
    summary = summarize(chapters, "Thin bones")
    warnings = [c.warning for s in summary.sections for c in s.claims if "400 mg" in c.text]
    assert warnings
    assert all(warnings)
