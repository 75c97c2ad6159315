"""Narrative is well-formed XHTML, whatever a text holds."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from osler.fhir.narrative import bullets, narrative, paragraph, plain, quoted

TEXTS = st.text(st.characters(exclude_categories=()), max_size=60)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_any_text_is_shown_and_opens_no_element(said: str, source: str, lines: list[str]) -> None:
    div = narrative(paragraph(said), quoted(said, source), bullets(lines))["div"]
    root = etree.fromstring(div)
    names = {etree.QName(element).localname for element in root.iter()}
    assert names <= {"div", "p", "blockquote", "br", "ul", "li"}
    shown = root[0].text or ""
    assert shown == plain(said).replace("\r\n", "\n").replace("\r", "\n")
