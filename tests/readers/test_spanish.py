"""Spanish: every text of ours, and dose lines that the passage supports."""

from __future__ import annotations

import gettext
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.answering import overview
from osler.domain import Abstention, Answer, Audience, Claim, Polarity, Source, StatementKind
from osler.dosage import parse_dosages, parse_spanish
from osler.library import Library
from osler.readers import boxes, profiles, worded
from osler.readers.dose_lines import in_spanish
from osler.readers.gate import doses, equal
from osler.readers.translating import translator
from osler.render import view
from osler.statements import read_group
from osler.statements.vocabulary.substances import find_substances

EMERGENCY = "If this is happening now, call the emergency number or the resuscitation team first."
LOCALE = Path(boxes.__file__).with_name("locale")


def spanish(answer: Answer, audience: Audience = Audience.PATIENT) -> Answer:
    return worded(answer, audience, language="es")


def sources(answer: Answer) -> dict[str, Source]:
    return {r.source.id: r.source for r in answer.references}


@pytest.mark.parametrize("text", [*profiles.titles(), *boxes.texts(), *view.TEXTS])
def test_every_text_is_translated(text: str) -> None:
    assert translator("es")(text) != text


def test_the_page_is_in_spanish_and_the_sources_are_marked(maintenance: Answer) -> None:
    answer = spanish(maintenance)
    assert answer.language == "es"
    assert [box.title for box in answer.boxes] == ["Qué significa", "Cuándo pedir ayuda"]
    assert answer.sections[0].title == "Cuánto y con qué frecuencia"
    assert "Malabsorption (en inglés)" in [s.title for s in answer.sections]
    for claim, composed in zip(view.claims(answer), view.claims(maintenance), strict=True):
        assert claim.language == "en"
        assert claim.text == composed.text or claim.text  # order may be another
    texts = {c.text for c in view.claims(maintenance)}
    assert {c.text for c in view.claims(answer)} <= texts


def test_what_is_made_from_the_sources_words_is_marked(maintenance: Answer) -> None:
    answer = spanish(maintenance)
    assert answer.conflicts
    for conflict in answer.conflicts:
        assert conflict.about.endswith("(en inglés)")
        assert conflict.reason is None or conflict.reason.endswith("(en inglés)")
    notices = ("The patient is said to be allergic to penicillin.", EMERGENCY)
    silent = spanish(
        replace(maintenance, safety_notices=notices, abstention=Abstention("Nothing.", "x"))
    )
    assert silent.abstention is not None
    assert silent.abstention.reason == "Nothing. (en inglés)"
    assert silent.safety_notices[0].endswith("(en inglés)")
    assert silent.safety_notices[1].startswith("Si está ocurriendo ahora")


def test_a_dose_line_says_what_the_claim_says(answers: tuple[Answer, ...]) -> None:
    lines = 0
    for answer in answers:
        for claim in view.claims(spanish(answer)):
            stated = doses(claim.text)
            for line in claim.dose_lines:
                _, _, dose = line.removesuffix(")").partition(": ")
                read = parse_spanish(dose)[0]
                assert any(equal(read, d) for d in stated), line
                lines += 1
    assert lines >= 4


def test_the_loading_dose_of_the_demonstration(answers: tuple[Answer, ...]) -> None:
    lines = [line for c in view.claims(spanish(answers[2])) for line in c.dose_lines]
    assert (
        "hydroxocobalamin (dosis de carga): 1000 microgramos por vía intramuscular cada 3 a 7 días "
        "durante 6 dosis (solo para las personas que nombra la frase en inglés)" in lines
    )


def drug_before(place: int, text: str) -> str | None:
    found = find_substances(text)
    before = [f.name for f in found if f.end <= place]
    return before[-1] if before else next((f.name for f in found), None)


def claim_of(like: Claim, text: str) -> Claim:
    """A claim that one passage states in these words."""
    statement = replace(
        like.statements[0],
        text=text,
        quote=text,
        context=(),
        section=(),
        kind=StatementKind.DOSE,
        polarity=Polarity.POSITIVE,
        dosages=tuple(
            replace(dosage, substance=drug_before(dosage.start, text))
            for dosage in parse_dosages(text)
        ),
        group=read_group(text),
    )
    return replace(
        like, text=text, composed=None, dosages=statement.dosages, statements=(statement,)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Do not give vitamin B12 1000 micrograms IM monthly.",
        "Vitamin B12 1000 micrograms IM monthly works better than 1000 micrograms every 3 months.",
        "If eGFR is below 30, vitamin B12 1000 micrograms IM monthly.",
        "Methotrexate: Dermatology advice caps alcohol at 6 units per week.",
        "Fentanyl 25 micrograms/hour is equal to up to 90 mg of oral morphine a day.",
        "Oral codeine 60 mg four times a day is equal to about 24 mg of oral morphine a day.",
        "Artesunate 2.4 mg/kg IV or IM given on admission, then 12 hours and 24 hours, then once "
        "a day.",
        "Ringer's lactate 30 mL/kg IV in 30 minutes, then 70 mL/kg in 2½ hours.",
        "Late-night salivary cortisol: Longer low-dose DST (2 mg/day for 48 hours)",
        "Nystatin pessaries 100,000 units at night for 14 nights.",
        "Insulin glargine: Raise by 1–2 units, or 10–15%, twice a week.",
        "Dietary sodium 80–120 mmol a day.",
        "Sodium 80–120 mmol a day.",
        "People at continuing risk (heavy periods, malabsorption, pregnancy) may benefit from "
        "prophylaxis at 65 mg elemental iron once daily.",
        "Hydrocortisone 100 mg IV or IM at once.",
        "Apixaban: patients receiving 5 mg twice daily: decrease the dose by 50%",
        "Folic acid: 5 mg once a week, four days after the methotrexate dose.",
        "Prednisolone 40 mg by mouth once daily, or hydrocortisone 80 mg IV twice daily, for up to "
        "10 days.",
        "Diuretics: Usual range 40–240 mg daily.",
        "Praziquantel 20 mg/kg orally once daily: children over 4 years or over 20 kg.",
        "Paracetamol: 125 - mg taken orally every 4 to 6 hours.",
        "Oseltamivir: CrCl above 30 to 60 mL/min: 30 mg orally twice daily.",
        "Amoxicillin modified-release tablets 750 mg orally once daily.",
        "Adults and children over 12 years: amoxicillin 500 mg orally every 8 hours.",
        "Alcohol 6 units a week.",
        "Tenecteplase 0.25 mg/kg IV as a single bolus.",
        "Azithromycin 1 g orally on day 1, then 500 mg orally once a day.",
        "Amoxicillin 500 mg orally twice daily and furosemide 20 mg orally daily for 5 days.",
    ],
)
def test_what_is_not_certain_stays_english(maintenance: Answer, text: str) -> None:
    assert in_spanish(claim_of(maintenance.bottom_line[0], text), sources(maintenance)) == ()


DOSES = st.builds(
    "{} {} {}{}{}".format,
    st.sampled_from(["amoxicillin", "furosemide", "prednisolone", "apixaban", "hydroxocobalamin"]),
    st.sampled_from(["5 mg", "0.5 mg", "1000 micrograms", "250–500 mg", "1 g", "2.5 mg/kg"]),
    st.sampled_from(["orally", "by mouth", "intravenously", "IM", "IM or SC"]),
    st.sampled_from([" every 8 hours", " once daily", " twice a day", " every 3 months", " daily"]),
    st.sampled_from(["", " for 5 days", " for 2 to 4 weeks", " for life"]),
)
# Each says something that no dose holds: one of them, and the sentence stays English.
MORE = st.sampled_from(
    [
        "not",
        "rarely",
        "unless fever returns",
        "or less",
        "after the last fit",
        "if tolerated",
        "with 2 L of fluid",
        "instead of penicillin",
        "above 30",
        "twice",
        "caps it",
        "was tried",
        "on an empty stomach",
        "slowly",
        "at most",
        "equal to insulin",
        "halved in renal impairment",
        "about",
        "versus placebo",
        "≥ 30",
        "/2",
        "+ water",
        "until well",
        "first",
        "increasing",
        "for 14 nights",
        "reduced",
        "half",
        "monitored",
        "in the sick",
        "prn",
        "avoided",
    ]
)


@dataclass(frozen=True)
class Basis:
    """A claim to write others after, and the sources that it cites."""

    claim: Claim
    sources: dict[str, Source]


@pytest.fixture(scope="session")
def basis(maintenance: Answer) -> Basis:
    return Basis(maintenance.bottom_line[0], sources(maintenance))


@settings(max_examples=200, deadline=None)
@given(DOSES, st.sampled_from(["", "Give ", "Adults: ", "The usual dose is "]))
def test_a_line_reads_back_as_its_dose(basis: Basis, dose: str, lead: str) -> None:
    claim = claim_of(basis.claim, f"{lead}{dose}.")
    (line,) = in_spanish(claim, basis.sources)
    name, _, said = line.removesuffix(" (adultos)").partition(": ")
    assert dose.startswith(name)
    (read,) = parse_spanish(said)
    assert equal(read, claim.dosages[0]), line
    assert line.endswith("(adultos)") is (lead == "Adults: ")
    assert ("una vez" in line) is ("once" in dose)


@settings(max_examples=200, deadline=None)
@given(DOSES, MORE, st.booleans())
def test_a_word_more_and_the_sentence_stays_english(
    basis: Basis, dose: str, more: str, before: bool
) -> None:
    text = f"{more.strip()} {dose}." if before else f"{dose} {more.strip()}."
    assert in_spanish(claim_of(basis.claim, text), basis.sources) == (), text


GIVEN = {"title": "Amoxicillin", "kind": "guideline"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Amoxicillin 500 mg orally every 8 hours for 5 days.", "500 mg por vía oral cada 8 horas"),
        ("Adults: amoxicillin 500 mg orally every 8 hours.", "cada 8 horas (adultos)"),
        ("Pregnant women: amoxicillin 500 mg orally every 8 hours.", "cada 8 horas (embarazadas)"),
        (
            "Children aged 6 to 12 years: amoxicillin 250 mg orally every 8 hours.",
            "250 mg por vía oral cada 8 horas (niños de 6 a 12 años)",
        ),
        (
            "In pneumonia, children under 20 kg: amoxicillin 250 mg orally every 8 hours.",
            "(niños que pesan menos de 20 kg; solo para las personas que nombra la frase en "
            "inglés)",
        ),
        (
            "Antibiotics: amoxicillin capsules 500 mg orally every 8 hours.",
            "(cápsulas): 500 mg por vía oral cada 8 horas",
        ),
        (
            "Amoxicillin 1 g orally daily in 2 divided doses.",
            "1 g por día dividido en 2 dosis por vía oral",
        ),
        (
            "In pneumonia, amoxicillin 500 mg orally every 8 hours.",
            "cada 8 horas (solo para las personas que nombra la frase en inglés)",
        ),
        ("Amoxicillin 500 mg orally daily.", "500 mg por vía oral cada día"),
        ("Amoxicillin 500 mg orally every 8 hours as necessary when it hurts.", None),
        ("Amoxicillin 3 g orally daily in divided doses.", None),
        ("Amoxicillin 500 mg orally every 8 hours for 5 days or every 12 hours for 7 days.", None),
        ("Amoxicillin 500 mg orally at once, then 250 mg after 2 hours.", None),
        ("Amoxicillin 500 mg slowly IV every 8 hours.", None),
        ("Amoxicillin 500 mg.", None),
    ],
)
def test_a_line_says_all_that_its_sentence_says_or_is_not_there(
    tmp_path: Path, text: str, line: str | None
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    head = "\n".join(f"{k}: {v}" for k, v in GIVEN.items())
    (folder / "amoxicillin.md").write_text(
        f"---\n{head}\n---\n\n# Amoxicillin\n\n{text}\n", "utf-8"
    )
    with Library.create(tmp_path / "library") as library:
        library.add([folder])
        answer = spanish(overview(library, "amoxicillin"))
    assert answer.answered
    said = [each for claim in view.claims(answer) for each in claim.dose_lines]
    if line is None:
        assert said == []
    else:
        assert said
        assert all(each.lower().startswith("amoxicillin") for each in said)
        assert line in said[0]


def test_a_line_needs_a_passage_that_states_its_dose(maintenance: Answer) -> None:
    claim = maintenance.bottom_line[0]

    def tenfold(claim: Claim) -> Claim:
        assert "100 micrograms" in claim.text
        return replace(claim, text=claim.text.replace("100 micrograms", "1000 micrograms"))

    assert in_spanish(tenfold(claim), sources(maintenance)) == ()
    assert in_spanish(claim, {}) == ()
    warned = replace(claim, warning="ten times more than is known")
    assert in_spanish(warned, sources(maintenance)) == ()


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    path = LOCALE / "es" / "LC_MESSAGES" / "osler.po"
    with path.open("rb") as file:
        written = {m.id: m.string for m in pofile.read_po(file, locale="es") if m.id}
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(written) > 150
    for text, said in written.items():
        assert compiled.gettext(text) == (said or text)


def test_the_tool_finds_nothing_new() -> None:
    pytest.importorskip("babel")
    from translations import LOCALE as WHERE
    from translations import compiled, texts

    path = WHERE / "es" / "LC_MESSAGES" / "osler.po"
    assert path.with_suffix(".mo").read_bytes() == compiled(path)
    catalogue = path.read_text("utf-8").replace('"\n"', "")
    for text, where in texts().items():
        held = text.replace('"', '\\"') in catalogue
        assert held or where == "glossary", text
    assert "translations" in sys.modules
