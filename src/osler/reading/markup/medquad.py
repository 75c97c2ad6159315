"""MedQuAD: questions and answers for patients, one XML file a page of a public institute."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain import Document, SourceKind
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.markup.xml import parse_xml, squeeze, text_of, text_of_plain

_BREAK = re.compile(
    r"\s(?:(?<=\n)\s*\n\s*|(?<=\n)(?=\s*-\s)|\s+(?=-\s+\S)|(?<=[.!?:]\s)\s{2,}(?=[A-Z]))"
)
_ITEM = re.compile(r"-\s+(.*)", re.S)
_ORGANIZATIONS = {
    "CancerGov": "National Cancer Institute",
    "GARD": "Genetic and Rare Diseases Information Center",
    "GHR": "Genetics Home Reference",
    "MPlusHealthTopics": "MedlinePlus",
    "NIDDK": "National Institute of Diabetes and Digestive and Kidney Diseases",
    "NINDS": "National Institute of Neurological Disorders and Stroke",
    "NIHSeniorHealth": "NIHSeniorHealth",
    "NHLBI": "National Heart, Lung, and Blood Institute",
    "CDC": "Centers for Disease Control and Prevention",
}


def read_medquad(raw: RawFile) -> Iterator[Document]:
    """One document a file; none where the answers were taken out for copyright.

    The collection's files have lost the line ends of their lists: " - " after two or more
    spaces starts an item, a blank line or three spaces after a full stop start a paragraph.

    Raises `MalformedDocument`.
    """
    root = parse_xml(raw)
    focus = text_of(root.find("{*}Focus"))
    builder = DocumentBuilder()
    builder.heading(focus, 1)
    answered = False
    question_ids: list[str] = []
    for pair in root.iter("{*}QAPair"):
        question, answer = pair.find("{*}Question"), pair.find("{*}Answer")
        text = "" if answer is None else text_of_plain(answer)
        if question is None or not text.strip():
            continue
        answered = True
        builder.heading(re.sub(r"\s+\?", "?", text_of(question)), 2)
        question_ids.append(question.get("qid", ""))
        _write_answer(builder, text)
    if not answered:
        return
    source = root.get("source")
    extra = {
        "focus": focus or None,
        "synonyms": [text_of(each) for each in root.iter("{*}Synonym") if text_of(each)],
        "semantic_group": squeeze(root.findtext(".//{*}SemanticGroup")) or None,
        "document_id": root.get("id"),
        "question_ids": question_ids,
    }
    yield builder.build(
        raw,
        "medquad",
        title=focus,
        organization=_ORGANIZATIONS.get(source or "", source),
        kind=SourceKind.PATIENT_INFORMATION,
        url=root.get("url") or raw.url,
        extra={key: value for key, value in extra.items() if value},
    )


def _write_answer(builder: DocumentBuilder, text: str) -> None:
    for piece in _BREAK.split(text):
        piece = piece.strip()
        if found := _ITEM.fullmatch(piece):
            builder.item(found[1])
        elif piece:
            builder.paragraph(piece)
