"""Order, titles and depth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osler.answering.composing.compose import SECTION_OF_KIND
from osler.domain import (
    Answer,
    Audience,
    Claim,
    Context,
    Polarity,
    Section,
    StatementKind,
    Verdict,
)
from osler.readers.arranging import arranged
from osler.readers.profiles import profile_of, topic_of


def plain(text: str) -> Claim:
    return Claim(text, (), Verdict())


def every_section() -> tuple[Section, ...]:
    return tuple(
        Section(title, tuple(plain(f"{title} {n}") for n in range(8)))
        for title in SECTION_OF_KIND.values()
    )


def titles(audience: Audience) -> list[str]:
    return [s.title for s in arranged(every_section(), profile_of(audience))]


def test_every_title_of_answering_has_a_topic() -> None:
    assert all(topic_of(title) != "group" for title in SECTION_OF_KIND.values())
    assert topic_of("Children") == "group"


def test_a_student_reads_mechanism_and_trials_first() -> None:
    assert titles(Audience.STUDENT)[:3] == [
        "Mechanism and background",
        "What trials found",
        "Dosing",
    ]


def test_a_pharmacist_reads_a_monograph() -> None:
    assert titles(Audience.PHARMACIST)[:2] == ["Salt, form and choice", "Route and dose"]
    interaction = Section("Further points", (plain("It interacts with warfarin."),))
    renal = Section("Cautions and pitfalls", (plain("In renal failure it builds up."),))
    sections = arranged((*every_section(), interaction, renal), profile_of(Audience.PHARMACIST))
    shown = {s.title: [c.text for c in s.claims] for s in sections}
    assert shown["Interactions"] == ["It interacts with warfarin."]
    assert shown["Renal function"] == ["In renal failure it builds up."]
    order = list(shown)
    assert order.index("Route and dose") < order.index("Interactions")
    assert order.index("Interactions") < order.index("Renal function") < order.index("Monitoring")


def test_a_patient_is_spared_length_but_no_dose_warning_or_ban(maintenance: Answer) -> None:
    dosed = replace(maintenance.bottom_line[0], text="a dose")
    warned = replace(plain("a warning"), warning="ten times off")
    caution = replace(
        plain("a caution"),
        statements=(replace(dosed.statements[0], kind=StatementKind.CAUTION),),
    )
    evidence = Section(
        "Evidence", (*(plain(f"trial {n}") for n in range(8)), dosed, warned, caution)
    )
    (shown,) = arranged((evidence,), profile_of(Audience.PATIENT))
    assert [c.text for c in shown.claims] == ["trial 0", "a dose", "a warning", "a caution"]


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        ("Do not use in:", "A history of bone marrow depression"),
        ("", "All antiepileptics must be withdrawn slowly"),
        ("Contraindications", "Porphyria"),
        ("Give it only if:", "The platelet count is known"),
        ("", "Take the tablets until the rash has gone"),
    ],
)
def test_what_forbids_or_conditions_by_its_lead_in_is_kept(
    maintenance: Answer, lead: str, text: str
) -> None:
    """The statement itself may be read as positive: the words above it count."""
    statement = replace(
        maintenance.bottom_line[0].statements[0],
        kind=StatementKind.OTHER,
        polarity=Polarity.POSITIVE,
        section=(),
        context=(Context(0, len(lead), lead, "lead-in"),) if lead else (),
    )
    claim = replace(plain(text), statements=(statement,))
    filler = tuple(plain(f"trial {n}") for n in range(8))
    for audience in Audience:
        (shown,) = arranged((Section("Evidence", (*filler, claim)),), profile_of(audience))
        assert claim in shown.claims


def test_a_physician_reads_it_as_composed() -> None:
    assert arranged(every_section(), profile_of(Audience.PHYSICIAN)) == every_section()


HARD = (
    "Histopathological characterisation demonstrates granulomatous lymphohistiocytic infiltration."
)


def test_a_patient_is_spared_hard_background_and_no_dose_or_warning() -> None:
    easy, dose = plain("It is a germ in the gut."), plain(f"{HARD[:-1]} at 5 mg orally daily.")
    warned = plain(f"Avoid it: {HARD}")
    section = Section("Background", (plain(HARD), easy, dose, warned))
    (shown,) = arranged((section,), profile_of(Audience.PATIENT))
    assert shown.claims == (easy, dose, warned)
    (all_of_it,) = arranged((section,), profile_of(Audience.STUDENT))
    assert len(all_of_it.claims) == 4


@pytest.mark.parametrize(
    "harm",
    [
        "Respiratory depression is potentiated by concurrent benzodiazepine administration.",
        "Hypoglycaemia necessitating hospitalisation, predominantly in diabetic individuals.",
        "Serotonergic convulsions characterise pharmacological overstimulation.",
    ],
)
def test_a_patient_reads_of_harm_however_hard_the_words(harm: str) -> None:
    easy, harmful = plain("It is for pain."), plain(harm)
    (shown,) = arranged((Section("Background", (easy, harmful)),), profile_of(Audience.PATIENT))
    assert harmful in shown.claims
