"""Spanish: every text of ours, and dose lines that the passage supports."""

from __future__ import annotations

import gettext
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from osler.answering import overview
from osler.domain import Abstention, Answer, Audience, Claim, Source
from osler.dosage import parse_spanish
from osler.library import Library
from osler.readers import boxes, profiles, worded
from osler.readers.dose_lines import in_spanish
from osler.readers.gate import doses, equal
from osler.readers.translating import translator
from osler.render import view

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
    assert lines >= 10


def test_the_dose_of_the_demonstration(maintenance: Answer) -> None:
    lines = [line for c in spanish(maintenance).bottom_line for line in c.dose_lines]
    assert (
        "cyanocobalamin (mantenimiento): 100 microgramos por vía intramuscular o por vía "
        "subcutánea una vez al mes de por vida (solo para las personas que nombra la frase en "
        "inglés)" in lines
    )


@pytest.mark.parametrize(
    "text",
    [
        "Do not give vitamin B12 1000 micrograms IM monthly.",
        "Vitamin B12 1000 micrograms IM monthly works better than 1000 micrograms every 3 months.",
        "If eGFR is below 30, vitamin B12 1000 micrograms IM monthly.",
    ],
)
def test_what_is_not_certain_stays_english(maintenance: Answer, text: str) -> None:
    claim = maintenance.bottom_line[0]
    assert in_spanish(claim, sources(maintenance))
    assert in_spanish(replace(claim, text=text), sources(maintenance)) == ()


GIVEN = {"title": "Amoxicillin", "kind": "guideline"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Amoxicillin 500 mg orally every 8 hours for 5 days.", "500 mg por vía oral cada 8 horas"),
        ("Adults: amoxicillin 500 mg orally every 8 hours.", "cada 8 horas (adultos)"),
        ("Pregnant women: amoxicillin 500 mg orally every 8 hours.", "cada 8 horas (embarazadas)"),
        (
            "Children aged 6 to 12 years: amoxicillin 250 mg orally every 8 hours.",
            "(solo para las personas que nombra la frase en inglés)",
        ),
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
        assert all(each.lower().startswith("amoxicillin: ") for each in said)
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
