"""PubMed: abstracts from NCBI's E-utilities, and the reader of the XML that they give."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from osler.domain import Document, Notice, NoticeKind, SourceKind, SourceStatus
from osler.domain.errors import ImportFailed, MalformedDocument
from osler.reading.blocks.builder import DocumentBuilder
from osler.reading.files.raw import RawFile
from osler.reading.importers.services import EUTILS
from osler.reading.markup.xml import parse_xml, text_of

if TYPE_CHECKING:
    from osler.reading.importers.cache import Response
    from osler.reading.importers.http import Session

PAGE = 100  # records asked for at once
_ID = re.compile(r"\d{1,9}")

# The first that fits is the kind: a review of trials is one, whatever else it is called.
_KINDS = (
    ("systematic review", SourceKind.SYSTEMATIC_REVIEW),
    ("meta-analysis", SourceKind.SYSTEMATIC_REVIEW),
    ("network meta-analysis", SourceKind.SYSTEMATIC_REVIEW),
    ("practice guideline", SourceKind.GUIDELINE),
    ("guideline", SourceKind.GUIDELINE),
    ("randomized controlled trial", SourceKind.RANDOMISED_TRIAL),
    ("review", SourceKind.REVIEW),
    ("patient education handout", SourceKind.PATIENT_INFORMATION),
)
# Of `CommentsCorrections/@RefType`; the others are comments, and what this article is about.
_NOTICES = {
    "RetractionIn": NoticeKind.RETRACTION,
    "RetractedandRepublishedIn": NoticeKind.RETRACTION,
    "ExpressionOfConcernIn": NoticeKind.CONCERN,
    "ErratumIn": NoticeKind.CORRECTION,
    "CorrectedandRepublishedIn": NoticeKind.CORRECTION,
    "UpdateIn": NoticeKind.NEWER,
}
SERVICE = "PubMed"


def kind_of(types: list[str]) -> SourceKind | None:
    """The kind of source that a record's publication types make it."""
    lower = {each.lower() for each in types}
    return next((kind for name, kind in _KINDS if name in lower), None)


def parameters() -> tuple[dict[str, str], dict[str, str], float]:
    """What every E-utilities request carries, the secret part, and the requests a second.

    NCBI allows 3 a second, 10 with a key (NBK25497); `NCBI_API_KEY` and `NCBI_EMAIL` are read
    from the environment.
    """
    secret = {
        name: value
        for name, variable in (("api_key", "NCBI_API_KEY"), ("email", "NCBI_EMAIL"))
        if (value := os.environ.get(variable))
    }
    return {"tool": "osler"}, secret, 10.0 if "api_key" in secret else 3.0


def fetch(session: Session, what: str, base: str = EUTILS, limit: int = PAGE) -> Iterator[RawFile]:
    """One file a record: `what` is "28925645", "1,2,3" or "query=metformin renal"."""
    if what.startswith("query="):
        query = what.removeprefix("query=")
        ids = search(session, query, base, limit)
        if not ids:
            raise ImportFailed(f"PubMed finds nothing for {query!r}")
    else:
        ids = [part.strip() for part in what.split(",")]
    if not ids or not all(_ID.fullmatch(each) for each in ids):
        raise ImportFailed(
            f"pubmed:{what} names no PubMed record", help="For example pubmed:28925645"
        )
    for start in range(0, len(ids), PAGE):
        batch = ids[start : start + PAGE]
        found, response = articles(session, batch, base)
        for article in found:
            yield _raw(article, response)
        missing = set(batch) - {pmid_of(article) for article in found}
        if missing:
            raise ImportFailed(f"PubMed has no record {', '.join(sorted(missing))}")


def articles(session: Session, ids: Sequence[str], base: str) -> tuple[list[Any], Response]:
    """The `PubmedArticle` of each number that PubMed knows, and the response they came in."""
    response = efetch(session, base, db="pubmed", id=",".join(ids), rettype="abstract")
    root = parse_xml(RawFile(response.url, "efetch.xml", response.body))
    return root.findall("PubmedArticle"), response


def efetch(session: Session, base: str, **params: str) -> Response:
    """An E-utilities efetch as XML."""
    shown, secret, per_second = parameters()
    return session.get(
        f"{base}/efetch.fcgi",
        {**params, "retmode": "xml", **shown},
        secret=secret,
        accept="application/xml, text/xml",
        per_second=per_second,
    )


def search(session: Session, query: str, base: str, limit: int) -> list[str]:
    """The numbers of the records that a query finds, `limit` at most."""
    shown, secret, per_second = parameters()
    ids: list[str] = []
    while len(ids) < limit:
        params = {
            "db": "pubmed",
            "term": query,
            "retmode": "json",
            "sort": "relevance",
            "retstart": str(len(ids)),
            "retmax": str(min(PAGE, limit - len(ids))),
            **shown,
        }
        response = session.get(f"{base}/esearch.fcgi", params, secret=secret, per_second=per_second)
        try:
            result = json.loads(response.body)["esearchresult"]
            page, count = list(result["idlist"]), int(result["count"])
        except (ValueError, KeyError, TypeError) as error:
            raise ImportFailed(f"PubMed's answer to {query!r} cannot be read") from error
        ids += page
        if not page or len(ids) >= count:
            break
    return ids


def _raw(article: Any, response: Response) -> RawFile:
    pmid = pmid_of(article)
    data: bytes = etree.tostring(article, encoding="utf-8", xml_declaration=True)
    return RawFile(
        path=f"pubmed:{pmid}",
        name=f"pubmed-{pmid}.xml",
        data=data,
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        seen="import",
        known=response.provenance(),
    )


def read_pubmed(raw: RawFile) -> Iterator[Document]:
    """A document for each `PubmedArticle` of a file (a set, or one alone)."""
    root = parse_xml(raw)
    for article in [root] if root.tag == "PubmedArticle" else root.findall("PubmedArticle"):
        yield _document(article, raw)


def _document(article: Any, raw: RawFile) -> Document:
    citation = article.find("MedlineCitation")
    body = citation.find("Article") if citation is not None else None
    if body is None:
        raise MalformedDocument(f"{raw.path}: a PubMed record without its article")
    title = text_of(body.find("ArticleTitle")) or text_of(body.find("VernacularTitle"))
    title = title.rstrip(".")
    builder = DocumentBuilder()
    builder.heading(title, 1)
    for part in body.findall("Abstract/AbstractText"):
        if label := part.get("Label"):
            builder.heading(label.capitalize() if label.isupper() else label, 2)
        builder.paragraph(text_of(part))
    types = [text_of(each) for each in body.findall("PublicationTypeList/PublicationType")]
    notices = notices_of(article)
    retracted = any(notice.kind is NoticeKind.RETRACTION for notice in notices)
    pmid = pmid_of(article)
    extra: dict[str, Any] = {
        "journal": text_of(body.find("Journal/Title")) or None,
        "publication_types": types,
        "authors": [name for each in body.findall("AuthorList/Author") if (name := _author(each))],
        "version": citation.find("PMID").get("Version"),
    }
    return builder.build(
        raw,
        "pubmed",
        title=title,
        organization=extra["journal"],
        year=_year(body),
        kind=kind_of(types),
        status=SourceStatus.RETRACTED if retracted else SourceStatus.CURRENT,
        url=raw.url or f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        doi=doi_of(article),
        pmid=pmid,
        notices=notices,
        licence=text_of(body.find("Abstract/CopyrightInformation")) or None,
        extra={key: value for key, value in extra.items() if value},
    )


def pmid_of(article: Any) -> str:
    """The number of a `PubmedArticle`."""
    return text_of(article.find("MedlineCitation/PMID"))


def doi_of(article: Any) -> str | None:
    """The DOI of a `PubmedArticle`, where it has one."""
    for element in (
        *article.findall("PubmedData/ArticleIdList/ArticleId[@IdType='doi']"),
        *article.findall("MedlineCitation/Article/ELocationID[@EIdType='doi']"),
    ):
        if text := text_of(element):
            return text
    return None


def _year(body: Any) -> int | None:
    for path in (
        "Journal/JournalIssue/PubDate/Year",
        "Journal/JournalIssue/PubDate/MedlineDate",
        "ArticleDate/Year",
    ):
        if found := re.search(r"\b(1[89]|20)\d\d\b", text_of(body.find(path))):
            return int(found.group())
    return None


def _author(author: Any) -> str:
    if collective := text_of(author.find("CollectiveName")):
        return collective
    return f"{text_of(author.find('LastName'))} {text_of(author.find('Initials'))}".strip()


def notices_of(article: Any) -> tuple[Notice, ...]:
    """What a `PubmedArticle` says of retractions, doubts, corrections and updates of itself."""
    found = [
        Notice(
            kind,
            reference=text_of(each.find("RefSource")),
            pmid=text_of(each.find("PMID")) or None,
            service=SERVICE,
        )
        for each in article.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
        if (kind := _NOTICES.get(each.get("RefType", "")))
    ]
    types = article.findall("MedlineCitation/Article/PublicationTypeList/PublicationType")
    retracted = any(text_of(each) == "Retracted Publication" for each in types)
    if retracted and all(notice.kind is not NoticeKind.RETRACTION for notice in found):
        found.append(Notice(NoticeKind.RETRACTION, service=SERVICE))
    return tuple(found)
