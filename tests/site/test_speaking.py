"""Pages in another language than English: complete, with what stays English marked as such."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.test import Client, override_settings
from django.utils import translation

from osler_site.answers.asking import ask
from osler_site.presenting.language import left_out, said_in, told_of
from osler_site.presenting.tags import marked
from osler_site.speaking import page_language, site_language, speaking

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
import site_translations

QUESTION = "What is the maintenance dose of vitamin B12 after loading?"
CATALOGUES = sorted(site_translations.LOCALE.glob("*/LC_MESSAGES/django.po"))
_PLACES = re.compile(r"%\(\w+\)[sd]|\{\d\}|</?\w+[^>]*>|\d+(?:\.\d+)?")


def messages(path: Path) -> dict[Any, Any]:
    with path.open("rb") as file:
        return {m.id: m.string for m in read_po(file) if m.id}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_every_text_is_translated_and_compiled(path: Path) -> None:
    known = messages(path)
    assert set(known) == set(site_translations.texts())
    assert [m for m, said in known.items() if not said or "" in tuple(said)] == []
    assert path.with_suffix(".mo").read_bytes() == site_translations.compiled(path)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parents[1].name)
def test_a_translation_keeps_places_marks_and_numbers(path: Path) -> None:
    for text, said in messages(path).items():
        texts = (text,) if isinstance(text, str) else text
        saids = (said,) if isinstance(said, str) else said
        wanted = sorted(_PLACES.findall(texts[0]))
        assert all(sorted(_PLACES.findall(s)) == wanted for s in (*texts, *saids)), text


@pytest.mark.usefixtures("site")
def test_an_answers_page_speaks_the_answers_language(client: Client) -> None:
    spanish = ask(QUESTION, audience="nurse", language="es").get_absolute_url()
    english = ask(QUESTION).get_absolute_url()
    page = client.get(spanish).content.decode()
    assert '<html lang="es"' in page
    assert "Respondida el" in page
    assert "ningún profesional clínico ha revisado esta respuesta" in page
    assert f'<h1 tabindex="-1" lang="en">{QUESTION}</h1>' in page
    assert "Leída en la página de la propia fuente" in page
    assert "compuesto sin modelo de lenguaje" in page
    client.cookies["osler_language"] = "es"
    page = client.get(english).content.decode()
    assert '<html lang="en-GB"' in page
    assert "composed without a language model" in page
    assert "Answered " in page


@pytest.mark.usefixtures("site")
def test_a_page_that_is_not_translated_says_so(client: Client) -> None:
    client.cookies["osler_language"] = "es"
    page = client.get("/articles/").content.decode()
    assert '<html lang="es"' in page
    assert '<main id="main" tabindex="-1" lang="en-GB">' in page
    assert "Ir al contenido" in page
    assert '<html lang="en-GB"' in client.get("/accounts/login/").content.decode()


@pytest.mark.usefixtures("site")
def test_library_and_pathways_are_in_the_readers_language(client: Client) -> None:
    client.cookies["osler_language"] = "es"
    library = client.get("/library/").content.decode()
    assert '<main id="main" tabindex="-1">' in library
    assert "Cada respuesta se hace con lo que dicen." in library
    assert "Search passages" not in library
    found = client.get("/library/search", {"q": "metformin"}).content.decode()
    assert "los más probables primero" in found
    listed = client.get("/pathways/").content.decode()
    assert "Una ruta pregunta por un paciente" in listed
    pathway = client.get("/pathways/metformin/").content.decode()
    assert "Sobre el paciente" in pathway
    assert 'lang="en"' in pathway  # its questions are those of its sources
    assert "Show the result" not in pathway


@pytest.mark.usefixtures("site")
def test_the_first_page_and_what_is_refused_are_in_the_readers_language(client: Client) -> None:
    client.cookies["osler_language"] = "es"
    page = client.get("/").content.decode()
    assert "Pregunte a la biblioteca" in page
    assert "Nunca" not in page
    refused = client.post("/ask", {"q": " "})
    assert refused.status_code == 400
    assert 'role="alert" lang="en"' in refused.content.decode()


def test_english_stays_as_the_site_is_set_up() -> None:
    with speaking("en"):
        assert page_language() == "en-GB"
    with speaking("es"):
        assert page_language() == "es"
    with override_settings(LANGUAGE_CODE="de"):
        assert site_language() == "de"
    with override_settings(LANGUAGE_CODE="es-mx"):
        assert site_language() == "en-gb"


def test_what_a_model_did_is_told_in_the_answers_language() -> None:
    writing = {
        "model": "test", "address": "127.0.0.1", "place": "this machine", "kept": 2,
        "replaced": 1, "vetoed": 1, "stopped": "it took too long",
    }  # fmt: skip
    with translation.override("en-gb"):  # whatever is spoken around it
        assert told_of(writing, "es") == (
            "redactado por test en 127.0.0.1 (en esta máquina), se muestran 2 de sus 3 frases, "
            "1 retenidas por él, tardó demasiado"
        )
    with translation.override("es"):
        assert told_of(None, "en") == "composed without a language model"


def test_words_of_the_engine() -> None:
    from osler.domain.identifier import IdentifierKind

    kinds = (IdentifierKind.NAME, IdentifierKind.BIRTH, IdentifierKind.NHS)
    assert left_out(kinds, "es") == "un nombre, una fecha de nacimiento y un número del NHS"
    assert left_out(kinds, "en") == "a name, a date of birth and an NHS number"
    assert said_in("es")("Bottom line") == "Conclusión"
    assert said_in("es")("Zolendrine") == "Zolendrine"
    assert marked("<b> Malabsorption (en inglés)", "es") == (
        '<span lang="en">&lt;b&gt; Malabsorption</span> (en inglés)'
    )
    assert marked("Malabsorption (en inglés)", "en") == "Malabsorption (en inglés)"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("path", ["/", "/library/", "/accounts/login/", "/about/"])
def test_every_page_has_one_main_part(client: Client, path: str) -> None:
    assert client.get(path).content.decode().count("<main ") == 1
