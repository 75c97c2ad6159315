"""Pages of an answer worded for a reader: boxes, doses in another language, both texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osler.domain import Answer, Audience, BoxKind, NoticeBox
from osler.render import html, markdown, view

from .conftest import BOTTOM, TEXTS
from .test_render import PAGES, flat

PLAIN = "For adults, paracet 1 g by mouth every 6 hours."


@pytest.fixture
def worded(answer: Answer) -> Answer:
    """The answer as a patient might get it, in Spanish."""
    claim = replace(
        BOTTOM,
        text=PLAIN,
        composed=BOTTOM.text,
        dose_lines=("paracet: 1 g por vía oral cada 6 horas",),
        language="en",
        dosages=(),
    )
    return replace(
        answer,
        bottom_line=(claim,),
        boxes=(
            NoticeBox(BoxKind.MEANING, "Qué significa", ("Se toma por la boca <b>.",)),
            NoticeBox(BoxKind.HELP, "Cuándo pedir ayuda", ("Pida ayuda.",)),
        ),
        audience=Audience.PATIENT,
        language="es",
    )


@pytest.mark.parametrize("form", PAGES)
def test_boxes_dose_lines_and_marks_are_shown(form: str, worded: Answer) -> None:
    page = flat(PAGES[form](worded)).replace("\\", "").replace("*", "").replace("_", "")
    for shown in (
        "Qué significa",
        "Cuándo pedir ayuda",
        "Pida ayuda.",
        "paracet: 1 g por vía oral cada 6 horas",
        "En inglés:",
        "Conclusión",
        "Donde las fuentes no coinciden",
        "Se aplica a este paciente: 78 years is over 18",
        "No sustituye a su equipo sanitario",
    ):
        assert shown in page, shown
    assert page.index("Conclusión") < page.index("Qué significa") < page.index("Referencias")
    assert view.NOTICE not in page


def test_the_html_page_opens_the_composed_text_and_says_its_languages(worded: Answer) -> None:
    page = html.render(worded, TEXTS.__getitem__)
    assert '<html lang="es">' in page
    assert '<span lang="en">' in page
    assert f'<summary>como lo dicen las fuentes</summary><span lang="en">{BOTTOM.text}' in page
    assert "Se toma por la boca &lt;b&gt;." in page


def test_what_is_as_composed_is_not_said_twice(answer: Answer) -> None:
    page = html.render(answer, TEXTS.__getitem__)
    assert "<details" not in page
    assert "In English" not in page
    assert view.NOTICE in page
    assert view.NOTICE in markdown.render(answer)
