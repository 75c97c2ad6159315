"""PubMed Central: open-access full text as JATS XML, from NCBI's E-utilities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from osler.domain.errors import ImportFailed
from osler.reading.files.raw import RawFile
from osler.reading.importers.pubmed import efetch
from osler.reading.importers.services import EUTILS
from osler.reading.markup.xml import parse_xml

if TYPE_CHECKING:
    from osler.reading.importers.http import Session

_ID = re.compile(r"(?:PMC)?(\d{1,9})", re.I)


def fetch(session: Session, what: str, base: str = EUTILS) -> Iterator[RawFile]:
    """One JATS file for each article of "PMC123" or "PMC123,PMC456".

    Raises `ImportFailed` for an article whose full text PMC may not give.
    """
    for part in what.split(","):
        match = _ID.fullmatch(part.strip())
        if not match:
            raise ImportFailed(f"pmc:{part} names no article", help="For example pmc:PMC5334499")
        yield _article(session, match.group(1), base)


def _article(session: Session, number: str, base: str) -> RawFile:
    response = efetch(session, base, db="pmc", id=number)
    root = parse_xml(RawFile(response.url, "efetch.xml", response.body))
    article = root if root.tag == "article" else root.find("article")
    if article is None:
        reply = root.find("Reply")
        reason = reply.get("error", "") if reply is not None else ""
        raise ImportFailed(f"PMC has no article PMC{number}" + (f" ({reason})" if reason else ""))
    if article.find("body") is None:
        pmid = article.findtext("front/article-meta/article-id[@pub-id-type='pmid']")
        raise ImportFailed(
            f"PMC{number} may not be downloaded as full text",
            help=f"Add its abstract: pubmed:{pmid}" if pmid else "Add its abstract from PubMed.",
        )
    data: bytes = etree.tostring(article, encoding="utf-8", xml_declaration=True)
    return RawFile(
        path=f"pmc:PMC{number}",
        name=f"PMC{number}.nxml",
        data=data,
        url=f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{number}/",
        seen="import",
        known=response.provenance(),
    )
